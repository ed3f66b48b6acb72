import type { DataSource, EntityManager } from 'typeorm';
import type { RowEnd } from '../core/import/printed.js';
import type { EventDays } from '../database/find-event.js';
import { rows } from '../database/rows.js';
import type { FileReading, FileSource, ReadOptions } from '../files/file-reading.js';
import type { Log } from '../log.js';
import type { Counts } from './plan-batch.js';

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
  /** Told of each row once its batch is in: what became of it. */
  onRow?: (end: RowEnd) => void;
  /** Asked between batches: true ends the run in order, to be resumed. */
  isStopping?: () => boolean;
}

/** `busy`: another process is at it. `stopped`: it is to be resumed. */
export type RunEnd = 'ended' | 'busy' | 'stopped';

export type FileState = 'queued' | 'running' | 'done' | 'archive' | 'captured' | 'skipped' | 'refused';

export interface ImportFileRow extends Counts {
  id: string;
  parentId: string | null;
  name: string;
  bytes: number;
  state: FileState;
  rows: number;
}

/** One run of one import. */
export interface Work {
  /** The run's own connection; of a dry run, inside the transaction that is taken back. */
  db: EntityManager;
  /** For reading the stored files meanwhile. */
  pool: DataSource;
  ownerId: string;
  ownerZone: string;
  importId: string;
  event: EventDays | null;
  events: Map<string, EventDays[]>;
  reading: ReadOptions;
  /** Nothing of it stays: captures are not copied. */
  isDry: boolean;
  /** Files that are not stored, by the id of their row. */
  sources: Map<string, FileSource>;
  options: RunOptions;
  log: Log;
}

/** A file with what it was taken for. */
export interface LookedAt {
  file: ImportFileRow;
  source: FileSource;
  reading: FileReading;
  /** What only the owner can decide, beside what the reading asks. */
  asks: string[];
}

export function filesOf({
  db,
  ownerId,
  importId,
}: Pick<Work, 'db' | 'ownerId' | 'importId'>): Promise<ImportFileRow[]> {
  return rows<ImportFileRow>(
    db,
    `SELECT id, parent_id, name, bytes::float8 AS bytes, state, rows, created, merged, unchanged, proposed, rejected, ignored
       FROM import_file WHERE owner_id = $1 AND import_id = $2 ORDER BY name, id`,
    [ownerId, importId],
  );
}

export async function setFile(
  { db, ownerId }: Pick<Work, 'db' | 'ownerId'>,
  fileId: string,
  state: FileState,
  what: {
    format?: string;
    why: string;
    confidence?: number;
    header?: string;
    columns?: object[];
    asks?: string[];
  },
): Promise<void> {
  await db.query(
    `UPDATE import_file SET state = $3, format = $4, why = $5, confidence = $6, header = $7, columns = $8, asks = $9
      WHERE owner_id = $1 AND id = $2`,
    [
      ownerId,
      fileId,
      state,
      what.format ?? null,
      what.why,
      what.confidence ?? null,
      what.header ?? null,
      what.columns === undefined ? null : JSON.stringify(what.columns),
      JSON.stringify(what.asks ?? []),
    ],
  );
}
