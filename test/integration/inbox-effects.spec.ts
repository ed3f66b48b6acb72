import { decide } from '../../src/core/decide.js';
import { decisionRows } from '../../src/database/decision-rows.js';
import { row, rows } from '../../src/database/rows.js';
import { wayOutKey, wayOutToken } from '../../src/database/way-out.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import type { InboxNews } from '../../src/inbox/inbox.schemas.js';
import type { PositionView } from '../../src/imports/positions.schemas.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildContact,
  buildEnrollment,
  buildIdentity,
  buildInbound,
  buildMailbox,
  buildMessage,
  buildMessageReason,
  insert,
} from '../factories.js';
import { ANSWERING, OURS, complaint, mail, report } from '../mail/received.js';
import { sayPeople } from '../said-people.js';

/** A Thursday. */
const NOW = '2026-11-26T09:00:00Z';
describe('what follows from a received mail', () => {
  let app: TestApp;
  let sent: Message;
  let mailboxId: string;

  beforeEach(async () => {
    app = await startApp({ now: NOW });
    app.http.set('Followthrough-Owner', app.ownerId);
    mailboxId = (await buildMailbox(app, { address: 'ada@example.org' })).id;
    const contact = await buildContact(app, { email: 'grace@example.com', fullName: 'Grace Hop' });
    const enrollment = await buildEnrollment(app, {
      contactId: contact.id,
      mailboxId,
      startedAt: new Date('2026-11-20'),
      nextAt: new Date('2026-12-01T08:00:00Z'),
    });
    sent = await buildMessage(app, {
      contactId: contact.id,
      mailboxId,
      enrollmentId: enrollment.id,
      stepId: enrollment.nextStepId,
      state: 'sent',
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
  const enrollment = () =>
    row<{ state: string; why: string | null; nextAt: Date | null; stoppedBy: string | null }>(
      app.db,
      'SELECT state, why, next_at, stopped_by FROM enrollment WHERE id = $1',
      [sent.enrollmentId],
    );
  const suppressed = () =>
    rows(app.db, 'SELECT address, scope FROM suppression WHERE lifted_at IS NULL ORDER BY address, scope');
  const debts = () => rows(app.db, 'SELECT asks FROM reply_debt WHERE closed_at IS NULL');
  const detail = async (id: unknown) =>
    (await row<{ detail: Record<string, unknown> }>(app.db, 'SELECT detail FROM inbound WHERE id = $1', [id]))
      ?.detail;
  const identities = () =>
    rows(app.db, `SELECT canonical FROM identity WHERE contact_id = $1 ORDER BY canonical`, [sent.contactId]);
  const news = async () => (await app.http.get('/inbox').expect(200)).body as InboxNews;
  const correct = (id: unknown, body: object) => app.http.post(`/inbound/${String(id)}/class`).send(body);
  const changes = async () =>
    ((await app.http.get('/changes').expect(200)).body as { items: PositionView[] }).items;

  describe('matching', () => {
    it('is the same in whichever mailbox of the owner the answer lies', async () => {
      await buildMailbox(app, { address: 'ada.private@example.net' });
      const answer = await hand(mail({ to: 'ada.private@example.net', headers: ANSWERING }));
      expect(answer).toMatchObject({ messageId: sent.id, matchedBy: 'references' });
    });

    it('knows a mail whose Message-ID the server had replaced', async () => {
      await insert(app, 'sent_copy', { messageId: sent.id, mailboxId, messageIdHeader: '<theirs@mx.example.net>' } as never); // prettier-ignore
      const headers = ['In-Reply-To: <theirs@mx.example.net>'];
      expect(await hand(mail({ from: 'x@example.net', headers }))).toMatchObject({ messageId: sent.id });
    });

    it('knows the message that a plus-address of ours names, and no other’s', async () => {
      const tag = sent.id.replaceAll('-', '');
      const named = await hand(mail({ from: 'x@example.net', to: `ada+${tag}@example.org` }));
      expect(named).toMatchObject({ messageId: sent.id, matchedBy: 'plus-address' });
      const strange = await hand(mail({ from: 'x@example.net', to: `eve+${tag}@example.org` }));
      expect(strange).toMatchObject({ messageId: null });
    });

    it('knows a person by another address of theirs, whatever its form', async () => {
      await buildIdentity(app, {
        contactId: sent.contactId,
        value: 'hop@example.net',
        canonical: 'hop@example.net',
      });
      const fresh = await hand(mail({ from: 'G. <Hop@Example.net>', subject: 'Hello again' }));
      expect(fresh).toMatchObject({ contactId: sent.contactId, messageId: sent.id, matchedBy: 'sender' });
    });

    it('takes a colleague with the same subject into the thread, and adds no address to the person', async () => {
      const subject = 'RE: Your talk on replayable builds';
      const answer = await hand(mail({ from: 'Joan Bright <joan@example.com>', subject, text: 'I take over from here.' })); // prettier-ignore
      expect(answer).toMatchObject({
        kind: 'reply',
        contactId: sent.contactId,
        messageId: sent.id,
        matchedBy: 'subject',
      });
      expect(await detail(answer['id'])).toMatchObject({ by: 'colleague', name: 'Joan Bright' });
      expect(await identities()).toEqual([{ canonical: 'grace@example.com' }]);
      await plan();
      expect(await enrollment()).toMatchObject({ state: 'stopped', why: 'they answered' });
      const strange = await hand(mail({ from: 'Joan Bright <joan@example.net>', subject }));
      expect(strange).toMatchObject({ contactId: null });
    });

    it('notes an assistant as such', async () => {
      const text = 'Grace asked me to answer: could you call her on Monday?';
      const answer = await hand(mail({ from: 'Desk <desk@example.net>', headers: ANSWERING, text }));
      expect(await detail(answer['id'])).toMatchObject({ by: 'assistant', name: 'Desk' });
      expect(await debts()).toEqual([{ asks: [text] }]);
      expect(await identities()).toHaveLength(1);
    });

    it('leaves a report about somebody else’s address without consequence', async () => {
      const other = await hand(report('5.1.1', '550 5.1.1 no such user', { recipient: 'old@example.net' }));
      expect(other).toMatchObject({ kind: 'bounce', contactId: null });
      await plan();
      expect([await suppressed(), (await enrollment())?.state]).toEqual([[], 'active']);
      expect((await news()).unmatched).toEqual([expect.objectContaining({ id: other['id'] })]);
    });
  });

  describe('absences', () => {
    const absent = (text: string) =>
      hand(
        mail({ subject: 'Automatic reply', headers: [...ANSWERING, 'Auto-Submitted: auto-replied'], text }),
      );

    it('puts off until three working days after the return, and is never spoken of', async () => {
      await absent('I am on sick leave until 4 December 2026 and back on 7 December 2026.');
      await plan();
      expect(await enrollment()).toMatchObject({ state: 'active', nextAt: new Date('2026-12-10T07:00:00Z') });
      for (const table of ['fact', 'interaction', 'promise', 'reply_debt']) {
        expect(await rows(app.db, `SELECT 1 FROM ${table}`)).toEqual([]);
      }
      const subject = { key: 'a', contactId: sent.contactId, messageId: null, enrollmentId: sent.enrollmentId, mailboxId, toCanonical: 'grace@example.com', purpose: 'follow-up', channel: 'mail', dueAt: app.clock.now(), validUntil: null, occursOn: null, approvedBy: null } as const; // prettier-ignore
      const found = (await decisionRows(app.db, app.ownerId, [subject], app.clock.now())).get('a')!;
      expect(decide(found, app.clock.now())).toMatchObject({
        code: 'away',
        until: new Date('2026-12-10T07:00:00Z'),
      });
    });

    it('changes nothing by a confirmation that the mail came', async () => {
      const received = await absent('Thank you for your message. We have received your request #4711 and will answer shortly.'); // prettier-ignore
      expect(await detail(received['id'])).toMatchObject({ subkind: 'received' });
      const before = await enrollment();
      await plan();
      expect(await enrollment()).toEqual(before);
    });

    it('stops where they have left, and asks where they are now', async () => {
      const left = await absent(
        'I no longer work at Example Inc. Please contact Bob Example at bob@example.com.',
      );
      await plan();
      expect(await enrollment()).toMatchObject({ state: 'stopped', why: 'they read this address no longer' });
      expect(await suppressed()).toEqual([]);
      const [question] = await changes();
      expect(question).toMatchObject({ left: true, state: 'question', successor: expect.stringContaining('bob@example.com'), inboundId: left['id'] }); // prettier-ignore
      expect((await news()).notices).toEqual([expect.objectContaining({ id: left['id'], subkind: 'left' })]);
      expect(await identities()).toHaveLength(1);
    });

    it('suppresses the address that is said to be dead', async () => {
      await absent('I have left Example Inc. This mailbox is no longer monitored.');
      expect(await suppressed()).toEqual([{ address: 'grace@example.com', scope: 'everything' }]);
    });
  });

  describe('bounces', () => {
    const attempts = () =>
      rows<{ id: string; attempt: number; state: string; dueAt: Date }>(
        app.db,
        'SELECT id, attempt, state, due_at FROM message WHERE enrollment_id = $1 ORDER BY attempt',
        [sent.enrollmentId],
      );

    it('law 1: a passing reason allows one second attempt, with the reasons free again, and never two open ones', async () => {
      await buildMessageReason(app, { messageId: sent.id });
      await hand(report('4.2.2', '452 4.2.2 mailbox full'));
      await plan();
      await hand(report('4.2.2', '452 4.2.2 mailbox full'));
      await plan();
      const [, second, ...more] = await attempts();
      expect(second).toMatchObject({ attempt: 2, state: 'planned' });
      expect(second!.dueAt.getTime()).toBeGreaterThan(Date.parse('2026-11-30T23:00:00Z'));
      expect(more).toEqual([]);
      expect(await rows(app.db, 'SELECT 1 FROM message_reason WHERE released_at IS NULL')).toEqual([]);
      expect(await enrollment()).toMatchObject({ state: 'active', nextAt: null });
      const subject = { key: second!.id, contactId: sent.contactId, messageId: second!.id, enrollmentId: sent.enrollmentId, mailboxId, toCanonical: 'grace@example.com', purpose: 'first', channel: 'mail', dueAt: second!.dueAt, validUntil: null, occursOn: null, approvedBy: 'owner' } as const; // prettier-ignore
      const at = new Date('2026-12-03T09:00:00Z');
      const found = (await decisionRows(app.db, app.ownerId, [subject], at)).get(second!.id)!;
      expect(decide(found, at)).toEqual({ kind: 'send' });
    });

    it('lets the sequence wait for the owner where the second attempt comes back too', async () => {
      await hand(report('4.2.2', '452 4.2.2 mailbox full'));
      await plan();
      const [, second] = await attempts();
      await app.db.query(`UPDATE message SET state = 'sent', sent_at = now(), message_id_header = '<second@example.org>' WHERE id = $1`, [second!.id]); // prettier-ignore
      await hand(report('4.2.2', '452 4.2.2 mailbox full', { id: '<second@example.org>' }));
      await plan();
      expect(await enrollment()).toMatchObject({ state: 'paused' });
      expect(await attempts()).toHaveLength(2);
      const rates = await app.http.get('/outcomes');
      expect(rates.body.items[0]).toMatchObject({ sent: 2, arrived: 0 });
    });

    it('does nothing by a delay but show it', async () => {
      const before = await enrollment();
      const delay = await hand(report('4.4.1', '451 4.4.1 no answer from host', { action: 'delayed' }));
      await plan();
      expect(await enrollment()).toEqual(before);
      expect(await attempts()).toHaveLength(1);
      expect((await news()).notices).toEqual([expect.objectContaining({ id: delay['id'], kind: 'delay' })]);
    });

    it('tells the owner of a mail refused by policy, and suppresses nobody', async () => {
      const blocked = await hand(report('5.7.1', '550 5.7.1 message rejected as spam'));
      await plan();
      expect(await suppressed()).toEqual([]);
      expect(await enrollment()).toMatchObject({ state: 'paused' });
      expect((await news()).alarms).toEqual([
        expect.objectContaining({ id: blocked['id'], severity: 'blocked' }),
      ]);
    });
  });

  describe('wishes to stop', () => {
    beforeEach(() =>
      buildIdentity(app, {
        contactId: sent.contactId,
        value: 'hop@example.net',
        canonical: 'hop@example.net',
      }),
    );

    it('law 2: count for every address of the person', async () => {
      await hand(mail({ headers: ANSWERING, text: 'Please do not write to me again.' }));
      await plan();
      expect(await suppressed()).toEqual([
        { address: 'grace@example.com', scope: 'everything' },
        { address: 'hop@example.net', scope: 'everything' },
      ]);
      expect(await enrollment()).toMatchObject({ state: 'stopped', why: 'they asked to stop' });
    });

    it('are of their kind: congratulations alone', async () => {
      await hand(mail({ headers: ANSWERING, text: 'Please, no more birthday wishes.' }));
      await plan();
      expect(await suppressed()).toEqual([
        { address: 'grace@example.com', scope: 'congratulations' },
        { address: 'hop@example.net', scope: 'congratulations' },
      ]);
      // A human answered: this sequence stops, and another one may be begun.
      expect((await enrollment())?.state).toBe('stopped');
      const subject = { key: 'a', contactId: sent.contactId, messageId: null, enrollmentId: null, mailboxId, toCanonical: 'grace@example.com', purpose: 'follow-up', channel: 'mail', dueAt: app.clock.now(), validUntil: null, occursOn: null, approvedBy: null } as const; // prettier-ignore
      const found = (await decisionRows(app.db, app.ownerId, [subject], app.clock.now())).get('a')!;
      expect(found.heard).toEqual([]);
    });

    it('are of their kind: less often', async () => {
      await hand(mail({ headers: ANSWERING, text: 'Good to hear from you. Less often, please.' }));
      await plan();
      expect(await suppressed()).toEqual([
        { address: 'grace@example.com', scope: 'often' },
        { address: 'hop@example.net', scope: 'often' },
      ]);
    });

    it('come by mail to the address of List-Unsubscribe, from wherever', async () => {
      const token = wayOutToken(sent.id, await wayOutKey(app.db, app.ownerId));
      const out = await hand(mail({ from: 'x@example.net', subject: `unsubscribe ${token}`, text: '' }));
      expect(out).toMatchObject({ kind: 'opt-out', contactId: sent.contactId, matchedBy: 'token' });
      expect(await suppressed()).toHaveLength(3);
      const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`;
      const forged = await hand(mail({ from: 'y@example.net', subject: `unsubscribe ${wrong}`, text: '' }));
      expect(forged).toMatchObject({ contactId: null });
    });

    it('and complaints spare everything and alarm the owner', async () => {
      const came = await hand(complaint());
      expect(came).toMatchObject({ kind: 'complaint', contactId: sent.contactId });
      expect(await suppressed()).toHaveLength(2);
      expect((await news()).alarms).toEqual([expect.objectContaining({ id: came['id'], kind: 'complaint' })]);
      await app.http.post(`/inbound/${String(came['id'])}/seen`).expect(204);
      expect((await news()).alarms).toEqual([]);
    });
  });

  it('five answers past their day hold every first mail back', async () => {
    for (let n = 0; n < 5; n += 1) {
      const inbound = await buildInbound(app, { turn: null });
      await insert(app, 'reply_debt', { contactId: inbound.contactId, inboundId: inbound.id, dueOn: n === 4 ? '2026-11-26' : '2026-11-25', asks: [] } as never); // prettier-ignore
    }
    const { id, contactId, mailboxId: box } = await buildMessage(app);
    const subject = { key: id, contactId, messageId: id, enrollmentId: null, mailboxId: box, toCanonical: 'x@example.com', purpose: 'first', channel: 'mail', dueAt: app.clock.now(), validUntil: null, occursOn: null, approvedBy: 'owner' } as const; // prettier-ignore
    const decided = async (now: Date) =>
      decide((await decisionRows(app.db, app.ownerId, [subject], now)).get(id)!, now);
    expect(await decided(app.clock.now())).toEqual({ kind: 'send' });
    expect(await decided(new Date('2026-11-27T09:00:00Z'))).toMatchObject({
      code: 'debts',
      why: expect.stringContaining('you owe 5 answers'),
    });
  });

  describe('signatures', () => {
    const signed = ['Thank you!', '', '-- ', 'Mira Sokolova', 'Head of Engineering', 'Analytical Ltd', '+49 151 23456789'].join('\r\n'); // prettier-ignore
    let mira: string;
    beforeEach(async () => {
      const { ids } = await sayPeople(app, [{ name: 'Mira Sokolova', emails: ['mira@example.com'], company: 'Beta GmbH', title: 'Engineer' }]); // prettier-ignore
      mira = ids[0]!;
    });
    const contact = () =>
      row(app.db, `SELECT company, title, ARRAY (SELECT value FROM identity WHERE contact_id = c.id ORDER BY value) AS known FROM contact c WHERE id = $1`, [mira]); // prettier-ignore

    it('are asked about once and change nothing by themselves', async () => {
      await hand(mail({ from: 'Mira Sokolova <mira@example.com>', text: signed }));
      await hand(mail({ from: 'Mira Sokolova <mira@example.com>', text: signed }));
      expect(await changes()).toEqual([
        expect.objectContaining({ before: { company: 'Beta GmbH', title: 'Engineer' }, after: { company: 'Analytical Ltd', title: 'Head of Engineering' }, phone: '+4915123456789', state: 'question' }), // prettier-ignore
      ]);
      expect(await contact()).toEqual({
        company: 'Beta GmbH',
        title: 'Engineer',
        known: ['mira@example.com'],
      });
    });

    it('become what is known with the owner’s yes, and cease to with their no', async () => {
      await hand(mail({ from: 'Mira Sokolova <mira@example.com>', text: signed }));
      const [question] = await changes();
      await app.http.post(`/changes/${question!.id}`).send({ answer: 'yes' }).expect(200);
      expect(await contact()).toEqual({ company: 'Analytical Ltd', title: 'Head of Engineering', known: ['+4915123456789', 'mira@example.com'] }); // prettier-ignore
      await app.http.post(`/changes/${question!.id}`).send({ answer: 'no' }).expect(200);
      expect(await contact()).toEqual({
        company: 'Beta GmbH',
        title: 'Engineer',
        known: ['mira@example.com'],
      });
    });

    it('of a farewell: the new address is theirs with the owner’s yes, and the old one is spared', async () => {
      const text = 'I have left Beta GmbH. You can reach me at mira@example.net from now on.';
      await hand(
        mail({ from: 'Mira Sokolova <mira@example.com>', headers: ['Auto-Submitted: auto-replied'], text }),
      );
      const [question] = await changes();
      expect(question).toMatchObject({ left: true, email: 'mira@example.net' });
      await app.http.post(`/changes/${question!.id}`).send({ answer: 'yes' }).expect(200);
      expect(await contact()).toEqual({
        company: null,
        title: null,
        known: ['mira@example.com', 'mira@example.net'],
      });
      expect(await suppressed()).toEqual([{ address: 'mira@example.com', scope: 'everything' }]);
      await app.http.post(`/changes/${question!.id}`).send({ answer: 'no' }).expect(200);
      expect(await suppressed()).toEqual([]);
    });
  });

  describe('the owner’s correction', () => {
    it('of an auto-reply that was an answer stops the sequences and opens the debt', async () => {
      const taken = await hand(mail({ headers: [...ANSWERING, 'Auto-Submitted: auto-replied'], text: 'I am away. Could you call me?' })); // prettier-ignore
      await plan();
      expect((await enrollment())?.state).toBe('active');
      const answer = await correct(taken['id'], { kind: 'reply' }).expect(200);
      expect(answer.body).toMatchObject({ kind: 'reply', firstKind: 'auto-reply' });
      await plan();
      expect(await enrollment()).toMatchObject({ state: 'stopped', why: 'they answered' });
      expect(await debts()).toEqual([{ asks: ['Could you call me?'] }]);
      const again = await correct(taken['id'], { kind: 'reply' }).expect(200);
      expect(again.body).toMatchObject({ effects: [], firstKind: 'auto-reply' });
      expect(await rows(app.db, `SELECT detail FROM audit WHERE what = 'inbound-corrected'`)).toHaveLength(1);
      const [listed] = (await app.http.get('/inbound')).body.items as Record<string, unknown>[];
      expect(listed).toMatchObject({ kind: 'reply', firstKind: 'auto-reply', why: expect.any(String) });
    });

    it('of an opt-out that was none lifts what this very mail suppressed, and nothing else', async () => {
      await insert(app, 'suppression', { address: 'grace@example.com', scope: 'congratulations', why: 'they asked to stop', sourceKind: 'inbound', sourceId: sent.id } as never); // prettier-ignore
      const taken = await hand(mail({ headers: ANSWERING, text: 'Please do not write to me again.' }));
      expect(await suppressed()).toHaveLength(2);
      await correct(taken['id'], { kind: 'reply' }).expect(200);
      expect(await suppressed()).toEqual([{ address: 'grace@example.com', scope: 'congratulations' }]);
      await plan();
      expect((await enrollment())?.state).toBe('stopped');
    });

    it('of an answer that was a machine’s closes the debt and lets the sequence go on', async () => {
      const taken = await hand(mail({ headers: ANSWERING, text: 'I am at the sea. Who is this?' }));
      await plan();
      expect(await enrollment()).toMatchObject({ state: 'stopped', stoppedBy: taken['id'] });
      await correct(taken['id'], { kind: 'auto-reply', returnOn: '2026-12-07' }).expect(200);
      expect(await debts()).toEqual([]);
      await plan();
      expect(await enrollment()).toMatchObject({ state: 'active', stoppedBy: null, nextAt: new Date('2026-12-10T07:00:00Z') }); // prettier-ignore
    });

    it('law 1: of a bounce that was none takes the second attempt back', async () => {
      const taken = await hand(report('4.2.2', '452 4.2.2 mailbox full'));
      await plan();
      await correct(taken['id'], { kind: 'other' }).expect(200);
      await plan();
      await app.run('compose');
      const state = await row(app.db, 'SELECT state, why_code FROM message WHERE attempt = 2', []);
      expect(state).toEqual({ state: 'cancelled', whyCode: 'greeted' });
    });

    it('lets nothing go on that another mail stops', async () => {
      const taken = await hand(mail({ headers: ANSWERING, text: 'Who is this?' }));
      await hand(mail({ headers: ANSWERING, text: 'Ah, now I know. Thanks!' }));
      await plan();
      await correct(taken['id'], { kind: 'auto-reply' }).expect(200);
      await plan();
      expect((await enrollment())?.state).toBe('stopped');
    });

    it('gives a mail that could not be matched to a person, and never one person’s to another', async () => {
      const taken = await hand(
        mail({ from: 'Somebody <some@example.net>', text: 'Could you send me the slides?' }),
      );
      expect((await news()).unmatched).toEqual([expect.objectContaining({ id: taken['id'] })]);
      await correct(taken['id'], { kind: 'reply', contactId: sent.contactId }).expect(200);
      await plan();
      expect((await enrollment())?.state).toBe('stopped');
      expect(await debts()).toHaveLength(1);
      expect(await identities()).toHaveLength(1);
      const other = await buildContact(app);
      await correct(taken['id'], { kind: 'reply', contactId: other.id }).expect(409);
    });

    it('is refused where it makes no sense', async () => {
      const taken = await hand(mail({ headers: ANSWERING }));
      await correct(taken['id'], { kind: 'nonsense' }).expect(400);
      await correct(taken['id'], { kind: 'bounce' }).expect(400);
      await correct(sent.id, { kind: 'reply' }).expect(404);
    });
  });
});
