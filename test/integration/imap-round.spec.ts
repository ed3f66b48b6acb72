import { EVERY_DAY_WINDOW } from '../../src/core/schedule.js';
import type { Mailbox } from '../../src/database/entities/owner.entity.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { newId } from '../../src/database/ids.js';
import { row } from '../../src/database/rows.js';
import { ListenService } from '../../src/inbox/listen.service.js';
import { LISTEN_TIMES } from '../../src/inbox/listen.types.js';
import { startApp, type TestApp } from '../app.js';
import { buildApproved, buildContact, buildEnrollment, buildSequence, buildStep } from '../factories.js';
import { dovecotHere, sayDovecotIsMissing, startDovecot, type Dovecot } from '../mail/dovecot.js';
import { buildDovecotMailbox, until } from '../mail/dovecot-mailbox.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

/** A good hour of yesterday: the server dates mails by the real clock, and answers come after. */
function goodHour(): Date {
  return new Date(Math.floor(Date.now() / (24 * HOUR)) * 24 * HOUR - 15 * HOUR);
}

if (!dovecotHere) {
  sayDovecotIsMissing('the round from a first mail to its answer');
  it.skip('skipped: no dovecot-imapd on this machine (.ci/run installs it)', () => undefined);
} else
  describe('from a first mail to its answer', () => {
    let dovecot: Dovecot;
    let smtp: ScriptedSmtp;
    let app: TestApp;
    let mailbox: Mailbox;
    let first: Message;
    let next: Message;
    let silent: Message;
    /** Approved by the sequence, for a week after the first mails, which have left. */
    let followUps: () => Promise<void>;
    let silentNext: Message;
    let firstTo: (email: string, fullName: string) => Promise<Message>;

    beforeAll(async () => {
      dovecot = await startDovecot({
        extra: 'namespace inbox {\n  mailbox Sent {\n    special_use = \\Sent\n    auto = create\n  }\n}\n',
      });
    });
    afterAll(() => dovecot.stop());

    beforeEach(async () => {
      app = await startApp({ now: goodHour().toISOString() });
      smtp = await startScriptedSmtp({ tls: 'none' });
      mailbox = await buildDovecotMailbox(app, dovecot.port, `ada-${newId()}`, {
        port: smtp.settings.port,
        address: 'ada@example.org',
        savesSent: false,
      });
      const { id: sequenceId } = await buildSequence(app, {
        window: EVERY_DAY_WINDOW,
        approval: 'after-ten',
      });
      const step = await buildStep(app, { sequenceId });
      const later = await buildStep(app, { sequenceId, position: 2, kind: 'follow-up' });
      const approve = async (
        contactId: string,
        enrollmentId: string,
        over: Partial<Message>,
      ): Promise<Message> =>
        buildApproved(app, {
          contactId,
          mailboxId: mailbox.id,
          enrollmentId,
          subject: 'A word after the conference',
          ...over,
        });
      firstTo = async (email, fullName) => {
        const contact = await buildContact(app, { email, fullName });
        const enrolled = { contactId: contact.id, mailboxId: mailbox.id, sequenceId };
        const { id } = await buildEnrollment(app, { ...enrolled, nextStepId: step.id, nextAt: null });
        return approve(contact.id, id, { stepId: step.id, toAddress: email, toCanonical: email });
      };
      first = await firstTo('grace@example.com', 'Grace Hop');
      // Who does not answer: what is held back from one leaves for the other, in the same minute.
      silent = await firstTo('joan@example.com', 'Joan Bright');
      followUps = async () => {
        await app.run('plan');
        await app.db.query('UPDATE enrollment SET next_at = NULL');
        const due = new Date(app.clock.now().getTime() + WEEK);
        const over = {
          kind: 'follow-up',
          approvedBy: 'sequence',
          dueAt: due,
          nextAt: due,
          stepId: later.id,
        } as const;
        const after = ({ contactId, enrollmentId, toAddress, toCanonical }: Message): Promise<Message> =>
          approve(contactId, enrollmentId ?? '', { ...over, toAddress, toCanonical });
        [next, silentNext] = [await after(first), await after(silent)];
      };
      app
        .get(ListenService)
        .start({ ...LISTEN_TIMES, lease: 2_000, search: 100, look: 200, pause: 50, longestPause: 100 });
    });
    afterEach(async () => {
      await app.close();
      await smtp.close();
    });

    const has = async (sql: string): Promise<boolean> => (await row(app.db, sql)) !== null;
    const now = async ({ id }: Message): Promise<Message> =>
      (await row<Message>(app.db, 'SELECT * FROM message WHERE id = $1', [id]))!;
    const deliver = () => app.run('deliver');
    const letters = (): string[] => smtp.received.map(({ raw }) => /^To:.*<(.*)>/im.exec(raw)?.[1] ?? raw);
    const readNow = async (): Promise<void> => {
      const at = app.clock.now().toISOString();
      await until('it is read at that hour', () =>
        has(`SELECT 1 FROM mailbox WHERE read_through_at = '${at}'`),
      );
    };
    const aWeekLater = async (): Promise<void> => {
      await app.run('plan');
      app.clock.set(new Date(app.clock.now().getTime() + WEEK + HOUR));
    };

    it('sends, files the copy, hears the answer, stops, and leaves everything else as it was', async () => {
      const user = mailbox.imapUsername ?? '';
      await dovecot.deliver(
        user,
        'INBOX',
        'From: news@example.net\r\nSubject: Old\r\nMessage-ID: <old@example.net>\r\n\r\nx\r\n',
      );
      const before = await dovecot.snapshot(user);
      await until('it listens', () => has('SELECT 1 FROM mailbox WHERE read_through_at IS NOT NULL'));
      await deliver();
      expect(await now(first)).toMatchObject({ state: 'sent', why: null });
      expect(await now(silent)).toMatchObject({ state: 'sent', why: null });
      expect(letters().sort()).toEqual(['grace@example.com', 'joan@example.com']);
      await followUps();
      // What is sent in the very instant of a reading is filed after the next one.
      app.clock.set(new Date(app.clock.now().getTime() + 1_000));
      await until('the copy', () =>
        has(`SELECT 1 FROM sent_copy WHERE filed_by = 'us' AND seen_at IS NOT NULL HAVING count(*) >= 2`),
      );
      const { messageIdHeader } = await now(first);
      await dovecot.deliver(user, 'INBOX', [`From: Grace <grace@example.com>`, 'To: ada@example.org', 'Subject: Re: A word',
        'Message-ID: <answer@example.com>', `In-Reply-To: ${messageIdHeader}`, '', 'Gladly!', ''].join('\r\n')); // prettier-ignore
      await until('the answer', () => has(`SELECT 1 FROM inbound WHERE kind = 'reply'`));
      await aWeekLater();
      await readNow();
      await deliver();
      expect(await now(next)).toMatchObject({ state: 'cancelled', whyCode: 'reply' });
      expect(await now(silentNext)).toMatchObject({ state: 'sent' });
      expect(letters().slice(2)).toEqual(['joan@example.com']);

      const after = await dovecot.snapshot(user);
      const added = Object.keys(after).filter((key) => !(key in before));
      expect(added.filter((key) => !key.startsWith('Sent/'))).toEqual(['INBOX/2']);
      for (const [key, mail] of Object.entries(before)) expect(after[key]).toEqual(mail);
      expect(after['INBOX/2']?.flags).toEqual(['\\Recent']);
      const field = (raw: string | undefined, name: string) =>
        new RegExp(`^${name}: .*`, 'im').exec(raw ?? '')?.[0];
      const copies = added.filter((key) => key.startsWith('Sent/')).map((key) => after[key]);
      expect(new Set(copies.map((copy) => field(copy?.raw, 'Message-ID'))).size).toBe(copies.length);
      expect(copies.length).toBeGreaterThanOrEqual(2);
      for (const copy of copies) {
        const left = smtp.received.find(
          ({ raw }) => field(raw, 'Message-ID') === field(copy?.raw, 'Message-ID'),
        );
        for (const name of ['From', 'To', 'Subject', 'Date']) {
          expect(field(copy?.raw, name)).toBe(field(left?.raw, name) ?? 'a field');
        }
        expect(copy?.flags).toContain('\\Seen');
        expect(copy?.raw).toContain('It was good to hear of your builds.');
      }
      const said = (await dovecot.said(user)).filter((line) => /^(?:SELECT|STORE|UID STORE|EXPUNGE|CLOSE|MOVE|COPY|UID MOVE|UID COPY|CREATE|DELETE|RENAME|APPEND)/.test(line)); // prettier-ignore
      expect(said.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(
        copies.map(() => 'APPEND Sent'),
      );
    });

    it('its IMAP server down, its SMTP server up: no follow-up leaves, and the answer that came meanwhile is heard first', async () => {
      const user = mailbox.imapUsername ?? '';
      await until('it listens', () => has('SELECT 1 FROM mailbox WHERE read_through_at IS NOT NULL'));
      await deliver();
      const { messageIdHeader } = await now(first);
      await followUps();
      await dovecot.halt();
      await until('the owner is told', () => has('SELECT 1 FROM mailbox WHERE listen_why IS NOT NULL'));
      await aWeekLater();
      const another = await firstTo('mary@example.com', 'Mary Late');
      for (let minute = 0; minute < 5; minute += 1) {
        await deliver();
        app.clock.set(new Date(app.clock.now().getTime() + 60_000));
      }
      expect(letters().slice(2)).toEqual(['mary@example.com']);
      expect(await now(another)).toMatchObject({ state: 'sent' });
      for (const waiting of [next, silentNext]) {
        // Looked at once, and not each minute anew.
        expect(await now(waiting)).toMatchObject({ state: 'approved', whyCode: 'not-heard', fence: 1 });
      }
      const { body } = await app.http.get('/outbox?state=approved').expect(200);
      expect((body as { items: { why: string }[] }).items.map(({ why }) => why)).toEqual(
        [1, 2].map(() => expect.stringMatching(/waits until inbox and Sent are read/) as string),
      );
      await dovecot.deliver(user, 'INBOX', [`From: Grace <grace@example.com>`, 'To: ada@example.org', 'Subject: Re: A word',
        'Message-ID: <late@example.com>', `In-Reply-To: ${messageIdHeader}`, '', 'Gladly!', ''].join('\r\n')); // prettier-ignore
      await dovecot.start();
      await readNow();
      await until('who waited is due', () =>
        has(`SELECT 1 FROM message WHERE state = 'approved' AND why IS NULL`),
      );
      await deliver();
      expect(await now(next)).toMatchObject({ state: 'cancelled', whyCode: 'reply' });
      expect(await now(silentNext)).toMatchObject({ state: 'sent', fence: 2 });
      expect(letters().slice(3)).toEqual(['joan@example.com']);
    });
  });
