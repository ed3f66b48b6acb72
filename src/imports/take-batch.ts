import type { KnownContact } from '../core/import/match.js';
import type { FoldRecord } from '../core/import/fold.js';
import type { PrintedEncounter, RowEnd } from '../core/import/printed.js';
import { cleanText } from '../core/text.js';
import { copyRows } from '../database/copy-rows.js';
import { forgottenAmong } from '../database/forgotten.js';
import { newId } from '../database/ids.js';
import { knownPeople } from '../database/known-people.js';
import { mergePeople } from '../database/merge-people.js';
import { answersAmong, appendProposals, pairKey } from '../database/proposals.js';
import { affected, row, rows, type Db } from '../database/rows.js';
import {
  appendSourceRecords,
  createPeople,
  lockPeople,
  recordsOf,
  refold,
} from '../database/source-records.js';
import type { Batch } from './batch.js';
import { exportedEncounters } from './exported-encounters.js';
import { NO_COUNTS, planBatch, type BatchPlan, type Counts } from './plan-batch.js';
import type { Said } from './prepare-row.js';
import { appendSayings, encountersOf } from './sayings.js';
import { saysNothingNew } from './nothing-new.js';
import { appendPositions } from './append-positions.js';

export interface Taken {
  counts: Counts;
  ends: RowEnd[];
}

/** Characters of a refused row that are kept, to be shown and corrected. */
const MAX_RAW = 100_000;
/**
 * Thousands of look-ups by index: a planner that guesses wrong would read whole tables instead for each batch, or call
 * workers who take longer to come than to work.
 */
const BY_INDEX_SQL = `
SELECT set_config(name, value, true)
  FROM (VALUES ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'), ('enable_seqscan', 'off'), ('jit', 'off'),
               ('max_parallel_workers_per_gather', '0')) AS s(name, value)`;

const NOBODY: readonly string[] = [];
const FORGOTTEN = 'was erased at your wish';

/**
 * Takes one batch of rows, all or nothing, together with the count of rows taken: a crash between two batches loses
 * nothing and counts nothing twice. Null when the file is no longer where the batch begins: somebody else has taken it.
 * Call it inside a transaction.
 */
export async function takeBatch(tx: Db, batch: Batch): Promise<Taken | null> {
  const { ownerId, importId, fileId, now } = batch;
  await tx.query(BY_INDEX_SQL);
  await lockPeople(tx, ownerId);
  const isOurs = await affected(
    tx,
    `SELECT f.id FROM import_file f JOIN import i ON i.id = f.import_id
      WHERE f.owner_id = $1 AND f.id = $2 AND f.rows = $3 AND i.state = 'running' FOR UPDATE`,
    [ownerId, fileId, batch.from],
  );
  if (isOurs === 0) return null;
  const all = batch.rows.map(({ said }) => said).filter((one) => one !== null);
  const erased = await erasedAmong(tx, ownerId, all);
  const said = erased.size === 0 ? all : all.filter((one) => !erased.has(one));
  const known = await knownPeople(tx, ownerId, [...new Set(said.flatMap(({ keys }) => keys))]);
  const plan = planBatch({
    said,
    seen: await seenBefore(tx, ownerId, batch.lookAll ? said : maybeSeen(said, known)),
    known,
    twoByOwner: await twoByOwner(tx, ownerId, said, known),
    importId,
    fileId,
  });
  batch.readAhead?.();
  await createPeople(tx, ownerId, plan.people, now, plan.contested);
  await appendSourceRecords(tx, ownerId, plan.records, now);
  await mergePeople(tx, ownerId, plan.merges, { by: 'row', importId }, now);
  const told = await recordsOf(tx, ownerId, plan.touched);
  await refold(tx, ownerId, await toFold(tx, ownerId, plan, told), now, told);
  await appendPositions(tx, batch, plan, told);
  const encounters = [
    ...encountersOf(batch, plan.records),
    ...(batch.format === 'followthrough' ? await exportedEncounters(tx, batch, plan.records) : []),
  ];
  await appendSayings(tx, batch, plan.records, encounters);
  await appendProposals(tx, ownerId, plan.proposals, now);
  await keepRejections(tx, batch);
  const counts = countsOf(batch, plan, erased.size);
  await tx.query(
    `UPDATE import_file SET rows = rows + $3, created = created + $4, merged = merged + $5, unchanged = unchanged + $6,
                            rejected = rejected + $7, ignored = ignored + $8, proposed = proposed + $9
      WHERE owner_id = $1 AND id = $2`,
    [
      ownerId,
      fileId,
      batch.rows.length,
      counts.created,
      counts.merged,
      counts.unchanged,
      counts.rejected,
      counts.ignored,
      counts.proposed,
    ],
  );
  return { counts, ends: batch.tellRows ? endsOf(batch, plan, said, encounters) : [] };
}

/** Of the people who were there before, those of whom something new is said, or who were hidden by an undo. */
async function toFold(
  tx: Db,
  ownerId: string,
  { touched, merges }: BatchPlan,
  told: ReadonlyMap<string, readonly FoldRecord[]>,
): Promise<string[]> {
  const united = new Set(merges.map(({ into }) => into));
  const quiet = touched.filter((id) => !united.has(id) && saysNothingNew(told.get(id) ?? []));
  const hidden = await rows<{ id: string }>(
    tx,
    `SELECT id FROM contact WHERE owner_id = $1 AND id = ANY ($2::uuid[]) AND hidden_at IS NOT NULL`,
    [ownerId, quiet],
  );
  const left = new Set(quiet);
  for (const { id } of hidden) left.delete(id);
  return touched.filter((id) => !left.has(id));
}

/** Rows of people who were erased: nobody is made again of them. */
async function erasedAmong(tx: Db, ownerId: string, said: readonly Said[]): Promise<Set<Said>> {
  const any = await row(tx, `SELECT 1 FROM forgotten WHERE owner_id = $1 LIMIT 1`, [ownerId]);
  if (!any) return new Set();
  const keys = [...new Set(said.flatMap((one) => one.keys))];
  const forgotten = await forgottenAmong(tx, ownerId, keys);
  return new Set(said.filter((one) => one.keys.some((key) => forgotten.has(key))));
}

/** Of contacts that one row could make one, the pairs the owner has said are two. */
async function twoByOwner(
  tx: Db,
  ownerId: string,
  said: readonly Said[],
  known: readonly KnownContact[],
): Promise<Set<string>> {
  if (known.length < 2) return new Set();
  const holders = new Map<string, string[]>();
  for (const { contactId, identities } of known) {
    for (const { kind, canonical } of identities) {
      const key = `${kind} ${canonical}`;
      const held = holders.get(key);
      if (!held) holders.set(key, [contactId]);
      else if (!held.includes(contactId)) held.push(contactId);
    }
  }
  const pairs = new Map<string, { aId: string; bId: string }>();
  for (const { keys } of said) {
    const ids: string[] = [];
    for (const key of keys) for (const id of holders.get(key) ?? NOBODY) if (!ids.includes(id)) ids.push(id);
    // An address that a hundred hold unites nobody.
    if (ids.length < 2 || ids.length > 10) continue;
    for (const aId of ids) for (const bId of ids) if (aId < bId) pairs.set(pairKey(aId, bId), { aId, bId });
  }
  const answers = await answersAmong(tx, ownerId, [...pairs.values()]);
  return new Set([...answers].filter(([, state]) => state === 'no').map(([key]) => key));
}

/**
 * Of rows that may have been imported before: whoever's row was has the row's addresses ever since, for a contact is
 * known by all that its records say. So nobody looks for the row of somebody who is not known.
 */
function maybeSeen(said: readonly Said[], known: readonly KnownContact[]): Said[] {
  const held = new Set(
    known.flatMap(({ identities }) => identities.map(({ kind, canonical }) => `${kind} ${canonical}`)),
  );
  return said.filter(({ keys }) => keys.length === 0 || keys.some((key) => held.has(key)));
}

async function seenBefore(tx: Db, ownerId: string, said: readonly Said[]): Promise<Set<string>> {
  if (said.length === 0) return new Set();
  const found = await rows<{ fingerprint: string }>(
    tx,
    // One after the other by the index, as in `knownPeople`.
    `SELECT r.fingerprint FROM unnest($2::text[]) AS k(fingerprint)
      CROSS JOIN LATERAL (
        SELECT fingerprint FROM source_record WHERE owner_id = $1 AND fingerprint = k.fingerprint OFFSET 0) r`,
    [ownerId, said.map(({ fingerprint }) => fingerprint)],
  );
  return new Set(found.map(({ fingerprint }) => fingerprint));
}

function countsOf(batch: Batch, plan: BatchPlan, erased: number): Counts {
  const counts = { ...NO_COUNTS, ignored: erased };
  for (const { row: read } of batch.rows) {
    if (read.reading.kind !== 'person') counts[read.reading.kind] += 1;
  }
  for (const { verdict } of plan.records) if (verdict !== 'edited') counts[verdict] += 1;
  counts.unchanged = plan.ends.filter(({ verdict }) => verdict === 'unchanged').length;
  counts.proposed = new Set(plan.proposals.map(({ aId }) => aId)).size;
  return counts;
}

/** How each row ended, in the order of the file. */
function endsOf(
  batch: Batch,
  plan: BatchPlan,
  said: readonly Said[],
  encounters: ReturnType<typeof encountersOf>,
): RowEnd[] {
  const ends = new Map(said.map((one, index) => [one, plan.ends[index]]));
  const met = new Map(encounters.map((one) => [one.sourceId, one]));
  return batch.rows.map(({ row: { line, reading }, said: one }): RowEnd => {
    const place = { file: batch.file, line, format: batch.format };
    if (reading.kind !== 'person' || !one) {
      const reason = reading.kind === 'person' ? '' : reading.reason;
      return { ...place, verdict: reading.kind === 'person' ? 'ignored' : reading.kind, reason };
    }
    const { candidate, remark } = reading;
    const end = ends.get(one);
    if (!end) return { ...place, verdict: 'ignored', reason: FORGOTTEN };
    const encounter = met.get(one.record.id);
    const printed: PrintedEncounter | null = encounter
      ? { event: encounter.event.name, kind: encounter.kind, ...(encounter.at && { at: encounter.at.toISOString() }) } // prettier-ignore
      : null;
    const reason = [end.reason, remark].filter((each) => each !== undefined).join('; ');
    return { ...place, ...end, ...(reason !== '' && { reason }), candidate, encounter: printed };
  });
}

async function keepRejections(tx: Db, batch: Batch): Promise<void> {
  const at = batch.now.toISOString();
  const refused = batch.rows.flatMap(({ row: { line, raw, reading } }) =>
    reading.kind === 'rejected'
      ? [[newId(), batch.ownerId, at, batch.importId, batch.fileId, line, cleanText(reading.reason), cleanText(raw.slice(0, MAX_RAW))]] // prettier-ignore
      : [],
  );
  await copyRows(
    tx,
    'import_rejection',
    'id owner_id created_at import_id file_id line reason raw'.split(' '),
    refused,
  );
}
