import { newId } from '../../src/database/ids.js';
import { rows } from '../../src/database/rows.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildContact,
  buildEvent,
  buildFact,
  buildInteraction,
  buildMessage,
  buildMessageReason,
  buildOwner,
  buildPromise,
} from '../factories.js';

interface Answer {
  status: number;
  body: Record<string, unknown> & { items: Record<string, unknown>[]; detail: string };
}

let app: TestApp;
beforeAll(async () => (app = await startApp({ now: '2026-11-21T09:00:00Z' })));
beforeEach(() => app.http.set('Followthrough-Owner', app.ownerId));
afterAll(() => app.close());

const get = async (path: string) => (await app.http.get(path)) as unknown as Answer;
const post = async (path: string, body: object = {}) =>
  (await app.http.post(path).send(body)) as unknown as Answer;

describe('facts', () => {
  it('are the owner’s words, fit for a mail; a hardship never is', async () => {
    const { id } = await buildContact(app);
    const event = await buildEvent(app);
    const said = await post(`/contacts/${id}/facts`, {
      kind: 'asked',
      text: ' about\u0000 sagas? ',
      eventId: event.id,
    });
    expect(said.status).toBe(201);
    expect(said.body).toMatchObject({
      kind: 'asked',
      text: 'about sagas',
      quotable: true,
      sourceKind: 'owner',
      eventId: event.id,
      spentIn: null,
    });
    const hard = await post(`/contacts/${id}/facts`, { kind: 'hardship', text: 'the layoffs' });
    expect(hard.body).toMatchObject({ quotable: false });
    const silent = await post(`/contacts/${id}/facts`, { kind: 'news', text: 'the move', quotable: false });
    expect(silent.body).toMatchObject({ quotable: false });
  });

  it.each([
    [{ kind: 'hardship', text: 'the layoffs', quotable: true }, 400, 'quotable'],
    [{ kind: 'said', text: '{{ owner.name }}' }, 400, 'templates'],
    [{ kind: 'said', text: 'one\ntwo' }, 400, 'one line'],
    [{ kind: 'rumour', text: 'something' }, 400, 'kind'],
    [{ kind: 'said', text: 'something', eventId: newId() }, 404, 'event'],
  ])('refuses %j', async (body, status, says) => {
    const { id } = await buildContact(app);
    const answer = await post(`/contacts/${id}/facts`, body);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(says)]);
    expect((await get(`/contacts/${id}/facts`)).body.items).toEqual([]);
  });

  it('are listed by person through merges, and those closed only when asked for', async () => {
    const { id } = await buildContact(app);
    const loser = await buildContact(app, { mergedInto: id });
    const old = await buildFact(app, { contactId: loser.id, text: 'old news' });
    await buildFact(app, { contactId: id, text: 'a word' });
    const closed = await post(`/contacts/${id}/facts/${old.id}/close`);
    expect(closed.body).toMatchObject({ text: 'old news', closedAt: '2026-11-21T09:00:00.000Z' });
    expect((await get(`/contacts/${loser.id}/facts`)).body.items).toMatchObject([{ text: 'a word' }]);
    expect((await get(`/contacts/${id}/facts?all=true`)).body.items).toHaveLength(2);
    const added = await post(`/contacts/${loser.id}/facts`, { kind: 'said', text: 'another word' });
    expect(added.body['contactId']).toBe(id);
  });

  it('which a mail on its way out cites are not taken back behind its back', async () => {
    const fact = await buildFact(app);
    const message = await buildMessage(app, { contactId: fact.contactId, state: 'approved' });
    await buildMessageReason(app, { messageId: message.id, refId: fact.id });
    const refused = await post(`/contacts/${fact.contactId}/facts/${fact.id}/close`);
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining(message.id)]);
    await app.db.query(`UPDATE message SET state = 'needs_review' WHERE id = $1`, [message.id]);
    expect((await post(`/contacts/${fact.contactId}/facts/${fact.id}/close`)).body).toMatchObject({
      spentIn: message.id,
      closedAt: '2026-11-21T09:00:00.000Z',
    });
  });

  it('of hidden people, of others and of nobody are not found', async () => {
    const hidden = await buildContact(app, { hiddenAt: app.clock.now() });
    const foreign = await buildContact(app, { ownerId: (await buildOwner(app)).id, email: null });
    const fact = await buildFact(app);
    for (const id of [hidden.id, foreign.id, newId()]) {
      expect((await get(`/contacts/${id}/facts`)).status).toBe(404);
      expect((await post(`/contacts/${id}/facts`, { kind: 'said', text: 'a word' })).status).toBe(404);
    }
    const { id } = await buildContact(app);
    expect((await post(`/contacts/${id}/facts/${fact.id}/close`)).status).toBe(404);
  });
});

describe('promises', () => {
  it('are due in five working days of the owner’s zone, or when the owner says', async () => {
    const { id } = await buildContact(app);
    const path = `/contacts/${id}/promises`;
    expect((await post(path, { text: 'send the slides.' })).body).toMatchObject({
      text: 'send the slides',
      dueOn: '2026-11-27',
      state: 'open',
      overdue: false,
    });
    expect((await post(path, { text: 'call back', dueOn: '2026-11-20' })).body).toMatchObject({
      overdue: true,
    });
    expect((await post(path, { text: 'call back', dueOn: '2026-11-31' })).status).toBe(400);
  });

  it('are kept with what was given, or released, and only once', async () => {
    const { id, contactId } = await buildPromise(app);
    const path = `/contacts/${contactId}/promises/${id}`;
    const kept = await post(`${path}/keep`, { with: 'here are the slides: https://example.org/slides' });
    expect(kept.body).toMatchObject({
      state: 'kept',
      keptAt: '2026-11-21T09:00:00.000Z',
      keptWith: 'here are the slides: https://example.org/slides',
    });
    const again = await post(`${path}/release`);
    expect([again.status, again.body.detail]).toEqual([409, expect.stringContaining('kept already')]);
    const other = await buildPromise(app, { contactId });
    expect((await post(`/contacts/${contactId}/promises/${other.id}/release`)).body).toMatchObject({
      state: 'released',
      keptAt: null,
    });
    expect((await get(`/contacts/${contactId}/promises`)).body.items).toEqual([]);
    expect((await get(`/contacts/${contactId}/promises?all=true`)).body.items).toHaveLength(2);
    const stranger = await buildContact(app);
    expect((await post(`/contacts/${stranger.id}/promises/${other.id}/keep`)).status).toBe(404);
  });

  it('that are open are listed over all people by due day, in pages that miss nobody', async () => {
    const other = await startApp();
    try {
      const due = ['2026-12-03', '2026-11-30', '2026-12-03', '2026-11-25', '2026-12-01'];
      for (const dueOn of due) await buildPromise(other, { dueOn });
      await buildPromise(other, { dueOn: '2026-11-01', keptAt: other.clock.now() });
      const seen: unknown[] = [];
      let next: string | null = '';
      while (next !== null) {
        const cursor = next === '' ? '' : `&cursor=${next}`;
        const { body } = (await other.http.get(`/promises?limit=2${cursor}`)) as unknown as Answer;
        seen.push(...body.items.map((one) => one['dueOn']));
        next = body['next'] as string | null;
      }
      expect(seen).toEqual([...due].sort());
    } finally {
      await other.close();
    }
  });
});

describe('interactions', () => {
  it('note what happened, newest first, and never what lies ahead', async () => {
    const { id } = await buildContact(app);
    await buildInteraction(app, { contactId: id, kind: 'met', at: new Date('2026-11-19T10:00:00Z') });
    const path = `/contacts/${id}/interactions`;
    const call = await post(path, {
      kind: 'call',
      text: 'about sagas\nand tests',
      at: '2026-11-20T12:00:00+01:00',
    });
    expect([call.status, call.body['at'], call.body['text']]).toEqual([
      201,
      '2026-11-20T11:00:00.000Z',
      'about sagas\nand tests',
    ]);
    await post(path, { kind: 'mail-by-hand', text: 'I wrote already' });
    const first = await get(`${path}?limit=2`);
    expect(first.body.items.map((one) => one['kind'])).toEqual(['mail-by-hand', 'call']);
    const rest = await get(`${path}?limit=2&cursor=${String(first.body['next'])}`);
    expect(rest.body.items.map((one) => one['kind'])).toEqual(['met']);
    expect((await post(path, { kind: 'call', text: 'soon', at: '2026-11-22T00:00:00Z' })).status).toBe(400);
    expect((await post(path, { kind: 'met', text: 'by hand' })).status).toBe(400);
    expect(
      await rows(
        app.db,
        `SELECT kind FROM interaction WHERE contact_id = $1 AND source_kind = 'owner' AND source_id = id`,
        [id],
      ),
    ).toHaveLength(2);
  });
});
