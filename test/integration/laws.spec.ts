import { MailboxesService } from '../../src/accounts/mailboxes.service.js';
import type { DraftView } from '../../src/composing/composing.schemas.js';
import { appendSuppression, lockPersons } from '../../src/database/append.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { affected, row, rows } from '../../src/database/rows.js';
import { claimDue, sweepLeases } from '../../src/delivery/claim.js';
import { lookAndMark } from '../../src/delivery/last-look.js';
import { settleAll } from '../../src/delivery/settle.js';
import { tickJobs } from '../../src/queue/jobs.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildApproved,
  buildContact,
  buildEnrollment,
  buildEvent,
  buildFact,
  buildIdentity,
  buildInbound,
  buildInteraction,
  buildMessage,
  buildMessageReason,
  buildStep,
} from '../factories.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

/** Monday 10:00 in Berlin; DevConf ended on the Friday before. */
const MONDAY = '2026-11-23T09:00:00Z';
const WEDNESDAY = '2026-11-25T09:00:00Z';

/** The laws of the design page, each through all the rooms, told by somebody who wants them broken. */
describe('the laws', () => {
  let app: TestApp;
  let server: ScriptedSmtp;
  let mailboxId: string;
  let eventId: string;

  beforeEach(async () => {
    app = await startApp({ now: MONDAY, overrides: { SEND_LEASE_SECONDS: '5', SMTP_TIMEOUT_SECONDS: '2' } });
    server = await startScriptedSmtp();
    mailboxId = await connectMailbox();
    eventId = (await buildEvent(app, { name: 'DevConf' })).id;
  });
  afterEach(async () => {
    await app.close();
    await server.close();
  });

  const connectMailbox = async (): Promise<string> => {
    const { port } = server.settings;
    const added = await app
      .get(MailboxesService)
      .add(app.ownerId, { address: 'ada@example.org', host: '127.0.0.1', port, tls: 'none' });
    return added.id;
  };
  const to = (instant: string) => app.clock.set(new Date(instant));
  const run = (job: (typeof tickJobs)[number]) => app.run(job);
  const mails = () => server.received.map(({ to: all }) => all.join());
  const raw = () => server.received.map((one) => one.raw.replace(/=\r\n/g, '')).join('\n');
  const now = async (id: string): Promise<Message> =>
    (await row<Message>(app.db, 'SELECT * FROM message WHERE id = $1', [id]))!;
  const messagesOf = (contactId: string) =>
    rows<Message>(app.db, 'SELECT * FROM message WHERE contact_id = $1 ORDER BY id', [contactId]);

  /** POST /contacts: somebody in Berlin. */
  async function person(name: string, more: object = {}): Promise<{ id: string; email: string }> {
    const email = `${name.toLowerCase()}@example.com`;
    const answer = await app.http
      .post('/contacts')
      .send({ fullName: `${name} Roe`, givenName: name, emails: [email], zone: 'Europe/Berlin', ...more })
      .expect(201);
    return { id: (answer.body as { id: string }).id, email };
  }

  /** The debrief: met, with a line; told how many, agreed, and drafted. */
  async function meet(contactIds: string[], lines: (string | undefined)[], event = eventId): Promise<void> {
    const decisions = contactIds.map((contactId, index) => ({
      contactId,
      decision: 'write',
      met: true,
      line: lines[index],
    }));
    await app.http.post(`/events/${event}/debrief`).send({ decisions }).expect(ok);
    await app.http.post(`/events/${event}/debrief/confirm`).send({ expect: contactIds.length }).expect(ok);
    await app.drain();
  }

  const ok = (answer: { status: number; body: unknown }): void => {
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  };

  async function draftOf(contactId: string): Promise<DraftView> {
    const { body } = await app.http.get('/drafts?limit=200').expect(200);
    const found = (body as { items: DraftView[] }).items.find((draft) => draft.contactId === contactId);
    if (!found) throw new Error('there is no draft');
    return found;
  }

  const approve = ({ id, version }: { id: string; version: number }) =>
    app.http.post(`/drafts/${id}/approve`).set('If-Match', `"${version}"`);

  /** Met, drafted, and approved on Monday; leaves on Tuesday at the latest. */
  async function approvedFirst(name: string, line = `asked: why ${name} rehearses migrations`) {
    const somebody = await person(name);
    await meet([somebody.id], [line]);
    const draft = await draftOf(somebody.id);
    await approve(draft).expect(ok);
    // Nothing leaves while a test prepares what should hold it back.
    await affected(app.db, `UPDATE message SET next_at = $2, due_at = $2, state = 'approved' WHERE id = $1`, [
      draft.id,
      new Date('2026-11-24T09:00:00Z'),
    ]);
    return { ...somebody, draft };
  }

  const hand = (headers: string[], text: string) =>
    app.http
      .post('/inbound')
      .set('Content-Type', 'message/rfc822')
      .send(
        Buffer.from(
          [
            ...headers,
            'To: Ada <ada@example.org>',
            `Message-ID: <${Math.random().toString(36).slice(2)}@example.com>`,
            'Date: Mon, 23 Nov 2026 09:00:00 +0000',
            'MIME-Version: 1.0',
            'Content-Type: text/plain; charset=utf-8',
            '',
            text,
          ].join('\r\n'),
        ),
      )
      .expect(201);
  const answerFrom = (email: string, text = 'Thank you, that was kind of you!') =>
    hand([`From: <${email}>`, 'Subject: Re: After DevConf'], text);

  const edit = async (contactId: string, body: object): Promise<void> => {
    const { version } = (await app.http.get(`/contacts/${contactId}`).expect(200)).body as {
      version: number;
    };
    await app.http.patch(`/contacts/${contactId}`).set('If-Match', `"${version}"`).send(body).expect(ok);
  };

  const merge = (from: string, into: string) =>
    affected(app.db, `UPDATE contact SET merged_into = $2 WHERE id = $1`, [from, into]);

  describe('law 1: nothing goes out twice', () => {
    it('law 1: a yes said twice at once is one yes, and one mail', async () => {
      const somebody = await person('Grace');
      await meet([somebody.id], ['asked: why we rehearse migrations']);
      const draft = await draftOf(somebody.id);
      const answers = await Promise.all([approve(draft), approve(draft), approve(draft)]);
      expect(answers.map(({ status }) => status).filter((status) => status < 300)).toHaveLength(1);
      to(WEDNESDAY);
      await Promise.all([run('deliver'), run('deliver'), run('deliver')]);
      await app.drain();
      expect(mails()).toEqual([somebody.email]);
    });

    it('law 1: a mail taken back at the moment it is claimed is either cancelled or sent, never both', async () => {
      for (const name of ['Ann', 'Bea', 'Cleo']) {
        const { draft } = await approvedFirst(name, `asked: why ${name} keeps bees`);
        to('2026-11-24T09:00:00Z');
        const before = mails().length;
        const withdraw = app.http.post(`/messages/${draft.id}/withdraw`);
        const [answer] = await Promise.all([withdraw, run('deliver')]);
        await app.drain();
        const { state } = await now(draft.id);
        expect(state).toBe(answer.status < 300 ? 'cancelled' : 'sent');
        expect(mails().length - before).toBe(answer.status < 300 ? 0 : 1);
        to(MONDAY);
      }
    });

    it('law 1: a second event greets nobody as new again', async () => {
      const { id, email } = await approvedFirst('Grace');
      to(WEDNESDAY);
      await app.drain();
      expect(mails()).toEqual([email]);
      to('2026-12-07T09:00:00Z');
      const second = await buildEvent(app, { name: 'OpsDays', startsOn: '2026-12-02', endsOn: '2026-12-04' });
      await meet([id], ['said: you moved to the harbour'], second.id);
      await app.drain();
      const kinds = (await messagesOf(id)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'first')).toHaveLength(1);
      expect(await rows(app.db, `SELECT 1 FROM enrollment`)).toHaveLength(1);
    });

    it('law 1: two contacts who turn out to be one person are greeted once', async () => {
      const one = await approvedFirst('Grace');
      const two = await approvedFirst('Gracie', 'asked: why bees swarm');
      await merge(two.id, one.id);
      for (const day of ['2026-11-24', '2026-11-27', '2026-12-01', '2026-12-04']) {
        to(`${day}T09:00:00Z`);
        await run('deliver');
      }
      expect(mails()).toHaveLength(1);
    });

    it('law 1: the same step of two contacts who are one person is said once', async () => {
      const step = await buildStep(app, { kind: 'follow-up' });
      const both = [];
      for (const name of ['Grace', 'Gracie']) {
        const { id } = await person(name);
        const { sequenceId } = step;
        const enrollment = await buildEnrollment(app, {
          contactId: id,
          sequenceId,
          nextStepId: step.id,
          nextAt: null,
          mailboxId,
        });
        await buildApproved(app, {
          contactId: id,
          enrollmentId: enrollment.id,
          stepId: step.id,
          mailboxId,
          kind: 'follow-up',
        });
        both.push(id);
      }
      await merge(both[1]!, both[0]!);
      for (const day of ['2026-11-23', '2026-11-26', '2026-11-30']) {
        to(`${day}T09:00:00Z`);
        await run('deliver');
      }
      expect(mails()).toHaveLength(1);
    });

    it('law 1: a first step added to a running sequence does not greet again', async () => {
      const { id, email, draft } = await approvedFirst('Grace');
      const sent = await row<{ sequenceId: string; templateId: string }>(
        app.db,
        `SELECT s.sequence_id, s.template_id FROM message m JOIN step s ON s.id = m.step_id WHERE m.id = $1`,
        [draft.id],
      );
      await app.db.query(`DELETE FROM step WHERE sequence_id = $1 AND kind <> 'first'`, [sent!.sequenceId]);
      await app.http
        .post(`/sequences/${sent!.sequenceId}/steps`)
        .send({ kind: 'first', offsetDays: 3, templateId: sent!.templateId })
        .expect(ok);
      await app.http.post(`/contacts/${id}/facts`).send({ kind: 'said', text: 'you keep bees' }).expect(ok);
      for (const day of ['2026-11-25', '2026-11-27', '2026-11-30', '2026-12-01', '2026-12-02']) {
        to(`${day}T09:00:00Z`);
        await app.drain();
        for (const open of await rows<Message>(app.db, `SELECT * FROM message WHERE state = 'needs_review'`))
          await approve(open);
        await app.drain();
      }
      expect(mails()).toEqual([email]);
    });

    it('law 1: what the sandbox has taken is not sent again when a mailbox comes, and not counted', async () => {
      await app.db.query(`DELETE FROM mailbox WHERE id = $1`, [mailboxId]);
      const { id } = await approvedFirst('Grace');
      to(WEDNESDAY);
      await app.drain();
      expect(await messagesOf(id)).toMatchObject([{ state: 'sent', sandbox: true }]);
      mailboxId = await connectMailbox();
      const second = await buildEvent(app, { name: 'OpsDays', startsOn: '2026-11-24', endsOn: '2026-11-24' });
      await meet([id], ['said: you moved'], second.id);
      for (const day of ['2026-11-30', '2026-12-07', '2026-12-14']) {
        to(`${day}T09:00:00Z`);
        await app.drain();
      }
      expect(mails()).toEqual([]);
      const { body } = await app.http.get('/outcomes').expect(200);
      expect((body as { items: { sent: number }[] }).items).toMatchObject([{ sent: 0 }]);
    });

    it('law 1: who waits in the sandbox untaken moves to the mailbox that comes; what was approved there stays', async () => {
      await app.db.query(`DELETE FROM mailbox WHERE id = $1`, [mailboxId]);
      const rehearsed = await approvedFirst('Grace');
      const waiting = await person('Ada');
      await meet([waiting.id], ['asked: who keeps the books']);
      const draft = await draftOf(waiting.id);
      mailboxId = await connectMailbox();
      await app.drain();
      // Read again, for the yes: only the mailbox has changed, not the words.
      await approve(await draftOf(waiting.id)).expect(ok);
      to(WEDNESDAY);
      await app.drain();
      expect(mails()).toEqual([waiting.email]);
      expect(await now(draft.id)).toMatchObject({ state: 'sent', sandbox: false, mailboxId });
      expect(await messagesOf(rehearsed.id)).toMatchObject([{ state: 'sent', sandbox: true }]);
    });

    it('law 1: a 250 that comes after the owner said "not sent" still counts', async () => {
      const { draft } = await approvedFirst('Grace');
      to(WEDNESDAY);
      const claim = { mailboxId, now: app.clock.now(), limit: 1, leaseSeconds: 20 };
      const [claimed] = await claimDue(app.db, claim);
      const header = { messageId: `<${draft.id}@example.org>`, inReplyTo: null, references: [] };
      // Frozen past a lease of nothing: it is marked, and this worker may not send it.
      const looks = await lookAndMark(app.db, [{ claimed: claimed!, header }], {
        now: app.clock.now(),
        leaseSeconds: 0,
      });
      expect(looks).toEqual([{ kind: 'lost' }]);
      expect((await now(draft.id)).state).toBe('sending');
      await sweepLeases(app.db, app.clock.now());
      await app.http.post(`/messages/${draft.id}/settle`).send({ was: 'not-sent' }).expect(ok);
      const end = { to: 'sent' as const, why: null, whyCode: null, sentAt: app.clock.now() };
      const settled = await settleAll(app.db, [{ claimed: claimed!, end }], app.clock.now());
      expect(settled).toEqual(new Set([draft.id]));
      await run('deliver');
      expect(mails()).toEqual([]);
      expect((await now(draft.id)).state).toBe('sent');
    });
  });

  describe('law 2: stop means stop', () => {
    it.each([
      ['an answer', (email: string) => answerFrom(email)],
      ['an opt-out', (email: string) => answerFrom(email, 'no more')],
      ['"do not contact"', (_: string, id: string) => edit(id, { doNotContact: true })],
      ['stop everything', () => app.http.post('/stop').expect(ok)],
      [
        'a suppression',
        (email: string) =>
          app.http
            .post('/suppressions')
            .send({ address: email, scope: 'everything', why: 'asked' })
            .expect(ok),
      ],
    ])('law 2: nothing leaves after %s, though it was approved and no planner has run', async (_, stop) => {
      const { id, email } = await approvedFirst('Grace');
      await stop(email, id);
      to(WEDNESDAY);
      await run('deliver');
      await app.drain();
      to('2026-12-02T09:00:00Z');
      await app.drain();
      expect(mails()).toEqual([]);
    });

    it('law 2: an answer heard by a clock that was set back stops all the same', async () => {
      const { email } = await approvedFirst('Grace');
      to('2026-11-23T08:00:00Z');
      await answerFrom(email);
      const [debt] = await rows<{ id: string }>(app.db, `SELECT id FROM reply_debt`);
      await app.http.post(`/debts/${debt!.id}/close`).send({ how: 'needs-none' }).expect(ok);
      to(WEDNESDAY);
      await run('deliver');
      expect(mails()).toEqual([]);
    });

    it('law 2: an answer in the same moment as the yes wins, whoever comes first', async () => {
      const somebody = await person('Grace');
      await meet([somebody.id], ['asked: why we rehearse migrations']);
      const draft = await draftOf(somebody.id);
      to(WEDNESDAY);
      await Promise.all([approve(draft), answerFrom(somebody.email)]);
      await run('deliver');
      await app.drain();
      expect(mails()).toEqual([]);
    });

    it('law 2: what was approved before an answer does not leave when a second event takes the person up again', async () => {
      const { id, email, draft } = await approvedFirst('Grace');
      await affected(app.db, `UPDATE message SET next_at = $2, due_at = $2 WHERE id = $1`, [
        draft.id,
        new Date('2026-11-26T09:00:00Z'),
      ]);
      to('2026-11-24T09:00:00Z');
      await answerFrom(email);
      await app.drain();
      const [debt] = await rows<{ id: string }>(app.db, `SELECT id FROM reply_debt`);
      await app.http.post(`/debts/${debt!.id}/close`).send({ how: 'needs-none' }).expect(ok);
      to('2026-11-25T09:00:00Z');
      const second = await buildEvent(app, { name: 'OpsDays', startsOn: '2026-11-24', endsOn: '2026-11-24' });
      await meet([id], ['said: you moved to the harbour'], second.id);
      to('2026-11-26T09:00:00Z');
      await run('deliver');
      expect(mails()).toEqual([]);
      expect((await now(draft.id)).state).toBe('cancelled');
      await app.drain();
      // The new run goes on; the old message does not end it.
      expect(await rows(app.db, `SELECT state FROM enrollment`)).toEqual([{ state: 'active' }]);
    });

    it('law 2: who asked to stop from one address gets no wish at the other', async () => {
      const { id } = await person('Grace');
      await buildIdentity(app, { contactId: id, value: 'grace@example.net' });
      const wish = await buildMessage(app, {
        contactId: id,
        kind: 'birthday',
        subjectKey: 'birthday',
        occursOn: '2026-11-24',
        mailboxId,
        state: 'approved',
        approvedBy: 'owner',
        toAddress: 'grace@example.net',
        toCanonical: 'grace@example.net',
        text: 'Happy birthday',
      });
      await edit(id, { birthday: '--11-24' });
      await answerFrom('grace@example.com', 'no more');
      to('2026-11-24T09:00:00Z');
      await run('deliver');
      expect(mails()).toEqual([]);
      expect(await now(wish.id)).toMatchObject({ state: 'cancelled', whyCode: 'opt-out' });
    });

    it('law 2: "do not contact" holds for the address, whoever else is known by it', async () => {
      const { id, email } = await approvedFirst('Grace');
      const other = await person('Greta');
      await buildIdentity(app, { contactId: other.id, value: email, shared: true });
      await edit(other.id, { doNotContact: true });
      to(WEDNESDAY);
      await run('deliver');
      expect(mails()).toEqual([]);
      expect(await messagesOf(id)).toMatchObject([{ state: 'cancelled', whyCode: 'do-not-contact' }]);
    });

    it('law 2: where the only address is one that must not be written to, the step is a task', async () => {
      const { id, email } = await person('Grace');
      const other = await person('Greta');
      await buildIdentity(app, { contactId: other.id, value: email, shared: true });
      await edit(other.id, { doNotContact: true });
      await meet([id], ['asked: why we rehearse migrations']);
      expect(await messagesOf(id)).toMatchObject([{ channel: 'task', toAddress: null }]);
    });

    it('law 2: a stop for an address of a merged contact waits for the mark that holds the person', async () => {
      const one = await person('Grace');
      const two = await person('Gracie');
      await merge(two.id, one.id);
      await app.db.transaction(async (mark) => {
        await lockPersons(mark, app.ownerId, [two.id]);
        const stop = app.db.transaction(async (tx) => {
          await tx.query(`SET LOCAL lock_timeout = '200ms'`);
          await appendSuppression(tx, {
            ownerId: app.ownerId,
            address: two.email,
            scope: 'everything',
            why: 'asked',
            at: app.clock.now(),
            sourceKind: 'owner',
            sourceId: null,
          });
        });
        await expect(stop).rejects.toThrow(/lock timeout/);
      });
    });

    it('law 2: an answer the owner wrote by hand waits for the mark that holds the person', async () => {
      const { id, email } = await person('Grace');
      await answerFrom(email);
      const [debt] = await rows<{ id: string }>(app.db, `SELECT id FROM reply_debt`);
      let closed = false;
      let closing: Promise<unknown> = Promise.resolve();
      await app.db.transaction(async (mark) => {
        await lockPersons(mark, app.ownerId, [id]);
        closing = app.http
          .post(`/debts/${debt!.id}/close`)
          .send({ how: 'answered' })
          .then(() => (closed = true));
        for (let look = 0; look < 20 && !closed; look++) await mark.query('SELECT pg_sleep(0.02)');
        expect(closed).toBe(false);
      });
      await closing;
      expect(closed).toBe(true);
    });
  });

  describe('law 3: reason or silence', () => {
    it('law 3: without a particular nothing is drafted, and the owner is asked for one line', async () => {
      const { id } = await person('Grace');
      await meet([id], [undefined]);
      expect(await draftOf(id)).toMatchObject({ state: 'withheld', whyCode: 'no-particular' });
      to(WEDNESDAY);
      await app.drain();
      expect(mails()).toEqual([]);
    });

    it('law 3: one reason stands in one mail; with no other there is no follow-up', async () => {
      const { id, email } = await approvedFirst('Grace');
      for (const day of [
        '2026-11-25',
        '2026-12-01',
        '2026-12-02',
        '2026-12-03',
        '2026-12-10',
        '2026-12-21',
      ]) {
        to(`${day}T09:00:00Z`);
        await app.drain();
      }
      expect(mails()).toEqual([email]);
      expect(await messagesOf(id)).toHaveLength(1);
      expect(
        await rows(app.db, `SELECT 1 FROM message_reason WHERE released_at IS NULL AND kind = 'fact'`),
      ).toHaveLength(1);
    });
  });

  describe('law 4: nothing is invented', () => {
    const leave = async (): Promise<void> => {
      to('2026-11-24T09:00:00Z');
      await run('deliver');
    };

    it('law 4: no mail says "good to meet you" once the owner has taken the meeting back', async () => {
      const { id, draft } = await approvedFirst('Grace');
      expect(draft.text).toMatch(/good to meet you/);
      await app.http
        .post(`/events/${eventId}/debrief`)
        .send({ decisions: [{ contactId: id, decision: 'write', met: false }] })
        .expect(ok);
      await leave();
      expect(mails()).toEqual([]);
      await app.drain();
      const anew = await draftOf(id);
      expect(anew.text).not.toMatch(/meet/);
    });

    it('law 4: a draft that the owner has read goes back when the meeting was taken back meanwhile', async () => {
      const { id } = await person('Grace');
      await meet([id], ['asked: why we rehearse migrations']);
      const draft = await draftOf(id);
      await app.http
        .post(`/events/${eventId}/debrief`)
        .send({ decisions: [{ contactId: id, decision: 'write', met: false }] })
        .expect(ok);
      await approve(draft).expect(409);
    });

    it('law 4: nobody is called by a name that was corrected after the yes', async () => {
      const { id } = await approvedFirst('Jon');
      await edit(id, { givenName: 'John' });
      await leave();
      expect(mails()).toEqual([]);
      await app.drain();
      expect((await draftOf(id)).text).toMatch(/^Hi John,/);
    });

    it('law 4: a merged contact is addressed by the name of the person', async () => {
      const one = await person('Grace');
      const two = await approvedFirst('Gracy');
      await merge(two.id, one.id);
      await leave();
      await app.drain();
      await approve(await draftOf(two.id).catch(() => draftOf(one.id))).expect(ok);
      await run('deliver');
      expect(mails()).toEqual([two.email]);
      expect(raw()).toMatch(/^To: "?Grace Roe"? </m);
      expect(raw()).toContain('Hi Grace,');
    });

    it('law 4: no mail names the event by a name it no longer has', async () => {
      const { id } = await approvedFirst('Grace');
      await app.http.patch(`/events/${eventId}`).set('If-Match', '"1"').send({ name: 'DevCon' }).expect(ok);
      await leave();
      expect(mails()).toEqual([]);
      await app.drain();
      expect((await draftOf(id)).text).toMatch(/DevCon last week|DevCon yesterday|DevCon this week/);
    });

    it('law 4: "last week" does not leave when the event turns out to have ended earlier', async () => {
      const { id, draft } = await approvedFirst('Grace');
      expect(draft.text).toMatch(/last week/);
      await app.http
        .patch(`/events/${eventId}`)
        .set('If-Match', '"1"')
        .send({ startsOn: '2026-11-12', endsOn: '2026-11-13' })
        .expect(ok);
      await leave();
      expect(mails()).toEqual([]);
      await app.drain();
      expect((await draftOf(id)).text).not.toMatch(/last week/);
    });

    it('law 4: a yes and an edit at once never send words that the owner did not say yes to', async () => {
      const { id } = await person('Grace');
      await meet([id], ['asked: why we rehearse migrations']);
      const draft = await draftOf(id);
      const text = `${draft.text}\n\nA line that nobody approved.`;
      const put = app.http.put(`/drafts/${draft.id}`).set('If-Match', `"${draft.version}"`).send({ text });
      const [edited, yes] = await Promise.all([put, approve(draft)]);
      expect([edited.status, yes.status].filter((status) => status < 300)).toHaveLength(1);
      to(WEDNESDAY);
      await app.drain();
      expect(raw()).not.toContain('nobody approved');
    });

    it('law 4: a follow-up does not say that news, or a word from elsewhere, comes from the event', async () => {
      const { id } = await approvedFirst('Grace');
      to(WEDNESDAY);
      await app.drain();
      await app.http
        .post(`/contacts/${id}/facts`)
        .send({ kind: 'news', text: 'your team moves to Lisbon' })
        .expect(ok);
      for (const day of ['2026-12-01', '2026-12-02']) {
        to(`${day}T09:00:00Z`);
        await app.drain();
      }
      const { text, subject } = await draftOf(id);
      expect(text).toMatch(/Lisbon/);
      expect(text).not.toMatch(/DevConf/);
      expect(subject).toBe('After DevConf');
    });

    it('law 4: no mail promises what has been kept since the yes', async () => {
      const { id } = await approvedFirst('Grace', 'promise: send you the slides by 2026-11-27');
      const { body } = await app.http.get(`/contacts/${id}/promises`).expect(200);
      const [promise] = (body as { items: { id: string }[] }).items;
      await app.http.post(`/contacts/${id}/promises/${promise!.id}/keep`).send({}).expect(ok);
      await leave();
      expect(mails()).toEqual([]);
    });

    it('law 4: a first mail held up past its two weeks asks the owner again', async () => {
      to('2026-12-02T09:00:00Z');
      const { id, draft } = await approvedFirst('Grace');
      expect(draft.text).not.toMatch(/week/);
      await affected(app.db, `UPDATE message SET next_at = $2, due_at = $2 WHERE id = $1`, [
        draft.id,
        new Date('2026-12-03T09:00:00Z'),
      ]);
      await app.db.query(`UPDATE mailbox SET state = 'paused' WHERE id = $1`, [mailboxId]);
      to('2026-12-21T09:00:00Z');
      await app.drain();
      await app.http.post(`/mailboxes/${mailboxId}/resume`).expect(ok);
      await app.drain();
      expect(mails()).toEqual([]);
      expect(await draftOf(id)).toMatchObject({ state: 'withheld', whyCode: 'late' });
    });
  });

  describe('law 5: what is owed comes first', () => {
    it('law 5: while an answer is owed, an approved nudge waits', async () => {
      const { id, email } = await person('Grace');
      await answerFrom(email, 'Could you send me the slides?');
      await app.drain();
      await meet([id], ['asked: why we rehearse migrations']);
      to(WEDNESDAY);
      await app.drain();
      expect(mails()).toEqual([]);
      expect((await messagesOf(id)).filter(({ state }) => state === 'needs_review')).toEqual([]);
    });
  });

  describe('law 6: one budget per person', () => {
    it('law 6: mail by hand, tasks and wishes share one budget of one in two days and three in fourteen', async () => {
      const { id } = await person('Grace');
      for (let count = 0; count < 6; count++) {
        const enrollment = await buildEnrollment(app, { contactId: id, nextAt: null, mailboxId });
        await buildApproved(app, { contactId: id, enrollmentId: enrollment.id, kind: 'by-hand', mailboxId });
      }
      await app.http
        .post(`/contacts/${id}/interactions`)
        .send({ kind: 'mail-by-hand', text: 'hello' })
        .expect(ok);
      const sentOn: string[] = [];
      for (let day = 0; day < 14; day++) {
        app.clock.set(new Date(new Date(MONDAY).getTime() + day * 86_400_000));
        await run('deliver');
        while (sentOn.length < mails().length) sentOn.push(app.clock.now().toISOString().slice(0, 10));
      }
      expect(sentOn).toEqual(['2026-11-25', '2026-11-27']);
    });

    it('law 6: a mail by hand counts although the clock was set back since', async () => {
      const { id } = await approvedFirst('Grace');
      to('2026-11-24T10:00:00Z');
      await buildInteraction(app, { contactId: id, kind: 'mail-by-hand' });
      to('2026-11-24T09:00:00Z');
      await run('deliver');
      expect(mails()).toEqual([]);
    });
  });

  describe("law 7: time is the contact's", () => {
    async function wish(zone: string, over: Partial<Message> = {}) {
      const { id } = await person('Grace', { zone, birthday: '1990-11-25' });
      const message = await buildMessage(app, {
        contactId: id,
        kind: 'birthday',
        subjectKey: 'birthday',
        occursOn: '2026-11-25',
        mailboxId,
        state: 'approved',
        approvedBy: 'owner',
        text: 'Happy birthday',
        ...over,
      });
      await buildMessageReason(app, {
        messageId: message.id,
        kind: 'birthday',
        refId: id,
        occurrence: '2026-11-25',
      });
      return { id, message };
    }
    /** Each hour of three days. */
    async function hours(): Promise<string[]> {
      const sent: string[] = [];
      for (let hour = 0; hour < 72; hour++) {
        app.clock.set(new Date(Date.parse('2026-11-24T00:00:00Z') + hour * 3_600_000));
        await run('deliver');
        while (sent.length < mails().length) sent.push(app.clock.now().toISOString());
      }
      return sent;
    }

    it('law 7: who has moved far west gets the wish on the day, not the day before', async () => {
      // Planned for Tokyo, 08:00 on the 25th; they turn out to live in Honolulu, where it is the 24th.
      const due = new Date('2026-11-24T23:00:00Z');
      await wish('Pacific/Honolulu', { dueAt: due, nextAt: due });
      expect(await hours()).toEqual(['2026-11-25T18:00:00.000Z']);
    });

    it('law 7: a wish for a day that is corrected does not leave on the wrong one', async () => {
      const due = new Date('2026-11-25T07:00:00Z');
      const { id, message } = await wish('Europe/Berlin', { dueAt: due, nextAt: due });
      await edit(id, { birthday: '1990-11-27' });
      expect(await hours()).toEqual([]);
      expect((await now(message.id)).state).toBe('cancelled');
    });

    it('law 7: who was wished well this year is not wished well again when the day is corrected', async () => {
      const due = new Date('2026-11-25T07:00:00Z');
      const { id } = await wish('Europe/Berlin', { dueAt: due, nextAt: due });
      await buildInbound(app, { contactId: id, turn: null, at: new Date('2026-10-01') });
      await buildInteraction(app, { contactId: id, kind: 'mail-by-hand', at: new Date('2026-10-01') });
      await edit(id, { circle: 'inner' });
      expect(await hours()).toHaveLength(1);
      await edit(id, { birthday: '1990-11-28' });
      await app.drain();
      expect(await messagesOf(id)).toHaveLength(1);
    });

    it('law 7: no mail leaves at night, on a weekend or before it is due, and the follow-up counts from the sending', async () => {
      const { id } = await person('Grace', { zone: 'America/New_York' });
      await meet([id], ['asked: why we rehearse | said: you keep bees']);
      const sent: string[] = [];
      for (let hour = 0; hour < 24 * 14; hour += 3) {
        app.clock.set(new Date(Date.parse(MONDAY) + hour * 3_600_000));
        await app.drain();
        for (const open of await rows<Message>(
          app.db,
          `SELECT * FROM message WHERE state = 'needs_review'`,
        )) {
          await approve(open);
        }
        await run('deliver');
        while (sent.length < mails().length) sent.push(app.clock.now().toISOString());
      }
      expect(sent).toHaveLength(2);
      for (const instant of sent) {
        const local = new Date(instant).toLocaleString('en-US', {
          timeZone: 'America/New_York',
          weekday: 'short',
          hour: '2-digit',
          hour12: false,
        });
        expect(local).toMatch(/^(Mon|Tue|Wed|Thu|Fri), (0[89]|1[0-6])$/);
      }
      expect(Date.parse(sent[1]!) - Date.parse(sent[0]!)).toBeGreaterThanOrEqual(6.5 * 86_400_000);
    });
  });

  it('law 10: everything is explained: what was sent, what is withheld, why, and what comes next', async () => {
    const { id } = await approvedFirst('Grace');
    const mute = await person('Mute');
    await meet([mute.id], [undefined]);
    to(WEDNESDAY);
    await app.drain();
    const sent = (await app.http.get(`/contacts/${id}/why`).expect(200)).body as {
      messages: { reasons: unknown[]; paragraphs: { sources: unknown[] }[] }[];
      next: { why: string }[];
    };
    expect(sent).toMatchObject({ messages: [{ state: 'sent', reasons: [{ kind: 'fact' }] }] });
    for (const paragraph of sent.messages[0]!.paragraphs) expect(paragraph.sources).not.toEqual([]);
    expect(sent.next[0]?.why).toMatch(/./);
    const withheld = (await app.http.get(`/contacts/${mute.id}/why`).expect(200)).body as object;
    expect(withheld).toMatchObject({ messages: [{ state: 'withheld', whyCode: 'no-particular' }] });
  });

  it('law 11: every job doubled or lost, in any order and all at once, sends each mail once', async () => {
    const people = [];
    for (const name of ['Ann', 'Bea', 'Cleo', 'Dora', 'Elsa']) people.push(await person(name));
    const ids = people.map(({ id }) => id);
    const decisions = ids.map((contactId, index) => ({
      contactId,
      decision: 'write',
      met: true,
      line: `asked: question number ${index} about bees`,
    }));
    await app.http.post(`/events/${eventId}/debrief`).send({ decisions }).expect(ok);
    const confirm = () => app.http.post(`/events/${eventId}/debrief/confirm`).send({ expect: 5 });
    await Promise.all([confirm(), confirm()]);
    const everything = () => Promise.allSettled([...tickJobs, ...tickJobs, ...tickJobs].reverse().map(run));
    for (let hour = 0; hour < 72; hour += 4) {
      app.clock.set(new Date(Date.parse(MONDAY) + hour * 3_600_000));
      await everything();
      const open = await rows<Message>(app.db, `SELECT * FROM message WHERE state = 'needs_review'`);
      await Promise.all([...open, ...open].map((draft) => approve(draft)));
      await everything();
    }
    expect(mails().sort()).toEqual(people.map(({ email }) => email).sort());
    const spent = await rows(app.db, `SELECT ref_id FROM message_reason WHERE released_at IS NULL`);
    expect(new Set(spent.map((one) => JSON.stringify(one))).size).toBe(5);
  });

  it('law 12: rates are honest: an absence is no answer, and little data makes no rate', async () => {
    const { email } = await approvedFirst('Grace');
    to(WEDNESDAY);
    await app.drain();
    const reference = `In-Reply-To: ${server.received[0]!.messageId}`;
    const outcome = async () =>
      ((await app.http.get('/outcomes?minimum=1').expect(200)).body as { items: object[] }).items[0];
    await hand(
      [`From: <${email}>`, reference, 'Auto-Submitted: auto-replied', 'Subject: Away'],
      'I am away.',
    );
    expect(await outcome()).toMatchObject({ sent: 1, arrived: 1, answered: 0 });
    await hand([`From: <${email}>`, reference, 'Subject: Re: After DevConf'], 'Thank you for writing!');
    await hand([`From: <${email}>`, reference, 'Subject: Re: After DevConf'], 'One more thing.');
    expect(await outcome()).toMatchObject({ sent: 1, answered: 1, rate: { value: 1 } });
    const { body } = await app.http.get('/outcomes').expect(200);
    expect((body as { items: object[] }).items[0]).toMatchObject({ rate: null, note: /not enough data/ });
    expect(raw()).toContain('After DevConf');
  });

  it('facts of one person never stand in the mail of another', async () => {
    const one = await person('Grace');
    const two = await person('Mary');
    await buildFact(app, { contactId: (await buildContact(app)).id, text: 'a secret of a third' });
    await meet([one.id, two.id], ['said: you keep bees', 'said: you sail']);
    expect((await draftOf(one.id)).text).toMatch(/bees/);
    expect((await draftOf(two.id)).text).not.toMatch(/bees|secret/);
  });
});
