import type { Contact, ContactMerge } from '../../src/database/entities/contact.entity.js';
import { mergePeople } from '../../src/database/merge-people.js';
import { answersAmong } from '../../src/database/proposals.js';
import { affected, row, rows } from '../../src/database/rows.js';
import { refold } from '../../src/database/source-records.js';
import { splitPeople } from '../../src/database/split-people.js';
import { startApp, type TestApp } from '../app.js';
import { buildEnrollment, buildFact, buildMailbox, buildMessage } from '../factories.js';
import { everything, importText } from '../imports.js';

describe('merges and splits', () => {
  let app: TestApp;
  let ids: Record<string, string>;

  beforeEach(async () => {
    app = await startApp({ now: '2026-11-21T09:00:00Z' });
    const names = ['Ann', 'Bea', 'Cem', 'Dov'];
    const lines = names.map((name) => `${name},Roe,${name.toLowerCase()}@example.com`);
    await importText(app, ['First Name,Last Name,Email', ...lines].join('\n'));
    ids = Object.fromEntries(
      (await rows<Contact>(app.db, `SELECT * FROM contact`)).map(({ id, givenName }) => [givenName, id]),
    );
  });
  afterEach(() => app.close());

  const id = (name: string): string => ids[name] ?? '';
  const merge = (from: string, into: string): Promise<void> =>
    app.db.transaction(async (tx) => {
      const by = { by: 'owner', importId: null } as const;
      const grown = await mergePeople(
        tx,
        app.ownerId,
        [{ from: id(from), into: id(into) }],
        by,
        app.clock.now(),
      );
      await refold(tx, app.ownerId, grown, app.clock.now());
    });
  const split = (...names: string[]) =>
    app.db.transaction((tx) => splitPeople(tx, app.ownerId, names.map(id), app.clock.now()));
  const contact = async (name: string): Promise<Contact> =>
    (await row<Contact>(app.db, `SELECT * FROM contact WHERE id = $1`, [id(name)]))!;
  const set = (name: string, what: string): Promise<number> =>
    affected(app.db, `UPDATE contact SET ${what} WHERE id = $1`, [id(name)]);
  const emails = async (name: string): Promise<string[]> =>
    (
      await rows<{ canonical: string }>(
        app.db,
        `SELECT canonical FROM identity WHERE contact_id = $1 ORDER BY canonical`,
        [id(name)],
      )
    ).map(({ canonical }) => canonical);
  const edges = () => rows<ContactMerge>(app.db, `SELECT * FROM contact_merge ORDER BY id`);

  it('persons merge, whichever of their contacts is named; with themselves nothing happens', async () => {
    await merge('Ann', 'Bea');
    await merge('Ann', 'Cem');
    expect((await edges()).map(({ fromId, intoId }) => [fromId, intoId])).toEqual([
      [id('Ann'), id('Bea')],
      [id('Bea'), id('Cem')],
    ]);
    const before = await everything(app);
    await merge('Cem', 'Ann');
    await merge('Ann', 'Ann');
    expect(await everything(app)).toEqual(before);
    expect((await contact('Ann')).mergedInto).toBe(id('Cem'));
    expect(await emails('Cem')).toEqual(['ann@example.com', 'bea@example.com', 'cem@example.com']);
  });

  it('a chain that is split in the middle leaves both halves whole, and every row where it was', async () => {
    const apart = await everything(app);
    await merge('Ann', 'Bea');
    await merge('Bea', 'Cem');
    const { edges: cut, people } = await split('Bea');
    expect(cut).toEqual([{ fromId: id('Bea'), intoId: id('Cem') }]);
    expect(people.sort()).toEqual([id('Bea'), id('Cem')].sort());
    expect((await contact('Ann')).mergedInto).toBe(id('Bea'));
    expect(await emails('Bea')).toEqual(['ann@example.com', 'bea@example.com']);
    expect(await emails('Cem')).toEqual(['cem@example.com']);
    await split('Ann');
    expect({ ...(await everything(app)), proposal: [] }).toEqual(apart);
  });

  it('the answer is remembered for both persons, whatever they are merged with later', async () => {
    await merge('Ann', 'Bea');
    await split('Ann');
    await merge('Ann', 'Dov');
    const pair = { aId: id('Dov'), bId: id('Bea') };
    expect([...(await answersAmong(app.db, app.ownerId, [pair])).values()]).toEqual(['no']);
  });

  it('boundaries are given back through the whole chain, unless the owner changed them since', async () => {
    await set('Ann', `do_not_contact_at = '2026-11-01T00:00:00Z', circle = 'inner'`);
    await set('Bea', `no_congratulations = true`);
    await merge('Ann', 'Bea');
    await merge('Bea', 'Cem');
    expect(await contact('Cem')).toMatchObject({ doNotContactAt: new Date('2026-11-01'), noCongratulations: true, circle: 'inner' }); // prettier-ignore
    await split('Ann');
    expect(await contact('Cem')).toMatchObject({
      doNotContactAt: null,
      noCongratulations: true,
      circle: 'wide',
    });
    expect(await contact('Bea')).toMatchObject({
      doNotContactAt: null,
      noCongratulations: true,
      circle: 'wide',
    });
    expect(await contact('Ann')).toMatchObject({ doNotContactAt: new Date('2026-11-01'), circle: 'inner' });
  });

  it('law 2: "do not contact" that was set on the one person holds for both', async () => {
    await merge('Ann', 'Bea');
    await merge('Bea', 'Cem');
    await set('Cem', `do_not_contact_at = '2026-11-20T00:00:00Z'`);
    await split('Ann');
    for (const name of ['Ann', 'Cem']) {
      expect(await contact(name)).toMatchObject({ doNotContactAt: new Date('2026-11-20') });
    }
    await split('Bea');
    expect(await contact('Bea')).toMatchObject({ doNotContactAt: new Date('2026-11-20') });
  });

  it('what waits is judged again after a merge, and written anew after a split', async () => {
    const mailbox = await buildMailbox(app);
    const ofAnn = await buildMessage(app, { contactId: id('Ann'), mailboxId: mailbox.id, state: 'needs_review', nextAt: null, text: 'Hi' }); // prettier-ignore
    await buildMessage(app, { contactId: id('Bea'), mailboxId: mailbox.id, state: 'sent', fence: 1 });
    await merge('Ann', 'Bea');
    const task = `SELECT state, valid_until FROM message WHERE id = $1`;
    expect(await row(app.db, task, [ofAnn.id])).toEqual({
      state: 'needs_review',
      validUntil: app.clock.now(),
    });
    await split('Ann');
    expect(await row(app.db, task, [ofAnn.id])).toMatchObject({ state: 'planned' });
  });

  it('law 1: a mail that was planned to the other one’s address does not leave after a split', async () => {
    await merge('Ann', 'Bea');
    const mailbox = await buildMailbox(app);
    const enrollment = await buildEnrollment(app, {
      contactId: id('Bea'),
      mailboxId: mailbox.id,
      nextAt: null,
    });
    const rests = {
      contactId: id('Bea'),
      mailboxId: mailbox.id,
      toAddress: 'ann@example.com',
      toCanonical: 'ann@example.com',
    };
    const planned = await buildMessage(app, { ...rests, enrollmentId: enrollment.id, stepId: enrollment.nextStepId, state: 'approved' }); // prettier-ignore
    const claimed = await buildMessage(app, { ...rests, kind: 'birthday', state: 'claimed', fence: 1, leaseUntil: new Date('2036-01-01') }); // prettier-ignore
    await split('Ann');
    expect(await row(app.db, `SELECT state, enrollment_id FROM message WHERE id = $1`, [planned.id])).toEqual({ state: 'cancelled', enrollmentId: null }); // prettier-ignore
    expect(await row(app.db, `SELECT state, fence FROM message WHERE id = $1`, [claimed.id])).toEqual({ state: 'cancelled', fence: 2 }); // prettier-ignore
    // The step is planned anew, to where Bea is.
    expect(await row(app.db, `SELECT state, next_at FROM enrollment WHERE id = $1`, [enrollment.id])).toEqual({ state: 'active', nextAt: app.clock.now() }); // prettier-ignore
  });

  it('an address where mail went under the other name is written to by nobody else after a split', async () => {
    await merge('Ann', 'Bea');
    await buildMessage(app, { contactId: id('Bea'), toAddress: 'ann@example.com', toCanonical: 'ann@example.com', state: 'sent', fence: 1 }); // prettier-ignore
    await split('Ann');
    expect(await emails('Bea')).toEqual(['ann@example.com', 'bea@example.com']);
    expect(
      await rows(app.db, `SELECT DISTINCT shared FROM identity WHERE canonical = 'ann@example.com'`),
    ).toEqual([{ shared: true }]);
  });

  it('a contact of which nothing is left goes with the split, unless something rests on it', async () => {
    await merge('Ann', 'Bea');
    await merge('Cem', 'Dov');
    await buildFact(app, { contactId: id('Cem') });
    await affected(app.db, `DELETE FROM source_record WHERE contact_id = ANY ($1)`, [[id('Ann'), id('Cem')]]);
    expect((await split('Ann', 'Cem')).people.sort()).toEqual([id('Bea'), id('Cem'), id('Dov')].sort());
    expect(await row(app.db, `SELECT 1 FROM contact WHERE id = $1`, [id('Ann')])).toBeNull();
  });
});
