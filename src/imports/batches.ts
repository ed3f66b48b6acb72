import { setImmediate } from 'node:timers/promises';
import type { FileReading } from '../files/file-reading.js';
import { readyRow, type ReadyRow, type RowGround } from './prepare-row.js';

/** Rows of one transaction, and characters at most, so that long notes do not add up. */
export const BATCH_ROWS = 1_000;
const BATCH_CHARS = 4_000_000;

/** Rows made ready in one go, before whoever waits for the database has their turn. */
const BREATH = 10;

export interface ReadyBatch {
  /** Rows of the file before it. */
  from: number;
  rows: ReadyRow[];
  now: Date;
}

/**
 * The rows from `skip` on, in batches made ready for the database. The next one is read and made ready from the moment the
 * caller says that the database is busy with this one (`readAhead`), else when it is asked for; no more than that is held.
 */
export async function* batchesAhead(
  reading: FileReading & { kind: 'people' },
  skip: number,
  ground: Omit<RowGround, 'now' | 'format'>,
  clock: () => Date,
): AsyncGenerator<ReadyBatch & { readAhead: () => void }, void, undefined> {
  const source = readyBatches(reading, skip, ground, clock);
  const ahead: Promise<IteratorResult<ReadyBatch, void>>[] = [];
  const readAhead = (): void => {
    if (ahead.length > 0) return;
    const next = source.next();
    // Told when it is asked for, not as an error nobody waits for.
    next.catch(() => undefined);
    ahead.push(next);
  };
  try {
    for (;;) {
      const { value, done } = await (ahead.pop() ?? source.next());
      if (done) return;
      yield { ...value, readAhead };
    }
  } finally {
    await ahead.pop()?.catch(() => undefined);
    await source.return();
  }
}

async function* readyBatches(
  reading: FileReading & { kind: 'people' },
  skip: number,
  ground: Omit<RowGround, 'now' | 'format'>,
  clock: () => Date,
): AsyncGenerator<ReadyBatch, void, undefined> {
  let index = 0;
  let rows: ReadyRow[] = [];
  let chars = 0;
  let now = clock();
  let of: RowGround = { ...ground, format: reading.format, now };
  for await (const some of reading.batches()) {
    for (const row of some) {
      if (index++ < skip) continue;
      if (rows.length === 0) {
        now = clock();
        of = { ...ground, format: reading.format, now };
      }
      rows.push(readyRow(row, of));
      chars += row.raw.length;
      if (rows.length >= BATCH_ROWS || chars >= BATCH_CHARS) {
        yield { from: index - rows.length, rows, now };
        rows = [];
        chars = 0;
      }
      if (index % BREATH === 0) await setImmediate();
    }
  }
  if (rows.length > 0) yield { from: index - rows.length, rows, now };
}
