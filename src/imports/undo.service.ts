import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { appendAudit } from '../database/append.js';
import { row } from '../database/rows.js';
import { lockPeople } from '../database/source-records.js';
import { AppError } from '../http/errors.js';
import { Queue } from '../queue/queue.service.js';
import { takeBack } from './undo-import.js';
import type { UndoReport } from './undo.schemas.js';

interface Found {
  state: 'receiving' | 'queued' | 'running' | 'done' | 'failed' | 'undone';
  dryRun: boolean;
  hasRows: boolean;
}

/** Takes imports back (law 9): wholly, save what the owner changed since and what sent mail rests on. */
@Injectable()
export class UndoService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  /**
   * All of it in one transaction. The same files may be imported again afterwards.
   * @throws AppError not-found; conflict, when it is still at work, undone already, or nothing came of it
   */
  async undo(ownerId: string, importId: string): Promise<UndoReport> {
    const report = await this.db.transaction((tx) => this.run(tx, ownerId, importId));
    await this.queue.wakeLine();
    return report;
  }

  /** What `undo` would come to: done, and rolled back. @throws AppError as `undo` */
  async preview(ownerId: string, importId: string): Promise<UndoReport> {
    try {
      return await this.db.transaction(async (tx): Promise<never> => {
        throw new RolledBack(await this.run(tx, ownerId, importId));
      });
    } catch (error) {
      if (error instanceof RolledBack) return error.report;
      throw error;
    }
  }

  private async run(tx: EntityManager, ownerId: string, importId: string): Promise<UndoReport> {
    const now = this.clock.now();
    await lockPeople(tx, ownerId);
    const found = await row<Found>(
      tx,
      `SELECT i.state, i.dry_run,
              EXISTS (SELECT 1 FROM source_record r WHERE r.import_id = i.id)
                OR EXISTS (SELECT 1 FROM event e WHERE e.owner_id = $1 AND e.import_id = i.id)
                OR EXISTS (SELECT 1 FROM capture c WHERE c.import_id = i.id) AS has_rows
         FROM import i WHERE i.owner_id = $1 AND i.id = $2 FOR UPDATE`,
      [ownerId, importId],
    );
    refuse(importId, found);
    const report = await takeBack(tx, { ownerId, importId, now });
    await tx.query(
      `UPDATE import SET state = 'undone', undone_at = $3, undo = $4, to_match = false, version = version + 1
        WHERE owner_id = $1 AND id = $2`,
      [ownerId, importId, now, JSON.stringify(report)],
    );
    await appendAudit(tx, {
      ownerId,
      at: now,
      who: 'owner',
      what: 'undone',
      subjectKind: 'import',
      subjectId: importId,
      // Without names: the audit outlives the people.
      detail: { ...report, contacts: { ...report.contacts, named: undefined } },
    });
    return report;
  }
}

/** Only what has ended and left something can be taken back. */
function refuse(importId: string, found: Found | null): void {
  if (!found) throw new AppError('not-found', `there is no import ${importId}`);
  const { state, dryRun, hasRows } = found;
  if (state === 'undone') throw new AppError('conflict', 'this import was undone already');
  if (state === 'receiving')
    throw new AppError('conflict', 'its files are still coming in; wait until it is done');
  if (state === 'queued' || state === 'running') {
    throw new AppError('conflict', 'it is still being read; wait until it is done, then undo it');
  }
  if (dryRun) throw new AppError('conflict', 'it was a dry run and has written nothing');
  if (state === 'failed' && !hasRows) throw new AppError('conflict', 'it failed and has written nothing');
}

class RolledBack extends Error {
  constructor(readonly report: UndoReport) {
    super('rolled back');
  }
}
