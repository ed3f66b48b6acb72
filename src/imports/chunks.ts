import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { newId } from '../database/ids.js';
import { affected, row, type Db } from '../database/rows.js';
import type { FileSource, OpenBytes } from '../files/file-reading.js';

/** Bytes of one piece of a file on its way through Postgres; of a file's last piece perhaps fewer. */
export const CHUNK_BYTES = 256 * 1024;

/** The import was ended while its files were still coming in. */
export class NoLongerReceived extends Error {}

/**
 * Puts a file into chunks as it comes, never holding more than one of them, and closes its row with size and hash.
 * @throws NoLongerReceived
 */
export async function storeFile(
  db: DataSource,
  place: { ownerId: string; importId: string; fileId: string },
  source: AsyncIterable<Uint8Array>,
): Promise<number> {
  const hash = createHash('sha256');
  let waiting: Uint8Array[] = [];
  let size = 0;
  let total = 0;
  let seq = 0;
  for await (const piece of source) {
    hash.update(piece);
    waiting.push(piece);
    size += piece.length;
    total += piece.length;
    if (size < CHUNK_BYTES) continue;
    let rest: Buffer = Buffer.concat(waiting);
    for (; rest.length >= CHUNK_BYTES; rest = rest.subarray(CHUNK_BYTES)) {
      await storeChunk(db, place, seq, rest.subarray(0, CHUNK_BYTES));
      seq += 1;
    }
    waiting = [rest];
    size = rest.length;
  }
  if (size > 0) await storeChunk(db, place, seq, Buffer.concat(waiting));
  await db.query(`UPDATE import_file SET bytes = $3, sha256 = $4 WHERE owner_id = $1 AND id = $2`, [
    place.ownerId,
    place.fileId,
    total,
    hash.digest('hex'),
  ]);
  return total;
}

/** Its time is the database's: a chunk is transport, and tells whether an upload is still alive. */
async function storeChunk(
  db: DataSource,
  place: { ownerId: string; importId: string; fileId: string },
  seq: number,
  bytes: Buffer,
): Promise<void> {
  // The lock on the import's row lets no chunk in behind the back of whoever ends the import.
  const stored = await affected(
    db,
    `WITH receiving AS (
       SELECT id FROM import WHERE owner_id = $2 AND id = $6 AND state = 'receiving' FOR SHARE)
     INSERT INTO import_chunk (id, owner_id, created_at, file_id, seq, bytes)
     SELECT $1, $2, clock_timestamp(), $3, $4, $5 FROM receiving RETURNING id`,
    [newId(), place.ownerId, place.fileId, seq, bytes, place.importId],
  );
  if (stored === 0) throw new NoLongerReceived('the import was ended while its files came in');
}

/** Reads a stored file chunk by chunk. */
export function openStored(db: Db, ownerId: string, fileId: string): OpenBytes {
  return async function* () {
    for (let seq = 0; ; seq += 1) {
      const bytes = await chunkOf(db, ownerId, fileId, seq);
      if (!bytes) return;
      yield bytes;
    }
  };
}

/** A stored file, from its beginning or from any place. */
export function storedSource(
  db: Db,
  ownerId: string,
  file: { id: string; name: string; bytes: number },
): FileSource {
  // An archive's directory is read in many small steps, most of them within one chunk.
  let last: { seq: number; bytes: Buffer } | null = null;
  const chunk = async (seq: number): Promise<Buffer> => {
    if (last?.seq === seq) return last.bytes;
    const bytes = (await chunkOf(db, ownerId, file.id, seq)) ?? Buffer.alloc(0);
    last = { seq, bytes };
    return bytes;
  };
  return {
    name: file.name,
    bytes: file.bytes,
    open: openStored(db, ownerId, file.id),
    async readAt(from, length) {
      const pieces: Buffer[] = [];
      const end = Math.min(from + length, file.bytes);
      for (let at = from; at < end;) {
        const seq = Math.floor(at / CHUNK_BYTES);
        const start = seq * CHUNK_BYTES;
        const piece = (await chunk(seq)).subarray(at - start, end - start);
        if (piece.length === 0) break;
        pieces.push(piece);
        at += piece.length;
      }
      return Buffer.concat(pieces);
    },
  };
}

async function chunkOf(db: Db, ownerId: string, fileId: string, seq: number): Promise<Buffer | null> {
  const found = await row<{ bytes: Buffer }>(
    db,
    `SELECT bytes FROM import_chunk WHERE owner_id = $1 AND file_id = $2 AND seq = $3`,
    [ownerId, fileId, seq],
  );
  return found?.bytes ?? null;
}

export async function dropChunks(db: Db, ownerId: string, importId: string): Promise<void> {
  await db.query(
    `DELETE FROM import_chunk WHERE owner_id = $1
        AND file_id IN (SELECT id FROM import_file WHERE owner_id = $1 AND import_id = $2)`,
    [ownerId, importId],
  );
}
