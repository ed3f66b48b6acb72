import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { type Config, readConfig } from '../../src/config.js';
import { createDataSource } from '../../src/database/data-source.js';
import { appendForgotten, forgottenAmong, keepForgottenKey } from '../../src/database/forgotten.js';
import { row, rows } from '../../src/database/rows.js';
import { SEALED_COLUMNS, sealedFor, type SealedColumn } from '../../src/mail/sealed-columns.js';
import { keyId, openSecret, sealSecret } from '../../src/mail/secrets.js';
import { prepareNextKey, putKeyInPlace, reseal } from '../../src/mail/secrets-rotate.js';
import { cloneDatabase, type TestDatabase } from '../database.js';
import { buildMailbox, buildOwner, type Ground } from '../factories.js';

const MAILBOX = SEALED_COLUMNS.filter(({ table }) => table === 'mailbox').map(({ column }) => column);
const FORGOTTEN = { key: 'email grace@example.com', scopes: ['everything'], sent: 2, lastSentAt: null };

describe('changing the key', () => {
  let database: TestDatabase;
  let db: DataSource;
  let dataDir: string;
  let ground: Ground;
  let mailboxId: string;

  beforeEach(async () => {
    database = await cloneDatabase();
    db = await createDataSource(database.url, 3).initialize();
    dataDir = await mkdtemp(join(tmpdir(), 'followthrough-keys-'));
    const clock = { now: () => new Date('2026-11-21T09:00:00Z') };
    ground = { db, ownerId: '', clock };
    ground.ownerId = (await buildOwner(ground)).id;
    const { secretKey } = config();
    mailboxId = (await buildMailbox(ground)).id;
    for (const column of MAILBOX) {
      await db.query(`UPDATE mailbox SET ${column} = $2 WHERE id = $1`, [
        mailboxId,
        sealSecret(`secret of ${column}`, secretKey, sealedFor(column, mailboxId)),
      ]);
    }
    keepForgottenKey(db, config());
    await appendForgotten(db, ground.ownerId, [FORGOTTEN], clock.now());
  });
  afterEach(async () => {
    await db.destroy();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const config = (env: Record<string, string> = {}): Config =>
    readConfig({ DATA_DIR: dataDir, DATABASE_URL: database.url, API_TOKEN: 'x'.repeat(24), ...env });
  const sealed = async (column: SealedColumn): Promise<Buffer> =>
    (await row<{ sealed: Buffer }>(db, `SELECT ${column} AS sealed FROM mailbox WHERE id = $1`, [mailboxId]))!
      .sealed;
  /** What a process with these settings can do: open everything, and know again who was forgotten. */
  const works = async (settings: Config): Promise<void> => {
    for (const column of MAILBOX) {
      const text = openSecret(await sealed(column), settings.secretKeys, sealedFor(column, mailboxId));
      expect(text).toBe(`secret of ${column}`);
    }
    keepForgottenKey(db, settings);
    const known = await forgottenAmong(db, ground.ownerId, [FORGOTTEN.key, 'email other@example.com']);
    expect([...known.values()]).toEqual([FORGOTTEN]);
  };

  it('knows every sealed column there is', async () => {
    const columns = await rows<{ name: string }>(
      db,
      `SELECT c.relname || '.' || a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname LIKE '%\\_sealed'`,
    );
    expect(columns.map(({ name }) => name).sort()).toEqual(
      SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort(),
    );
  });

  it('binds what is sealed to its row and its column', async () => {
    const { secretKey } = config();
    const password = await sealed('password_sealed');
    expect(() => openSecret(password, secretKey, sealedFor('imap_password_sealed', mailboxId))).toThrow();
    expect(() => openSecret(password, secretKey, sealedFor('password_sealed', ground.ownerId))).toThrow();
  });

  it('seals everything anew, keeps who was forgotten, and leaves one 0600 file', async () => {
    const before = config();
    const to = await prepareNextKey(dataDir);
    expect(await reseal(db, before, to)).toEqual({ kind: 'resealed', count: MAILBOX.length + 1 });
    await putKeyInPlace(dataDir);
    const after = config();
    expect(after.secretKey.equals(to)).toBe(true);
    expect(after.secretKey.equals(before.secretKey)).toBe(false);
    expect(after.secretKeys).toHaveLength(1);
    await works(after);
    for (const column of MAILBOX) {
      expect((await sealed(column)).subarray(1, 5).equals(keyId(to))).toBe(true);
      expect(() => openSecret(Buffer.alloc(0), before.secretKey, '')).toThrow();
    }
    expect(() => openSecret(Buffer.from([]), before.secretKeys, mailboxId)).toThrow();
    expect((await stat(join(dataDir, 'secret-key'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['secret-key']);
    // And again: the same holds of the second change.
    const third = await prepareNextKey(dataDir);
    await reseal(db, after, third);
    await putKeyInPlace(dataDir);
    await works(config());
  });

  it('loses nothing where it is killed: before, between and after', async () => {
    const to = await prepareNextKey(dataDir);
    await works(config());
    // Killed with the new key written and nothing sealed: it goes on with that very key.
    expect((await prepareNextKey(dataDir)).equals(to)).toBe(true);
    await reseal(db, config(), to);
    // Killed with all sealed anew, and the old key still in place.
    await works(config());
    const between = config();
    expect(between.secretKey.equals(to)).toBe(false);
    await db.query(`UPDATE mailbox SET password_sealed = $2 WHERE id = $1`, [
      mailboxId,
      sealSecret('secret of password_sealed', between.secretKey, sealedFor('password_sealed', mailboxId)),
    ]);
    const again = await prepareNextKey(dataDir);
    expect(again.equals(to)).toBe(true);
    expect(await reseal(db, config(), again)).toMatchObject({ kind: 'resealed' });
    await putKeyInPlace(dataDir);
    await works(config());
  });

  it('changes nothing at all where one secret does not open', async () => {
    const other = await buildMailbox(ground, { address: 'lost@example.org' });
    await db.query(`UPDATE mailbox SET password_sealed = $2 WHERE id = $1`, [
      other.id,
      sealSecret('x', Buffer.alloc(32, 9), sealedFor('password_sealed', other.id)),
    ]);
    const before = await rows(db, 'SELECT * FROM mailbox ORDER BY id');
    const to = await prepareNextKey(dataDir);
    expect(await reseal(db, config(), to)).toEqual({
      kind: 'blocked',
      what: ['password of lost@example.org'],
    });
    expect(await rows(db, 'SELECT * FROM mailbox ORDER BY id')).toEqual(before);
    await works(config());
  });

  it('refuses a forged secret and one put in another place', async () => {
    const forged = await sealed('password_sealed');
    forged[forged.length - 1]! ^= 1;
    await db.query(`UPDATE mailbox SET password_sealed = $2, oauth_sealed = dkim_key_sealed WHERE id = $1`, [
      mailboxId,
      forged,
    ]);
    const done = await reseal(db, config(), Buffer.alloc(32, 3));
    expect(done).toMatchObject({ kind: 'blocked', what: [expect.stringMatching(/^password of/), expect.stringMatching(/^oauth of/)] }); // prettier-ignore
  });

  it('is made by settings too: the old key is named while it lasts, then gone', async () => {
    const old = await readFile(join(dataDir, 'secret-key'), 'utf8');
    const key = 'ab'.repeat(32);
    const both = config({ SECRET_KEY: key, SECRET_KEY_OLD: old });
    await works(both);
    expect(await reseal(db, both, both.secretKey)).toMatchObject({ kind: 'resealed' });
    await works(both);
    await rm(join(dataDir, 'secret-key'));
    await works(config({ SECRET_KEY: key }));
  });

  it('takes no broken file for a key', async () => {
    await writeFile(join(dataDir, 'secret-key.next'), 'half');
    await expect(prepareNextKey(dataDir)).rejects.toThrow(/64 hexadecimal digits/);
    await works(config());
  });
});
