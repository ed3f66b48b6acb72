import type { ImportFormat } from '../core/import/records.js';
import type { EventDays } from '../database/find-event.js';
import type { ReadyRow } from './prepare-row.js';

/** Rows as they came, with where they belong. */
export interface Batch {
  ownerId: string;
  importId: string;
  fileId: string;
  /** As the owner knows the file. */
  file: string;
  format: ImportFormat;
  event: EventDays | null;
  /** The owner's events by name, lower case: a row may name its own. */
  events: ReadonlyMap<string, readonly EventDays[]>;
  rows: readonly ReadyRow[];
  /** Rows of the file that were taken before this batch: where it goes on. */
  from: number;
  now: Date;
  /** Whether to tell of each row how it ended. */
  tellRows: boolean;
  /** Look for every row whether it was imported before, known people or not. */
  lookAll?: boolean;
  /** Called when all is decided, and the database is about to be busy for long. */
  readAhead?: () => void;
}
