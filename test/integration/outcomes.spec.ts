import { newId } from '../../src/database/ids.js';
import { row } from '../../src/database/rows.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildContact,
  buildEnrollment,
  buildEvent,
  buildInbound,
  buildMessage,
  buildMessageReason,
} from '../factories.js';

const SENT = new Date('2026-11-24T09:00:00Z');

describe('outcomes', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp({ now: '2026-12-01T09:00:00Z' });
  });
  afterEach(() => app.close());

  const sent = (over: Partial<Message> = {}) =>
    buildMessage(app, { state: 'sent', sentAt: SENT, nextAt: null, ...over });
  const came = (message: Message, kind: Parameters<typeof buildInbound>[1] & object) =>
    buildInbound(app, { contactId: message.contactId, messageId: message.id, turn: null, ...kind });

  it('law 12: counts humans who answered over mails that arrived, and nothing else', async () => {
    const messages = [];
    for (let n = 0; n < 14; n += 1) messages.push(await sent());
    for (let n = 0; n < 4; n += 1) {
      await came(messages[n]!, { kind: 'reply', at: new Date(SENT.getTime() + (n + 1) * 3_600_000) });
    }
    await came(messages[0]!, { kind: 'reply', at: new Date(SENT.getTime() + 90_000_000) });
    await came(messages[4]!, { kind: 'auto-reply' });
    await came(messages[5]!, { kind: 'opt-out' });
    await came(messages[6]!, { kind: 'bounce', severity: 'hard' });
    await came(messages[7]!, { kind: 'bounce', severity: 'soft' });
    await sent({ sandbox: true });
    await sent({ kind: 'birthday-reminder', channel: 'task' });
    await buildMessage(app, { state: 'failed' });

    const answer = await app.http.get('/outcomes');
    expect(answer.body.items).toHaveLength(1);
    const [all] = answer.body.items as Record<string, unknown>[];
    expect(all).toMatchObject({ sent: 14, arrived: 12, answered: 4, optedOut: 1, medianHours: 2.5 });
    const rate = all!['rate'] as { value: number; low: number; high: number };
    // Wilson, 4 of 12: 0.138 to 0.609; a mail that came back for a passing reason arrived no more than another.
    expect(rate.value).toBeCloseTo(0.3333, 3);
    expect(rate.low).toBeCloseTo(0.1381, 3);
    expect(rate.high).toBeCloseTo(0.6094, 3);
  });

  it('says "not enough data" below the stated size', async () => {
    await sent();
    const few = await app.http.get('/outcomes');
    expect(few.body.items[0]).toMatchObject({
      rate: null,
      note: 'not enough data: fewer than 10 mails arrived',
    });
    const enough = await app.http.get('/outcomes?minimum=1');
    expect(enough.body.items[0].rate).toMatchObject({ value: 0 });
  });

  it('groups by event, sequence, step and kind', async () => {
    const event = await buildEvent(app, { name: 'DevConf 2026' });
    const enrollment = await buildEnrollment(app);
    await sent({
      eventId: event.id,
      enrollmentId: enrollment.id,
      stepId: enrollment.nextStepId,
      contactId: enrollment.contactId,
    });
    await sent({ channel: 'task' });
    const groups = async (by: string) =>
      ((await app.http.get(`/outcomes?by=${by}`)).body as { items: { group: string }[] }).items.map(
        (item) => item.group,
      );
    expect(await groups('event')).toEqual(['(no event)', 'DevConf 2026']);
    expect(await groups('kind')).toEqual(['first', 'first (by hand)']);
    expect((await groups('step')).some((group) => group.endsWith('step 1 (first)'))).toBe(true);
    expect((await app.http.get('/outcomes?by=mood')).status).toBe(400);
  });

  it('law 10: explains each message, and what would happen next and when', async () => {
    const enrollment = await buildEnrollment(app, { nextAt: null });
    const message = await buildMessage(app, {
      contactId: enrollment.contactId,
      enrollmentId: enrollment.id,
      state: 'approved',
      approvedBy: 'owner',
      subject: 'After DevConf',
      dueAt: new Date('2026-12-02T08:30:00Z'),
      nextAt: new Date('2026-12-02T08:30:00Z'),
    });
    await buildMessageReason(app, { messageId: message.id, words: 'how you pin your builds' });
    const why = await app.http.get(`/contacts/${enrollment.contactId}/why`);
    expect(why.body.messages[0]).toMatchObject({
      state: 'approved',
      reasons: [{ kind: 'fact', words: 'how you pin your builds' }],
    });
    expect(why.body.next[0]).toMatchObject({
      verdict: 'wait',
      at: '2026-12-02T08:30:00.000Z',
      why: 'it is not due yet',
    });
    await buildInbound(app, { contactId: enrollment.contactId });
    const after = await app.http.get(`/contacts/${enrollment.contactId}/why`);
    expect(after.body.next[0]).toMatchObject({ verdict: 'stop', why: 'they answered' });
  });

  it('knows nothing of other owners’ people', async () => {
    const other = newId();
    await app.db.query(
      `INSERT INTO owner (id, name, email, zone, created_at) VALUES ($1, 'B', 'b@example.org', 'UTC', now())`,
      [other],
    );
    const theirs = await buildContact({ ...app, ownerId: other });
    await buildMessage({ ...app, ownerId: other }, { contactId: theirs.id, state: 'sent', sentAt: SENT });
    const me = (await row<{ email: string }>(app.db, 'SELECT email FROM owner WHERE id = $1', [app.ownerId]))!
      .email;
    const mine = app.http.get(`/contacts/${theirs.id}/why`).set('Followthrough-Owner', me);
    expect((await mine).status).toBe(404);
    expect((await app.http.get('/outcomes').set('Followthrough-Owner', me)).body.items[0]).toMatchObject({
      sent: 0,
    });
  });
});
