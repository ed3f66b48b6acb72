import { positionChange } from '../core/import/positions.js';
import type { FoldRecord } from '../core/import/fold.js';
import { copyRows, type CopyValue } from '../database/copy-rows.js';
import { newId } from '../database/ids.js';
import type { Db } from '../database/rows.js';
import type { BatchPlan } from './plan-batch.js';
import type { Batch } from './batch.js';

/**
 * Companies and positions that differ from what earlier sources said of the same person: at most one change for each
 * source record of this batch.
 * @param told all source records of the people who were there before, the batch's own among them
 */
export async function appendPositions(
  tx: Db,
  batch: Batch,
  plan: BatchPlan,
  told: ReadonlyMap<string, readonly FoldRecord[]>,
): Promise<void> {
  const ours = new Set(plan.records.map(({ id }) => id));
  const changes: CopyValue[][] = [];
  const look = (contactId: string, records: readonly FoldRecord[]): void => {
    for (const [index, record] of records.entries()) {
      if (!ours.has(record.id)) continue;
      const change = positionChange(records.slice(0, index), record, batch.now);
      if (!change) continue;
      const { companyBefore, titleBefore, company, title, seenOn, state } = change;
      changes.push([newId(), batch.ownerId, batch.now, contactId, record.id, batch.importId, companyBefore, titleBefore, company, title, seenOn, state]); // prettier-ignore
    }
  };
  for (const [contactId, records] of told) if (records.length > 1) look(contactId, records);
  for (const { id, records } of plan.people) if (records.length > 1 && !told.has(id)) look(id, records);
  await copyRows(
    tx,
    'position_change',
    'id owner_id created_at contact_id source_id import_id company_before title_before company title seen_on state'.split(' '), // prettier-ignore
    changes,
  );
}
