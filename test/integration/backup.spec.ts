import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DataSource } from 'typeorm';
import { restoreBackup } from '../../src/database/backup/restore-backup.js';
import { readBackup } from '../../src/database/backup/read-backup.js';
import { writeBackup } from '../../src/database/backup/write-backup.js';
import { createDataSource } from '../../src/database/data-source.js';
import { newId } from '../../src/database/ids.js';
import { migrate } from '../../src/database/migrate.js';
import { migrations } from '../../src/database/migrations.js';
import { row, rows } from '../../src/database/rows.js';
import { sealSecret } from '../../src/mail/secrets.js';
import { startApp, type TestApp } from '../app.js';
import { cloneDatabase, type TestDatabase } from '../database.js';
import * as build from '../factories.js';

const KEY = Buffer.alloc(32, 7);
const NOW = new Date('2026-11-21T09:00:00Z');

let app: TestApp;
let folder: string;
let source: string;
const targets: TestDatabase[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'followthrough-backup-'));
  app = await startApp();
  source = app.db.options.type === 'postgres' ? String(app.db.options.url) : '';
  await populate();
});
afterAll(async () => {
  await app.close();
  for (const target of targets) await target.drop();
  await rm(folder, { recursive: true, force: true });
});

const backup = (file: string, over: { url?: string; force?: boolean } = {}) =>
  writeBackup({ url: source, file: join(folder, file), app: '0.1.0', now: NOW, secretKey: KEY, force: false, ...over }); // prettier-ignore
const restore = (url: string, file: string) =>
  restoreBackup({ url, file: join(folder, file), now: NOW, secretKey: KEY });
async function target(): Promise<string> {
  const database = await cloneDatabase();
  targets.push(database);
  return database.url;
}
async function connected<T>(url: string, work: (db: DataSource) => Promise<T>): Promise<T> {
  const db = await createDataSource(url, 1).initialize();
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** Every row of every table as text, by table. */
async function everything(db: DataSource): Promise<Map<string, string[]>> {
  const tables = await rows<{ name: string }>(
    db,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname`,
  );
  const all = new Map<string, string[]>();
  for (const { name } of tables) {
    const found = await rows<{ text: string }>(
      db,
      `SELECT (to_jsonb(t) ${name === 'owner' ? "- 'stopped_at'" : ''} ${name === 'migration' ? "- 'id'" : ''})::text AS text FROM "${name}" t ORDER BY 1`,
    );
    all.set(name, found.map(({ text }) => text)); // prettier-ignore
  }
  return all;
}

/** A row in every table, with what is hard to carry: escapes, other scripts, lists, JSON, bytes, nulls beside empties. */
async function populate(): Promise<void> {
  const hard = 'a\tb\nc\\d\\.\r\n\\.\n\\N "q" \u2028 😀 שלום ';
  const contact = await build.buildContact(app, {
    fullName: hard,
    city: '',
    conflicts: [{ field: hard, values: [{ value: '\\.', sourceId: newId() }] }],
    linkedin: 'jane-doe',
  });
  const merged = await build.buildContact(app, { mergedInto: contact.id });
  const event = await build.buildEvent(app, { name: hard });
  await build.buildEncounter(app, { contactId: contact.id, eventId: event.id });
  await build.buildDebrief(app, { contactId: contact.id, eventId: event.id });
  await build.buildFact(app, { contactId: contact.id, text: '\\.' });
  await build.buildPromise(app, { contactId: contact.id });
  await build.buildInteraction(app, { contactId: contact.id, text: hard });
  await build.buildSuppression(app, { address: 'x@example.com' });
  const mailbox = await build.buildMailbox(app, { passwordSealed: sealSecret('hush', KEY, 'x') });
  const enrollment = await build.buildEnrollment(app, { contactId: contact.id, mailboxId: mailbox.id });
  const message = await build.buildMessage(app, { enrollmentId: enrollment.id, contactId: contact.id, state: 'approved', subject: hard, text: hard, threadRefs: ['<a@example.com>'] }); // prettier-ignore
  await build.buildMessageReason(app, { messageId: message.id });
  const ground = { ...app };
  const row_ = (table: string, values: object) => build.insert<{ id: string }>(ground, table, values);
  await row_('send_attempt', {
    messageId: message.id,
    stage: 'data',
    result: 'retry',
    reply: hard,
    tookMs: 3,
  });
  const inbound = await row_('inbound', { contactId: contact.id, messageId: message.id, kind: 'reply', hash: 'h', subject: hard, at: NOW, detail: { a: [hard] } }); // prettier-ignore
  await row_('inbound_body', {
    inboundId: inbound.id,
    text: hard,
    raw: Buffer.from([0, 1, 2, 92, 46, 10, 255]),
  });
  await row_('reply_debt', {
    contactId: contact.id,
    inboundId: inbound.id,
    dueOn: '2026-11-24',
    asks: [hard],
  });
  const imported = await row_('import', { state: 'done', eventId: event.id, undo: { kept: [hard] } });
  const file = await row_('import_file', { importId: imported.id, name: hard, confidence: 0.1 });
  await row_('import_chunk', { fileId: file.id, seq: 0, bytes: Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 256)) }); // prettier-ignore
  await row_('import_rejection', {
    importId: imported.id,
    fileId: file.id,
    line: 3,
    reason: hard,
    raw: hard,
  });
  const capture = await row_('capture', { importId: imported.id, fileId: file.id, name: 'a.png', mediaType: 'image/png', bytes: 3, sha256: 'x' }); // prettier-ignore
  await row_('capture_chunk', { captureId: capture.id, seq: 0, bytes: Buffer.alloc(0) });
  const record = await row_('source_record', { contactId: contact.id, kind: 'import', importId: imported.id, candidate: { name: { full: hard } }, fingerprint: 'f', verdict: 'created' }); // prettier-ignore
  await row_('contact_merge', { fromId: merged.id, intoId: contact.id, by: 'owner', boundaries: {} });
  const [a, b] = [contact.id, merged.id].sort();
  await row_('proposal', { aId: a, bId: b, why: 'match', score: 0.123456, evidence: [] });
  await row_('position_change', {
    contactId: contact.id,
    sourceId: record.id,
    state: 'question',
    seenOn: '2026-11-01',
  });
  await row_('time_off', { fromOn: '2026-12-24', untilOn: '2027-01-06' });
  await row_('mail_folder', { mailboxId: mailbox.id, path: 'INBOX', role: 'inbox', account: hard, uidValidity: '7', lastUid: '9007199254740993', readFrom: NOW }); // prettier-ignore
  await row_('mail_ear', { mailboxId: mailbox.id, holder: newId(), leaseUntil: NOW });
  await row_('sent_copy', { messageId: message.id, mailboxId: mailbox.id, raw: Buffer.from([0, 255, 10]) });
  await row_('comparison', { failures: 2, why: hard, nextAt: NOW });
  await row_('mapping', { header: 'a b', columns: { a: null } });
  await app.db.query(
    `INSERT INTO forgotten (id, owner_id, created_at, kind, hash, scopes) VALUES ($1, $2, $3, 'email', 'x', $4)`,
    [newId(), app.ownerId, NOW, ['everything', 'a "b", {c}\\', '']],
  );
  await row_('idempotency', { key: 'k', request: 'r', status: 201, body: [hard] });
}

describe('a backup', () => {
  it('restores every row of every table as it was, into a fresh database, with all owners stopped', async () => {
    const before = await everything(app.db);
    const empty = [...before].filter(([, found]) => found.length === 0).map(([name]) => name);
    expect(empty).toEqual([]);
    const written = await backup('whole');
    expect((await stat(join(folder, 'whole'))).mode & 0o777).toBe(0o600);
    const url = await target();
    const restored = await restore(url, 'whole');
    expect(restored).toMatchObject({ owners: 1, approved: 1, rows: written.rows, sameKey: true });
    await connected(url, async (db) => {
      expect(await everything(db)).toEqual(before);
      expect(await row(db, 'SELECT stopped_at FROM owner')).toEqual({ stoppedAt: NOW });
      const { upQueries } = await db.driver.createSchemaBuilder().log();
      expect(upQueries).toEqual([]);
    });
    expect((await restoreBackupWithOtherKey('whole')).sameKey).toBe(false);
  });

  it('is of one instant', async () => {
    const seen: string[] = [];
    let changed = Promise.resolve<unknown>(null);
    await writeBackup({
      ...{ url: source, file: join(folder, 'instant'), app: '', now: NOW, secretKey: KEY, force: false },
      onTable: (name) => {
        seen.push(name);
        if (seen.length === 1) changed = app.db.query(`UPDATE message SET why = 'changed meanwhile'`);
      },
    });
    await changed;
    const url = await target();
    await restore(url, 'instant');
    expect(await connected(url, (db) => row(db, `SELECT why FROM message`))).toEqual({ why: null });
    await app.db.query(`UPDATE message SET why = NULL`);
  });

  it('writes over nothing without being told, and leaves no half file', async () => {
    await writeFile(join(folder, 'there'), 'mine');
    await expect(backup('there')).rejects.toThrow('is there already');
    expect(await readFile(join(folder, 'there'), 'utf8')).toBe('mine');
    await backup('there', { force: true });
    await readBackup(join(folder, 'there'));
    await expect(backup('nowhere', { url: 'postgres://127.0.0.1:1/none' })).rejects.toThrow();
    expect(await halves()).toEqual([]);
  });

  it('that is interrupted leaves nothing, and clears away what one that was killed has left', async () => {
    const killed = join(folder, 'cut.01234567.partial');
    const another = join(folder, 'cut.89abcdef.partial');
    for (const file of [killed, another]) await writeFile(file, 'half');
    await utimes(killed, new Date(0), new Date(0));
    const interruption = new AbortController();
    const cut = writeBackup({
      ...{ url: source, file: join(folder, 'cut'), app: '', now: NOW, secretKey: KEY, force: false },
      signal: interruption.signal,
      onTable: () => interruption.abort(),
    });
    await expect(cut).rejects.toThrow(/abort/i);
    await expect(stat(join(folder, 'cut'))).rejects.toThrow('ENOENT');
    // Of the other nobody can tell yet that its writer is dead.
    expect(await halves()).toEqual(['cut.89abcdef.partial']);
    await rm(another);
  });

  it('and another to the same name at once: one of them stands there, whole', async () => {
    const ends = await Promise.allSettled([backup('both'), backup('both')]);
    expect(ends.some(({ status }) => status === 'fulfilled')).toBe(true);
    await readBackup(join(folder, 'both'));
    expect(await halves()).toEqual([]);
  });
});

const halves = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name.endsWith('.partial')); // prettier-ignore

async function restoreBackupWithOtherKey(file: string) {
  return restoreBackup({ url: await target(), file: join(folder, file), now: NOW, secretKey: Buffer.alloc(32, 8) }); // prettier-ignore
}

describe('nothing is written', () => {
  let url: string;
  let whole: Buffer;
  let before: Map<string, string[]>;
  beforeAll(async () => {
    await backup('sound');
    whole = await readFile(join(folder, 'sound'));
    url = await target();
    before = await connected(url, everything);
  });

  const refused = async (bytes: Buffer, why: RegExp): Promise<void> => {
    await writeFile(join(folder, 'bad'), bytes);
    await expect(restore(url, 'bad')).rejects.toThrow(why);
    expect(await connected(url, everything)).toEqual(before);
  };
  const text = (): string => gunzipSync(whole).toString('latin1');
  const packed = (latin1: string): Buffer => gzipSync(Buffer.from(latin1, 'latin1'));
  /** With a hash that fits: what is wrong is wrong by itself. */
  const sealed = (latin1: string): Buffer => {
    const body = latin1.replace(/sha256 [0-9a-f]{64}\n$/, '');
    const digest = createHash('sha256').update(Buffer.from(body, 'latin1')).digest('hex');
    return packed(`${body}sha256 ${digest}\n`);
  };

  it('from a file that is cut off, anywhere', async () => {
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      await refused(whole.subarray(0, Math.floor(whole.length * share)), /cut off/);
    }
    await refused(packed(text().replace(/sha256 .*\n$/, '')), /cut off/);
    await refused(packed(text().slice(0, 5_000)), /damaged|cut off/);
  });

  it('from a file in which anything was changed', async () => {
    for (const at of [0.2, 0.5, 0.8]) {
      const changed = Buffer.from(whole);
      const index = Math.floor(changed.length * at);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      await refused(changed, /damaged|is no backup/);
    }
    await refused(packed(text().replace('hush', 'hash').replace('DevConf', 'DevKonf').replace('retry', 'rutry')), /hash/); // prettier-ignore
    await refused(packed(`${text()}more\n`), /after its end/);
  });

  it('from what is no backup, or of a newer Followthrough', async () => {
    await refused(Buffer.from('ID,Name\r\n'), /no backup/);
    await refused(packed('{"hello": 1}\n'), /no backup/);
    await refused(packed(''), /cut off/);
    await expect(restore(url, 'not-there')).rejects.toThrow('ENOENT');
    await refused(sealed(text().replace('"version":1', '"version":2')), /update first/);
    await refused(
      sealed(text().replace(/"migrations":\[/, '"migrations":["FromTheFuture1",')),
      /update first/,
    );
  });

  it('from one that breaks off in the middle of the tables, though its hash is right', async () => {
    const broken = text().replaceAll('\tapproved\t', '\tno-such-state\t');
    expect(broken).not.toBe(text());
    await refused(sealed(broken), /check constraint/);
  });

  it('by a restore that is interrupted, anywhere', async () => {
    for (const after of [1, 20, Infinity]) {
      const interruption = new AbortController();
      let tables = 0;
      const cut = restoreBackup({
        ...{ url, file: join(folder, 'sound'), now: NOW, secretKey: KEY, signal: interruption.signal },
        onTable: () => {
          tables += 1;
          if (tables === after || (after === Infinity && tables === before.size - 1)) interruption.abort();
        },
      });
      await expect(cut).rejects.toThrow(/abort/i);
      expect(await connected(url, everything)).toEqual(before);
    }
  });

  it('into a database with an owner in it', async () => {
    const there = await everything(app.db);
    await expect(restore(source, 'sound')).rejects.toThrow('There is an owner in this database already');
    expect(await everything(app.db)).toEqual(there);
  });
});

describe('an older backup', () => {
  it('is restored at its own level and brought to this one', async () => {
    const old = await cloneDatabase();
    targets.push(old);
    const first = await new DataSource({ ...createDataSource(old.url, 1).options, migrations: migrations.slice(0, 1) }).initialize(); // prettier-ignore
    await first.query('DROP SCHEMA public CASCADE');
    await first.query('CREATE SCHEMA public');
    await first.runMigrations();
    const [owner, jane, janet] = [newId(), newId(), newId()];
    await first.query(`INSERT INTO owner (id, name, email, zone, created_at) VALUES ($1, 'Ada', 'ada@example.org', 'UTC', now())`, [owner]); // prettier-ignore
    await first.query(
      `INSERT INTO contact (id, owner_id, created_at, merged_into, full_name, zone, zone_source)
       VALUES ($1, $3, now(), NULL, 'Jane', 'UTC', 'owner'), ($2, $3, now(), $1, 'Janet', 'UTC', 'owner')`,
      [jane, janet, owner],
    );
    await first.destroy();
    await backup('old', { url: old.url });
    expect((await readBackup(join(folder, 'old'))).migrations).toHaveLength(1);
    const url = await target();
    await restore(url, 'old');
    await connected(url, async (db) => {
      // The second migration made an edge of the merge: it ran on the rows of the backup.
      expect(await rows(db, 'SELECT from_id, into_id, by FROM contact_merge')).toEqual([{ fromId: janet, intoId: jane, by: 'row' }]); // prettier-ignore
      expect(await rows(db, 'SELECT name FROM migration')).toHaveLength(migrations.length);
      expect((await db.driver.createSchemaBuilder().log()).upQueries).toEqual([]);
    });
    await migrate(url);
  });
});
