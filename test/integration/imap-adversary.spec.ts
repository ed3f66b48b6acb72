import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mailbox } from '../../src/database/entities/owner.entity.js';
import { row, rows } from '../../src/database/rows.js';
import { ListenService } from '../../src/inbox/listen.service.js';
import type { ListenTimes } from '../../src/inbox/listen.types.js';
import { startApp, type TestApp } from '../app.js';
import { buildContact, buildMessage } from '../factories.js';
import { startCuttingProxy } from '../mail/cutting-proxy.js';
import { buildDovecotMailbox, FOLDERS, QUICK, until } from '../mail/dovecot-mailbox.js';
import { startObjectingImap } from '../mail/objecting-imap.js';
import { dovecotHere, sayDovecotIsMissing, startDovecot, type Dovecot } from '../mail/dovecot.js';

const DAY = 86_400_000;

let made = 0;
const mail = (from: string, to: string, ...headers: string[]): string =>
  [`From: ${from}`, `To: ${to}`, 'Subject: Re: A word after the conference', `Message-ID: <odd-${(made += 1)}@example.com>`,
    `Date: ${new Date().toUTCString()}`, ...headers, '', 'Thank you!', ''].join('\r\n'); // prettier-ignore

if (!dovecotHere) {
  sayDovecotIsMissing('folders and servers that behave oddly');
  it.skip('skipped: no dovecot-imapd on this machine (.ci/run installs it)', () => undefined);
} else
  describe('law 2: a mailbox that makes listening hard', () => {
    let dovecot: Dovecot;
    let app: TestApp;
    let user: string;
    let users = 0;
    let mailbox: Mailbox;
    let contactId: string;

    beforeAll(async () => {
      dovecot = await startDovecot({ extra: FOLDERS });
    });
    afterAll(() => dovecot.stop());

    beforeEach(async () => {
      app = await startApp({ now: new Date().toISOString() });
      app.clock.set(new Date());
      app.clock.release();
      user = `odd-${(users += 1)}`;
      mailbox = await addMailbox(user);
      contactId = (await buildContact(app, { email: 'grace@example.com', fullName: 'Grace Hop' })).id;
      const at = new Date(Date.now() - 3 * DAY);
      await buildMessage(app, { contactId, mailboxId: mailbox.id, state: 'sent', dueAt: at, sentAt: at, toAddress: 'grace@example.com', toCanonical: 'grace@example.com', messageIdHeader: '<ours@example.org>', subject: 'A word after the conference' }); // prettier-ignore
    });
    afterEach(() => app.close());

    const addMailbox = (imapUsername: string, over: Partial<Mailbox> = {}): Promise<Mailbox> =>
      buildDovecotMailbox(app, dovecot.port, imapUsername, over);
    const listen = (times: Partial<ListenTimes> = {}): void =>
      app.get(ListenService).start({ ...QUICK, ...times });
    const state = ({ id }: Mailbox = mailbox) =>
      row<Pick<Mailbox, 'readThroughAt' | 'listenWhy'>>(
        app.db,
        'SELECT read_through_at, listen_why FROM mailbox WHERE id = $1',
        [id],
      );
    const heard = async (which: Mailbox = mailbox): Promise<void> => {
      const since = app.clock.now();
      await until(
        'everything read',
        async () => ((await state(which))?.readThroughAt ?? new Date(0)) > since,
      );
    };
    const inbound = () => rows<{ kind: string; fromAddress: string }>(app.db, 'SELECT kind, from_address FROM inbound ORDER BY id'); // prettier-ignore
    const words = () => rows(app.db, 'SELECT contact_id FROM interaction');
    // A look that is broken off, as its lease may end on a busy machine, leaves it anew in the next.
    const left = () => rows(app.db, `SELECT DISTINCT detail->>'folder' AS folder, detail->>'uid' AS uid FROM audit WHERE what = 'mail-unreadable' ORDER BY 1, 2`); // prettier-ignore
    const GRACE = 'Grace <grace@example.com>';
    const ADA = 'Ada <ada@example.org>';
    const ANSWERING = 'In-Reply-To: <ours@example.org>';

    it('a mail without a byte, as a full disk leaves it, is left, and the others are heard', async () => {
      await dovecot.deliver(user, 'INBOX', '');
      await dovecot.deliver(user, 'INBOX', mail(GRACE, ADA, ANSWERING));
      listen();
      await heard();
      expect(await inbound()).toEqual([{ kind: 'reply', fromAddress: 'grace@example.com' }]);
      expect(await left()).toEqual([{ folder: 'INBOX', uid: '1' }]);
    });

    it('a mail that the server does not give is waited for, then left; the others are heard meanwhile', async () => {
      await dovecot.deliver(user, 'INBOX', mail('Bob <bob@example.net>', ADA));
      await dovecot.deliver(user, 'INBOX', mail(GRACE, ADA, ANSWERING));
      const dir = join(dovecot.maildir(user, 'INBOX'), 'new');
      const [first = ''] = (await readdir(dir)).sort();
      await chmod(join(dir, first), 0);
      listen({ giveUp: 2_500 });
      await until('the answer', async () => (await inbound()).length === 1);
      expect((await state())?.readThroughAt).toBeNull();
      await heard();
      expect(await left()).toEqual([{ folder: 'INBOX', uid: '1' }]);
      expect(await inbound()).toEqual([{ kind: 'reply', fromAddress: 'grace@example.com' }]);
    });

    it('a folder for spam that may not be opened makes it deaf to nothing else, and the owner is told', async () => {
      await dovecot.makeFolder(user, 'Extra');
      await dovecot.deliver(user, 'Junk', mail(GRACE, ADA));
      await chmod(dovecot.maildir(user, 'Junk'), 0);
      await dovecot.deliver(user, 'INBOX', mail(GRACE, ADA, ANSWERING));
      listen();
      await heard();
      expect(await inbound()).toHaveLength(1);
      expect((await state())?.listenWhy).toMatch(/not seen in Junk/);
      await chmod(dovecot.maildir(user, 'Junk'), 0o700);
    });

    it('mail of the owner’s hand counts in every folder where a program files it; a draft nowhere', async () => {
      await dovecot.makeFolder(user, 'Sent Messages');
      await dovecot.makeFolder(user, 'Drafts');
      await dovecot.deliver(user, 'Drafts', mail(ADA, GRACE));
      await dovecot.deliver(user, 'Sent', mail(ADA, GRACE));
      listen();
      await until('the first word', async () => (await words()).length === 1);
      await dovecot.deliver(user, 'Sent Messages', mail(ADA, `Bob <bob@example.net>`, `Bcc: ${GRACE}`));
      await until('the second', async () => (await words()).length === 2);
      await heard();
      expect(await words()).toHaveLength(2);
    });

    it('mail that the owner wrote under another name is no answer, wherever a copy lies', async () => {
      const byAlias = mail('Ada <ada@alias.example.net>', GRACE, ANSWERING);
      await dovecot.deliver(user, 'Sent', byAlias);
      await dovecot.deliver(user, 'Alles', byAlias);
      await dovecot.deliver(user, 'INBOX', byAlias);
      listen();
      await heard();
      expect(await inbound()).toEqual([]);
      expect(await words()).toEqual([{ contactId }]);
    });

    it('answers that came to a mailbox from which nothing was sent are found, those before it was connected too', async () => {
      const other = await addMailbox(`${user}-private`);
      await dovecot.deliver(`${user}-private`, 'INBOX', mail('Desk <desk@example.com>', ADA, ANSWERING));
      const old = new Date(Date.now() - 30 * DAY);
      await dovecot.deliver(`${user}-private`, 'INBOX', mail('old@example.net', ADA), old);
      listen();
      await heard(other);
      expect(await inbound()).toEqual([{ kind: 'reply', fromAddress: 'desk@example.com' }]);
      await dovecot.renumber(`${user}-private`, 'INBOX');
      await dovecot.deliver(`${user}-private`, 'INBOX', mail(GRACE, ADA, ANSWERING));
      await until('the second', async () => (await inbound()).length === 2);
    });

    it('NO, BAD and BYE at every command: nothing is called read that was not, and nothing is lost in the end', async () => {
      const commands = ['NAMESPACE', 'LIST', 'EXAMINE', 'UID SEARCH', 'UID FETCH', 'IDLE'];
      const cases = commands.flatMap((command) =>
        (['NO', 'BAD', 'BYE'] as const).map((objection) => ({ command, objection })),
      );
      const proxies = await Promise.all(
        cases.map(({ command, objection }) => startObjectingImap(dovecot.port, command, objection, 3)),
      );
      const boxes = await Promise.all(
        cases.map(async ({ command, objection }, n) => {
          const name = `${user}-${n}`;
          await dovecot.deliver(name, 'INBOX', mail(`case-${n}@example.com`, ADA, ANSWERING));
          const box = await addMailbox(name, { imapPort: proxies[n]!.port });
          return { box, what: `${objection} to ${command}`, from: `case-${n}@example.com` };
        }),
      );
      listen();
      for (const { box, what, from } of boxes) {
        await until(what, async () => (await state(box))?.readThroughAt != null);
        const taken = await rows(app.db, 'SELECT 1 FROM inbound WHERE from_address = $1', [from]);
        expect([what, taken.length]).toEqual([what, 1]);
      }
      await until('each objection', () => Promise.resolve(proxies.every(({ objections }) => objections > 0)));
      await app.get(ListenService).beforeApplicationShutdown();
      for (const proxy of proxies) await proxy.close();
    });

    it('a server that hangs up on whoever waits is asked each minute instead, and not dialled without end', async () => {
      const proxy = await startCuttingProxy(dovecot.port);
      proxy.cutOn('IDLE');
      await app.db.query('UPDATE mailbox SET imap_port = $1 WHERE id = $2', [proxy.port, mailbox.id]);
      listen({ look: 400 });
      await until('it gave up IDLE', () => Promise.resolve(proxy.taken === 4));
      await heard();
      await heard();
      await dovecot.deliver(user, 'INBOX', mail(GRACE, ADA, ANSWERING));
      await until('the answer', async () => (await inbound()).length === 1);
      expect(proxy.taken).toBe(4);
      await app.get(ListenService).beforeApplicationShutdown();
      await proxy.close();
    });

    it('a server that always tells of news that are none is asked each minute instead, and not without end', async () => {
      const proxy = await startObjectingImap(dovecot.port, 'IDLE', 'LIE', Infinity);
      await app.db.query('UPDATE mailbox SET imap_port = $1 WHERE id = $2', [proxy.port, mailbox.id]);
      listen();
      let asked = -1;
      await until('it gave up IDLE', async () => {
        const before = asked;
        asked = proxy.objections;
        await heard();
        return before === asked;
      });
      await dovecot.deliver(user, 'INBOX', mail(GRACE, ADA, ANSWERING));
      await until('the answer', async () => (await inbound()).length === 1);
      await heard();
      await app.get(ListenService).beforeApplicationShutdown();
      await proxy.close();
      expect(proxy.objections).toBe(asked);
    });
  });
