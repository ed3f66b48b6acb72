import { setTimeout as delay } from 'node:timers/promises';
import { CONFIG, type Config } from '../../src/config.js';
import type { Mailbox } from '../../src/database/entities/owner.entity.js';
import { newId } from '../../src/database/ids.js';
import { row, rows } from '../../src/database/rows.js';
import { settleSighted } from '../../src/database/sent-copies.js';
import { IngestService } from '../../src/inbox/ingest.service.js';
import { ListenService } from '../../src/inbox/listen.service.js';
import type { ListenTimes } from '../../src/inbox/listen.types.js';
import { Log } from '../../src/log.js';
import { Clock } from '../../src/clock.js';
import { MailboxServers } from '../../src/mail/mailbox-servers.js';
import { Queue } from '../../src/queue/queue.service.js';
import { startApp, type TestApp } from '../app.js';
import { buildContact, buildEnrollment, buildMessage } from '../factories.js';
import { startCuttingProxy } from '../mail/cutting-proxy.js';
import { buildDovecotMailbox, FOLDERS, QUICK, until } from '../mail/dovecot-mailbox.js';
import { dovecotHere, sayDovecotIsMissing, startDovecot, type Dovecot } from '../mail/dovecot.js';

const DAY = 86_400_000;

interface MailParts {
  from?: string;
  to?: string;
  id?: string;
  subject?: string;
  date?: Date;
  headers?: string[];
  text?: string;
}
let made = 0;
const mail = (parts: MailParts = {}): string =>
  [`From: ${parts.from ?? 'Grace <grace@example.com>'}`, `To: ${parts.to ?? 'Ada <ada@example.org>'}`,
    `Subject: ${parts.subject ?? 'Re: A word after the conference'}`, `Message-ID: <${parts.id ?? `mail-${(made += 1)}`}@example.com>`,
    `Date: ${(parts.date ?? new Date()).toUTCString()}`, ...(parts.headers ?? []), '', parts.text ?? 'Thank you!', ''].join('\r\n'); // prettier-ignore

if (!dovecotHere) {
  sayDovecotIsMissing('listening to a mailbox');
  it.skip('skipped: no dovecot-imapd on this machine (.ci/run installs it)', () => undefined);
} else
  describe('listening to a mailbox', () => {
    let dovecot: Dovecot;
    let app: TestApp;
    let user: string;
    let mailbox: Mailbox;
    let users = 0;
    const extra: ListenService[] = [];

    beforeAll(async () => {
      dovecot = await startDovecot({ extra: FOLDERS });
    });
    afterAll(() => dovecot.stop());

    beforeEach(async () => {
      app = await startApp({ now: new Date().toISOString() });
      app.clock.set(new Date());
      app.clock.release();
      user = `user-${(users += 1)}`;
      mailbox = await addMailbox();
    });
    afterEach(async () => {
      for (const one of extra.splice(0)) await one.beforeApplicationShutdown();
      await app.close();
    });

    const addMailbox = (over: Partial<Mailbox> = {}): Promise<Mailbox> =>
      buildDovecotMailbox(app, dovecot.port, user, over);
    const listen = (times: Partial<ListenTimes> = {}): ListenService => {
      const service = app.get(ListenService);
      service.start({ ...QUICK, ...times });
      return service;
    };
    /** Another process on the same database. */
    const another = (times: Partial<ListenTimes> = {}): ListenService => {
      const service = new ListenService(
        app.db,
        app.nest.get<Config>(CONFIG),
        app.get(Clock),
        app.get(MailboxServers),
        app.get(IngestService),
        app.get(Queue),
        app.get(Log),
      );
      extra.push(service);
      service.start({ ...QUICK, ...times });
      return service;
    };
    const state = () =>
      row<Pick<Mailbox, 'readThroughAt' | 'listenWhy' | 'savesSent'>>(
        app.db,
        'SELECT read_through_at, listen_why, saves_sent FROM mailbox WHERE id = $1',
        [mailbox.id],
      );
    const heard = async (): Promise<void> => {
      const since = app.clock.now();
      await until('everything read', async () => ((await state())?.readThroughAt ?? new Date(0)) > since);
    };
    const count = async (table: string): Promise<number> =>
      (await row<{ n: number }>(app.db, `SELECT count(*)::int AS n FROM ${table}`))?.n ?? 0;
    /** A first mail that went to Grace from this mailbox some days ago, inside a sequence. */
    const wrote = async (over: Parameters<typeof buildMessage>[1] = {}, days = 3) => {
      const contact = await buildContact(app, { email: `grace-${user}@example.com`, fullName: 'Grace Hop' });
      const at = new Date(Date.now() - days * DAY);
      const enrollment = await buildEnrollment(app, {
        contactId: contact.id,
        mailboxId: mailbox.id,
        startedAt: at,
        nextAt: null,
      });
      return buildMessage(app, {
        contactId: contact.id,
        mailboxId: mailbox.id,
        enrollmentId: enrollment.id,
        stepId: enrollment.nextStepId,
        state: 'sent',
        dueAt: at,
        sentAt: at,
        messageIdHeader: `<ours-${user}@example.org>`,
        subject: 'A word after the conference',
        ...over,
      });
    };
    const answers = () => [
      `In-Reply-To: <ours-${user}@example.org>`,
      `References: <ours-${user}@example.org>`,
    ];

    it('takes an answer in, stops the sequence, and leaves every mail as it was', async () => {
      const sent = await wrote();
      for (let i = 0; i < 3; i += 1) await dovecot.deliver(user, 'INBOX', mail({ from: 'news@example.net' }));
      listen();
      await heard();
      await dovecot.deliver(
        user,
        'INBOX',
        mail({ headers: answers(), text: 'Could you send me the slides?' }),
      );
      const before = await dovecot.snapshot(user);
      await until('the answer', async () => (await count('reply_debt')) === 1);
      await app.run('plan');
      expect(
        await row(app.db, 'SELECT state, why FROM enrollment WHERE id = $1', [sent.enrollmentId]),
      ).toEqual({
        state: 'stopped',
        why: 'they answered',
      });
      await heard();
      expect(await dovecot.snapshot(user)).toEqual(before);
      const inbound = await rows(app.db, `SELECT kind, message_id FROM inbound WHERE message_id IS NOT NULL`);
      expect(inbound).toEqual([{ kind: 'reply', messageId: sent.id }]);
      expect((await state())?.listenWhy).toBeNull();
    });

    it('looks only as far back as the first message: 3,000 old mails are not fetched', async () => {
      await wrote();
      const old = new Date(Date.now() - 400 * DAY);
      for (let i = 0; i < 3_000; i += 1) await dovecot.deliver(user, 'INBOX', mail({ date: old }), old);
      await dovecot.deliver(user, 'INBOX', mail({ headers: answers() }));
      listen();
      await heard();
      expect(await count('inbound')).toBe(1);
      const fetches = (await dovecot.said(user)).filter((line) => line.startsWith('UID FETCH'));
      expect(fetches.map((line) => line.split(' ')[2])).toEqual(['3001', '3001']);
    });

    it('begins at the present where nothing was sent yet', async () => {
      await dovecot.deliver(user, 'INBOX', mail());
      listen();
      await heard();
      await dovecot.deliver(user, 'INBOX', mail({ from: 'new@example.net' }));
      await until('the new mail', async () => (await count('inbound')) === 1);
      expect(await rows(app.db, 'SELECT from_address FROM inbound')).toEqual([
        { fromAddress: 'new@example.net' },
      ]);
    });

    it('wakes within seconds, long before the next look', async () => {
      await wrote();
      await dovecot.deliver(user, 'INBOX', mail());
      listen({ look: 90_000 });
      await until('the first look', async () => (await state())?.readThroughAt != null);
      // It waits in IDLE now.
      await until('IDLE', async () => (await dovecot.said(user)).at(-1) === 'IDLE');
      const begun = performance.now();
      await dovecot.deliver(user, 'INBOX', mail({ headers: answers() }));
      await until('the answer', async () => (await count('inbound')) === 2);
      expect(performance.now() - begun).toBeLessThan(20_000);
    });

    it('starts over when the folder was numbered anew, and takes nothing twice', async () => {
      await wrote();
      await dovecot.deliver(user, 'INBOX', mail({ headers: answers(), id: `a-${user}` }));
      listen();
      await until('the first', async () => (await count('inbound')) === 1);
      await heard();
      await dovecot.renumber(user, 'INBOX');
      const spoken = (await dovecot.said(user)).length;
      await dovecot.deliver(user, 'INBOX', mail({ headers: answers(), id: `b-${user}` }));
      await until('the second', async () => (await count('inbound')) === 2);
      await heard();
      // What is known is not even asked for.
      const bodies = (await dovecot.said(user)).slice(spoken).filter((line) => line.includes('PEEK[]'));
      expect(bodies.map((line) => line.split(' ')[2])).toEqual(['79']);
      expect(await count('reply_debt')).toBe(2);
      expect(
        await rows(app.db, `SELECT uid_validity, last_uid FROM mail_folder WHERE role = 'inbox'`),
      ).toEqual([{ uidValidity: expect.any(String), lastUid: '79' }]);
    });

    it('goes on without loss after the line was cut in the middle of mails', async () => {
      await wrote();
      for (let i = 0; i < 120; i += 1) {
        await dovecot.deliver(user, 'INBOX', mail({ from: `p${i}@example.net`, text: 'x '.repeat(2_000) }));
      }
      const proxy = await startCuttingProxy(dovecot.port);
      try {
        await app.db.query('UPDATE mailbox SET imap_port = $1', [proxy.port]);
        proxy.cutAfter(200_000);
        listen();
        await until('a second conversation', () => Promise.resolve(proxy.taken > 1));
        proxy.cutAfter(150_000);
        await heard();
        expect(proxy.taken).toBeGreaterThan(2);
        const senders = await rows<{ n: number }>(
          app.db,
          'SELECT count(DISTINCT from_address)::int AS n FROM inbound',
        );
        expect(senders).toEqual([{ n: 120 }]);
        expect(await count('inbound')).toBe(120);
      } finally {
        await app.get(ListenService).beforeApplicationShutdown();
        await proxy.close();
      }
    });

    it('is one listener, whatever the number of processes; another takes over when it ends', async () => {
      await wrote();
      const first = listen();
      await heard();
      const holder = () => row<{ holder: string }>(app.db, 'SELECT holder FROM mail_ear');
      const before = await holder();
      another();
      await heard();
      await heard();
      expect(await holder()).toEqual(before);
      await first.beforeApplicationShutdown();
      await until('the other', async () => (await holder())?.holder !== before?.holder);
      await dovecot.deliver(user, 'INBOX', mail({ headers: answers() }));
      await until('the answer', async () => (await count('inbound')) === 1);
    });

    it('leaves the mailbox when another took it over while it was frozen', async () => {
      await wrote();
      listen();
      await heard();
      const other = newId();
      await app.db.query(
        `UPDATE mail_ear SET holder = $1, lease_until = clock_timestamp() + interval '1 hour'`,
        [other],
      );
      await delay(1_000);
      const then = (await state())?.readThroughAt;
      await delay(1_000);
      expect((await state())?.readThroughAt).toEqual(then);
      expect(await row(app.db, 'SELECT holder FROM mail_ear')).toEqual({ holder: other });
      // That one dies without a word: within the lease, the mailbox has a listener again.
      await app.db.query(`UPDATE mail_ear SET lease_until = clock_timestamp() + interval '1 second'`);
      await heard();
      expect(await row(app.db, 'SELECT holder FROM mail_ear')).not.toEqual({ holder: other });
    });

    it('tells why it cannot listen, and does not call anything read meanwhile', async () => {
      const proxy = await startCuttingProxy(dovecot.port);
      await app.db.query('UPDATE mailbox SET imap_port = $1', [proxy.port]);
      await wrote();
      listen();
      await heard();
      proxy.shut();
      await until('the owner told', async () => (await state())?.listenWhy != null);
      const then = (await state())?.readThroughAt;
      await delay(1_000);
      expect((await state())?.readThroughAt).toEqual(then);
      proxy.open();
      await heard();
      expect((await state())?.listenWhy).toBeNull();
      await app.db.query(`UPDATE mailbox SET imap_port = 1`);
      await until('the owner told', async () =>
        /No connection to 127.0.0.1:1/.test((await state())?.listenWhy ?? ''),
      );
      await app.get(ListenService).beforeApplicationShutdown();
      await proxy.close();
    });

    it('counts what the owner wrote by hand as a word to the person and the answer to what was asked', async () => {
      const sent = await wrote();
      await dovecot.deliver(
        user,
        'INBOX',
        mail({ headers: answers(), id: `ask-${user}`, text: 'Could you call me?' }),
      );
      listen();
      await until('the question', async () => (await count('reply_debt')) === 1);
      const by = { from: `Ada <${user}@example.org>`, to: `grace-${user}@example.com` };
      const answered = mail({
        ...by,
        subject: 'Re: hello',
        headers: [`In-Reply-To: <ask-${user}@example.com>`],
      });
      await dovecot.deliver(user, 'Sent', answered);
      await dovecot.deliver(user, 'Sent', mail({ ...by, to: 'stranger@example.net' }));
      await dovecot.deliver(user, 'Sent', mail({ ...by, headers: ['Auto-Submitted: auto-replied'] }));
      await until('the word', async () => (await count('interaction')) === 1);
      await heard();
      expect(await rows(app.db, 'SELECT contact_id, kind, text, source_kind FROM interaction')).toEqual([
        { contactId: sent.contactId, kind: 'mail-by-hand', text: 'Re: hello', sourceKind: 'sent-mail' },
      ]);
      expect(await count('reply_debt WHERE closed_at IS NULL')).toBe(0);
      await dovecot.renumber(user, 'Sent');
      await heard();
      expect(await count('interaction')).toBe(1);
    });

    it('takes a sight in Sent for proof that a message went out, also under another Message-ID', async () => {
      const dated = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000);
      const unknown = await wrote({ state: 'unknown', sentAt: null });
      const by = { from: `Ada <${user}@example.org>`, to: `grace-${user}@example.com`, date: dated };
      await dovecot.deliver(
        user,
        'Sent',
        mail({ ...by, id: `theirs-${user}`, headers: [`References: <ours-${user}@example.org>`] }),
      );
      listen();
      await until('the sight', async () => (await count('sent_copy')) === 1);
      expect(await settleSighted(app.db)).toBe(1);
      expect(await row(app.db, 'SELECT state, why_code, sent_at, handover FROM message WHERE id = $1', [unknown.id])).toEqual({
        state: 'sent', whyCode: 'seen-in-sent', sentAt: dated, handover: true }); // prettier-ignore
      expect(await settleSighted(app.db)).toBe(0);
      // An answer to the id that the server put in its place is an answer to ours.
      await dovecot.deliver(
        user,
        'INBOX',
        mail({ from: 'desk@example.net', headers: [`In-Reply-To: <theirs-${user}@example.com>`] }),
      );
      await until(
        'the answer',
        async () => (await count(`inbound WHERE message_id = '${unknown.id}'`)) === 1,
      );
      // And what the owner adds by hand in that thread is no copy of ours.
      await dovecot.deliver(user, 'Sent', mail({ ...by, date: new Date(),
        headers: [`In-Reply-To: <theirs-${user}@example.com>`, `References: <ours-${user}@example.org> <theirs-${user}@example.com>`] })); // prettier-ignore
      await until('the word', async () => (await count('interaction')) === 1);
    });

    it('finds answers in Spam, and leaves the rest there alone', async () => {
      await wrote();
      await dovecot.deliver(user, 'Junk', mail({ from: 'spam@example.net', subject: 'Win' }));
      await dovecot.deliver(user, 'Junk', mail({ from: 'desk@example.net', headers: answers() }));
      await dovecot.deliver(user, 'Junk', mail({ from: `grace-${user}@example.com`, subject: 'Hello' }));
      listen();
      await heard();
      expect(await rows(app.db, 'SELECT from_address FROM inbound ORDER BY id')).toEqual([
        { fromAddress: 'desk@example.net' },
        { fromAddress: `grace-${user}@example.com` },
      ]);
      const bodies = (await dovecot.said(user)).filter((line) => /PEEK\[\]/.test(line));
      expect(bodies).toHaveLength(1);
      expect(bodies[0]).toContain('UID FETCH 2,3');
    });

    it('leaves a mail that nobody can read where it is, tells the owner, and goes on', async () => {
      await wrote();
      await dovecot.deliver(
        user,
        'INBOX',
        Buffer.from('\x01\x02\x03 no header at all \x05\r\n\r\n\x01', 'latin1'),
      );
      await dovecot.deliver(user, 'INBOX', mail({ headers: answers() }));
      listen();
      await heard();
      expect(await count('inbound')).toBe(1);
      expect(
        await rows(app.db, `SELECT subject_id, detail FROM audit WHERE what = 'mail-unreadable'`),
      ).toEqual([{ subjectId: mailbox.id, detail: { folder: 'INBOX', uid: 1, why: expect.any(String) } }]);
    });

    it('finds answers in All Mail once, and takes none of our own there for an answer', async () => {
      await wrote();
      const answer = mail({ headers: answers() });
      await dovecot.deliver(user, 'INBOX', answer);
      await dovecot.deliver(user, 'Alles', answer);
      await dovecot.deliver(user, 'Alles', mail({ headers: answers(), from: 'desk@example.net' }));
      await dovecot.deliver(user, 'Alles', mail({ headers: answers(), from: `Ada <${user}@example.org>` }));
      await dovecot.deliver(user, 'Alles', mail({ from: 'news@example.net' }));
      listen();
      await heard();
      expect(await rows(app.db, 'SELECT from_address FROM inbound ORDER BY id')).toEqual([
        { fromAddress: 'grace@example.com' },
        { fromAddress: 'desk@example.net' },
      ]);
    });

    it('files our copy in Sent exactly once where the provider does not', async () => {
      await app.db.query('UPDATE mailbox SET saves_sent = NULL');
      await dovecot.deliver(user, 'INBOX', mail());
      const before = await dovecot.snapshot(user);
      listen();
      await heard();
      // By a clock that was set back since we listen.
      const sent = await wrote({ sentAt: new Date(Date.now() - 3_600_000) }, 0);
      await buildMessage(app, {
        contactId: sent.contactId, mailboxId: mailbox.id, state: 'sent', sentAt: new Date(), sandbox: true,
        messageIdHeader: '<sandbox@example.org>', subject: 'Sandbox' }); // prettier-ignore
      await until(
        'filed',
        async () => (await count(`sent_copy WHERE filed_by = 'us' AND seen_at IS NOT NULL`)) === 1,
      );
      // The crash between filing and noting it.
      await app.db.query(`UPDATE sent_copy SET filed_by = NULL, seen_at = NULL, message_id_header = NULL,
                            filing_at = clock_timestamp() - interval '1 hour'`);
      await heard();
      await heard();
      const after = await dovecot.snapshot(user);
      const added = Object.keys(after).filter((key) => !(key in before));
      expect(added).toEqual(['Sent/1']);
      expect(after['Sent/1']?.flags).toContain('\\Seen');
      expect(after['Sent/1']?.raw).toContain(`Message-ID: <ours-${user}@example.org>`);
      expect(after['INBOX/1']).toEqual(before['INBOX/1']);
      expect((await state())?.savesSent).toBe(false);
    });

    it('files nothing where the provider did', async () => {
      await app.db.query('UPDATE mailbox SET saves_sent = NULL');
      listen({ findOut: 60_000 });
      await heard();
      await wrote({}, 0);
      await dovecot.deliver(
        user,
        'Sent',
        mail({ id: 'x' }).replace('<x@example.com>', `<ours-${user}@example.org>`),
      );
      await until('learned', async () => (await state())?.savesSent === true);
      expect(Object.keys(await dovecot.snapshot(user))).toEqual(['Sent/1']);
    });
  });
