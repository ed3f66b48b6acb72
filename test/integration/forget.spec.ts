import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONFIG, type Config } from '../../src/config.js';
import { IngestService } from '../../src/inbox/ingest.service.js';
import { refuseForgotten, welcomeBack } from '../../src/contacts/forget.guard.js';
import { forgottenAmong } from '../../src/database/forgotten.js';
import { row, rows } from '../../src/database/rows.js';
import { IntakeService } from '../../src/imports/intake.service.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildContact,
  buildEnrollment,
  buildFact,
  buildIdentity,
  buildInteraction,
  buildMessage,
  buildPromise,
  buildSuppression,
  insert,
} from '../factories.js';

let app: TestApp;
beforeEach(async () => {
  app = await startApp({ now: '2026-11-23T09:00:00Z' });
});
afterEach(() => app.close());

const FILES = ['badge-scans.csv', 'Connections.csv', 'people.vcf'].map(
  (name) => `test/fixtures/imports/${name}`,
);
const DAYS = { event: 'DevConf 2026', on: '2026-11-18..2026-11-20' };

interface Found {
  id: string;
  version: number;
}
async function mira(): Promise<Found> {
  await app.get(IntakeService).importFiles(app.ownerId, FILES, DAYS);
  const found = await row<Found>(app.db, `SELECT id, version FROM contact WHERE full_name = 'Mira Okafor' AND merged_into IS NULL`); // prettier-ignore
  return found!;
}
const forget = ({ id, version }: Found) => app.http.delete(`/contacts/${id}`).set('If-Match', `"${version}"`);

/** Every place, in any column of any table, where one of these words stands: `table.column`. */
async function placesOf(words: readonly string[]): Promise<string[]> {
  const columns = await rows<{ table: string; column: string; type: string }>(
    app.db,
    `SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migration'`,
  );
  const places: string[] = [];
  for (const { table, column, type } of columns) {
    for (const word of words) {
      const found =
        type === 'bytea'
          ? `position(convert_to($1, 'UTF8') IN "${column}") > 0`
          : `strpos(lower("${column}"::text), lower($1)) > 0`;
      const there = await row(app.db, `SELECT 1 FROM "${table}" WHERE ${found} LIMIT 1`, [word]);
      if (there) places.push(`${table}.${column} holds ${word}`);
    }
  }
  return places;
}

const mail = (from: string, id: string, text = 'Hello!'): Buffer =>
  Buffer.from(
    `From: ${from}\r\nTo: ada@example.org\r\nSubject: Re: slides\r\nMessage-ID: <${id}@example.net>\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\n\r\n${text}\r\n`,
  );

describe('forgetting a person', () => {
  it('leaves no word of them in any column of any table', async () => {
    const words = ['mira.okafor@example.com', 'mira@example.org', 'mira-okafor', 'Mira Okafor', 'm.okafor@example.net']; // prettier-ignore
    const person = await mira();
    // What a person leaves behind over a year.
    const double = await buildContact(app, { fullName: 'Mira Okafor', email: 'm.okafor@example.net', mergedInto: person.id }); // prettier-ignore
    const enrollment = await buildEnrollment(app, { contactId: person.id });
    const sent = await buildMessage(app, { contactId: person.id, enrollmentId: enrollment.id, state: 'sent', sentAt: app.clock.now(), toAddress: 'Mira.Okafor@example.com', toCanonical: 'mira.okafor@example.com', messageIdHeader: '<first@example.org>', subject: 'Hello Mira Okafor', text: 'Hi' }); // prettier-ignore
    await buildFact(app, { contactId: double.id, text: 'Mira Okafor likes trains' });
    await buildPromise(app, { contactId: person.id });
    await buildInteraction(app, { contactId: person.id, text: 'wrote to mira@example.org' });
    await buildSuppression(app, { address: 'mira@example.org', scope: 'automatic' });
    await app.get(IngestService).ingest(app.ownerId, mail('Mira <Mira.Okafor@example.com>', 'a'));
    const bounce = { kind: 'bounce', hash: 'b', subject: '', at: app.clock.now(), detail: { recipient: 'mira@example.org' } }; // prettier-ignore
    await insert(app, 'inbound', bounce as never);
    const audit = { who: 'owner', what: 'said', subjectKind: 'x', detail: { of: 'Mira Okafor', count: 2 } };
    await insert(app, 'audit', audit as never);
    const { id: importId } = (await row<{ id: string }>(app.db, `SELECT id FROM import`))!;
    await app.db.query(`UPDATE import SET undo = $2 WHERE id = $1`, [importId, JSON.stringify({ kept: [{ name: 'Mira Okafor', why: 'x' }] })]); // prettier-ignore
    const file = await insert<{ id: string }>(app, 'import_file', {
      importId,
      name: 'Mira_Okafor.vcf',
    } as never);
    for (const raw of ['MIRA OKAFOR,,', 'x,mira@example.org', 'Joamira@example.org stays'])
      await insert(app, 'import_rejection', {
        importId,
        fileId: file.id,
        line: 1,
        reason: 'r',
        raw,
      } as never);
    await app.http.post('/contacts').set('Idempotency-Key', 'k1').send({ fullName: 'Mira O', emails: ['mira@example.org'] }).expect(409); // prettier-ignore
    await insert(app, 'idempotency', { key: 'k2', request: 'r', status: 201, body: { id: person.id, fullName: 'Mira Okafor' } } as never); // prettier-ignore
    expect((await placesOf(words)).length).toBeGreaterThan(15);
    const others = await rows(app.db, `SELECT id, full_name, company FROM contact WHERE full_name NOT LIKE 'Mira%' ORDER BY id`); // prettier-ignore

    await forget({ ...person, version: await versionOf(person.id) }).expect(204);

    // Joamira is somebody else.
    expect(await placesOf(words)).toEqual(['import_rejection.raw holds mira@example.org']);
    expect(await rows(app.db, `SELECT raw FROM import_rejection WHERE raw ILIKE '%mira@%'`)).toEqual([
      { raw: 'Joamira@example.org stays' },
    ]);
    expect(await placesOf([sent.id])).toEqual([]);
    expect(await rows(app.db, `SELECT id, full_name, company FROM contact ORDER BY id`)).toEqual(others);
    expect(await row(app.db, `SELECT detail FROM audit WHERE what = 'said'`)).toEqual({ detail: { of: '(forgotten)', count: 2 } }); // prettier-ignore
    expect(await row(app.db, `SELECT undo FROM import WHERE undo IS NOT NULL`)).toEqual({ undo: { kept: [{ name: '(forgotten)', why: 'x' }] } }); // prettier-ignore
    expect(await row(app.db, `SELECT who, detail FROM audit WHERE what = 'forgotten' AND subject_id = $1`, [person.id])).toEqual({ who: 'owner', detail: {} }); // prettier-ignore
    // What is left says nothing without the key, and with it only what must not be lost.
    const kept = await forgottenAmong(app.db, app.ownerId, ['email mira.okafor@example.com', 'email mira@example.org', 'linkedin mira-okafor', 'email teo@example.net']); // prettier-ignore
    expect([...kept.values()]).toEqual(
      expect.arrayContaining([
        { key: 'email mira.okafor@example.com', scopes: [], sent: 1, lastSentAt: app.clock.now() },
        { key: 'email mira@example.org', scopes: ['automatic'], sent: 0, lastSentAt: null },
        { key: 'linkedin mira-okafor', scopes: [], sent: 0, lastSentAt: null },
      ]),
    );
    expect(kept.size).toBe(3);
  });

  it('takes the mails to them out of the sandbox, and no others', async () => {
    const person = await mira();
    const folder = join(app.nest.get<Config>(CONFIG).dataDir, 'sandbox');
    await mkdir(folder, { recursive: true });
    const eml = (name: string, from: string, to: string): Promise<void> =>
      writeFile(join(folder, `${name}.eml`), `From: ${from}\r\nTo: ${to}\r\nSubject: Hi\r\n\r\nHello\r\n`);
    const { email: me } = (await row<{ email: string }>(app.db, `SELECT email FROM owner`))!;
    await eml('theirs', me, 'Mira Okafor <Mira.Okafor@example.com>');
    await eml('other', me, 'teo@example.net');
    await eml('like', me, 'joamira.okafor@example.com');
    // The folder is that of all owners here.
    await eml('another-owners', 'somebody@example.net', 'mira.okafor@example.com');
    await writeFile(join(folder, 'rubbish.eml'), 'Mira');
    await forget(person).expect(204);
    expect((await readdir(folder)).sort()).toEqual([
      'another-owners.eml',
      'like.eml',
      'other.eml',
      'rubbish.eml',
    ]);
  });

  it('holds: the same files, imported again, make everybody but them', async () => {
    const person = await mira();
    await forget(person).expect(204);
    await app.db.query(`DELETE FROM source_record`);
    await app.get(IntakeService).importFiles(app.ownerId, FILES, { ...DAYS, event: 'Another Conf' });
    await app.get(IntakeService).importFiles(app.ownerId, FILES, DAYS);
    expect(await placesOf(['mira.okafor@example.com', 'mira@example.org', 'mira-okafor'])).toEqual([]);
    expect(await rows(app.db, `SELECT id FROM contact WHERE full_name = 'Teo Marin'`)).not.toEqual([]);
  });

  it('mail that comes later is taken in, and is nobody’s', async () => {
    const person = await mira();
    await forget(person).expect(204);
    const before = await rows(app.db, `SELECT id FROM contact ORDER BY id`);
    const taken = await app.get(IngestService).ingest(app.ownerId, mail('mira@example.org', 'late', 'Please stop writing to me. Unsubscribe me.')); // prettier-ignore
    expect(taken).toMatchObject({ new: true, contactId: null });
    expect(await rows(app.db, `SELECT id FROM contact ORDER BY id`)).toEqual(before);
  });

  it('leaves an address to the other person who has it, with its stops', async () => {
    const jane = await buildContact(app, { fullName: 'Jane Doe', email: 'jane@example.com' });
    const tom = await buildContact(app, { fullName: 'Tom Doe', email: 'doe@example.com' });
    await buildIdentity(app, { contactId: jane.id, value: 'doe@example.com' });
    await buildSuppression(app, { address: 'doe@example.com' });
    await forget({ id: jane.id, version: 1 }).expect(204);
    expect(await rows(app.db, `SELECT contact_id, value FROM identity`)).toEqual([{ contactId: tom.id, value: 'doe@example.com' }]); // prettier-ignore
    expect(await rows(app.db, `SELECT address FROM suppression`)).toEqual([{ address: 'doe@example.com' }]);
    const kept = await forgottenAmong(app.db, app.ownerId, [
      'email doe@example.com',
      'email jane@example.com',
    ]);
    expect([...kept.keys()]).toEqual(['email jane@example.com']);
  });

  it('waits until a mail to them is settled', async () => {
    const jane = await buildContact(app, { fullName: 'Jane Doe' });
    const message = await buildMessage(app, { contactId: jane.id });
    for (const [state, said] of [
      ['claimed', 'on its way'],
      ['sending', 'on its way'],
      ['unknown', 'settle it first'],
    ]) {
      // prettier-ignore
      await app.db.query(`UPDATE message SET state = $2 WHERE id = $1`, [message.id, state]);
      const { body } = await forget({ id: jane.id, version: 1 }).expect(409);
      expect((body as { detail: string }).detail).toContain(said);
    }
    expect(await rows(app.db, `SELECT id FROM contact`)).toEqual([{ id: jane.id }]);
    await app.db.query(`UPDATE message SET state = 'approved' WHERE id = $1`, [message.id]);
    await forget({ id: jane.id, version: 1 }).expect(204);
    expect(await rows(app.db, `SELECT id FROM message`)).toEqual([]);
  });

  it('wants the version that was seen, of a contact of this owner', async () => {
    const jane = await buildContact(app, { version: 3 });
    await app.http.delete(`/contacts/${jane.id}`).expect(428);
    await forget({ id: jane.id, version: 2 }).expect(412);
    await forget({ id: app.ownerId, version: 1 }).expect(404);
    expect(await rows(app.db, `SELECT id FROM contact`)).toHaveLength(1);
    await forget({ id: jane.id, version: 3 }).expect(204);
    await forget({ id: jane.id, version: 3 }).expect(404);
  });

  it('by hand they come back only by a plain word, and their stops with them', async () => {
    const jane = await buildContact(app, { fullName: 'Jane Doe', email: 'jane@example.com' });
    await buildSuppression(app, { address: 'jane@example.com' });
    await forget({ id: jane.id, version: 1 }).expect(204);
    const candidate = { emails: ['Jane@Example.com'], phones: [] };
    await expect(refuseForgotten(app.db, app.ownerId, candidate)).rejects.toMatchObject({ code: 'conflict' });
    await refuseForgotten(app.db, app.ownerId, { emails: ['joe@example.com'], phones: [] });
    await app.db.transaction((tx) => welcomeBack(tx, app.ownerId, candidate, app.clock.now()));
    await refuseForgotten(app.db, app.ownerId, candidate);
    expect(await rows(app.db, `SELECT address, scope, lifted_at FROM suppression`)).toEqual([{ address: 'jane@example.com', scope: 'everything', liftedAt: null }]); // prettier-ignore
    expect(await rows(app.db, `SELECT id FROM forgotten`)).toEqual([]);
  });
});

async function versionOf(id: string): Promise<number> {
  return (await row<{ version: number }>(app.db, `SELECT version FROM contact WHERE id = $1`, [id]))!.version;
}
