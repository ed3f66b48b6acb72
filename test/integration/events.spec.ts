import { DecisionsService } from '../../src/events/decisions.service.js';
import { EventsService } from '../../src/events/events.service.js';
import { encounterOf } from '../../src/database/people-of-event.js';
import { newId } from '../../src/database/ids.js';
import { row, rows } from '../../src/database/rows.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildContact,
  buildDebrief,
  buildEncounter,
  buildEvent,
  buildFact,
  buildInteraction,
  buildMessage,
  buildMessageReason,
  buildOwner,
  buildSuppression,
} from '../factories.js';

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown> & { items: Record<string, unknown>[]; detail: string };
}

let app: TestApp;
beforeAll(async () => (app = await startApp({ now: '2026-11-21T09:00:00Z' })));
beforeEach(() => app.http.set('Followthrough-Owner', app.ownerId));
afterAll(() => app.close());

const get = async (path: string) => (await app.http.get(path)) as unknown as Answer;
const post = async (path: string, body: object) =>
  (await app.http.post(path).send(body)) as unknown as Answer;
const patch = async (path: string, version: number, body: object) =>
  (await app.http.patch(path).set('If-Match', `"${version}"`).send(body)) as unknown as Answer;

const decide = (eventId: string, ...decisions: object[]) => post(`/events/${eventId}/debrief`, { decisions });

async function encounter(contactId: string, eventId: string) {
  return (await encounterOf(app.db, app.ownerId, [contactId], eventId)).get(contactId);
}

/** An event with one person, met by a scan unless said otherwise. */
async function someoneAt(kind: 'met' | 'attended' = 'met') {
  const event = await buildEvent(app);
  const contact = await buildContact(app);
  const sourceKind = kind === 'met' ? 'scan' : 'listed';
  await buildEncounter(app, { eventId: event.id, contactId: contact.id, kind, sourceKind });
  return { eventId: event.id, contactId: contact.id, name: contact.fullName };
}

describe('the register of events', () => {
  it('makes, shows, lists and changes an event; a change names the version it starts from', async () => {
    const made = await post('/events', {
      name: ' DevConf\u0000 ',
      startsOn: '2026-11-18',
      endsOn: '2026-11-20',
      city: 'Porto',
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: 'DevConf',
      startsOn: '2026-11-18',
      zone: 'Europe/Lisbon',
      version: 1,
    });
    const path = `/events/${String(made.body['id'])}`;
    expect((await get(path)).headers['etag']).toBe('"1"');
    const edited = await patch(path, 1, { endsOn: '2026-11-21', city: null });
    expect(edited.body).toMatchObject({ name: 'DevConf', endsOn: '2026-11-21', city: null, version: 2 });
    expect((await patch(path, 1, { name: 'Other' })).status).toBe(412);
    expect((await app.http.patch(path).send({ name: 'Other' })).status).toBe(428);
    expect((await get('/events?limit=200')).body.items.map((one) => one['id'])).toContain(made.body['id']);
  });

  it('is found by name or id, and the same name and start are one event', async () => {
    const events = app.get(EventsService);
    const wanted = { name: 'JSNation', startsOn: '2026-06-11', endsOn: '2026-06-12' };
    const made = await events.ensure(app.ownerId, wanted);
    expect(await events.ensure(app.ownerId, { ...wanted, name: 'jsnation' })).toEqual(made);
    expect(await events.find(app.ownerId, 'JSNATION')).toEqual(made);
    expect(await events.find(app.ownerId, made.id)).toEqual(made);
    expect((await post('/events', wanted)).status).toBe(409);
    await events.create(app.ownerId, { ...wanted, startsOn: '2027-06-10', endsOn: '2027-06-10' });
    await expect(events.find(app.ownerId, 'JSNation')).rejects.toThrow('2 events');
    await expect(events.find(app.ownerId, 'nowhere')).rejects.toThrow('there is no event "nowhere"');
  });

  it.each([
    [{ startsOn: '2026-11-20', endsOn: '2026-11-18' }, 400, 'endsOn: 2026-11-18 lies before'],
    [{ startsOn: '2026-11-31', endsOn: '2026-12-01' }, 400, 'startsOn'],
    [{ startsOn: '2026-01-01', endsOn: '2026-12-31' }, 400, '60 days'],
    [{ startsOn: '2026-01-01', endsOn: '2026-01-01', zone: '+02:00' }, 400, 'zone'],
    [{ startsOn: '2026-01-01', endsOn: '2026-01-01', sequenceId: newId() }, 404, 'sequence'],
  ])('refuses %j', async (body, status, says) => {
    const answer = await post('/events', { name: 'Wrong', ...body });
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(says)]);
  });

  it('shows nobody the events of another owner', async () => {
    const other = await buildOwner(app);
    const theirs = await buildEvent(app, { ownerId: other.id });
    expect((await get(`/events/${theirs.id}`)).status).toBe(404);
    expect((await get(`/events/${theirs.id}/people`)).status).toBe(404);
    expect((await get(`/events/${theirs.id}/debrief`)).status).toBe(404);
    expect((await post(`/events/${theirs.id}/debrief/confirm`, { expect: 0 })).status).toBe(404);
  });
});

describe('law 4: who only stood on a list was not met', () => {
  it('a decision to write makes nobody met, the owner’s word does, and takes it back', async () => {
    const { eventId, contactId } = await someoneAt('attended');
    await decide(eventId, { contactId, decision: 'write' });
    expect((await encounter(contactId, eventId))?.kind).toBe('attended');
    await decide(eventId, { contactId, decision: 'write', met: true });
    expect((await encounter(contactId, eventId))?.kind).toBe('met');
    const said = await row<{ sourceKind: string; sourceId: string }>(
      app.db,
      `SELECT source_kind, source_id FROM encounter WHERE contact_id = $1 AND kind = 'met'`,
      [contactId],
    );
    const debrief = await row<{ id: string }>(app.db, `SELECT id FROM debrief WHERE contact_id = $1`, [
      contactId,
    ]);
    expect(said).toEqual({ sourceKind: 'owner', sourceId: debrief?.id });
    await decide(eventId, { contactId, decision: 'write', met: false });
    expect((await encounter(contactId, eventId))?.kind).toBe('attended');
  });

  it('“not met” outweighs the scan, also one that comes in later, until it is taken back', async () => {
    const { eventId, contactId } = await someoneAt('met');
    await decide(eventId, { contactId, decision: 'not-met' });
    await buildEncounter(app, { eventId, contactId, kind: 'met' });
    expect(await encounter(contactId, eventId)).toBeUndefined();
    expect((await get(`/events/${eventId}/people`)).body.items).toMatchObject([
      { id: contactId, encounter: null, decision: 'not-met' },
    ]);
    await decide(eventId, { contactId, decision: 'remember' });
    expect((await encounter(contactId, eventId))?.kind).toBe('met');
  });

  it('“again” needs an earlier event at which they had met', async () => {
    const now = await buildEvent(app, { startsOn: '2026-11-18', endsOn: '2026-11-20' });
    const before = await buildEvent(app, { startsOn: '2025-11-18', endsOn: '2025-11-20' });
    const [met, listed, denied] = [await buildContact(app), await buildContact(app), await buildContact(app)];
    for (const contact of [met, listed, denied])
      await buildEncounter(app, { contactId: contact.id, eventId: now.id });
    await buildEncounter(app, { contactId: met.id, eventId: before.id });
    await buildEncounter(app, {
      contactId: listed.id,
      eventId: before.id,
      kind: 'attended',
      sourceKind: 'listed',
    });
    await buildEncounter(app, { contactId: denied.id, eventId: before.id });
    await decide(before.id, { contactId: denied.id, decision: 'not-met' });
    const found = await encounterOf(app.db, app.ownerId, [met.id, listed.id, denied.id], now.id);
    expect([met, listed, denied].map(({ id }) => found.get(id)?.again)).toEqual([true, false, false]);
    expect((await encounter(met.id, before.id))?.again).toBe(false);
  });

  it('reads through a merge: two contacts of one person are one person at the event', async () => {
    const { eventId, contactId } = await someoneAt('attended');
    const loser = await buildContact(app, { mergedInto: contactId });
    await buildEncounter(app, { eventId, contactId: loser.id, kind: 'met' });
    await buildDebrief(app, { eventId, contactId: loser.id, state: 'decided' });
    expect((await encounter(contactId, eventId))?.kind).toBe('met');
    expect((await encounter(loser.id, eventId))?.kind).toBe('met');
    expect((await get(`/events/${eventId}/people`)).body.items).toMatchObject([
      { id: contactId, encounter: 'met', decision: 'write' },
    ]);
    await decide(eventId, { contactId: loser.id, decision: 'remember' });
    expect(await rows(app.db, `SELECT decision, state FROM debrief WHERE event_id = $1`, [eventId])).toEqual([
      { decision: 'remember', state: 'decided' },
    ]);
  });
});

describe('the people of an event', () => {
  it('come in pages, with notes and what is known, and can be asked for by decision', async () => {
    const event = await buildEvent(app);
    const people = [];
    for (const email of ['a@example.net', 'b@example.net', null]) {
      const contact = await buildContact(app, { email });
      await buildEncounter(app, { eventId: event.id, contactId: contact.id });
      people.push(contact);
    }
    const hidden = await buildContact(app, { hiddenAt: app.clock.now() });
    await buildEncounter(app, { eventId: event.id, contactId: hidden.id });
    await buildInteraction(app, { contactId: people[0]!.id, text: 'asked for the paper' });
    await buildFact(app, { contactId: people[0]!.id, text: 'likes Temporal' });
    await decide(event.id, { contactId: people[1]!.id, decision: 'remember' });

    const first = await get(`/events/${event.id}/people?limit=2`);
    expect(first.body.items).toMatchObject([
      {
        id: people[0]!.id,
        channel: 'mail',
        decision: null,
        notes: [{ kind: 'note', text: 'asked for the paper' }],
        known: [{ kind: 'said', text: 'likes Temporal' }],
      },
      { id: people[1]!.id, decision: 'remember', state: 'decided', notes: [], known: [] },
    ]);
    const second = await get(`/events/${event.id}/people?limit=2&cursor=${String(first.body['next'])}`);
    expect(second.body).toMatchObject({ items: [{ id: people[2]!.id, channel: 'task' }], next: null });
    const undecided = await get(`/events/${event.id}/people?decision=undecided`);
    expect(undecided.body.items.map((one) => one['id'])).toEqual([people[0]!.id, people[2]!.id]);
  });
});

describe('the debrief', () => {
  it('turns lines into facts and promises once, however often it is said', async () => {
    const { eventId, contactId } = await someoneAt();
    const line =
      'their tests run on a clone per case. | asked: how we seed data? | promise: send the paper | hardship: a layoff';
    const decision = { contactId, decision: 'write', line };
    expect((await decide(eventId, decision)).body).toMatchObject({ decided: 1, facts: 3, promises: 1 });
    expect((await decide(eventId, decision)).body).toMatchObject({ decided: 1, facts: 0, promises: 0 });
    const facts = await rows(
      app.db,
      `SELECT kind, text, quotable, source_kind FROM fact WHERE contact_id = $1 AND event_id = $2 ORDER BY kind`,
      [contactId, eventId],
    );
    expect(facts).toEqual([
      { kind: 'asked', text: 'how we seed data', quotable: true, sourceKind: 'owner' },
      { kind: 'hardship', text: 'a layoff', quotable: false, sourceKind: 'owner' },
      { kind: 'said', text: 'their tests run on a clone per case', quotable: true, sourceKind: 'owner' },
    ]);
    // Saturday in Berlin; the fifth working day is the Friday after.
    expect(
      await rows(app.db, `SELECT text, due_on::text FROM promise WHERE contact_id = $1`, [contactId]),
    ).toEqual([{ text: 'send the paper', dueOn: '2026-11-27' }]);
  });

  it('refuses a whole request for one entry that makes no sense, naming it', async () => {
    const { eventId, contactId, name } = await someoneAt();
    const stranger = await buildContact(app);
    const good = { contactId, decision: 'write' };
    const wrong = [
      [{ contactId: newId(), decision: 'write' }, 'decisions.1.contactId: there is no contact'],
      [{ contactId, decision: 'remember' }, `decisions.1 (${name}): this person stands in the request twice`],
      [{ contactId: stranger.id, decision: 'write' }, 'is not among the people of this event'],
      [{ contactId: stranger.id, decision: 'not-met', met: true }, 'contradict'],
      [
        { contactId: stranger.id, decision: 'remember', met: true, line: 'intrest: tests' },
        'line: "intrest:"',
      ],
    ] as const;
    for (const [entry, says] of wrong) {
      const answer = await decide(eventId, good, entry);
      expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining(says)]);
    }
    expect(await rows(app.db, `SELECT 1 FROM debrief WHERE event_id = $1`, [eventId])).toEqual([]);
    expect((await decide(eventId, { contactId: stranger.id, decision: 'write', met: true })).status).toBe(
      200,
    );
    expect((await encounter(stranger.id, eventId))?.kind).toBe('met');
  });

  it('tells how many and whom, what is missing, and who is not to be written to', async () => {
    const event = await buildEvent(app);
    const at = { eventId: event.id };
    const plain = await buildContact(app, { fullName: 'Ana Plain' });
    const told = await buildContact(app, { fullName: 'Bea Told', email: null });
    const spent = await buildContact(app, { fullName: 'Cleo Spent' });
    const no = await buildContact(app, { fullName: 'Dan No', email: 'dan@example.net' });
    const away = await buildContact(app, { fullName: 'Eve Away', doNotContactAt: app.clock.now() });
    for (const { id } of [plain, told, spent, no, away]) await buildEncounter(app, { ...at, contactId: id });
    await buildEncounter(app, { ...at, kind: 'attended', sourceKind: 'listed' });
    await buildFact(app, { contactId: told.id });
    await buildFact(app, { contactId: plain.id, quotable: false });
    const fact = await buildFact(app, { contactId: spent.id });
    await buildMessageReason(app, {
      messageId: (await buildMessage(app, { contactId: spent.id })).id,
      refId: fact.id,
    });
    await buildSuppression(app, { address: 'dan@example.net', scope: 'automatic' });
    await decide(
      event.id,
      ...[plain, told, spent, no, away].map(({ id }) => ({ contactId: id, decision: 'write' })),
    );

    const { body } = await get(`/events/${event.id}/debrief`);
    expect(body).toMatchObject({ write: 3, confirmed: 0, taken: 0, remember: 0, notMet: 0, undecided: 1 });
    expect(body['people']).toMatchObject([
      { name: 'Ana Plain', channel: 'mail', encounter: 'met', particular: false },
      { name: 'Bea Told', channel: 'task', encounter: 'met', particular: true },
      { name: 'Cleo Spent', particular: false },
    ]);
    expect(body['blocked']).toMatchObject([
      { name: 'Dan No', why: 'nothing may be sent to their address' },
      { name: 'Eve Away', why: 'you set "do not contact" on this person' },
    ]);
    expect((await post(`/events/${event.id}/debrief/confirm`, { expect: 3 })).body).toEqual({ confirmed: 3 });
    const states = await rows(
      app.db,
      `SELECT state, count(*)::int FROM debrief WHERE event_id = $1 GROUP BY 1 ORDER BY 1`,
      [event.id],
    );
    expect(states).toEqual([
      { state: 'confirmed', count: 3 },
      { state: 'decided', count: 2 },
    ]);
  });

  it('confirms only the number the owner was told, and only those who are to be written to', async () => {
    const { eventId, contactId } = await someoneAt();
    const second = await buildContact(app);
    await buildEncounter(app, { eventId, contactId: second.id });
    await decide(eventId, { contactId, decision: 'write' }, { contactId: second.id, decision: 'remember' });
    const told = Number((await get(`/events/${eventId}/debrief`)).body['write']);
    expect(told).toBe(1);
    await decide(eventId, { contactId: second.id, decision: 'write' });
    const refused = await post(`/events/${eventId}/debrief/confirm`, { expect: told });
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('confirm 2')]);
    expect(
      await rows(app.db, `SELECT 1 FROM debrief WHERE event_id = $1 AND state <> 'decided'`, [eventId]),
    ).toEqual([]);
    await decide(eventId, { contactId: second.id, decision: 'not-met' });
    expect((await post(`/events/${eventId}/debrief/confirm`, { expect: 1 })).status).toBe(200);
    expect((await get(`/events/${eventId}/debrief`)).body).toMatchObject({
      write: 0,
      confirmed: 1,
      notMet: 1,
    });
    expect((await post(`/events/${eventId}/debrief/confirm`, { expect: 1 })).status).toBe(409);
  });

  it.each(['confirmed', 'taken'] as const)(
    'a decision that is %s is not changed; a line may still be added',
    async (state) => {
      const { eventId, contactId } = await someoneAt();
      await buildDebrief(app, { eventId, contactId, state });
      const refused = await decide(eventId, { contactId, decision: 'not-met' });
      expect([refused.status, refused.body.detail]).toEqual([
        409,
        expect.stringContaining('stop it at its message'),
      ]);
      expect((await encounter(contactId, eventId))?.kind).toBe('met');
      const added = await decide(eventId, { contactId, decision: 'write', line: 'asked: about sagas' });
      expect(added.body).toMatchObject({ facts: 1 });
      expect(await row(app.db, `SELECT state FROM debrief WHERE event_id = $1`, [eventId])).toEqual({
        state,
      });
    },
  );

  it('two at the same time leave one row and one fact', async () => {
    const { eventId, contactId } = await someoneAt();
    const decisions = app.get(DecisionsService);
    const entry = { contactId, decision: 'write' as const, line: 'asked: about sagas' };
    const answers = await Promise.all([1, 2, 3].map(() => decisions.decide(app.ownerId, eventId, [entry])));
    expect(answers.map(({ facts }) => facts).sort()).toEqual([0, 0, 1]);
    expect(await rows(app.db, `SELECT state FROM debrief WHERE event_id = $1`, [eventId])).toEqual([
      { state: 'decided' },
    ]);
  });

  it('tells a person’s noted words when the owner says they had not met after all', async () => {
    const { eventId, contactId } = await someoneAt();
    await decide(eventId, { contactId, decision: 'write', line: 'asked: about sagas' });
    const answer = await decide(eventId, { contactId, decision: 'not-met' });
    expect(answer.body['remarks']).toEqual([
      { contactId, remark: 'what you noted about this person stays until you take it back' },
    ]);
  });
});
