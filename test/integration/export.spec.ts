import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnersService } from '../../src/accounts/owners.service.js';
import { ExportService } from '../../src/contacts/export.service.js';
import { EXPORT_FILES, exportFormats, type ExportFormat } from '../../src/core/export/exported.js';
import type { ContactView } from '../../src/contacts/contacts.schemas.js';
import { row, rows } from '../../src/database/rows.js';
import { IntakeService } from '../../src/imports/intake.service.js';
import { startApp, type TestApp } from '../app.js';
import { buildContact, buildSuppression, insert } from '../factories.js';

let app: TestApp;
let folder: string;
beforeEach(async () => {
  app = await startApp({ now: '2026-11-23T09:00:00Z' });
  folder = await mkdtemp(join(tmpdir(), 'followthrough-export-'));
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const NASTY = 'Okafor, "M" & Söhne; \\n 😀 שלום';

/** People of files and by hand: merged ones, corrected ones, one of an address alone, values that break files. */
async function somePeople(): Promise<void> {
  const files = ['badge-scans.csv', 'Connections.csv', 'people.vcf', 'attendees.csv'].map((name) => `test/fixtures/imports/${name}`); // prettier-ignore
  await app.get(IntakeService).importFiles(app.ownerId, files, {
    event: 'DevConf 2026',
    on: '2026-11-18..2026-11-20',
  });
  const add = async (body: object): Promise<ContactView> =>
    (await app.http.post('/contacts').send(body).expect(201)).body as ContactView;
  await add({ emails: ['only@example.com'] });
  await add({
    fullName: 'Zoë Østergård',
    emails: ['zoe@example.com', "z.o'e@example.org"],
    phones: ['+49 30 12345678', '+1 202 555 0123'],
    linkedin: 'zoë-østergård',
    company: `=1+1 ${NASTY}`,
    title: '-Lead',
    city: '@home, or so',
    country: 'Germany',
    birthday: '--02-29',
    language: 'de-CH',
    zone: 'Europe/Zurich',
  });
  // Whoever has neither address nor profile cannot be told from a namesake: made again, not merged.
  await app.db.query(`DELETE FROM contact c WHERE NOT EXISTS (
    SELECT 1 FROM identity i WHERE i.contact_id = c.id AND i.kind IN ('email', 'linkedin'))`);
  const jane = await add({ fullName: 'Jane Doe', emails: ['jane@example.com'], company: 'Lumen' });
  await app.http.patch(`/contacts/${jane.id}`).set('If-Match', '"1"').send({ company: null }).expect(200);
}

/** What is folded, without ids and versions. */
async function folded(ownerId = app.ownerId) {
  return rows<{ identities: string[]; encounters: string[] }>(
    app.db,
    `SELECT c.full_name, c.given_name, c.family_name, c.company, c.title, c.city, c.country, c.birthday, c.zone,
            c.zone_source, c.language, c.form, c.consent, c.origin, c.priority,
            (SELECT jsonb_agg(f ->> 'field' || ': ' || (f #>> '{values,0,value}') ORDER BY f ->> 'field')
               FROM jsonb_array_elements(c.conflicts) f) AS conflicts,
            ARRAY (SELECT DISTINCT i.kind || ' ' || i.value || ' ' || i.canonical || ' ' || i.shared FROM identity i JOIN contact k ON k.id = i.contact_id
                    WHERE k.id = c.id OR k.merged_into = c.id ORDER BY 1) AS identities,
            ARRAY (SELECT DISTINCT v.name || ' ' || e.kind FROM encounter e JOIN event v ON v.id = e.event_id JOIN contact k ON k.id = e.contact_id
                    WHERE (k.id = c.id OR k.merged_into = c.id) AND e.closed_at IS NULL ORDER BY 1) AS encounters
       FROM contact c WHERE c.owner_id = $1 AND c.merged_into IS NULL AND c.hidden_at IS NULL
      ORDER BY c.full_name, identities`,
    [ownerId],
  );
}

async function exported(format: ExportFormat, query: object = {}): Promise<string> {
  const answer = await app.http
    .get('/contacts/export')
    .query({ format, ...query })
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks).toString('utf8')));
    })
    .expect(200);
  return answer.body as string;
}

async function take(format: ExportFormat, text: string, ownerId = app.ownerId) {
  const file = join(folder, `out.${EXPORT_FILES[format].ending}`);
  await writeFile(file, text);
  return app.get(IntakeService).importFiles(ownerId, [file]);
}

describe.each(exportFormats)('an export as %s', (format) => {
  it('changes nobody when it is imported again', async () => {
    await somePeople();
    const before = await folded();
    const out = await exported(format);
    expect(await take(format, out)).toMatchObject({ created: 0, rejected: 0, merged: before.length });
    expect(await folded()).toEqual(before);
    // Notes are folded when they are read: what goes out then is the same file.
    expect(await exported(format)).toBe(out);
  });

  it('makes the same people in an empty place', async () => {
    await somePeople();
    const before = await folded();
    const text = await exported(format);
    const other = await app.get(OwnersService).add({ name: 'B', email: 'b@example.org', zone: 'Europe/Berlin', language: 'en' }); // prettier-ignore
    const done = await take(format, text, other.id);
    expect(done).toMatchObject({ created: before.length, merged: 0, rejected: 0 });
    // What the sources disagreed on stays behind: the values taken are the same. Tables and cards have no room for events.
    // Whoever was met at an event attended it: that is one line of the export.
    const events = ({ encounters }: (typeof before)[number]): string[] =>
      format !== 'json'
        ? []
        : encounters.filter((one) => !one.endsWith(' attended') || !encounters.includes(one.replace(/attended$/, 'met'))); // prettier-ignore
    expect(await folded(other.id)).toEqual(
      before.map((one) => ({ ...one, conflicts: null, encounters: events(one) })),
    );
  });

  it('takes a stop along as a no', async () => {
    const stopped = await buildContact(app, { fullName: 'Stop Me', doNotContactAt: app.clock.now() });
    const optedOut = await buildContact(app, { fullName: 'Opted Out', email: 'out@example.com' });
    await buildSuppression(app, { address: 'out@example.com', scope: 'automatic' });
    const dead = await buildContact(app, { fullName: 'Dead Address', email: 'dead@example.com' });
    const bounce = await insert<{ id: string }>(app, 'inbound', { kind: 'bounce', hash: 'x', subject: '', at: app.clock.now() } as never); // prettier-ignore
    await buildSuppression(app, {
      address: 'dead@example.com',
      sourceKind: 'inbound',
      sourceId: bounce.id,
    });
    const text = await exported(format);
    const about = (id: string): string => {
      const from = text.indexOf(id);
      const rest = text.slice(from);
      return rest.slice(0, rest.search(/\r\nEND|\r\n0|,\n|\n\]/));
    };
    const no = { csv: /,no,/, vcard: /X-CONSENT:no/, json: /"consent":false/ }[format];
    expect(about(stopped.id)).toMatch(no);
    expect(about(optedOut.id)).toMatch(no);
    expect(about(dead.id)).not.toMatch(no);
  });
});

describe('the export', () => {
  it('holds everybody once, over many pages, read through merges and without who is hidden', async () => {
    await app.db.query(
      `INSERT INTO contact (id, owner_id, created_at, full_name, zone, zone_source)
       SELECT gen_random_uuid(), $1, now(), 'Person ' || n, 'UTC', 'owner' FROM generate_series(1, 1203) n`,
      [app.ownerId],
    );
    const one = await row<{ id: string }>(app.db, `SELECT id FROM contact ORDER BY id LIMIT 1`);
    await buildContact(app, { fullName: 'Gone Double', email: 'double@example.com', mergedInto: one!.id });
    await buildContact(app, { fullName: 'Hidden Person', hiddenAt: app.clock.now() });
    const { contacts } = JSON.parse(await exported('json')) as {
      contacts: { id: string; emails: string[] }[];
    };
    expect(contacts).toHaveLength(1203);
    expect(new Set(contacts.map(({ id }) => id)).size).toBe(1203);
    expect(contacts.find(({ id }) => id === one!.id)?.emails).toEqual(['double@example.com']);
    expect((await exported('csv')).split('\r\n')).toHaveLength(1205);
    expect((await exported('vcard')).match(/BEGIN:VCARD/g)).toHaveLength(1203);
  });

  it('is of one instant, however long it is read', async () => {
    for (let n = 0; n < 3; n += 1) await buildContact(app);
    const pieces = app.get(ExportService).export(app.ownerId, { format: 'vcard' });
    await pieces.next();
    await app.db.query(`UPDATE contact SET full_name = 'Changed Meanwhile', merged_into = NULL`);
    let text = '';
    for await (const piece of pieces) text += piece;
    expect(text.match(/BEGIN:VCARD/g)).toHaveLength(3);
    expect(text).not.toContain('Changed Meanwhile');
  });

  it('leaves no snapshot open when the reader goes away', async () => {
    for (let n = 0; n < 20; n += 1) {
      const pieces = app.get(ExportService).export(app.ownerId, { format: 'csv' });
      await pieces.next();
      await pieces.return(0);
    }
    const open = await rows(app.db, `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`); // prettier-ignore
    expect(open).toEqual([]);
  });

  it('tells where people were met', async () => {
    await somePeople();
    const { contacts } = JSON.parse(await exported('json')) as { contacts: { encounters: object[] }[] };
    expect(contacts.flatMap(({ encounters }) => encounters)).toContainEqual({
      event: 'DevConf 2026',
      startsOn: '2026-11-18',
      endsOn: '2026-11-20',
      zone: 'Europe/Berlin',
      kind: 'met',
      at: '2026-11-18T09:41:00.000Z',
    });
    expect(await exported('csv')).toContain('DevConf 2026 (met');
    expect(await exported('vcard')).toContain('X-ENCOUNTER:DevConf 2026 (met');
  });

  it('brings every event of a person back, once, and an undo takes them away again', async () => {
    const met = (event: string, startsOn: string, kind: string) => ({ event, startsOn, endsOn: startsOn, zone: 'Europe/Oslo', kind }); // prettier-ignore
    const line = JSON.stringify({
      id: '019a9000-0000-7000-8000-000000000001',
      name: { full: 'Ada Byron' },
      emails: ['ada@example.com'],
      phones: [],
      linkedin: [],
      circle: 'warm',
      encounters: [met('Fjord Summit', '2026-05-02', 'met'), met('Fjord Summit', '2025-05-03', 'attended')],
    });
    const file = (more: string): string => `{"followthrough": 1, "contacts": [\n${more}${line}\n]}\n`;
    const told = () =>
      rows(app.db, `SELECT DISTINCT v.name, v.starts_on::text AS on, v.zone, e.kind FROM encounter e JOIN event v ON v.id = e.event_id ORDER BY 2`); // prettier-ignore
    const both = [
      { name: 'Fjord Summit', on: '2025-05-03', zone: 'Europe/Oslo', kind: 'attended' },
      { name: 'Fjord Summit', on: '2026-05-02', zone: 'Europe/Oslo', kind: 'met' },
    ];
    const first = await take('json', file(''));
    expect(await told()).toEqual(both);
    // The same person with another word is another saying of the same encounters.
    const again = line.replace('"circle"', '"company":"Lumen","circle"');
    const second = await take('json', file(`${again},\n`));
    expect(await told()).toEqual(both);
    const undo = (id: string) =>
      app.http.post(`/imports/${id}/undo`).expect((answer) => expect(answer.status).toBeLessThan(300));
    await undo(first.id);
    expect(await told()).toEqual(both);
    await undo(second.id);
    expect(await told()).toEqual([]);
    expect(await rows(app.db, `SELECT name FROM event`)).toEqual([]);
  });

  it('is asked for by format, and by event', async () => {
    await somePeople();
    const answer = await app.http.get('/contacts/export?format=csv').expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="contacts.csv"',
      'cache-control': 'no-store',
    });
    await app.http.get('/contacts/export').expect(400);
    await app.http.get('/contacts/export?format=xml').expect(400);
    await app.http.get('/contacts/export?format=csv&event=Nowhere').expect(404);
    const of = await exported('csv', { event: 'devconf 2026' });
    expect(of).toContain('Okafor');
    expect(of).not.toContain('only@example.com');
  });
});
