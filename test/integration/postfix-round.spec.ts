import { setTimeout as delay } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { AppModule } from '../../src/app.module.js';
import { CONFIG, readConfig, type Config } from '../../src/config.js';
import { EVERY_DAY_WINDOW } from '../../src/core/schedule.js';
import type { Contact } from '../../src/database/entities/contact.entity.js';
import type { Mailbox } from '../../src/database/entities/owner.entity.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { newId } from '../../src/database/ids.js';
import { row, rows } from '../../src/database/rows.js';
import { createWebApp } from '../../src/http/web-app.js';
import { ListenService } from '../../src/inbox/listen.service.js';
import { LISTEN_TIMES } from '../../src/inbox/listen.types.js';
import { Log } from '../../src/log.js';
import { MailboxServers } from '../../src/mail/mailbox-servers.js';
import { sealedFor } from '../../src/mail/sealed-columns.js';
import { sealSecret } from '../../src/mail/secrets.js';
import { JobRunner } from '../../src/queue/job-runner.js';
import { startApp, TEST_TOKEN, type TestApp } from '../app.js';
import { buildApproved, buildContact, buildEnrollment, buildMailbox, buildSequence, buildStep } from '../factories.js'; // prettier-ignore
import { startWorkerProcess } from '../faults/worker-process.js';
import { DOVECOT_PASSWORD, dovecotHere, sayDovecotIsMissing, startDovecot, type Dovecot } from '../mail/dovecot.js'; // prettier-ignore
import { postfixMissing, sayPostfixIsMissing, startPostfix, type Postfix } from '../mail/postfix.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';
import { testCertificate } from '../mail/tls.js';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const TIMES = { ...LISTEN_TIMES, lease: 2_000, search: 100, look: 200, pause: 50, longestPause: 100 };
const SECRET_KEY = '07'.repeat(32);

/** A good hour of yesterday: the servers date mails by the real clock, and answers come after. */
function goodHour(): Date {
  return new Date(Math.floor(Date.now() / (24 * HOUR)) * 24 * HOUR - 15 * HOUR);
}

const what = 'the round through a real Postfix and Dovecot';
if (!dovecotHere || postfixMissing !== null) {
  if (dovecotHere) sayPostfixIsMissing(what);
  else sayDovecotIsMissing(what);
  it.skip('skipped: Postfix as root and Dovecot are needed (.ci/run installs them)', () => undefined);
} else
  describe('a real Postfix and Dovecot', () => {
    let dovecot: Dovecot;
    let postfix: Postfix;
    /** The next server on the way, where some mails are refused after Postfix has accepted them. */
    let far: ScriptedSmtp;
    let busy = true;
    let app: TestApp;
    let mailbox: Mailbox;
    /** Every test has people of its own: this one's number. */
    let n = 0;
    const ada = (): string => `ada-${n}`;
    const grace = (): string => `grace-${n}`;

    beforeAll(async () => {
      dovecot = await startDovecot({
        extra: 'namespace inbox {\n  mailbox Sent {\n    special_use = \\Sent\n    auto = create\n  }\n}\n',
      });
      far = await startScriptedSmtp({
        tls: 'none',
        rcpt: (argument) => {
          if (argument.includes('full@')) return '552 5.2.2 The mailbox is full';
          if (!argument.includes('slow@'))
            return '550 5.1.1 The account that you tried to reach does not exist';
          return busy ? '450 4.2.1 Try again later' : undefined;
        },
      });
      const box = (user: string): string => `${dovecot.maildir(user, 'INBOX')}/`;
      const people = Array.from({ length: 20 }, (_, i) => i + 1);
      postfix = await startPostfix({
        maildirs: Object.fromEntries([
          ...people.map((i) => [`ada-${i}@example.org`, box(`ada-${i}`)] as const),
          ...people.map((i) => [`grace-${i}@example.com`, box(`grace-${i}`)] as const),
          ['grâce@example.com', box('grace-utf8')] as const,
        ]),
        aliases: { 'moved@example.com': 'nobody@example.com' },
        onward: Object.fromEntries(
          ['gone', 'full', 'slow'].map((who) => [`${who}@example.com`, far.settings.port]),
        ),
        saslSocket: dovecot.saslSocket,
        uid: dovecot.uid,
        gid: dovecot.gid,
      });
    });
    afterAll(async () => {
      await postfix.stop();
      await far.close();
      await dovecot.stop();
    });

    beforeEach(async () => {
      n += 1;
      app = await startApp({ now: goodHour().toISOString(), overrides: { SECRET_KEY } });
      app.get(MailboxServers).ca = testCertificate;
      mailbox = await connected();
    });
    afterEach(() => app.close());

    /** Ada's own: she signs in under STARTTLS at Postfix and Dovecot, with one password. */
    const connected = (over: Partial<Mailbox> = {}): Promise<Mailbox> => {
      const id = newId();
      const { secretKey } = app.nest.get<Config>(CONFIG);
      return buildMailbox(app, {
        id,
        port: postfix.port,
        tls: 'starttls',
        username: ada(),
        passwordSealed: sealSecret(DOVECOT_PASSWORD, secretKey, sealedFor('password_sealed', id)),
        address: `${ada()}@example.org`,
        imapHost: '127.0.0.1',
        imapPort: dovecot.port,
        imapTls: 'starttls',
        savesSent: false,
        ...over,
      });
    };
    const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
      const end = performance.now() + 60_000;
      while (!(await holds())) {
        if (performance.now() > end)
          throw new Error(`never: ${what}\n${(await postfix.log()).slice(-3_000)}`);
        await delay(50);
      }
    };
    /** The answer is heeded, and the hour of the follow-up passes. */
    const later = async (): Promise<void> => {
      await app.run('plan');
      app.clock.set(new Date(app.clock.now().getTime() + WEEK + HOUR));
      // Nothing would leave before the mailbox is read at that hour, whatever it says.
      await until('it is read again', async () => {
        const box = await row<Mailbox>(app.db, 'SELECT read_through_at FROM mailbox WHERE id = $1', [
          mailbox.id,
        ]);
        return (box?.readThroughAt?.getTime() ?? 0) >= app.clock.now().getTime();
      });
      await deliver();
    };
    const has = async (sql: string): Promise<boolean> => (await row(app.db, sql)) !== null;
    const now = async ({ id }: Message): Promise<Message> =>
      (await row<Message>(app.db, 'SELECT * FROM message WHERE id = $1', [id]))!;
    const deliver = () => app.run('deliver');
    const listens = async (): Promise<void> => {
      app.get(ListenService).start(TIMES);
      await until('it listens', () => has('SELECT 1 FROM mailbox WHERE read_through_at IS NOT NULL'));
    };
    const copies = async (count: number): Promise<void> => {
      // What is sent in the very instant of a reading is filed after the next one.
      app.clock.set(new Date(app.clock.now().getTime() + 1_000));
      await until('the copies', async () => {
        const filed = await rows(
          app.db,
          `SELECT 1 FROM sent_copy WHERE filed_by = 'us' AND seen_at IS NOT NULL`,
        );
        return filed.length >= count;
      });
    };
    const approved = (
      contact: Contact,
      over: Partial<Message> & { subject?: string } = {},
    ): Promise<Message> =>
      buildApproved(app, {
        contactId: contact.id,
        mailboxId: mailbox.id,
        subject: 'A word after the conference',
        ...over,
      });
    const person = (email: string): Promise<Contact> => buildContact(app, { email, fullName: 'Grace Hop' });
    /** A first mail that is due, in a sequence with a follow-up. */
    const sequence = async (email: string, subject = 'A word after the conference'): Promise<Enrolled> => {
      const contact = await person(email);
      const { id: sequenceId } = await buildSequence(app, {
        window: EVERY_DAY_WINDOW,
        approval: 'after-ten',
      });
      const step = await buildStep(app, { sequenceId });
      const second = await buildStep(app, { sequenceId, position: 2, kind: 'follow-up' });
      const { id: enrollmentId } = await buildEnrollment(app, {
        contactId: contact.id,
        mailboxId: mailbox.id,
        sequenceId,
        nextStepId: step.id,
        nextAt: null,
      });
      const first = await approved(contact, { enrollmentId, stepId: step.id, subject });
      return { contact, enrollmentId, first, secondStepId: second.id };
    };
    /** The first is sent: the planner has moved on, and the follow-up is approved for a week later. */
    const followUp = async ({ contact, enrollmentId, secondStepId }: Enrolled): Promise<Message> => {
      await app.run('plan');
      const moved = await row(
        app.db,
        'UPDATE enrollment SET next_at = NULL WHERE id = $1 RETURNING next_step_id',
        [enrollmentId],
      );
      expect(moved).toEqual({ nextStepId: secondStepId });
      const due = new Date(app.clock.now().getTime() + WEEK);
      return approved(contact, {
        enrollmentId,
        stepId: secondStepId,
        kind: 'follow-up',
        approvedBy: 'sequence',
        dueAt: due,
        nextAt: due,
      });
    };
    /** What lies in the user's inbox, once so many mails are there. */
    const inbox = async (user: string, count: number): Promise<string[]> => {
      let found: string[] = [];
      await until(`${count} in the inbox of ${user}`, async () => {
        const all = await dovecot.snapshot(user);
        found = Object.keys(all).flatMap((key) => (key.startsWith('INBOX/') ? [all[key]?.raw ?? ''] : []));
        return found.length >= count;
      });
      return found;
    };
    /** Answers a mail as the person's own mail program does, through their own account. */
    const answer = async (raw: string, user: string, from: string): Promise<void> => {
      const id = field(raw, 'Message-ID');
      const transport = createTransport({
        host: postfix.host,
        port: postfix.port,
        requireTLS: true,
        tls: { ca: testCertificate },
        auth: { user, pass: DOVECOT_PASSWORD },
      });
      await transport.sendMail({
        from: { name: 'Grace Hop', address: from },
        to: field(raw, 'From'),
        subject: `Re: ${field(raw, 'Subject')}`,
        inReplyTo: id,
        references: id,
        text: 'Gladly! Could you send me the slides?\n\nOn Saturday Ada Lindqvist wrote:\n> It was good to hear of your builds.\n',
      });
      transport.close();
    };
    const suppressed = async (): Promise<string[]> =>
      (await rows<{ address: string }>(app.db, 'SELECT address FROM suppression ORDER BY address')).map(({ address }) => address); // prettier-ignore

    it('sends, is answered, stops; everything else in the mailbox stays as it was, flags included', async () => {
      await furnish(dovecot, ada());
      const before = await dovecot.snapshot(ada());
      expect(new Set(Object.values(before).flatMap(({ flags }) => flags))).toEqual(
        new Set(['\\Recent', '\\Seen', '\\Flagged', '\\Answered', '\\Draft', '\\Deleted', '$Forwarded']),
      );
      const enrolled = await sequence(`${grace()}@example.com`);
      const { first, enrollmentId } = enrolled;
      await listens();
      await deliver();
      expect(await now(first)).toMatchObject({ state: 'sent', why: null });
      const [received = ''] = await inbox(grace(), 1);
      expect(received).toMatch(/with ESMTPSA/);
      await copies(1);
      const next = await followUp(enrolled);

      await answer(received, grace(), `${grace()}@example.com`);
      await until('the answer is heard', () => has(`SELECT 1 FROM inbound WHERE kind = 'reply'`));
      await later();
      expect(await now(next)).toMatchObject({ state: 'cancelled', whyCode: 'reply' });
      expect(await row(app.db, 'SELECT state FROM enrollment WHERE id = $1', [enrollmentId])).toEqual({
        state: 'stopped',
      });
      expect(await row(app.db, 'SELECT asks FROM reply_debt')).toEqual({
        asks: ['Could you send me the slides?'],
      });
      expect(await inbox(grace(), 1)).toHaveLength(1);
      expect(await postfix.queued()).toEqual([]);

      const after = await dovecot.snapshot(ada());
      for (const [key, mail] of Object.entries(before)) expect([key, after[key]]).toEqual([key, mail]);
      const added = Object.keys(after).filter((key) => !(key in before));
      expect(added.map((key) => key.split('/')[0]).sort()).toEqual(['INBOX', 'Sent']);
      const [copy = '', letter = ''] = added.sort().reverse();
      expect(after[letter]?.flags).toEqual(['\\Recent']);
      expect(after[copy]?.flags.filter((flag) => flag !== '\\Recent')).toEqual(['\\Seen']);
      // What she got is what we filed, byte for byte, below what the way has added.
      expect(received.endsWith(after[copy]?.raw ?? 'a copy')).toBe(true);
      expect(received.slice(0, -(after[copy]?.raw.length ?? 0))).toMatch(
        /^Return-Path: [^]*\r\nReceived: [^]*\r\n$/,
      );
    });

    it('suppresses an address that Postfix does not know, and files no copy of what did not leave', async () => {
      const { first } = await sequence('never-was@example.com');
      await listens();
      await deliver();
      const failed = await now(first);
      expect(failed).toMatchObject({ state: 'failed' });
      expect(failed.why).toContain('550 5.1.1');
      expect(await suppressed()).toEqual(['never-was@example.com']);
      expect(await row(app.db, 'SELECT state FROM mailbox WHERE id = $1', [mailbox.id])).toEqual({
        state: 'active',
      });
      expect(await dovecot.snapshot(ada())).toEqual({});
    });

    it('understands the bounces of Postfix: gone and forwarded to nobody are hard, full is soft, late is none', async () => {
      const gone = await sequence('gone@example.com');
      const moved = await sequence('moved@example.com');
      const full = await sequence('full@example.com');
      const slow = await sequence('slow@example.com');
      const all = [gone, moved, full, slow];
      await deliver();
      for (const { first } of all) expect(await now(first)).toMatchObject({ state: 'sent' });
      // The bounces are there by now; they are read when the follow-ups stand in line.
      const nexts: Message[] = [];
      for (const one of [gone, moved, slow]) nexts.push(await followUp(one));
      await listens();
      await until(
        'three bounces and a notice',
        async () => (await rows(app.db, 'SELECT 1 FROM inbound')).length === 4,
      );
      const heard = await rows<{ messageId: string }>(
        app.db,
        `SELECT message_id, kind, severity, detail ->> 'status' AS status, detail ->> 'reason' AS reason,
                detail ->> 'recipient' AS recipient, matched_by FROM inbound`,
      );
      expect(heard).toHaveLength(4);
      const byMessage = new Map(heard.map((one) => [one.messageId, one]));
      const bounce = { kind: 'bounce' };
      expect(byMessage.get(gone.first.id)).toMatchObject({
        ...bounce,
        severity: 'hard',
        status: '5.1.1',
        recipient: 'gone@example.com',
      });
      expect(byMessage.get(moved.first.id)).toMatchObject({ ...bounce, severity: 'hard', status: '5.1.1' });
      expect(byMessage.get(full.first.id)).toMatchObject({
        ...bounce,
        severity: 'soft',
        status: '5.2.2',
        recipient: 'full@example.com',
      });
      expect(byMessage.get(slow.first.id)).toMatchObject({ kind: 'delay', severity: null, status: '4.2.1' });
      expect(await suppressed()).toEqual(['gone@example.com', 'moved@example.com']);
      expect(await postfix.queued()).toHaveLength(1);
      busy = false;
      await until('the late one has come', async () => (await postfix.queued()).length === 0);
      expect(far.received.map(({ messageId }) => messageId)).toEqual([
        (await now(slow.first)).messageIdHeader,
      ]);

      await later();
      const [ofGone, ofMoved, ofSlow] = await Promise.all(nexts.map(now));
      const spared = { state: 'cancelled', why: 'nothing may be sent to this address' };
      expect([ofGone, ofMoved]).toMatchObject([spared, spared]);
      // What came back for a passing reason is written once more.
      const attempts = 'SELECT attempt FROM message WHERE enrollment_id = $1 ORDER BY attempt';
      expect(await rows(app.db, attempts, [full.enrollmentId])).toEqual([{ attempt: 1 }, { attempt: 2 }]);
      // A notice of delay stops nothing: the letter was only late.
      expect(ofSlow).toMatchObject({ state: 'sent', why: null });
      await until('the follow-up has come', () => Promise.resolve(far.received.length === 2));
    });

    // A server gives up on a full mailbox after days: the follow-up may stand in line by then.
    it('lets no follow-up speak of a mail that came back for a passing reason', async () => {
      const full = await sequence('full@example.com');
      await deliver();
      const next = await followUp(full);
      await listens();
      await until('the bounce', () => has(`SELECT 1 FROM inbound WHERE severity = 'soft'`));
      await later();
      expect((await now(next)).state).not.toBe('sent');
    });

    it('writes to an address outside ASCII and hears its answer; where the server cannot, it fails cleanly', async () => {
      const enrolled = await sequence('grâce@example.com');
      const { first } = enrolled;
      await listens();
      await deliver();
      expect(await now(first)).toMatchObject({ state: 'sent', why: null });
      const [received = ''] = await inbox('grace-utf8', 1);
      expect(received).toMatch(/with UTF8SMTPSA/);
      const next = await followUp(enrolled);
      await answer(received, 'grace-utf8', 'grâce@example.com');
      await until('the answer is heard', () => has(`SELECT 1 FROM inbound WHERE kind = 'reply'`));
      await later();
      expect(await now(next)).toMatchObject({ state: 'cancelled', whyCode: 'reply' });

      n += 1;
      mailbox = await connected({
        port: postfix.mxPort,
        tls: 'none',
        username: null,
        passwordSealed: null,
        imapHost: null,
      });
      const { first: there } = await sequence('grâce+other@example.com');
      await deliver();
      const failed = await now(there);
      expect(failed.state).toBe('failed');
      expect(failed.why).toContain('SMTPUTF8');
      expect(await suppressed()).toEqual([]);
      expect(await row(app.db, 'SELECT state FROM mailbox WHERE id = $1', [mailbox.id])).toEqual({
        state: 'active',
      });
    });

    it('doubles nothing where three processes do the same: each letter once, each copy once, each answer once', async () => {
      // A worker process trusts no certificate of ours: it hands in where none is asked for.
      n += 1;
      mailbox = await connected({ port: postfix.mxPort, tls: 'none', username: null, imapUsername: ada() });
      const letters: Message[] = [];
      for (let i = 0; i < 6; i += 1) {
        letters.push((await sequence(`${grace()}+${i}@example.com`, `Letter ${i}`)).first);
      }
      const databaseUrl = (app.db.options as { url: string }).url;
      const settings = {
        API_TOKEN: TEST_TOKEN,
        SECRET_KEY,
        ROLES: 'web',
        DATABASE_URL: databaseUrl,
        LOG_LEVEL: 'silent',
      };
      const worker = await startWorkerProcess(app.clock.now().toISOString(), settings);
      const config = readConfig(settings);
      const log = new Log('silent');
      const second = await createWebApp(AppModule.of({ config, databaseUrl, clock: app.clock, log }), log);
      try {
        second.get(MailboxServers).ca = testCertificate;
        second.get(ListenService).start(TIMES);
        await listens();
        worker.go();
        const both = [app.nest, second].map(async (nest) => {
          for (let i = 0; i < 3; i += 1) await nest.get(JobRunner).run('deliver', {});
        });
        await Promise.all(both);
        await until('all sent', async () =>
          (await Promise.all(letters.map(now))).every(({ state }) => state === 'sent'),
        );
        await copies(6);
        const received = await inbox(grace(), 6);
        expect(received.map((raw) => field(raw, 'Subject')).sort()).toEqual(
          letters.map((_, i) => `Letter ${i}`),
        );
        await answer(received[0] ?? '', grace(), `${grace()}@example.com`);
        await until('the answer is heard', () => has(`SELECT 1 FROM inbound WHERE kind = 'reply'`));
        // Whichever of the two listens, one leaves; who is left hears the next answer, and nothing again.
        await second.close();
        await answer(received[1] ?? '', grace(), `${grace()}@example.com`);
        await until(
          'the second answer is heard',
          async () => (await rows(app.db, 'SELECT 1 FROM inbound')).length > 1,
        );
      } finally {
        await worker.kill();
        await second.close();
      }
      expect(await postfix.queued()).toEqual([]);
      expect(await inbox(grace(), 6)).toHaveLength(6);
      const keys = Object.keys(await dovecot.snapshot(ada()));
      expect(keys.filter((key) => key.startsWith('Sent/'))).toHaveLength(6);
      expect(keys.filter((key) => key.startsWith('INBOX/'))).toHaveLength(2);
      expect(await rows(app.db, 'SELECT kind FROM inbound')).toEqual([{ kind: 'reply' }, { kind: 'reply' }]);
    });
  });

interface Enrolled {
  contact: Contact;
  enrollmentId: string;
  first: Message;
  secondStepId: string;
}

function field(raw: string, name: string): string {
  const unfolded = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1] ?? '';
}

/** A mailbox that is lived in: read and unread, flagged, answered, deleted but not expunged, a draft, letters in Sent. */
async function furnish(dovecot: Dovecot, user: string): Promise<void> {
  const old = (id: number): string =>
    `From: news@example.net\r\nTo: ${user}@example.org\r\nSubject: Old ${id}\r\nMessage-ID: <old-${id}@example.net>\r\n\r\nAn old letter.\r\n`;
  for (let id = 1; id <= 6; id += 1) await dovecot.deliver(user, 'INBOX', old(id));
  await dovecot.makeFolder(user, 'Drafts');
  await dovecot.deliver(user, 'Drafts', old(7));
  await dovecot.deliver(user, 'Sent', old(8));
  const client = new ImapFlow({ host: dovecot.host, port: dovecot.port, secure: false, doSTARTTLS: false, auth: { user, pass: DOVECOT_PASSWORD }, logger: false }); // prettier-ignore
  await client.connect();
  const flag = async (folder: string, uid: string, flags: string[]): Promise<void> => {
    await client.mailboxOpen(folder);
    await client.messageFlagsSet(uid, flags, { uid: true });
  };
  await flag('INBOX', '2', ['\\Seen']);
  await flag('INBOX', '3', ['\\Seen', '\\Answered']);
  await flag('INBOX', '4', ['\\Flagged', '$Forwarded']);
  await flag('INBOX', '5', ['\\Deleted']);
  await flag('Drafts', '1', ['\\Draft', '\\Seen']);
  await flag('Sent', '1', ['\\Seen']);
  await client.logout();
  // One that has only just come.
  await dovecot.deliver(user, 'INBOX', old(9));
}
