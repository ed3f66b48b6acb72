import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RowEnd } from '../../src/core/import/printed.js';
import { row, rows } from '../../src/database/rows.js';
import { headerFingerprint } from '../../src/core/import/mapping.js';
import { findOrMakeEvent } from '../../src/database/find-event.js';
import { rememberMapping } from '../../src/database/mappings.js';
import { memorySource } from '../../src/files/source-bytes.js';
import { BATCH_ROWS } from '../../src/imports/batches.js';
import { ImportRunner } from '../../src/imports/import-runner.js';
import type { ImportView, UploadFields } from '../../src/imports/imports.schemas.js';
import { ImportsService } from '../../src/imports/imports.service.js';
import { IntakeService } from '../../src/imports/intake.service.js';
import { startApp, type TestApp } from '../app.js';
import { killImport } from '../imports.js';
import { zipOf } from '../unit/files-fixtures.js';

const DEVCONF: UploadFields = { event: 'DevConf 2026', on: '2026-11-18..2026-11-20' };
const LIST = 'Name,Email,Ticket Type,Attendee Status\nAda Byron,ada@example.com,Regular,Attending\n';
const SCANS =
  'First Name,Last Name,Email,Scan Time,Scanner\nTom,Ruiz,tom@example.com,2026-11-19 10:00,B\n,,bad@,,\n';
/** A photo in everything that tells a photo from others. */
const PHOTO = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.alloc(600_000, 7),
]);

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

type Content = string | Uint8Array;

async function submit(files: Record<string, Content>, fields: UploadFields = {}): Promise<string> {
  const intake = app.get(IntakeService);
  const importId = await intake.open(app.ownerId);
  for (const [name, content] of Object.entries(files)) {
    const bytes = async function* () {
      yield await Promise.resolve(Buffer.from(content as string));
    };
    await intake.receive(app.ownerId, importId, name, bytes());
  }
  await intake.submit(app.ownerId, importId, fields);
  return importId;
}

const viewOf = (importId: string): Promise<ImportView> => app.get(ImportsService).get(app.ownerId, importId);

async function take(files: Record<string, Content>, fields: UploadFields = {}): Promise<ImportView> {
  const importId = await submit(files, fields);
  await app.get(ImportRunner).run(importId);
  return viewOf(importId);
}

const told = (view: ImportView): unknown[] =>
  view.files.map(({ name, state, format, created, rejected }) => [name, state, format, created, rejected]);

const event = (uid: string, name: string, from: string, to: string): string =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nSUMMARY:${name}\r\nDTSTART;VALUE=DATE:${from}\r\nDTEND;VALUE=DATE:${to}\r\nEND:VEVENT\r\n`;
const calendar = (...events: string[]): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n${events.join('')}END:VCALENDAR\r\n`;
const BERLIN = event('a@example.com', 'DevConf 2026', '20261118', '20261121');
const OSLO = event('b@example.com', 'OpsDays Oslo', '20261001', '20261003');

describe('an archive', () => {
  const bag = (): Buffer =>
    zipOf([
      { name: 'list.csv', content: LIST },
      { name: 'more/scans.csv', content: SCANS },
      { name: 'more/badge.jpg', content: PHOTO },
      {
        name: 'more/inner.zip',
        content: zipOf([{ name: 'one.csv', content: 'Name,Email\nEva Holm,eva@example.com\n' }]),
      },
      { name: 'locked.csv', content: 'x', flags: 0x801 },
    ]);

  it('stands for its members, each of which is read by itself', async () => {
    const view = await take({ 'bag.zip': bag() }, DEVCONF);
    expect(told(view)).toEqual([
      ['bag.zip', 'archive', null, 0, 0],
      ['bag.zip/list.csv', 'done', 'attendee-list', 1, 0],
      ['bag.zip/locked.csv', 'refused', null, 0, 0],
      ['bag.zip/more/badge.jpg', 'captured', null, 0, 0],
      ['bag.zip/more/inner.zip', 'archive', null, 0, 0],
      ['bag.zip/more/inner.zip/one.csv', 'done', 'table', 1, 0],
      ['bag.zip/more/scans.csv', 'done', 'badge-scan', 1, 1],
    ]);
    expect(view).toMatchObject({ state: 'done', created: 3, error: '1 of the files could not be read' });
    expect(await rows(app.db, `SELECT 1 FROM import_chunk`)).toEqual([]);
    const again = await take({ 'bag.zip': bag() }, DEVCONF);
    expect(again).toMatchObject({ created: 0, merged: 0, unchanged: 3, rejected: 1 });
  });

  it('what cannot be read and may mean somebody is kept, byte by byte', async () => {
    await take({ 'badge.jpg': PHOTO });
    const kept = await row<{ id: string; bytes: string; mediaType: string; state: string }>(
      app.db,
      `SELECT id, bytes, media_type, state, sha256 FROM capture`,
    );
    expect(kept).toMatchObject({ bytes: String(PHOTO.length), mediaType: 'image/jpeg', state: 'open' });
    const chunks = await rows<{ bytes: Buffer }>(app.db, `SELECT bytes FROM capture_chunk WHERE capture_id = $1 ORDER BY seq`, [kept?.id]); // prettier-ignore
    expect(Buffer.concat(chunks.map(({ bytes }) => bytes)).equals(PHOTO)).toBe(true);
  });

  it('killed among its members, it goes on where it was and counts nothing twice', async () => {
    const all = 2 * BATCH_ROWS + 100;
    const table = (mark: string): string =>
      [
        'Name,Email',
        ...Array.from({ length: all }, (_, n) => `${mark}${n} Family${n},${mark}${n}@example.com`),
      ].join('\n');
    const zip = zipOf([
      { name: 'a.csv', content: table('given') },
      { name: 'b.csv', content: table('other') },
      { name: 'badge.jpg', content: PHOTO },
    ]);
    const importId = await submit({ 'bag.zip': zip });
    for (const batches of [1, 3]) await killImport(app, importId, batches);
    expect(await viewOf(importId)).toMatchObject({ state: 'running' });
    await app.get(ImportRunner).run(importId, { wait: true });
    const view = await viewOf(importId);
    expect(view).toMatchObject({ state: 'done', rows: 2 * all, created: 2 * all, unchanged: 0 });
    expect(view.files).toHaveLength(4);
    expect(await rows(app.db, `SELECT 1 FROM source_record`)).toHaveLength(2 * all);
    expect(await rows(app.db, `SELECT 1 FROM capture`)).toHaveLength(1);
  });
});

describe('a calendar among the files', () => {
  const eventsOf = () =>
    rows(
      app.db,
      `SELECT name, starts_on::text, ends_on::text, import_id IS NOT NULL AS ours FROM event ORDER BY name`,
    );

  it('names the event of an import that has none, before anybody is taken', async () => {
    const view = await take({ 'a-list.csv': LIST, 'z-conference.ics': calendar(BERLIN) });
    expect(await eventsOf()).toEqual([{ name: 'DevConf 2026', startsOn: '2026-11-18', endsOn: '2026-11-20', ours: true }]); // prettier-ignore
    expect(view).toMatchObject({ event: { name: 'DevConf 2026' }, created: 1 });
    expect(await rows(app.db, `SELECT kind FROM encounter`)).toEqual([{ kind: 'attended' }]);
  });

  it('finds the event that is there', async () => {
    await findOrMakeEvent(
      app.db,
      app.ownerId,
      { name: 'devconf 2026', days: { startsOn: '2026-11-18', endsOn: '2026-11-20' } },
      app.clock.now(),
    );
    await take({ 'list.csv': LIST, 'conference.ics': calendar(BERLIN) });
    expect(await eventsOf()).toMatchObject([{ name: 'devconf 2026', ours: false }]);
  });

  it('of several makes none, and asks', async () => {
    const view = await take({ 'list.csv': LIST, 'conference.ics': calendar(BERLIN, OSLO) });
    expect(await eventsOf()).toEqual([]);
    expect(view.event).toBeNull();
    expect(view.files.find(({ name }) => name === 'conference.ics')?.asks).toEqual([
      expect.stringContaining('"DevConf 2026", "OpsDays Oslo"'),
    ]);
    expect(await rows(app.db, `SELECT 1 FROM encounter`)).toEqual([]);
  });

  it('says nothing where the owner has named the event', async () => {
    await take({ 'list.csv': LIST, 'conference.ics': calendar(OSLO) }, DEVCONF);
    expect(await eventsOf()).toMatchObject([{ name: 'DevConf 2026' }]);
  });
});

describe('a mapping', () => {
  const TABLE = 'Wer,Wo,Post\nAda Byron,Lumen,ada@example.com\n';
  const columns = { wer: 'name', wo: 'company', post: 'email' } as const;

  it('that the owner gave once is heeded the next time the same header comes', async () => {
    await rememberMapping(
      app.db,
      app.ownerId,
      { header: headerFingerprint(['Wer', 'Wo', 'Post']), columns, monthFirst: null },
      app.clock.now(),
    );
    const view = await take({ 'tabelle.csv': TABLE });
    expect(view.files[0]?.columns).toEqual([
      { header: 'Wer', field: 'name' },
      { header: 'Wo', field: 'company' },
      { header: 'Post', field: 'email' },
    ]);
    expect(await rows(app.db, `SELECT full_name, company FROM contact`)).toEqual([
      { fullName: 'Ada Byron', company: 'Lumen' },
    ]);
  });

  it('given with the import counts for it', async () => {
    const mapping = JSON.stringify({ columns: { Wer: 'name', Wo: 'city', Post: 'email' } });
    await take({ 'tabelle.csv': TABLE }, { mapping });
    expect(await rows(app.db, `SELECT full_name, city, company FROM contact`)).toEqual([
      { fullName: 'Ada Byron', city: 'Lumen', company: null },
    ]);
  });
});

describe('a dry run', () => {
  /** Every table, by its rows' content. */
  async function checksums(without: string[] = []): Promise<Record<string, unknown>> {
    const tables = await rows<{ name: string }>(
      app.db,
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
    );
    const sums: Record<string, unknown> = {};
    for (const { name } of tables) {
      if (without.includes(name)) continue;
      sums[name] = await row(
        app.db,
        `SELECT count(*)::int AS n, md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS sum FROM "${name}" t`,
      );
    }
    return sums;
  }

  const bag = (): Buffer =>
    zipOf([
      { name: 'list.csv', content: LIST },
      { name: 'scans.csv', content: SCANS },
      { name: 'badge.jpg', content: PHOTO },
      { name: 'conference.ics', content: calendar(BERLIN) },
    ]);

  it('tells all that and writes nothing', async () => {
    await take({ 'list.csv': 'Name,Email\nAda Byron,ada@example.com\n' });
    const before = await checksums();
    const ends: RowEnd[] = [];
    const progress: number[] = [];
    const report = await app.get(ImportRunner).dryRun(
      app.ownerId,
      [memorySource('bag.zip', bag())],
      {},
      ({ rows: taken }) => progress.push(taken),
      (end) => ends.push(end),
    );
    expect(await checksums()).toEqual(before);
    expect(report.event).toEqual({ name: 'DevConf 2026', startsOn: '2026-11-18', endsOn: '2026-11-20' });
    expect(report.files.map(({ name, state, created, merged, rejected }) => [name, state, created, merged, rejected])).toEqual([
      ['bag.zip', 'archive', 0, 0, 0],
      ['bag.zip/badge.jpg', 'captured', 0, 0, 0],
      ['bag.zip/conference.ics', 'done', 0, 0, 0],
      ['bag.zip/list.csv', 'done', 0, 1, 0],
      ['bag.zip/scans.csv', 'done', 1, 0, 1],
    ]); // prettier-ignore
    expect(report.rejections).toMatchObject([{ file: 'bag.zip/scans.csv', line: 3, raw: ',,bad@,,' }]);
    expect(progress.length).toBeGreaterThan(0);
    expect(ends.map(({ verdict, encounter }) => [verdict, encounter?.kind])).toEqual([
      ['merged', 'attended'],
      ['created', 'met'],
      ['rejected', undefined],
    ]);
  });

  it('says the same as the import then does', async () => {
    const runner = app.get(ImportRunner);
    const dry = await runner.dryRun(app.ownerId, [memorySource('bag.zip', bag())]);
    const view = await take({ 'bag.zip': bag() });
    const plain = ({ name, state, why, created, merged, rejected, ignored, proposed }: (typeof dry.files)[0]) =>
      ({ name, state, why, created, merged, rejected, ignored, proposed }); // prettier-ignore
    expect(dry.files.map(plain)).toEqual(
      view.files.map((file) => plain(file as unknown as (typeof dry.files)[0])),
    );
  });

  it('finds the event in the transaction that is taken back, and ends with what that throws', async () => {
    const before = await checksums();
    const runner = app.get(ImportRunner);
    const sources = [memorySource('list.csv', Buffer.from(LIST))];
    const days = { startsOn: '2026-11-18', endsOn: '2026-11-20' };
    const made = await runner.dryRun(app.ownerId, sources, {
      eventOf: async (tx) => {
        const found = await findOrMakeEvent(tx, app.ownerId, { name: 'New one', days }, app.clock.now());
        return found.kind === 'event' ? found.event.id : null;
      },
    });
    expect(made.event).toMatchObject({ name: 'New one' });
    const failing = runner.dryRun(app.ownerId, sources, {
      eventOf: () => Promise.reject(new Error('no such event')),
    });
    await expect(failing).rejects.toThrow('no such event');
    expect(await checksums()).toEqual(before);
  });

  it('that was uploaded leaves its report and nothing else', async () => {
    const before = await checksums(['import', 'import_file', 'import_rejection', 'audit']);
    const view = await take({ 'bag.zip': bag() }, { ...DEVCONF, dryRun: 'true' });
    expect(view).toMatchObject({ state: 'done', dryRun: true, created: 2, rejected: 1 });
    expect(view.files.map(({ name, state }) => [name, state])).toContainEqual(['bag.zip/scans.csv', 'done']);
    const { items } = await app.get(ImportsService).rejections(app.ownerId, view.id, { limit: 10 });
    expect(items).toMatchObject([{ line: 3 }]);
    expect(await checksums(['import', 'import_file', 'import_rejection', 'audit'])).toEqual(before);
    expect(await rows(app.db, `SELECT to_match FROM import`)).toEqual([{ toMatch: false }]);
    // The real one finds everything as if nothing had been.
    expect(await take({ 'bag.zip': bag() }, DEVCONF)).toMatchObject({ created: 2, unchanged: 0 });
  });
});

describe('the end of an import', () => {
  it('hands its people to the comparison', async () => {
    await take({ 'list.csv': LIST });
    await take({ 'list.csv': LIST });
    expect(await rows(app.db, `SELECT to_match FROM import ORDER BY id`)).toEqual([
      { toMatch: true },
      { toMatch: false },
    ]);
  });
});
