import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import type { RowEnd } from '../core/import/printed.js';
import type { Mapping } from '../core/import/records.js';
import { oneLine } from '../core/text.js';
import { eventById, type EventDays } from '../database/find-event.js';
import { newId } from '../database/ids.js';
import { mappingsOf } from '../database/mappings.js';
import { row, rows } from '../database/rows.js';
import { zoneOfOwner } from '../database/source-records.js';
import type { FileSource } from '../files/file-reading.js';
import { Log } from '../log.js';
import { Queue } from '../queue/queue.service.js';
import { isPassing } from './import-errors.js';
import { endImport } from './end-import.js';
import { lockImport, unlockImport } from './import-lock.js';
import { keepReport, reportOf, type Report } from './import-report.js';
import { lookOver } from './look-over.js';
import { regionOfEvent } from './region.js';
import { inSlot } from './slots.js';
import { takeFile } from './take-file.js';
import { eventTold } from './told-event.js';
import {
  filesOf,
  type ImportProgress,
  type LookedAt,
  type RunEnd,
  type RunOptions,
  type Work,
} from './work.js';

export type { ImportProgress, RunEnd, RunOptions } from './work.js';
export type { Report } from './import-report.js';

/** What a dry run from the command line is told beside its files. */
export interface DryRunFields {
  /** Finds the import's event, or makes it, in the transaction that is taken back. */
  eventOf?: (tx: EntityManager) => Promise<string | null>;
  mapping?: Mapping | null;
}

/** Reads the files of one import, batch by batch. Killed at any place, it goes on where its last batch ended. */
@Injectable()
export class ImportRunner {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly queue: Queue,
  ) {}

  /** Of an import that is a dry run, only the report stays. */
  async run(importId: string, options: RunOptions = {}): Promise<RunEnd> {
    const end = await this.connected(async (db) => {
      if (!(await lockImport(db, importId, options.wait ?? false))) return 'busy';
      try {
        const found = await row<{ ownerId: string; dryRun: boolean }>(
          db,
          `SELECT owner_id, dry_run FROM import WHERE id = $1 AND state IN ('queued', 'running')`,
          [importId],
        );
        if (!found) return 'ended';
        if (found.dryRun) return await this.runDry(db, found.ownerId, importId, options);
        const end = await this.take(db, found.ownerId, importId, options);
        if (end === 'ended') await endImport(db, found.ownerId, importId, this.clock.now());
        return end;
      } finally {
        await unlockImport(db, importId);
      }
    });
    if (end === 'ended') await this.queue.wake('match', {});
    return end;
  }

  /**
   * What would become of files, which need not be stored: everything is done in one transaction, which is then taken
   * back. Other imports of this owner wait meanwhile.
   * @throws whatever `fields.eventOf` throws
   */
  async dryRun(
    ownerId: string,
    sources: readonly FileSource[],
    fields: DryRunFields = {},
    onProgress?: (progress: ImportProgress) => void,
    onRow?: (end: RowEnd) => void,
  ): Promise<Report> {
    return this.connected((db) =>
      takenBack(db, async () => {
        const importId = newId();
        const now = this.clock.now();
        await db.query(
          `INSERT INTO import (id, owner_id, created_at, state, dry_run, mapping) VALUES ($1, $2, $3, 'queued', true, $4)`,
          [importId, ownerId, now, fields.mapping ? JSON.stringify(fields.mapping) : null],
        );
        const eventId = (await fields.eventOf?.(db)) ?? null;
        await db.query(`UPDATE import SET event_id = $3 WHERE owner_id = $1 AND id = $2`, [
          ownerId,
          importId,
          eventId,
        ]);
        const stored = new Map<string, FileSource>();
        for (const source of sources) {
          const id = newId();
          stored.set(id, source);
          await db.query(
            `INSERT INTO import_file (id, owner_id, created_at, import_id, name, bytes) VALUES ($1, $2, $3, $4, $5, $6)`,
            [id, ownerId, now, importId, oneLine(source.name).slice(0, 255) || 'file', source.bytes],
          );
        }
        await this.take(db, ownerId, importId, { onProgress, onRow }, stored);
        return reportOf({ db, ownerId, importId });
      }),
    );
  }

  private async runDry(
    db: EntityManager,
    ownerId: string,
    importId: string,
    options: RunOptions,
  ): Promise<RunEnd> {
    const { end, report } = await takenBack(db, async () => ({
      end: await this.take(db, ownerId, importId, options, new Map()),
      report: await reportOf({ db, ownerId, importId }),
    }));
    if (end !== 'ended') return end;
    await db.transaction(async (tx) => {
      await tx.query(`UPDATE import SET state = 'running' WHERE owner_id = $1 AND id = $2`, [
        ownerId,
        importId,
      ]);
      await keepReport(tx, ownerId, importId, report, (count) =>
        Array.from({ length: count }, () => newId()),
      );
      await endImport(tx, ownerId, importId, this.clock.now());
      await tx.query(DROP_EVENT_SQL, [ownerId, importId]);
    });
    return 'ended';
  }

  /** @param dry given: nothing of it stays; holds the files that are not stored */
  private async take(
    db: EntityManager,
    ownerId: string,
    importId: string,
    options: RunOptions,
    dry?: Map<string, FileSource>,
  ): Promise<RunEnd> {
    const now = (): Date => this.clock.now();
    const begun = await row<{ eventId: string | null; mapping: Mapping | null }>(
      db,
      `UPDATE import SET state = 'running' WHERE owner_id = $1 AND id = $2 RETURNING event_id, mapping`,
      [ownerId, importId],
    );
    const { eventId = null, mapping = null } = begun ?? {};
    const event = eventId === null ? null : await eventById(db, ownerId, eventId);
    const work: Work = {
      db,
      pool: this.db,
      ownerId,
      ownerZone: await zoneOfOwner(db, ownerId),
      importId,
      event,
      events: new Map(),
      reading: {
        mappings: await mappingsOf(db, ownerId),
        ...(mapping && { mapping }),
        ...(event && { region: await regionOfEvent(db, event) }),
      },
      isDry: dry !== undefined,
      sources: dry ?? new Map<string, FileSource>(),
      options,
      log: this.log,
    };
    const looked = await this.look(work);
    work.events = await eventsByName(db, ownerId);
    for (const one of looked) {
      try {
        const end = await takeFile(work, one, now);
        if (end !== 'ended') return end;
      } catch (error) {
        if (isPassing(error)) throw error;
        await this.stopFile(work, one, error);
      }
    }
    return 'ended';
  }

  /** The files that are to be taken, those that tell of events first; the import's event is known by then. */
  private async look(work: Work): Promise<LookedAt[]> {
    const files = await filesOf(work);
    const looked = await lookOver(work, files);
    // Once a row is taken, it has been decided.
    const isNew = files.every(({ state }) => ['queued', 'archive', 'refused'].includes(state));
    if (work.event || !isNew) return eventsFirst(looked);
    work.event = await eventTold(work, looked, this.clock.now());
    const region = work.event && (await regionOfEvent(work.db, work.event));
    if (!region) return eventsFirst(looked);
    // Numbers without a country are read as of the event's, which is known only now.
    work.reading.region = region;
    const asks = new Map(looked.map((one) => [one.file.id, one.asks]));
    const again = await lookOver(work, await filesOf(work));
    return eventsFirst(again.map((one) => ({ ...one, asks: asks.get(one.file.id) ?? [] })));
  }

  /** Something we did not foresee: the file ends where it is, and says so; the other files go in. */
  private async stopFile({ db, ownerId, importId }: Work, { file }: LookedAt, error: unknown): Promise<void> {
    this.log.error({ import: importId, file: file.id, err: String(error) }, 'import stopped');
    await db.query(
      `UPDATE import_file SET state = 'refused', why = 'reading stopped after row ' || rows || ': an error on our side'
        WHERE owner_id = $1 AND id = $2`,
      [ownerId, file.id],
    );
  }

  private connected<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    return inSlot(async () => {
      const connection = this.db.createQueryRunner();
      await connection.connect();
      try {
        return await work(connection.manager);
      } finally {
        await connection.release();
      }
    });
  }
}

/** Runs it in a transaction of which nothing stays. */
async function takenBack<T>(db: EntityManager, work: () => Promise<T>): Promise<T> {
  const runner = db.queryRunner;
  if (!runner) throw new Error('a dry run needs a connection of its own');
  await runner.startTransaction();
  try {
    return await work();
  } finally {
    await runner.rollbackTransaction();
  }
}

function eventsFirst(looked: LookedAt[]): LookedAt[] {
  const tells = ({ reading }: LookedAt): number =>
    reading.kind === 'people' && (reading.events?.length ?? 0) > 0 ? 0 : 1;
  return [...looked].sort((a, b) => tells(a) - tells(b));
}

async function eventsByName(db: EntityManager, ownerId: string): Promise<Map<string, EventDays[]>> {
  const found = await rows<EventDays>(
    db,
    `SELECT id, name, starts_on::text, ends_on::text, zone FROM event WHERE owner_id = $1 ORDER BY starts_on, id`,
    [ownerId],
  );
  const byName = new Map<string, EventDays[]>();
  for (const event of found) {
    const name = event.name.trim().toLowerCase();
    byName.set(name, [...(byName.get(name) ?? []), event]);
  }
  return byName;
}

/** $1 owner, $2 import: an event that was made for a dry run alone. */
const DROP_EVENT_SQL = `
DELETE FROM event e WHERE e.owner_id = $1 AND e.import_id = $2
   AND NOT EXISTS (SELECT 1 FROM import i WHERE i.owner_id = $1 AND i.event_id = e.id AND i.id <> $2)
   AND NOT EXISTS (SELECT 1 FROM encounter x WHERE x.owner_id = $1 AND x.event_id = e.id)
   AND NOT EXISTS (SELECT 1 FROM debrief d WHERE d.owner_id = $1 AND d.event_id = e.id)`;
