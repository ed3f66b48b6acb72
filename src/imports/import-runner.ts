import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { eventById, type EventDays } from '../database/find-event.js';
import { row, rows } from '../database/rows.js';
import { Log } from '../log.js';
import { dropChunks, openStored } from './chunks.js';
import { isAboutData, isPassing } from './import-errors.js';
import { lockImport, unlockImport } from './import-lock.js';
import { NO_COUNTS, type Counts } from './plan-batch.js';
import type { FileReading, FileRow, OpenBytes } from '../files/file-reading.js';
import { readFile } from '../files/read-file.js';
import { takeBatch, type Batch } from './take-batch.js';

/** Rows of one transaction, and characters at most, so that long notes do not add up. */
const BATCH_ROWS = 500;
const BATCH_CHARS = 4_000_000;

/** How far an import has come, after each batch. */
export interface ImportProgress {
  importId: string;
  file: string;
  bytes: number;
  bytesRead: number;
  /** Rows taken so far, of this file. */
  rows: number;
  counts: Counts;
}

export interface RunOptions {
  /** Wait for another process that is at it, and then see that it is done; otherwise leave it to that process. */
  wait?: boolean;
  onProgress?: (progress: ImportProgress) => void;
  /** Asked between batches: true ends the run in order, to be resumed. */
  isStopping?: () => boolean;
}

/** `busy`: another process is at it. `stopped`: it is to be resumed. */
export type RunEnd = 'ended' | 'busy' | 'stopped';

interface StoredFile extends Counts {
  id: string;
  name: string;
  bytes: number;
  state: 'queued' | 'running' | 'done' | 'refused';
  rows: number;
}

interface Run {
  db: EntityManager;
  ownerId: string;
  importId: string;
  event: EventDays | null;
  options: RunOptions;
}

/** Reads the files of one import, batch by batch. Killed at any place, it goes on where its last batch ended. */
@Injectable()
export class ImportRunner {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async run(importId: string, options: RunOptions = {}): Promise<RunEnd> {
    // One connection for lock, reading and writing: many imports at once cannot wait for each other's second one.
    const connection = this.db.createQueryRunner();
    await connection.connect();
    const db = connection.manager;
    try {
      if (!(await lockImport(db, importId, options.wait ?? false))) return 'busy';
      try {
        return await this.runLocked(db, importId, options);
      } finally {
        await unlockImport(db, importId);
      }
    } finally {
      await connection.release();
    }
  }

  private async runLocked(db: EntityManager, importId: string, options: RunOptions): Promise<RunEnd> {
    const found = await row<{ ownerId: string; eventId: string | null }>(
      db,
      `UPDATE import SET state = 'running' WHERE id = $1 AND state IN ('queued', 'running')
       RETURNING owner_id, event_id`,
      [importId],
    );
    if (!found) return 'ended';
    const { ownerId, eventId } = found;
    const event = eventId === null ? null : await eventById(db, ownerId, eventId);
    const run: Run = { db, ownerId, importId, event, options };
    for (const file of await this.files(run)) {
      if (file.state === 'done' || file.state === 'refused') continue;
      try {
        const end = await this.readOne(run, file);
        if (end !== 'ended') return end;
      } catch (error) {
        if (isPassing(error)) throw error;
        await this.stopFile(run, file, error);
      }
    }
    await this.finish(run);
    return 'ended';
  }

  private files({ db, ownerId, importId }: Run): Promise<StoredFile[]> {
    return rows<StoredFile>(
      db,
      `SELECT id, name, bytes::float8 AS bytes, state, rows, created, merged, unchanged, rejected, ignored
         FROM import_file WHERE owner_id = $1 AND import_id = $2 ORDER BY name, id`,
      [ownerId, importId],
    );
  }

  private async readOne(run: Run, file: StoredFile): Promise<RunEnd> {
    const { db, ownerId } = run;
    let bytesRead = 0;
    const stored = openStored(db, ownerId, file.id);
    const open: OpenBytes = async function* () {
      bytesRead = 0;
      for await (const chunk of stored()) {
        bytesRead += chunk.length;
        yield chunk;
      }
    };
    const reading = await readFile({ name: file.name, bytes: file.bytes, open });
    if (reading.kind !== 'people') {
      const why = 'reason' in reading ? reading.reason : reading.why;
      await this.setFile(run, file.id, 'refused', null, why);
      return 'ended';
    }
    await this.setFile(run, file.id, 'running', reading.format, reading.why);
    const counts: Counts = { ...NO_COUNTS };
    for (const key of Object.keys(counts) as (keyof Counts)[]) counts[key] = file[key];
    for await (const { from, batch } of batches(reading, file.rows)) {
      if (run.options.isStopping?.()) return 'stopped';
      const taken = await this.take(run, file, reading, from, batch);
      if (!taken) return 'busy';
      for (const key of Object.keys(counts) as (keyof Counts)[]) counts[key] += taken[key];
      const { onProgress } = run.options;
      onProgress?.({
        importId: run.importId,
        file: file.name,
        bytes: file.bytes,
        bytesRead,
        rows: from + batch.length,
        counts: { ...counts },
      });
    }
    await this.setFile(run, file.id, 'done', reading.format, reading.why);
    return 'ended';
  }

  /** A row that the database cannot hold is found by halving its batch, and refused; the others go in. */
  private async take(
    run: Run,
    file: StoredFile,
    reading: FileReading & { kind: 'people' },
    from: number,
    batchRows: readonly FileRow[],
  ): Promise<Counts | null> {
    const batch: Batch = {
      ownerId: run.ownerId,
      importId: run.importId,
      fileId: file.id,
      format: reading.format,
      event: run.event,
      rows: batchRows,
      from,
      now: this.clock.now(),
    };
    try {
      return await run.db.transaction((tx) => takeBatch(tx, batch));
    } catch (error) {
      const [only, ...more] = batchRows;
      if (!isAboutData(error) || (more.length === 0 && only?.reading.kind === 'rejected')) throw error;
      this.log.warn({ file: file.id, from, err: (error as Error).message }, 'rows the database cannot hold');
      if (only && more.length === 0) {
        const reason = 'cannot be stored; please tell us about this row';
        return this.take(run, file, reading, from, [{ ...only, reading: { kind: 'rejected', reason } }]);
      }
      const half = Math.ceil(batchRows.length / 2);
      const first = await this.take(run, file, reading, from, batchRows.slice(0, half));
      const second = first && (await this.take(run, file, reading, from + half, batchRows.slice(half)));
      if (!second) return null;
      for (const key of Object.keys(second) as (keyof Counts)[]) second[key] += first[key];
      return second;
    }
  }

  private async setFile(
    { db, ownerId }: Run,
    fileId: string,
    state: StoredFile['state'],
    format: string | null,
    why: string,
  ): Promise<void> {
    await db.query(
      `UPDATE import_file SET state = $3, format = $4, why = $5 WHERE owner_id = $1 AND id = $2`,
      [ownerId, fileId, state, format, why],
    );
  }

  /** Something we did not foresee: the file ends where it is, and says so; the other files go in. */
  private async stopFile(run: Run, file: StoredFile, error: unknown): Promise<void> {
    this.log.error({ import: run.importId, file: file.id, err: String(error) }, 'import stopped');
    await run.db.query(
      `UPDATE import_file SET state = 'refused', why = 'reading stopped after row ' || rows || ': an error on our side'
        WHERE owner_id = $1 AND id = $2`,
      [run.ownerId, file.id],
    );
  }

  private async finish({ db, ownerId, importId }: Run): Promise<void> {
    await db.transaction(async (tx) => {
      await dropChunks(tx, ownerId, importId);
      await tx.query(
        `UPDATE import i
            SET state = CASE WHEN f.done > 0 THEN 'done' ELSE 'failed' END, finished_at = $3, version = version + 1,
                error = CASE WHEN f.done = 0 THEN 'none of the files could be read'
                             WHEN f.refused > 0 THEN f.refused || ' of the files could not be read' END
           FROM (SELECT count(*) FILTER (WHERE state = 'done') AS done,
                        count(*) FILTER (WHERE state = 'refused') AS refused
                   FROM import_file WHERE owner_id = $1 AND import_id = $2) f
          WHERE i.owner_id = $1 AND i.id = $2 AND i.state = 'running'`,
        [ownerId, importId, this.clock.now()],
      );
    });
  }
}

/** The rows from `skip` on, in batches. */
async function* batches(
  reading: FileReading & { kind: 'people' },
  skip: number,
): AsyncGenerator<{ from: number; batch: FileRow[] }, void, undefined> {
  let index = 0;
  let batch: FileRow[] = [];
  let chars = 0;
  for await (const one of reading.rows()) {
    if (index++ < skip) continue;
    batch.push(one);
    chars += one.raw.length;
    if (batch.length < BATCH_ROWS && chars < BATCH_CHARS) continue;
    yield { from: index - batch.length, batch };
    batch = [];
    chars = 0;
  }
  if (batch.length > 0) yield { from: index - batch.length, batch };
}
