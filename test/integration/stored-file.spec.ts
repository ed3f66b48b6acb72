import { randomFillSync } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { SystemClock } from '../../src/clock.js';
import { createDataSource } from '../../src/database/data-source.js';
import { newId } from '../../src/database/ids.js';
import { rows } from '../../src/database/rows.js';
import { readFile } from '../../src/files/read-file.js';
import { CHUNK_BYTES, storedSource, storeFile } from '../../src/imports/chunks.js';
import { cloneDatabase, type TestDatabase } from '../database.js';
import { buildOwner } from '../factories.js';
import { walked, zipOf } from '../unit/files-fixtures.js';

describe('a file in Postgres', () => {
  let database: TestDatabase;
  let db: DataSource;
  let ownerId: string;

  beforeAll(async () => {
    database = await cloneDatabase();
    db = await createDataSource(database.url, 2).initialize();
    ownerId = (await buildOwner({ db, ownerId: '', clock: new SystemClock() })).id;
  });
  afterAll(async () => {
    await db.destroy();
    await database.drop();
  });

  /** Stores bytes in pieces of odd sizes, as an upload brings them. */
  async function stored(bytes: Buffer, pieces: readonly number[]): Promise<string> {
    const importId = newId();
    const fileId = newId();
    await db.query(`INSERT INTO import (id, owner_id, created_at, state) VALUES ($1, $2, now(), 'receiving')`, [importId, ownerId]); // prettier-ignore
    await db.query(`INSERT INTO import_file (id, owner_id, created_at, import_id, name) VALUES ($1, $2, now(), $3, 'f')`, [fileId, ownerId, importId]); // prettier-ignore
    // eslint-disable-next-line @typescript-eslint/require-await
    const source = (async function* () {
      for (let at = 0, n = 0; at < bytes.length; n += 1) {
        const size = pieces[n % pieces.length] ?? 1;
        yield bytes.subarray(at, at + size);
        at += size;
      }
    })();
    expect(await storeFile(db, { ownerId, importId, fileId }, source)).toBe(bytes.length);
    return fileId;
  }

  it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 17])(
    'of %i bytes lies in chunks of one size, and is read from the beginning and from any place',
    async (length) => {
      const bytes = randomFillSync(Buffer.alloc(length));
      const id = await stored(bytes, [65_536, 100_000, 7, 700_000]);
      const chunks = await rows<{ size: number }>(db, `SELECT length(bytes) AS size FROM import_chunk WHERE file_id = $1 ORDER BY seq`, [id]); // prettier-ignore
      expect(chunks.slice(0, -1).every(({ size }) => size === CHUNK_BYTES)).toBe(true);
      const source = storedSource(db, ownerId, { id, name: 'f', bytes: length });
      const pieces: Uint8Array[] = [];
      for await (const piece of source.open()) pieces.push(piece);
      expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
      for (const [from, size] of [
        [0, 10],
        [CHUNK_BYTES - 3, 6],
        [5, 2 * CHUNK_BYTES],
        [length - 4, 100],
        [length, 5],
      ] as const) {
        // prettier-ignore
        if (from < 0) continue;
        const read = await source.readAt?.(from, size);
        expect(Buffer.from(read ?? []).equals(bytes.subarray(from, from + size))).toBe(true);
      }
    },
  );

  it('that is a ZIP is walked where it lies', async () => {
    const table = 'First Name,Last Name,Email\nAda,L,ada@example.com\n';
    const noise = randomFillSync(Buffer.alloc(700_000));
    const bytes = zipOf([{ name: 'noise.bin', content: noise, isStored: true }, { name: 'leads.csv', content: table }]); // prettier-ignore
    const id = await stored(bytes, [50_000]);
    const source = storedSource(db, ownerId, { id, name: 'data.zip', bytes: bytes.length });
    expect((await walked(source)).at(-1)).toEqual(['data.zip/leads.csv', 'people']);
    const cut = storedSource(db, newId(), { id, name: 'data.zip', bytes: bytes.length });
    expect(await readFile(cut)).toMatchObject({ kind: 'refused' });
  });
});
