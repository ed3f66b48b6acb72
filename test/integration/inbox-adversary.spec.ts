import { CONFIG, type Config } from '../../src/config.js';
import { row, rows } from '../../src/database/rows.js';
import { settleSighted } from '../../src/database/sent-copies.js';
import { forgetStrangers } from '../../src/database/raw-mail.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { newId } from '../../src/database/ids.js';
import { sealedFor, type SealedColumn } from '../../src/mail/sealed-columns.js';
import { sealSecret } from '../../src/mail/secrets.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildContact,
  buildEnrollment,
  buildInteraction,
  buildMailbox,
  buildMessage,
  buildMessageReason,
  buildOwner,
  buildPromise,
  buildSequence,
  buildStep,
  insert,
} from '../factories.js';
import { ANSWERING, mail, OURS, report } from '../mail/received.js';

/** A Thursday. */
const NOW = '2026-11-26T09:00:00Z';
const DAY = 86_400_000;

/** Mail that is not what it seems, and mail that comes when nobody expects it. */
describe('what comes in and would mislead us', () => {
  let app: TestApp;
  let sent: Message;
  let next: { id: string };
  let mailboxId: string;

  beforeEach(async () => {
    app = await startApp({ now: NOW });
    app.http.set('Followthrough-Owner', app.ownerId);
    mailboxId = (await buildMailbox(app, { address: 'ada@example.org' })).id;
    const contact = await buildContact(app, { email: 'grace@example.com', fullName: 'Grace Hop' });
    const { id: sequenceId } = await buildSequence(app);
    const step = await buildStep(app, { sequenceId });
    next = await buildStep(app, { sequenceId, position: 2, kind: 'follow-up' });
    const enrollment = await buildEnrollment(app, {
      contactId: contact.id,
      mailboxId,
      sequenceId,
      nextStepId: next.id,
      startedAt: new Date('2026-11-20'),
      nextAt: new Date('2026-12-01T08:00:00Z'),
    });
    sent = await buildMessage(app, {
      contactId: contact.id,
      mailboxId,
      enrollmentId: enrollment.id,
      stepId: step.id,
      state: 'sent',
      createdAt: new Date('2026-11-23T09:00:00Z'),
      sentAt: new Date('2026-11-24T09:00:00Z'),
      messageIdHeader: OURS,
      subject: 'Your talk on replayable builds',
    });
  });
  afterEach(() => app.close());

  const hand = async (raw: Buffer): Promise<Record<string, unknown>> =>
    (await app.http.post('/inbound').set('Content-Type', 'message/rfc822').send(raw).expect(201))
      .body as Record<string, unknown>;
  const plan = () => app.run('plan');
  const compose = () => app.run('compose');
  const enrollment = () =>
    row<{ state: string; why: string | null; nextAt: Date | null; nextStepId: string | null }>(
      app.db,
      'SELECT state, why, next_at, next_step_id FROM enrollment WHERE id = $1',
      [sent.enrollmentId],
    );
  const suppressed = () =>
    rows(app.db, 'SELECT DISTINCT address, scope FROM suppression WHERE lifted_at IS NULL ORDER BY address');
  const debts = () => rows(app.db, 'SELECT 1 FROM reply_debt WHERE closed_at IS NULL');
  const correct = (id: unknown, body: object) =>
    app.http
      .post(`/inbound/${String(id)}/class`)
      .send(body)
      .expect(200);
  const attempts = () => rows(app.db, 'SELECT attempt FROM message WHERE contact_id = $1', [sent.contactId]);

  describe('law 1: a report on a mail that the owner wrote by hand', () => {
    it('plans nothing anew, for ours did arrive', async () => {
      const other = await hand(report('4.2.2', '452 4.2.2 mailbox full', { id: '<by-hand@example.org>' }));
      expect(other).toMatchObject({ kind: 'bounce', contactId: sent.contactId, messageId: null });
      await plan();
      expect([await attempts(), (await enrollment())?.state]).toEqual([[{ attempt: 1 }], 'active']);
      // That the address is dead is true all the same.
      await hand(report('5.1.1', '550 5.1.1 no such user', { id: '<by-hand@example.org>' }));
      expect(await suppressed()).toEqual([{ address: 'grace@example.com', scope: 'everything' }]);
    });

    it('waits for the owner where it does not say which mail came back', async () => {
      await hand(report('4.2.2', '452 4.2.2 mailbox full', { id: null }));
      await plan();
      expect(await attempts()).toEqual([{ attempt: 1 }]);
      expect(await enrollment()).toMatchObject({
        state: 'paused',
        why: expect.stringContaining('does not say which'),
      });
    });
  });

  describe('law 2: a stop that more than one said', () => {
    const stop = () => hand(mail({ headers: ANSWERING, text: 'Please do not write to me again.' }));

    it('stands while one of them stands', async () => {
      const [one, two] = [await stop(), await stop()];
      await correct(one['id'], { kind: 'reply' });
      expect(await suppressed()).toEqual([{ address: 'grace@example.com', scope: 'everything' }]);
      await correct(two['id'], { kind: 'reply' });
      expect(await suppressed()).toEqual([]);
    });

    it('stands where the owner had said the same, until they lift it, and then wholly', async () => {
      const one = await stop();
      const body = { address: 'grace@example.com', scope: 'everything', why: 'my own word' };
      const own = await app.http.post('/suppressions').send(body).expect(201);
      await correct(one['id'], { kind: 'other' });
      expect(await suppressed()).toHaveLength(1);
      await stop();
      await app.http.post(`/suppressions/${String(own.body.id)}/lift`).expect(200);
      expect(await suppressed()).toEqual([]);
    });
  });

  describe('law 2: an answer finds its person', () => {
    it('by References that a gateway broke', async () => {
      const uuid = newId();
      await app.db.query('UPDATE message SET message_id_header = $1 WHERE id = $2', [`<${uuid}@example.org>`, sent.id]); // prettier-ignore
      const headers = [`References: <${uuid.slice(0, 20)}`, ` ${uuid.slice(20)}@example.org`];
      const answer = await hand(mail({ from: 'Desk <desk@example.net>', headers }));
      expect(answer).toMatchObject({ messageId: sent.id, matchedBy: 'references' });
    });

    it('by name and subject together, from an account of theirs that nobody knew', async () => {
      const subject = 'AW: Your talk on replayable builds';
      const answer = await hand(mail({ from: 'Grace Hop <gh1906@gmail.com>', subject }));
      expect(answer).toMatchObject({ contactId: sent.contactId, matchedBy: 'subject' });
      expect(await hand(mail({ from: 'Eve Sly <eve@gmail.com>', subject }))).toMatchObject({
        contactId: null,
      });
    });

    it('also to a message that we believe was never sent, which it proves it was', async () => {
      for (const [n, state] of (['unknown', 'cancelled', 'approved'] as const).entries()) {
        const { id } = await buildMessage(app, { contactId: sent.contactId, mailboxId, state, whyCode: state === 'approved' ? 'by-owner' : null, sentAt: null, messageIdHeader: `<lost-${n}@example.org>`, subject: 'Lost' }); // prettier-ignore
        const headers = [`In-Reply-To: <lost-${n}@example.org>`];
        expect(await hand(mail({ from: 'desk@example.net', headers }))).toMatchObject({ messageId: id });
      }
      expect(await settleSighted(app.db)).toBe(2);
      expect(await rows(app.db, `SELECT state FROM message WHERE why_code = 'answered'`)).toEqual([{ state: 'sent' }, { state: 'sent' }]); // prettier-ignore
    });

    it('and only the owner whose it is', async () => {
      const other = await buildOwner(app);
      const theirs = { ...app, ownerId: other.id };
      await buildContact(theirs, { email: 'grace@example.com', fullName: 'Grace Hop' });
      await hand(mail({ headers: ANSWERING, text: 'Please do not write to me again.' }));
      const owners = await rows(app.db, 'SELECT DISTINCT owner_id FROM inbound UNION SELECT owner_id FROM suppression'); // prettier-ignore
      expect(owners).toEqual([{ ownerId: app.ownerId }]);
    });
  });

  it('law 1: a mail without a Message-ID that lies in two folders is one mail', async () => {
    const raw = mail({ headers: ANSWERING, text: 'Could you call me?' }).toString().replace(/^Message-ID:.*\r\n/m, ''); // prettier-ignore
    const one = await hand(Buffer.from(`Received: by a; Thu, 26 Nov 2026 08:00:00 +0000\r\n${raw}`));
    const two = await hand(Buffer.from(`Received: by b; Thu, 26 Nov 2026 08:01:00 +0000\r\n${raw}`));
    expect([two['id'], two['new'], await debts()]).toEqual([one['id'], false, [expect.anything()]]);
  });

  describe('what is no answer', () => {
    it('a mail from before ours is theirs, and answers none of our mails', async () => {
      const earlier = await hand(mail({ date: '2026-11-23T09:00:00Z', subject: 'Nice to meet you' }));
      expect(earlier).toMatchObject({ contactId: sent.contactId, messageId: null });
    });

    it('a post to a mailing list stops nobody; the same in our thread does', async () => {
      const list = { to: 'list@example.net', headers: ['List-Id: <builds.example.net>', 'In-Reply-To: <else@example.net>'] }; // prettier-ignore
      expect(await hand(mail({ ...list, text: 'Please stop writing to me.' }))).toMatchObject({ kind: 'list', contactId: null }); // prettier-ignore
      await plan();
      expect([(await enrollment())?.state, await suppressed()]).toEqual(['active', []]);
      await hand(mail({ ...list, headers: ['List-Id: <builds.example.net>', ...ANSWERING] }));
      await plan();
      expect((await enrollment())?.state).toBe('stopped');
    });

    it('nor is what the owner wrote themselves, wherever a copy of it turns up', async () => {
      const own = await hand(mail({ from: 'Ada <Ada@example.org>', to: 'grace@example.com', headers: ANSWERING })); // prettier-ignore
      expect(own).toMatchObject({ contactId: null, messageId: null });
      await plan();
      expect([(await enrollment())?.state, await debts()]).toEqual(['active', []]);
    });
  });

  it('no answer is owed for what the owner answered by hand while we were not listening', async () => {
    const answeredAt = new Date('2026-11-25T10:00:00Z');
    await insert(app, 'interaction', { contactId: sent.contactId, kind: 'mail-by-hand', at: answeredAt, text: 'Re: Hello', sourceKind: 'sent-mail', sourceId: newId() } as never); // prettier-ignore
    await hand(mail({ headers: ANSWERING, date: '2026-11-25T08:00:00Z', text: 'Could you call me?' }));
    expect(await debts()).toEqual([]);
    await hand(mail({ headers: ANSWERING, date: '2026-11-25T12:00:00Z', text: 'And the slides?' }));
    expect(await debts()).toHaveLength(1);
  });

  describe('the owner’s correction', () => {
    it('lets the step be written anew whose draft the mistake cancelled, once', async () => {
      const draft = await buildMessage(app, {
        contactId: sent.contactId,
        mailboxId,
        enrollmentId: sent.enrollmentId,
        stepId: next.id,
        kind: 'follow-up',
        state: 'needs_review',
      });
      await buildMessageReason(app, { messageId: draft.id });
      await app.db.query('UPDATE enrollment SET next_at = NULL WHERE id = $1', [sent.enrollmentId]);
      const taken = await hand(mail({ headers: ANSWERING, text: 'I am at the sea.' }));
      await plan();
      await compose();
      await plan();
      expect(await row(app.db, 'SELECT state FROM message WHERE id = $1', [draft.id])).toEqual({ state: 'cancelled' }); // prettier-ignore
      await correct(taken['id'], { kind: 'other' });
      app.clock.set(new Date(Date.parse(NOW) + 20 * DAY));
      await plan();
      expect(await enrollment()).toMatchObject({ state: 'active', nextStepId: next.id });
      const steps = await rows(app.db, `SELECT state, enrollment_id FROM message WHERE step_id = $1 ORDER BY id`, [next.id]); // prettier-ignore
      expect(steps[0]).toEqual({ state: 'cancelled', enrollmentId: null });
    });

    it('waits for a draft that was not cancelled yet, and writes no second one beside it', async () => {
      const draft = await buildMessage(app, { contactId: sent.contactId, mailboxId, enrollmentId: sent.enrollmentId, stepId: next.id, kind: 'follow-up', state: 'needs_review' }); // prettier-ignore
      const taken = await hand(mail({ headers: ANSWERING, text: 'I am at the sea.' }));
      await plan();
      await correct(taken['id'], { kind: 'other' });
      await plan();
      expect(await enrollment()).toEqual({
        state: 'active',
        why: null,
        nextAt: null,
        nextStepId: draft.stepId,
      });
    });

    it('of an absence that was none looks again at once', async () => {
      const taken = await hand(mail({ headers: [...ANSWERING, 'Auto-Submitted: auto-replied'], text: 'I am away and back on 11 January 2027.' })); // prettier-ignore
      await plan();
      expect((await enrollment())?.nextAt?.getTime()).toBeGreaterThan(Date.parse('2027-01-11'));
      await correct(taken['id'], { kind: 'other' });
      await plan();
      expect((await enrollment())?.nextAt?.getTime() ?? 0).toBeLessThan(Date.parse('2027-01-01'));
    });
  });

  it('keeps no raw mail of strangers, and forgets their words when they are no news any more', async () => {
    const stranger = await hand(mail({ from: 'x@example.net', text: 'My diagnosis came.' }));
    await hand(mail({ from: 'n@example.net', headers: ['List-Id: <n.example.net>'], text: 'Buy now' }));
    await hand(mail({ headers: ANSWERING }));
    const kept = () => rows(app.db, `SELECT i.from_address, b.text, b.raw IS NOT NULL AS raw, i.detail <> '{}' AS detail FROM inbound i JOIN inbound_body b ON b.inbound_id = i.id ORDER BY i.id`); // prettier-ignore
    const known = {
      fromAddress: 'grace@example.com',
      text: 'Hello, thank you for your mail.',
      raw: true,
      detail: true,
    };
    expect(await kept()).toEqual([
      { fromAddress: 'x@example.net', text: 'My diagnosis came.', raw: false, detail: true },
      { fromAddress: 'n@example.net', text: '', raw: false, detail: true },
      known,
    ]);
    expect(await forgetStrangers(app.db, new Date(Date.parse(NOW) + 29 * DAY))).toBe(0);
    expect(await forgetStrangers(app.db, new Date(Date.parse(NOW) + 31 * DAY))).toBe(2);
    const nothing = { fromAddress: null, text: '', raw: false, detail: false };
    expect(await kept()).toEqual([nothing, nothing, known]);
    expect(stranger['contactId']).toBeNull();
  });

  it('alarms: who asked to stop, what is paused or deaf, and what may have gone, until it is over', async () => {
    const alarms = async () => (await app.http.get('/alarms').expect(200)).body.items as { kind: string; text: string }[]; // prettier-ignore
    expect(await alarms()).toEqual([]);
    const stop = await hand(mail({ headers: ANSWERING, text: 'Please do not write to me again.' }));
    await app.db.query(`UPDATE mailbox SET state = 'paused', paused_why = 'the password was refused', imap_host = 'imap.example.org', listen_why = 'cannot sign in' WHERE id = $1`, [mailboxId]); // prettier-ignore
    await buildMessage(app, { state: 'unknown' });
    expect(await alarms()).toEqual([
      expect.objectContaining({ kind: 'opt-out', text: expect.stringContaining('Grace Hop') }),
      expect.objectContaining({ kind: 'mailbox', text: expect.stringContaining('the password was refused') }),
      expect.objectContaining({ kind: 'deaf', text: expect.stringContaining('cannot sign in') }),
      expect.objectContaining({ kind: 'unknown', text: expect.stringMatching(/^1 /) }),
    ]);
    await app.http.post(`/inbound/${String(stop['id'])}/seen`).expect(204);
    await app.db.query(`UPDATE mailbox SET state = 'active', listen_why = NULL WHERE id = $1`, [mailboxId]);
    expect((await alarms()).map(({ kind }) => kind)).toEqual(['unknown']);
  });

  it('alarms at once, and once, when the key of passwords is lost, with what brings them back', async () => {
    const alarms = async () => (await app.http.get('/alarms').expect(200)).body.items as { kind: string; text: string; command: string }[]; // prettier-ignore
    const seal = (column: SealedColumn, id: string, key: Buffer) =>
      app.db.query(`UPDATE mailbox SET ${column} = $2 WHERE id = $1`, [
        id,
        sealSecret('x', key, sealedFor(column, id)),
      ]);
    const { secretKey } = app.nest.get<Config>(CONFIG);
    const other = await buildMailbox(app, { address: 'bea@example.org', auth: 'oauth2' });
    await seal('password_sealed', mailboxId, secretKey);
    expect(await alarms()).toEqual([]);
    // What comes of it is not said beside it.
    await app.db.query(
      `UPDATE mailbox SET state = 'paused', listen_why = 'x', imap_host = 'imap.example.org' WHERE kind = 'smtp'`,
    );
    const lost = Buffer.alloc(32, 9);
    await seal('password_sealed', mailboxId, lost);
    await seal('imap_password_sealed', mailboxId, lost);
    await seal('oauth_sealed', other.id, lost);
    expect((await alarms()).map(({ kind }) => kind)).toEqual(['key']);
    expect((await alarms())[0]).toMatchObject({
      text: expect.stringMatching(/ada@example\.org, bea@example\.org.*bring SECRET_KEY/) as string,
      command: 'mailbox edit ada@example.org --password',
    });
    await seal('password_sealed', mailboxId, secretKey);
    await app.db.query('UPDATE mailbox SET imap_password_sealed = NULL');
    expect((await alarms()).map(({ kind, command }) => [kind, command])).toEqual([
      ['key', 'mailbox sign-in bea@example.org'],
      ['mailbox', 'mailbox test ada@example.org'],
      ['deaf', 'mailbox test ada@example.org'],
    ]);
  });

  it('a mail by hand asks whether it kept what was promised, until it is said, and for three days', async () => {
    const alarms = async () => (await app.http.get('/alarms').expect(200)).body.items as { kind: string; text: string }[]; // prettier-ignore
    const { contactId } = sent;
    const promise = await buildPromise(app, { contactId, createdAt: new Date(Date.parse(NOW) - 5 * DAY) });
    await buildPromise(app, { text: 'introduce you' });
    expect(await alarms()).toEqual([]);
    const byHand = { contactId, kind: 'mail-by-hand', sourceKind: 'sent-mail' } as const;
    await buildInteraction(app, { ...byHand, at: new Date(Date.parse(NOW) - 6 * DAY) });
    await buildInteraction(app, { ...byHand, at: new Date(Date.parse(NOW) - 4 * DAY) });
    expect(await alarms()).toEqual([]);
    await buildInteraction(app, { ...byHand, at: new Date(Date.parse(NOW) - DAY) });
    expect(await alarms()).toEqual([
      {
        kind: 'promise',
        text: 'You wrote to Grace Hop yourself: did that keep your promise to send you the slides?',
        command: `keep ${promise.id.slice(-8)}`,
      },
    ]);
    await app.db.query(`UPDATE promise SET kept_at = $2 WHERE id = $1`, [promise.id, NOW]);
    expect(await alarms()).toEqual([]);
  });

  it('alarms when more than one in ten of a week’s mails come back, and there are five', async () => {
    for (let n = 0; n < 5; n += 1) {
      const id = `<storm-${n}@example.org>`;
      await buildMessage(app, { mailboxId, state: 'sent', sentAt: new Date('2026-11-25T09:00:00Z'), messageIdHeader: id, toAddress: `p${n}@example.com`, toCanonical: `p${n}@example.com` }); // prettier-ignore
      await hand(report('5.1.1', '550 5.1.1 no such user', { id, recipient: `p${n}@example.com` }));
    }
    const { body } = await app.http.get('/alarms').expect(200);
    expect(body.items).toEqual([
      expect.objectContaining({ kind: 'coming-back', text: expect.stringContaining('5 of the 6') }),
    ]);
  });
});
