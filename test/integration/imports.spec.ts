import { createReadStream } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rows } from '../../src/database/rows.js';
import { IntakeService } from '../../src/imports/intake.service.js';
import { BATCH_ROWS } from '../../src/imports/batches.js';
import { ImportRunner } from '../../src/imports/import-runner.js';
import { ImportsService } from '../../src/imports/imports.service.js';
import { ImportsSweep } from '../../src/imports/imports.sweep.js';
import type { ImportView, UploadFields } from '../../src/imports/imports.schemas.js';
import { Queue } from '../../src/queue/queue.service.js';
import { startApp, type TestApp } from '../app.js';
import { buildEvent, buildOwner } from '../factories.js';
import { killImport } from '../imports.js';

const FIXTURES = 'test/fixtures/imports';
const DEVCONF: UploadFields = { event: 'DevConf 2026', on: '2026-11-18..2026-11-20' };

interface Person {
  name: string;
  given: string | null;
  company: string | null;
  zone: string;
  zoneSource: string;
  birthday: string | null;
  language: string | null;
  emails: string[] | null;
  met: string[] | null;
  notes: string[] | null;
}

let app: TestApp;
let folder: string;

beforeEach(async () => {
  app = await startApp({ now: '2026-11-23T09:00:00Z' });
  folder = await mkdtemp(join(tmpdir(), 'followthrough-imports-'));
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const importPaths = (paths: string[], fields: UploadFields = {}): Promise<ImportView> =>
  app.get(IntakeService).importFiles(app.ownerId, paths, fields);
const fixture = (name: string): string => join(FIXTURES, name);

async function importText(
  name: string,
  text: string | Uint8Array,
  fields: UploadFields = {},
): Promise<ImportView> {
  await writeFile(join(folder, name), text);
  return importPaths([join(folder, name)], fields);
}

/** Everybody, by name, with what the sources say of the encounter. */
function people(): Promise<Person[]> {
  return rows<Person>(
    app.db,
    `SELECT c.full_name AS name, c.given_name AS given, c.company, c.zone, c.zone_source, c.birthday, c.language,
            (SELECT array_agg(i.canonical ORDER BY i.canonical) FROM identity i WHERE i.contact_id = c.id AND i.kind = 'email') AS emails,
            (SELECT array_agg(e.kind || ' by ' || e.source_kind ORDER BY e.id) FROM encounter e WHERE e.contact_id = c.id) AS met,
            (SELECT array_agg(n.text ORDER BY n.id) FROM interaction n WHERE n.contact_id = c.id AND n.kind = 'note') AS notes
       FROM contact c ORDER BY c.full_name, c.id`,
  );
}

const namesAnd = async (key: keyof Person): Promise<Record<string, unknown>> =>
  Object.fromEntries((await people()).map((person) => [person.name, person[key]]));

async function rejections(id: string): Promise<[number, string, string][]> {
  const { items } = await app.get(ImportsService).rejections(app.ownerId, id, { limit: 200 });
  return items.map(({ line, reason, raw }) => [line, reason, raw]);
}

/** Every row of every table that an import may write, save the imports' own. */
async function everything(): Promise<unknown> {
  const tables = [
    'contact',
    'identity',
    'source_record',
    'encounter',
    'interaction',
    'fact',
    'event',
    'enrollment',
    'message',
  ];
  const all = await Promise.all(tables.map((table) => rows(app.db, `SELECT * FROM "${table}" ORDER BY id`)));
  return Object.fromEntries(tables.map((table, index) => [table, all[index]]));
}

describe('files of a conference become people', () => {
  it('a folder of four formats makes one contact of each person', async () => {
    const done = await importPaths([FIXTURES], DEVCONF);

    expect(done).toMatchObject({ state: 'done', error: null, event: { name: 'DevConf 2026' } });
    expect(done.files.map((file) => [file.name, file.format, file.created, file.merged, file.rejected, file.ignored])).toEqual([
      ['imports/Connections.csv', 'linkedin-connections', 5, 0, 0, 1],
      ['imports/attendees.csv', 'attendee-list', 5, 0, 0, 1],
      ['imports/badge-scans.csv', 'badge-scan', 0, 2, 1, 1],
      ['imports/people.vcf', 'vcard', 1, 1, 1, 0],
    ]); // prettier-ignore
    const [mira] = (await people()).filter(({ name }) => name === 'Mira Okafor');
    expect(mira).toMatchObject({
      given: 'Mira',
      company: 'Lumen Works',
      zone: 'Africa/Lagos',
      zoneSource: 'contact',
      birthday: '--03-15',
      language: 'en',
      emails: ['mira.okafor@example.com', 'mira@example.org'],
      notes: ['asked about rollbacks\nand about queues', 'likes long trains'],
    });
    expect(await rejections(done.id)).toEqual([
      [5, '"Email Address" holds "broken(at)example.com", which is no e-mail address', expect.stringContaining('broken(at)')],
      [11, 'EMAIL holds "not an address", which is no e-mail address', expect.stringContaining('Kari')],
    ]); // prettier-ignore
    expect(await rows(app.db, `SELECT 1 FROM import_chunk`)).toEqual([]);
  });

  it('met only by a scan or a connection of the days and three more; a list makes attended; a stranger of LinkedIn nothing', async () => {
    await importPaths([FIXTURES], DEVCONF);
    expect(await namesAnd('met')).toEqual({
      'Mira Okafor': ['met by connection', 'met by scan', 'attended by listed'],
      'Jonas Weber': ['met by connection'],
      'Late Comer': null,
      'Early Bird': null,
      'Old Friend': null,
      'Teo Marin': ['attended by listed', 'met by scan'],
      'Ines Duarte': ['attended by listed'],
      'Sam Quinn': ['attended by listed'],
      'Rosa Lind': ['attended by listed'],
      Nobody: ['attended by listed'],
      'Per Haugen': ['attended by listed'],
    });
    expect(await rows(app.db, `SELECT 1 FROM enrollment`)).toEqual([]);
    // What a file notes may be read and never be written into a mail.
    expect(await rows(app.db, `SELECT DISTINCT kind, quotable, source_kind FROM fact`)).toEqual([
      { kind: 'noted', quotable: false, sourceKind: 'import' },
    ]);
  });

  it('without an event nobody has met anybody', async () => {
    await importPaths([FIXTURES]);
    expect(await rows(app.db, `SELECT 1 FROM encounter UNION ALL SELECT 1 FROM event`)).toEqual([]);
  });

  it('the same address under clearly different names, and a role address, are a contact each', async () => {
    await importPaths([fixture('attendees.csv')]);
    const emails = await namesAnd('emails');
    expect(emails).toMatchObject({
      'Teo Marin': ['teo@example.net'],
      'Ines Duarte': ['teo@example.net'],
      'Sam Quinn': ['info@example.org'],
      'Rosa Lind': ['info@example.org'],
    });
    // The address the two of them hold proves nothing any more, save for the same full name.
    const shared = await rows(app.db, `SELECT DISTINCT canonical FROM identity WHERE shared ORDER BY 1`);
    expect(shared).toEqual([{ canonical: 'info@example.org' }, { canonical: 'teo@example.net' }]);
    const again = await importText(
      'more.csv',
      'Name,Email,Company\nTeo Marin,teo@example.net,Elsewhere\nT. M.,teo@example.net,\n',
    );
    expect(again).toMatchObject({ merged: 1, created: 1 });
  });

  it('rows of one batch see each other, in the order of the file', async () => {
    const text =
      'Name,Email,LinkedIn\n,a@example.com,\nAnna Berg,a@example.com,anna-berg\nA. Berg,,anna-berg\nTom Ruiz,a@example.com,\n';
    const done = await importText('four.csv', text);
    expect(done).toMatchObject({ created: 2, merged: 2 });
    expect((await people()).map(({ name }) => name)).toEqual(['Anna Berg', 'Tom Ruiz']);
  });
});

describe('one person in several files', () => {
  const profile = `First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ada,Byron,https://www.linkedin.com/in/ada-byron,,Engines,Analyst,01 Mar 2026
`;
  const list = `Name,Email,Ticket Type,Attendee Status
Ada Byron,ada.byron@example.com,Regular,Attending
`;
  const scan = `First Name,Last Name,Email,LinkedIn,Scan Time,Scanner
Ada,Byron,ada.byron@example.com,https://www.linkedin.com/in/ada-byron,2026-11-19 10:00,Booth 4
`;
  const persons = (): Promise<{ fullName: string; circle: string; doNotContactAt: Date | null }[]> =>
    rows(app.db, `SELECT full_name, circle, do_not_contact_at FROM contact WHERE merged_into IS NULL`);
  const identities = (): Promise<{ kind: string; canonical: string; shared: boolean }[]> =>
    rows(
      app.db,
      `SELECT i.kind, i.canonical, i.shared FROM identity i JOIN contact c ON c.id = i.contact_id
        WHERE c.merged_into IS NULL ORDER BY i.kind`,
    );

  it('a row that holds what two contacts are known by makes them one, whatever the order of the files', async () => {
    await importText('a.csv', profile);
    await importText('b.csv', list, DEVCONF);
    expect(await persons()).toHaveLength(2);
    await importText('c.csv', scan, DEVCONF);
    expect(await persons()).toMatchObject([{ fullName: 'Ada Byron' }]);
    expect(await identities()).toEqual([
      { kind: 'email', canonical: 'ada.byron@example.com', shared: false },
      { kind: 'linkedin', canonical: 'ada-byron', shared: false },
    ]);
    // Said again, by whichever file: nothing changes and nobody comes back.
    const before = await everything();
    for (const [name, text] of Object.entries({ 'a.csv': profile, 'b.csv': list })) {
      await importText(name, text, name === 'b.csv' ? DEVCONF : {});
    }
    expect(await everything()).toEqual(before);
  });

  it('also when all three stand in one batch', async () => {
    const table = `Name,Email,LinkedIn
Ada Byron,,ada-byron
Ada Byron,ada.byron@example.com,
A. Byron,ada.byron@example.com,ada-byron
`;
    const done = await importText('one.csv', table);
    expect(done).toMatchObject({ created: 2, merged: 1, rejected: 0 });
    expect(await persons()).toHaveLength(1);
  });

  it('what the owner forbade for one of them holds for the one person', async () => {
    await importText('a.csv', profile);
    await importText('b.csv', list, DEVCONF);
    await app.db.query(`UPDATE contact SET do_not_contact_at = now(), circle = 'inner'
                         WHERE id = (SELECT contact_id FROM identity WHERE kind = 'email')`);
    await importText('c.csv', scan, DEVCONF);
    const [one] = await persons();
    expect(one).toMatchObject({ circle: 'inner', doNotContactAt: expect.any(Date) as Date });
  });

  it('a couple at one address are two', async () => {
    await importText('b.csv', `${list}Tom Byron,ada.byron@example.com,Regular,Attending\n`, DEVCONF);
    expect((await persons()).map(({ fullName }) => fullName).sort()).toEqual(['Ada Byron', 'Tom Byron']);
  });
});

describe('importing again', () => {
  it('the same files change nothing in any table', async () => {
    await importPaths([FIXTURES], DEVCONF);
    const before = await everything();
    app.clock.set(new Date('2026-11-24T09:00:00Z'));
    const again = await importPaths([FIXTURES], DEVCONF);
    expect(again).toMatchObject({ state: 'done', created: 0, merged: 0, unchanged: 14, rejected: 2 });
    expect(await everything()).toEqual(before);
  });

  it('a file of today merges into the people of yesterday, the newest word wins and the older stays visible', async () => {
    await importPaths([fixture('badge-scans.csv')], DEVCONF);
    const [before] = await rows<{ version: number }>(
      app.db,
      `SELECT version FROM contact WHERE full_name = 'Teo Marin'`,
    );
    app.clock.set(new Date('2026-12-01T09:00:00Z'));
    const done = await importText(
      'list.csv',
      'Name,Email,Company\n"Marin, Teo",TEO@example.net,Harbour Light\n',
    );
    expect(done).toMatchObject({ created: 0, merged: 1 });
    const [teo] = await rows(
      app.db,
      `SELECT company, conflicts, version FROM contact WHERE full_name = 'Teo Marin'`,
    );
    expect(teo).toMatchObject({
      company: 'Harbour Light',
      conflicts: [{ field: 'company', values: [{ value: 'Harbour Light' }, { value: 'Tideline' }] }],
      version: before!.version + 1,
    });
  });

  it('the same list with another event is another encounter of the same people', async () => {
    await importPaths([fixture('badge-scans.csv')], DEVCONF);
    const next = await importPaths([fixture('badge-scans.csv')], { event: 'OpsDays', on: '2026-11-18' });
    expect(next).toMatchObject({ created: 0, merged: 2 });
    expect(await rows(app.db, `SELECT 1 FROM event`)).toHaveLength(2);
    expect(await rows(app.db, `SELECT 1 FROM contact`)).toHaveLength(2);
  });

  it('two imports of one owner at once make nobody twice', async () => {
    const line = (n: number): string => `Person${n} Number${n},p${n}@example.com`;
    const table = (from: number): string =>
      ['Name,Email', ...Array.from({ length: 900 }, (_, n) => line(from + n))].join('\n');
    await writeFile(join(folder, 'a.csv'), table(0));
    await writeFile(join(folder, 'b.csv'), table(300));
    const [a, b] = await Promise.all([
      importPaths([join(folder, 'a.csv')]),
      importPaths([join(folder, 'b.csv')]),
    ]);
    expect(a.created + b.created).toBe(1200);
    expect(a.unchanged + b.unchanged).toBe(600);
    expect(await rows(app.db, `SELECT 1 FROM contact`)).toHaveLength(1200);
  });
});

describe('bad input loses nothing', () => {
  it('broken rows are named by line and reason, the others go in', async () => {
    const text = 'Name,Email,Company\nAnna Berg,anna@example.com,"Acme, Inc\nTom Ruiz,tom@example.com,Lumen\nEva Holm,eva@example.com,"Two ""halves"""\nToo,many@example.com,cells,here\n,,\n,,Nobody AB\n,uwe@,Kern\nLast One,last@example.com,"open'; // prettier-ignore
    const done = await importText('broken.csv', text);
    expect(done).toMatchObject({ state: 'done', rows: 8, created: 2, rejected: 5, ignored: 1 });
    expect((await people()).map(({ name }) => name)).toEqual(['Eva Holm', 'Tom Ruiz']);
    expect(await rejections(done.id)).toEqual([
      [2, 'opens a quotation mark (") that is never closed', 'Anna Berg,anna@example.com,"Acme, Inc'],
      [5, 'has 4 cells where the header has 3', 'Too,many@example.com,cells,here'],
      [7, 'has neither a name nor an e-mail address', ',,Nobody AB'],
      [8, '"Email" holds "uwe@", which is no e-mail address', ',uwe@,Kern'],
      [9, 'opens a quotation mark (") that is never closed', 'Last One,last@example.com,"open'],
    ]);
  });

  it('NUL, lone surrogates, control characters and a cell of 1 MB are no trouble', async () => {
    const plain = Array.from(
      { length: 10 },
      (_, n) => `Zoë Älvsjö${n},zoe${n}@example.com,Lumen,plain\n`,
    ).join('');
    const head = `Name,Email,Company,Notes\n${plain}An\0na Be\u0007rg,an\0na@example.com,Lumen,"line\u0000 one\n`;
    const surrogate = Buffer.from([0xed, 0xa0, 0x80]);
    const tail = `two"\nBig Cell,big@example.com,Lumen,"${'long '.repeat(210_000)}"\nÉva Holm,eva@example.com,Lumen,fine\n`;
    const done = await importText(
      'odd.csv',
      Buffer.concat([Buffer.from(head), surrogate, Buffer.from(tail)]),
    );
    expect(done).toMatchObject({ state: 'done', created: 12, rejected: 1 });
    expect(await namesAnd('emails')).toMatchObject({
      'Anna Berg': ['anna@example.com'],
      'Éva Holm': ['eva@example.com'],
    });
    const [[line, reason, raw]] = (await rejections(done.id)) as [[number, string, string]];
    expect([line, reason]).toEqual([14, '"Notes" holds 1050000 characters, more than 200000']);
    expect(raw.length).toBeLessThanOrEqual(2_000);
  });

  it('what cannot be understood is refused with a reason, and the other files go in', async () => {
    await mkdir(join(folder, 'bag', '.hidden'), { recursive: true });
    await cp(fixture('badge-scans.csv'), join(folder, 'bag', 'good.csv'));
    await writeFile(join(folder, 'bag', '.hidden', 'secret.csv'), 'Name,Email\nNo One,no@example.com\n');
    await writeFile(
      join(folder, 'bag', 'binary.csv'),
      Buffer.from('PK\u0003\u0004\0\0\0\b\0'.repeat(400), 'latin1'),
    );
    await writeFile(join(folder, 'bag', 'empty.csv'), '');
    await writeFile(join(folder, 'bag', 'login.csv'), '<!DOCTYPE html>\n<html><body>Sign in</body></html>\n');
    await writeFile(join(folder, 'bag', 'numbers.csv'), '1,2,3\n4,5,6\n');
    await writeFile(join(folder, 'bag', 'header.csv'), 'First Name,Last Name,Email\n');
    const done = await importPaths([join(folder, 'bag')]);
    expect(done).toMatchObject({ state: 'done', created: 2, error: '4 of the files could not be read' });
    expect(Object.fromEntries(done.files.map(({ name, state, why }) => [name, state === 'done' ? 'done' : why]))).toEqual({
      'bag/binary.csv': expect.stringMatching(/binary|damaged/),
      'bag/empty.csv': 'the file is empty',
      'bag/good.csv': 'done',
      'bag/header.csv': expect.stringMatching(/done|has a header and no rows/),
      'bag/login.csv': expect.stringContaining('this is a web page'),
      'bag/numbers.csv': expect.stringContaining('no row is a header'),
    }); // prettier-ignore
    expect(await importText('only.csv', '1,2,3\n')).toMatchObject({
      state: 'failed',
      error: 'none of the files could be read',
    });
  });

  it('semicolons, tabs, UTF-16 and the Western code page are read as they are', async () => {
    await importText(
      'semicolon.csv',
      Buffer.from('Vorname;Nachname;E-Mail;Firma\nJörg;Müller;joerg@example.com;Bäcker & Söhne\n', 'latin1'),
    );
    await importText(
      'tab.xls',
      Buffer.from('\ufeffName\tEmail\tCompany\nZoë Ngo\tzoe@example.com\tCafé, Ltd\n', 'utf16le'),
    );
    await importText('bom.csv', '\ufeffName,Email\nŁukasz Żak,lukasz@example.com\n');
    expect((await people()).map(({ name, company }) => [name, company])).toEqual([
      ['Jörg Müller', 'Bäcker & Söhne'],
      ['Zoë Ngo', 'Café, Ltd'],
      ['Łukasz Żak', null],
    ]);
  });

  it('days or an event that make no sense are refused before anything is read', async () => {
    const file = fixture('attendees.csv');
    await expect(importPaths([file], { event: 'DevConf 2026' })).rejects.toThrow('say its days as well');
    await expect(importPaths([file], { event: 'X', on: '2026-11-20..2026-11-18' })).rejects.toThrow(
      'lies before',
    );
    await expect(importPaths([file], { event: 'X', on: '2026-02-30' })).rejects.toThrow('are no days');
    await expect(importPaths([join(folder, 'nothing.csv')])).rejects.toThrow(
      'there is no such file or folder',
    );
    expect(await rows(app.db, `SELECT 1 FROM contact UNION ALL SELECT 1 FROM import_chunk`)).toEqual([]);
    expect(await rows(app.db, `SELECT DISTINCT state FROM import`)).toEqual([{ state: 'failed' }]);
  });
});

describe('large files', () => {
  it('20,000 rows go through in flat memory', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, n) => `Given${n},Family${n},person${n}@example.com,Company ${n % 50},Engineer`,
    );
    const text = ['First Name,Last Name,Email,Company,Job Title', ...lines].join('\n');
    await importText('warm.csv', `${text.slice(0, 30_000)}\n`);
    await writeFile(join(folder, 'large.csv'), text);
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    const done = await app.get(IntakeService).importFiles(
      app.ownerId,
      [join(folder, 'large.csv')],
      {},
      {
        onProgress: ({ rows: taken }) => {
          if (taken % 4_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
        },
      },
    );
    expect(done).toMatchObject({ state: 'done', rows: 20_000, rejected: 0 });
    expect(done.created + done.unchanged).toBe(20_000);
    expect(most - before).toBeLessThan(150_000_000);
  });
});

describe('a crash in the middle', () => {
  it('killed three times, it goes on where its last batch ended, and counts nothing twice', async () => {
    const lines = Array.from(
      { length: 8_000 },
      (_, n) => `Given${n},Family${n},person${n % 7_000}@example.com,scan ${n}`,
    );
    await writeFile(
      join(folder, 'scans.csv'),
      ['First Name,Last Name,Email,Scan Notes', ...lines, ',,bad@,'].join('\n'),
    );
    const intake = app.get(IntakeService);
    const importId = await intake.open(app.ownerId);
    await intake.receive(app.ownerId, importId, 'scans.csv', createReadStream(join(folder, 'scans.csv')));
    await intake.submit(app.ownerId, importId, DEVCONF);

    for (const batches of [1, 2, 1]) await killImport(app, importId, batches);
    const half = await app.get(ImportsService).get(app.ownerId, importId);
    expect(half.state).toBe('running');
    expect(half.rows).toBeGreaterThanOrEqual(4 * BATCH_ROWS);
    expect(half.rows).toBeLessThan(8_001);

    // The dead worker's session may hold its lock for a moment longer.
    await app.get(ImportRunner).run(importId, { wait: true });
    const done = await app.get(ImportsService).get(app.ownerId, importId);
    expect(done).toMatchObject({ state: 'done', rows: 8_001, unchanged: 0, rejected: 1 });
    expect(done.created + done.merged).toBe(8_000);
    expect(await rows(app.db, `SELECT 1 FROM source_record`)).toHaveLength(8_000);
    expect(await rows(app.db, `SELECT 1 FROM import_chunk`)).toEqual([]);
  });

  it('a run that is told to stop leaves the rest for the next, and two runs at once do not meet', async () => {
    const all = 2 * BATCH_ROWS + 200;
    const lines = Array.from({ length: all }, (_, n) => `Given${n} Family${n},person${n}@example.com`);
    await writeFile(join(folder, 'list.csv'), ['Name,Email', ...lines].join('\n'));
    const intake = app.get(IntakeService);
    const runner = app.get(ImportRunner);
    const importId = await intake.open(app.ownerId);
    await intake.receive(app.ownerId, importId, 'list.csv', createReadStream(join(folder, 'list.csv')));
    await intake.submit(app.ownerId, importId, {});

    let batches = 0;
    const end = await runner.run(importId, {
      onProgress: () => (batches += 1),
      isStopping: () => batches === 1,
    });
    expect([end, (await app.get(ImportsService).get(app.ownerId, importId)).rows]).toEqual([
      'stopped',
      BATCH_ROWS,
    ]);
    const ends = await Promise.all([runner.run(importId), runner.run(importId)]);
    expect(ends.sort()).toEqual(['busy', 'ended']);
    expect(await app.get(ImportsService).get(app.ownerId, importId)).toMatchObject({
      state: 'done',
      created: all,
    });
    expect(await runner.run(importId)).toBe('ended');
  });
});

describe('the database in the way', () => {
  const breakOn = (email: string, code: string) =>
    app.db.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.candidate #>> '{emails,0}' = '${email}' THEN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END IF;
        RETURN NEW; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON source_record FOR EACH ROW EXECUTE FUNCTION refuse()`);
  const all = BATCH_ROWS + 200;
  const lines = Array.from({ length: all }, (_, n) => `Given${n} Family${n},person${n}@example.com`);
  const text = ['Name,Email', ...lines].join('\n');
  const inSecondBatch = `person${BATCH_ROWS + 100}@example.com`;

  it('a row it cannot hold is refused alone', async () => {
    await breakOn('person333@example.com', '22P05');
    const done = await importText('list.csv', text);
    expect(done).toMatchObject({ state: 'done', rows: all, created: all - 1, rejected: 1 });
    expect(await rejections(done.id)).toEqual([
      [335, expect.stringContaining('cannot be stored'), lines[333]],
    ]);
  });

  it('what nobody foresaw ends its file where it is and says so; the other files go in', async () => {
    await breakOn(inSecondBatch, 'P0001');
    await mkdir(join(folder, 'two'));
    await writeFile(join(folder, 'two', 'a.csv'), text);
    await cp(fixture('badge-scans.csv'), join(folder, 'two', 'b.csv'));
    const done = await importPaths([join(folder, 'two')]);
    expect(done).toMatchObject({
      state: 'done',
      error: '1 of the files could not be read',
      created: BATCH_ROWS + 2,
    });
    expect(done.files).toMatchObject([
      {
        state: 'refused',
        rows: BATCH_ROWS,
        why: `reading stopped after row ${BATCH_ROWS}: an error on our side`,
      },
      { state: 'done', created: 2 },
    ]);
  });

  it('a connection that is lost gives nothing up: the next run goes on', async () => {
    await breakOn(inSecondBatch, '57P01');
    await expect(importText('list.csv', text)).rejects.toThrow('no');
    await app.db.query(`DROP TRIGGER refuse ON source_record`);
    await app.drain();
    const { items } = await app.get(ImportsService).list(app.ownerId, { limit: 1 });
    expect(items).toMatchObject([{ state: 'done', rows: all, created: all }]);
  });
});

describe('what was left lying', () => {
  it('a lost job is offered again, an upload that nobody continues is ended, one at work is let be', async () => {
    const intake = app.get(IntakeService);
    const lost = await intake.open(app.ownerId);
    await intake.receive(app.ownerId, lost, 'a.csv', createReadStream(fixture('badge-scans.csv')));
    await intake.submit(app.ownerId, lost, {});
    const silent = await intake.open(app.ownerId);
    const alive = await intake.open(app.ownerId);
    for (const id of [silent, alive])
      await intake.receive(app.ownerId, id, 'a.csv', createReadStream(fixture('people.vcf')));
    await app.db.query(
      `UPDATE import_chunk SET created_at = clock_timestamp() - interval '61 minutes'
        WHERE file_id IN (SELECT id FROM import_file WHERE import_id = $1)`,
      [silent],
    );
    await app.get(ImportsSweep).sweep();
    const states = await rows(app.db, `SELECT state FROM import ORDER BY id`);
    expect(states).toEqual([{ state: 'queued' }, { state: 'failed' }, { state: 'receiving' }]);
    expect(await rows(app.db, `SELECT 1 FROM import_chunk`)).toHaveLength(2);
    expect(await app.get(Queue).counts()).toMatchObject({ waiting: 1 });
  });
});

describe('the way of an upload', () => {
  const send = (names: string[], fields: Record<string, string> = {}) => {
    const request = app.http.post('/imports');
    for (const [key, value] of Object.entries(fields)) void request.field(key, value);
    for (const name of names) void request.attach('files', fixture(name));
    return request;
  };

  it('is taken in at once, read by the worker, and told file by file', async () => {
    const taken = await send(['badge-scans.csv', 'people.vcf'], {
      event: 'DevConf 2026',
      on: '2026-11-18..2026-11-20',
    }).expect(202);
    const { id } = taken.body as ImportView;
    expect(taken.body).toMatchObject({ state: 'queued', rows: 0, event: { name: 'DevConf 2026' } });
    await app.drain();
    const { body } = await app.http.get(`/imports/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'done', rows: 7, created: 3, merged: 1, rejected: 2, ignored: 1 });
    expect((body as ImportView).files.map(({ name, format }) => [name, format])).toEqual([
      ['badge-scans.csv', 'badge-scan'],
      ['people.vcf', 'vcard'],
    ]);
    const first = await app.http.get(`/imports/${id}/rejections?limit=1`).expect(200);
    const { items, next } = first.body as { items: { line: number; file: string }[]; next: string };
    expect(items).toMatchObject([{ line: 5, file: 'badge-scans.csv' }]);
    const second = await app.http.get(`/imports/${id}/rejections?limit=1&cursor=${next}`).expect(200);
    expect(second.body).toMatchObject({ items: [{ line: 11, file: 'people.vcf' }], next: null });
    expect((await app.http.get('/imports').expect(200)).body).toMatchObject({ items: [{ id }], next: null });
  });

  it('an event can be named by its id', async () => {
    const event = await buildEvent(app);
    const taken = await send(['attendees.csv'], { eventId: event.id }).expect(202);
    expect(taken.body).toMatchObject({ event: { id: event.id } });
  });

  it('refuses what it cannot use, keeps nothing of it, and says why', async () => {
    expect((await app.http.post('/imports').send({}).expect(400)).body).toMatchObject({
      detail: expect.stringContaining('at least one file') as string,
    });
    await send(['attendees.csv'], { on: 'someday' }).expect(400);
    await send(['attendees.csv'], { sequence: 'x' }).expect(400);
    await send(['attendees.csv'], { eventId: '018f0000-0000-7000-8000-000000000000' }).expect(404);
    await send(Array.from({ length: 21 }, () => 'attendees.csv')).expect(400);
    expect(await rows(app.db, `SELECT DISTINCT state FROM import`)).toEqual([{ state: 'failed' }]);
    expect(await rows(app.db, `SELECT 1 FROM import_chunk`)).toEqual([]);
  });

  it('an upload that breaks off is failed and its chunks go', async () => {
    const body = Buffer.concat([
      Buffer.from(
        '--cut\r\nContent-Disposition: form-data; name="files"; filename="half.csv"\r\n\r\nName,Email\n',
      ),
      Buffer.alloc(1_000_000, 'x'),
    ]);
    const request = app.http
      .post('/imports')
      .set('Content-Type', 'multipart/form-data; boundary=cut')
      .set('Content-Length', '5000000');
    request.write(body);
    const ended = request.then(() => 'answered', () => 'cut'); // prettier-ignore
    await until(async () => (await rows(app.db, `SELECT 1 FROM import_chunk`)).length > 0);
    request.abort();
    await until(async () => (await rows(app.db, `SELECT 1 FROM import WHERE state = 'failed'`)).length === 1);
    expect(await Promise.race([ended, Promise.resolve('cut')])).toBe('cut');
    expect(await rows(app.db, `SELECT 1 FROM import_chunk`)).toEqual([]);
    expect(await rows(app.db, `SELECT error FROM import`)).toEqual([
      { error: 'The upload broke off before its end. Send it again.' },
    ]);
  });

  it("owners neither see nor share each other's imports and people", async () => {
    const mine = await importPaths([fixture('badge-scans.csv')], DEVCONF);
    const other = await buildOwner(app);
    const theirs = await app.get(IntakeService).importFiles(other.id, [fixture('badge-scans.csv')], DEVCONF);
    expect(theirs).toMatchObject({ created: 2, merged: 0, unchanged: 0 });
    await expect(app.get(ImportsService).get(other.id, mine.id)).rejects.toThrow('there is no import');
    await expect(app.get(ImportsService).rejections(other.id, mine.id, { limit: 10 })).rejects.toThrow(
      'there is no import',
    );
    const { items } = await app.get(ImportsService).list(other.id, { limit: 10 });
    expect(items.map(({ id }) => id)).toEqual([theirs.id]);
    await expect(
      app.get(IntakeService).importFiles(other.id, [fixture('badge-scans.csv')], { eventId: mine.event!.id }),
    ).rejects.toThrow('there is no event');
  });
});

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error('it did not come to be within a minute');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
