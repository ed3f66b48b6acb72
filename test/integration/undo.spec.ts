import { jest } from '@jest/globals';
import { mergePeople } from '../../src/database/merge-people.js';
import { affected, row, rows } from '../../src/database/rows.js';
import type { Contact } from '../../src/database/entities/contact.entity.js';
import { refold } from '../../src/database/source-records.js';
import { UndoService } from '../../src/imports/undo.service.js';
import { startApp, type TestApp } from '../app.js';
import { buildFact, buildEvent } from '../factories.js';
import { everything, importText } from '../imports.js';

const DEVCONF = { event: 'DevConf', on: '2026-11-18..2026-11-20' };
const csv = (...lines: string[]): string =>
  ['First Name,Last Name,Email,Company,LinkedIn', ...lines].join('\n');

describe('undo', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startApp({ now: '2026-11-21T09:00:00Z' });
  });
  afterEach(() => app.close());

  const undo = (id: string) => app.get(UndoService).undo(app.ownerId, id);
  const people = () => rows<Contact>(app.db, `SELECT * FROM contact ORDER BY full_name`);
  const named = async (name: string): Promise<Contact> => {
    const [found] = (await people()).filter(({ fullName }) => fullName === name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };

  it('law 9: an import that is undone leaves nothing behind', async () => {
    const before = await everything(app);
    const id = await importText(
      app,
      csv('Mira,Okafor,mira@example.com,Lumen,', 'Jonas,Weber,jonas@example.org,Weber GmbH,'),
      DEVCONF,
    );
    expect(await people()).toHaveLength(2);
    const preview = await app.get(UndoService).preview(app.ownerId, id);
    expect(await people()).toHaveLength(2);
    const report = await undo(id);
    expect(report).toEqual(preview);
    expect(report).toMatchObject({
      contacts: { removed: 2, others: 0, kept: 0, hidden: 0, named: [] },
      records: 2,
      encounters: 2,
      events: { removed: ['DevConf'], kept: [] },
    });
    expect(await everything(app)).toEqual(before);
    expect(await row(app.db, `SELECT state, to_match FROM import WHERE id = $1`, [id])).toEqual({
      state: 'undone',
      toMatch: false,
    });
    await expect(undo(id)).rejects.toThrow('undone already');
  });

  it('of two imports that share people, the other goes on saying what it said', async () => {
    const first = await importText(
      app,
      csv('Mira,Okafor,mira@example.com,Lumen,', 'Jonas,Weber,jonas@example.org,,'),
      DEVCONF,
    );
    const alone = await everything(app);
    const second = await importText(
      app,
      csv(
        'Mira,Okafor,mira@example.com,Nova,https://www.linkedin.com/in/mira-o',
        'Sefa,Aydin,sefa@example.net,,',
      ),
    );
    expect(await named('Mira Okafor')).toMatchObject({ company: 'Nova' });
    const report = await undo(second);
    expect(report.contacts).toMatchObject({ removed: 1, others: 1 });
    expect(await everything(app)).toEqual(alone);

    const again = await importText(app, csv('Mira,Okafor,mira@example.com,Nova,'));
    await undo(first);
    expect((await people()).map(({ fullName, company }) => [fullName, company])).toEqual([
      ['Mira Okafor', 'Nova'],
    ]);
    await undo(again);
    expect(await people()).toEqual([]);
  });

  it('a merge that a row made is split with it', async () => {
    await importText(app, csv('Mira,Okafor,mira@example.com,Lumen,'));
    await importText(app, csv('Mira,Okafor,,Lumen,https://www.linkedin.com/in/mira-o'));
    const apart = await everything(app);
    expect(apart['contact']).toHaveLength(2);
    const id = await importText(app, csv('Mira,Okafor,mira@example.com,,https://www.linkedin.com/in/mira-o'));
    expect(await rows(app.db, `SELECT id FROM contact WHERE merged_into IS NULL`)).toHaveLength(1);
    const report = await undo(id);
    expect(report.mergesSplit).toBe(1);
    expect(await everything(app)).toEqual(apart);
  });

  it('what it said of somebody who was merged into another since goes from both', async () => {
    const profile = 'https://www.linkedin.com/in/mira-o';
    await importText(app, csv(`Mira,Okafor,,,${profile}`, 'Mira,Okafor-Weber,weber@example.org,,'));
    const id = await importText(app, csv(`Mira,Okafor,mira@example.com,,${profile}`));
    const [from, into] = [await named('Mira Okafor'), await named('Mira Okafor-Weber')];
    await app.db.transaction(async (tx) => {
      const by = { by: 'owner', importId: null } as const;
      const grown = await mergePeople(
        tx,
        app.ownerId,
        [{ from: from.id, into: into.id }],
        by,
        app.clock.now(),
      );
      await refold(tx, app.ownerId, grown, app.clock.now());
    });
    const holders = () =>
      rows(app.db, `SELECT contact_id FROM identity WHERE canonical = 'mira@example.com'`);
    expect(await holders()).toHaveLength(2);
    await undo(id);
    expect(await holders()).toEqual([]);
  });

  it('whom the owner changed since stays as they are, and is named; importing again is the same person', async () => {
    const text = csv('Mira,Okafor,mira@example.com,Lumen,', 'Jonas,Weber,jonas@example.org,,');
    const id = await importText(app, text, DEVCONF);
    const mira = await named('Mira Okafor');
    await buildFact(app, { contactId: mira.id });
    const report = await undo(id);
    expect(report.contacts).toMatchObject({
      removed: 1,
      kept: 1,
      named: [{ id: mira.id, name: 'Mira Okafor', state: 'kept', why: 'you noted something about them' }],
    });
    expect(await people()).toMatchObject([{ id: mira.id, company: 'Lumen', hiddenAt: null }]);
    const again = await importText(app, text, DEVCONF);
    expect((await people()).map(({ id: one }) => one)).toContain(mira.id);
    expect(await people()).toHaveLength(2);
    expect((await undo(again)).contacts).toMatchObject({ removed: 1, others: 1 });
    expect(await people()).toMatchObject([{ id: mira.id }]);
  });

  it('an event stays while something rests on it, and goes with the last import of it', async () => {
    const first = await importText(app, csv('Mira,Okafor,mira@example.com,,'), DEVCONF);
    const second = await importText(app, csv('Jonas,Weber,jonas@example.org,,'), DEVCONF);
    expect((await undo(first)).events).toEqual({
      removed: [],
      kept: [{ name: 'DevConf', why: 'another import is of it' }],
    });
    expect((await undo(second)).events.removed).toEqual(['DevConf']);
    const own = await buildEvent(app);
    const third = await importText(app, csv('Jonas,Weber,jonas@example.org,,'), { eventId: own.id });
    await undo(third);
    expect(await rows(app.db, `SELECT id FROM event`)).toEqual([{ id: own.id }]);
  });

  it('two thousand people are taken back with as many statements as twenty', async () => {
    const file = (from: number, count: number): string =>
      csv(
        ...Array.from(
          { length: count },
          (_, at) => `G${from + at},F${from + at},p${from + at}@example.com,,`,
        ),
      );
    const statements = async (id: string): Promise<number> => {
      const runner = app.db.createQueryRunner();
      const spy = jest.spyOn(Object.getPrototypeOf(runner) as { query: () => Promise<unknown> }, 'query');
      await undo(id);
      const { length } = spy.mock.calls;
      spy.mockRestore();
      await runner.release();
      return length;
    };
    const few = await importText(app, file(0, 20), DEVCONF);
    const many = await importText(app, file(100, 2_000), DEVCONF);
    const most = await statements(many);
    expect(await people()).toHaveLength(20);
    // Twice more: the tables are counted before so many go.
    expect(most - (await statements(few))).toBeLessThanOrEqual(3);
    expect(await people()).toEqual([]);
  });

  it('what is not done, was a dry run, or is not there is refused with a sentence', async () => {
    await expect(undo('01990000-0000-7000-8000-000000000000')).rejects.toThrow('there is no import');
    const id = await importText(app, csv('Mira,Okafor,mira@example.com,,'));
    await affected(app.db, `UPDATE import SET state = 'running' WHERE id = $1`, [id]);
    await expect(undo(id)).rejects.toThrow('still being read');
    const answer = await app.http.post(`/imports/${id}/undo`).expect(409);
    expect(answer.body).toMatchObject({ code: 'conflict' });
    await affected(app.db, `UPDATE import SET state = 'done', dry_run = true WHERE id = $1`, [id]);
    await expect(undo(id)).rejects.toThrow('dry run');
  });
});
