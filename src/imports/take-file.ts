import { createHash } from 'node:crypto';
import { newId } from '../database/ids.js';
import type { FileReading, FileSource } from '../files/file-reading.js';
import { batchesAhead } from './batches.js';
import { CHUNK_BYTES } from './chunks.js';
import { collectGarbage } from './collect.js';
import { isAboutData, isThere } from './import-errors.js';
import { NO_COUNTS, type Counts } from './plan-batch.js';
import type { Batch } from './batch.js';
import { takeBatch, type Taken } from './take-batch.js';
import { setFile, type LookedAt, type RunEnd, type Work } from './work.js';

type People = FileReading & { kind: 'people' };

/** Takes one file for what it is. */
export async function takeFile(work: Work, looked: LookedAt, clock: () => Date): Promise<RunEnd> {
  const { file, source, reading } = looked;
  if (reading.kind === 'people') return takePeople(work, looked, reading, clock);
  if (reading.kind === 'capture') {
    await keepCapture(work, file.id, source, reading, clock());
    return 'ended';
  }
  const why = 'reason' in reading ? reading.reason : reading.why;
  await setFile(work, file.id, reading.kind === 'skipped' ? 'skipped' : 'refused', { why });
  return 'ended';
}

async function takePeople(
  work: Work,
  { file, asks, source }: LookedAt,
  reading: People,
  clock: () => Date,
): Promise<RunEnd> {
  const { onProgress, onRow, isStopping } = work.options;
  const what = { ...reading, asks: [...(reading.asks ?? []), ...asks] };
  await setFile(work, file.id, 'running', what);
  const counts: Counts = { ...NO_COUNTS };
  add(counts, file);
  const { ownerId, ownerZone } = work;
  const ground = { ownerId, ownerZone, eventId: work.event?.id ?? null };
  for await (const ready of batchesAhead(reading, file.rows, ground, clock)) {
    if (isStopping?.()) return 'stopped';
    const batch: Batch = {
      ...ready,
      ownerId: work.ownerId,
      importId: work.importId,
      fileId: file.id,
      file: file.name,
      format: reading.format,
      event: work.event,
      events: work.events,
      tellRows: onRow !== undefined,
    };
    const taken = await takeHalving(work, batch);
    if (!taken) return 'busy';
    add(counts, taken.counts);
    collectGarbage();
    for (const end of taken.ends) onRow?.(end);
    const rows = ready.from + ready.rows.length;
    onProgress?.({
      importId: work.importId,
      file: file.name,
      bytes: source.bytes,
      bytesRead: bytesRead(source),
      rows,
      counts: { ...counts },
    });
  }
  await setFile(work, file.id, 'done', what);
  return 'ended';
}

function add(counts: Counts, more: Counts): void {
  for (const key of Object.keys(counts) as (keyof Counts)[]) counts[key] += more[key];
}

/** A row that the database cannot hold is found by halving its batch, and refused; the others go in. */
async function takeHalving(work: Work, batch: Batch): Promise<Taken | null> {
  try {
    return await work.db.transaction((tx) => takeBatch(tx, batch));
  } catch (error) {
    if (isThere(error) && !batch.lookAll) return takeHalving(work, { ...batch, lookAll: true });
    const [only, ...more] = batch.rows;
    if (!isAboutData(error) || (more.length === 0 && !only?.said)) throw error;
    work.log.warn(
      { file: batch.fileId, from: batch.from, err: (error as Error).message },
      'rows the database cannot hold',
    );
    if (only && more.length === 0) {
      const reason = 'cannot be stored; please tell us about this row';
      const row = { ...only.row, reading: { kind: 'rejected' as const, reason } };
      return takeHalving(work, { ...batch, rows: [{ row, said: null }] });
    }
    const half = Math.ceil(batch.rows.length / 2);
    const first = await takeHalving(work, { ...batch, rows: batch.rows.slice(0, half) });
    const rest = { ...batch, rows: batch.rows.slice(half), from: batch.from + half };
    const second = first && (await takeHalving(work, rest));
    if (!second) return null;
    add(second.counts, first.counts);
    return { counts: second.counts, ends: [...first.ends, ...second.ends] };
  }
}

/** Bytes read since a source was opened last; see `counted`. */
const read = new WeakMap<FileSource, number>();
const bytesRead = (source: FileSource): number => Math.min(read.get(source) ?? 0, source.bytes);

/** The same source, telling how far it has been read. */
export function counted(source: FileSource): FileSource {
  const told: FileSource = {
    ...source,
    open: async function* () {
      read.set(told, 0);
      for await (const chunk of source.open()) {
        read.set(told, (read.get(told) ?? 0) + chunk.length);
        yield chunk;
      }
    },
  };
  return told;
}

/** Copies the bytes to where they stay, together with the file's end. */
async function keepCapture(
  work: Work,
  fileId: string,
  source: FileSource,
  { why, mediaType }: { why: string; mediaType: string },
  now: Date,
): Promise<void> {
  const { db, ownerId, importId, isDry } = work;
  await db.transaction(async (tx) => {
    await setFile({ db: tx, ownerId }, fileId, 'captured', { why });
    if (isDry) return;
    const captureId = newId();
    const hash = createHash('sha256');
    await tx.query(
      `INSERT INTO capture (id, owner_id, created_at, import_id, file_id, name, media_type, bytes, sha256)
       SELECT $1, $2, $3, $4, f.id, f.name, $6, 0, '' FROM import_file f WHERE f.owner_id = $2 AND f.id = $5`,
      [captureId, ownerId, now, importId, fileId, mediaType],
    );
    let seq = 0;
    let total = 0;
    for await (const piece of inPieces(source.open())) {
      hash.update(piece);
      total += piece.length;
      await tx.query(
        `INSERT INTO capture_chunk (id, owner_id, created_at, capture_id, seq, bytes) VALUES ($1, $2, $3, $4, $5, $6)`,
        [newId(), ownerId, now, captureId, seq++, piece],
      );
    }
    await tx.query(`UPDATE capture SET bytes = $3, sha256 = $4 WHERE owner_id = $1 AND id = $2`, [
      ownerId,
      captureId,
      total,
      hash.digest('hex'),
    ]);
  });
}

async function* inPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    waiting.push(chunk);
    size += chunk.length;
    if (size < CHUNK_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}
