import { createServer, type AddressInfo } from 'node:net';
import { fileInSent } from '../../src/mail/imap-append.js';
import { openClient } from '../../src/mail/imap-open.js';
import { ImapSession, LARGE_MAIL_PART } from '../../src/mail/imap.js';
import type { ImapSettings } from '../../src/mail/imap-settings.js';
import {
  DOVECOT_PASSWORD,
  dovecotHere,
  sayDovecotIsMissing,
  startDovecot,
  type Dovecot,
} from '../mail/dovecot.js';
import { testCertificate } from '../mail/tls.js';

/** What a conversation may hold; everything else changes a mailbox. */
const HARMLESS =
  /^(?:ID|NAMESPACE|ENABLE|LIST|LSUB|EXAMINE|UID SEARCH|UID FETCH|IDLE|DONE|NOOP|STATUS|LOGOUT)\b/;
const EPOCH = new Date('2000-01-01');

const mail = (id: string, body = 'Hello'): string =>
  [`From: Grace <grace@example.com>`, 'To: ada@example.org', `Subject: About ${id}`, `Message-ID: <${id}@example.com>`,
    'Date: Thu, 26 Nov 2026 09:00:00 +0000', '', body, ''].join('\r\n'); // prettier-ignore

async function open(settings: ImapSettings): Promise<ImapSession> {
  const opened = await ImapSession.open(settings);
  if (opened.kind === 'refused') throw new Error(`${opened.stage}: ${opened.text}`);
  return opened.session;
}

if (!dovecotHere) {
  sayDovecotIsMissing('the IMAP conversation');
  it.skip('skipped: no dovecot-imapd on this machine (.ci/run installs it)', () => undefined);
} else
  describe('an IMAP conversation', () => {
    let dovecot: Dovecot;
    const settings = (user: string, over: Partial<ImapSettings> = {}): ImapSettings => ({
      host: '127.0.0.1',
      port: dovecot.port,
      tls: 'none',
      username: user,
      password: DOVECOT_PASSWORD,
      ...over,
    });

    beforeAll(async () => {
      dovecot = await startDovecot({
        extra:
          'namespace inbox {\n  mailbox Ausgang {\n    special_use = \\Sent\n    auto = create\n  }\n}\n',
      });
    });
    afterAll(() => dovecot.stop());

    it('changes nothing, and says nothing that could', async () => {
      for (const id of ['one', 'two', 'three']) await dovecot.deliver('quiet', 'INBOX', mail(id));
      const before = await dovecot.snapshot('quiet');
      const spoken = (await dovecot.said('quiet')).length;
      const session = await open(settings('quiet'));
      expect(await session.folders()).toEqual({
        inbox: 'INBOX',
        sent: 'Ausgang',
        alsoSent: [],
        junk: null,
        all: null,
      });
      const { uidNext } = await session.examine('INBOX');
      const uids = await session.uidsAbove(1, EPOCH);
      expect(uids).toEqual([2, 3]);
      const heads = await session.heads(uids);
      expect(heads.map(({ head }) => head.messageId)).toEqual(['<two@example.com>', '<three@example.com>']);
      const raws: string[] = [];
      for await (const { raw } of session.mails(heads)) raws.push(raw.toString());
      expect(raws).toEqual([mail('two'), mail('three')]);
      expect(await session.holds('<one@example.com>')).toBe(true);
      expect(await session.holds('<four@example.com>')).toBe(false);
      expect(await session.waitForNews('INBOX', uidNext, 50, new AbortController().signal)).toBe('quiet');
      await session.close();

      const said = (await dovecot.said('quiet')).slice(spoken);
      expect(said.filter((line) => !HARMLESS.test(line))).toEqual([]);
      expect(said.filter((line) => /BODY(?!\.PEEK)\[|RFC822(?!\.SIZE)/.test(line))).toEqual([]);
      expect(said.some((line) => line === 'IDLE')).toBe(true);
      // Since a day, not for an age: our clock may have been set back since.
      expect(said.filter((line) => line.startsWith('UID SEARCH UID'))).toEqual([
        'UID SEARCH UID 2:* SINCE 01-Jan-2000',
      ]);
      expect(await dovecot.snapshot('quiet')).toEqual(before);
      // New mail stays new to the owner's own program.
      expect(Object.values(before).map(({ flags }) => flags)).toEqual([
        ['\\Recent'],
        ['\\Recent'],
        ['\\Recent'],
      ]);
    });

    it('stops on this side what would mark, move or delete', async () => {
      await dovecot.deliver('guard', 'INBOX', mail('kept'));
      const before = await dovecot.snapshot('guard');
      const spoken = (await dovecot.said('guard')).length;
      const opened = await openClient(settings('guard'));
      if (opened.kind === 'refused') throw new Error(opened.text);
      const { client } = opened;
      await expect(client.mailboxOpen('INBOX')).rejects.toThrow('SELECT may change a mailbox');
      await client.mailboxOpen('INBOX', { readOnly: true });
      const attempts = [
        client.messageFlagsAdd('1', ['\\Seen']),
        client.messageDelete('1'),
        client.messageMove('1', 'Ausgang'),
        client.messageCopy('1', 'Ausgang'),
        client.append('INBOX', 'x'),
        client.mailboxCreate('New'),
        client.mailboxDelete('Ausgang'),
        client.mailboxClose(),
        client.exec('UID FETCH', [
          { type: 'SEQUENCE', value: '1' },
          { type: 'ATOM', value: 'BODY', section: [] },
        ]),
      ];
      for (const attempt of attempts) expect(await attempt.catch(() => false)).toBeFalsy();
      client.close();
      const said = (await dovecot.said('guard')).slice(spoken);
      expect(said.filter((line) => !HARMLESS.test(line))).toEqual([]);
      expect(said.length).toBeGreaterThan(3);
      expect(await dovecot.snapshot('guard')).toEqual(before);
    });

    it('asks for a large mail only in part', async () => {
      const large = mail('large', `${'x'.repeat(76)}\r\n`.repeat(40_000));
      await dovecot.deliver('large', 'INBOX', large);
      await dovecot.deliver('large', 'INBOX', mail('small'));
      const session = await open(settings('large'));
      await session.examine('INBOX');
      const got: { size: number; whole: boolean }[] = [];
      for await (const { raw, whole } of session.mails(await session.heads([1, 2]))) {
        got.push({ size: raw.length, whole });
      }
      await session.close();
      expect(got).toEqual([
        { size: LARGE_MAIL_PART, whole: false },
        { size: mail('small').length, whole: true },
      ]);
    });

    it('wakes when a mail comes', async () => {
      await dovecot.deliver('waits', 'INBOX', mail('first'));
      const session = await open(settings('waits'));
      const { uidNext } = await session.examine('INBOX');
      const news = session.waitForNews('INBOX', uidNext, 60_000, new AbortController().signal);
      const begun = performance.now();
      await dovecot.deliver('waits', 'INBOX', mail('second'));
      expect(await news).toBe('news');
      expect(performance.now() - begun).toBeLessThan(20_000);
      // What had come before it began to wait is news as well.
      expect(await session.waitForNews('INBOX', uidNext, 60_000, new AbortController().signal)).toBe('news');
      await session.close();
    });

    it('looks for itself where the server knows no IDLE', async () => {
      const plain = await startDovecot({
        extra: 'protocol imap {\n  imap_capability = IMAP4rev1 SASL-IR LITERAL+\n}\n',
      });
      try {
        await plain.deliver('polls', 'INBOX', mail('first'));
        const session = await open({ ...settings('polls'), port: plain.port });
        const { uidNext } = await session.examine('INBOX');
        const { signal } = new AbortController();
        expect(await session.waitForNews('INBOX', uidNext, 200, signal)).toBe('quiet');
        const news = session.waitForNews('INBOX', uidNext, 1_000, signal);
        await plain.deliver('polls', 'INBOX', mail('second'));
        expect(await news).toBe('news');
        await session.close();
        expect((await plain.said('polls')).filter((line) => line === 'IDLE')).toEqual([]);
      } finally {
        await plain.stop();
      }
    });

    it('knows folders below a prefix, by names in other languages that travel in UTF-7', async () => {
      const prefixed = await startDovecot({
        extra: 'namespace inbox {\n  prefix = INBOX.\n  separator = .\n}\n',
      });
      try {
        for (const name of ['INBOX.Envoyés', 'INBOX.Courrier indésirable']) {
          await prefixed.makeFolder('prefix', name);
        }
        const here = { ...settings('prefix'), port: prefixed.port };
        await fileInSent(here, 'INBOX.Envoyés', Buffer.from(mail('ours')), EPOCH);
        const session = await open(here);
        const folders = await session.folders();
        expect(folders).toMatchObject({
          inbox: 'INBOX',
          sent: 'INBOX.Envoyés',
          junk: 'INBOX.Courrier indésirable',
        });
        expect(await session.examine('INBOX.Envoyés')).toMatchObject({ uidNext: 2 });
        expect(await session.holds('<ours@example.com>')).toBe(true);
        await session.close();
        expect((await prefixed.said('prefix')).some((line) => line.includes('INBOX.Envoy&AOk-s'))).toBe(true);
      } finally {
        await prefixed.stop();
      }
    });

    it('files our copy in Sent, seen and dated', async () => {
      const sentAt = new Date('2026-11-20T08:00:00Z');
      await dovecot.makeFolder('files', 'Other');
      const filed = await fileInSent(settings('files'), 'Ausgang', Buffer.from(mail('ours')), sentAt);
      expect(filed).toEqual({ kind: 'filed' });
      const all = await dovecot.snapshot('files');
      expect(all['Ausgang/1']).toEqual({ raw: mail('ours'), flags: ['\\Recent', '\\Seen'] });
      const session = await open(settings('files'));
      await session.examine('Ausgang');
      expect(await session.uidsAbove(0, new Date('2026-11-20'))).toEqual([1]);
      expect(await session.uidsAbove(0, new Date('2026-11-21'))).toEqual([]);
      await session.close();
    });

    it.each(['implicit', 'starttls'] as const)('signs in by TLS: %s', async (tls) => {
      const port = tls === 'implicit' ? dovecot.tlsPort : dovecot.port;
      const session = await open(settings('tls', { tls, port, ca: testCertificate }));
      expect((await session.folders()).sent).toBe('Ausgang');
      await session.close();
      expect(await ImapSession.open(settings('tls', { tls, port }))).toMatchObject({
        kind: 'refused',
        stage: 'tls',
      });
    });

    it('tells at which step it failed', async () => {
      const wrong = await ImapSession.open(settings('who', { password: 'a wrong one' }));
      expect(wrong).toMatchObject({ kind: 'refused', stage: 'auth' });
      expect(JSON.stringify(wrong)).not.toContain('a wrong one');
      expect(await ImapSession.open(settings('who', { port: 1 }))).toMatchObject({ stage: 'connect' });
      const far = await ImapSession.open(settings('who', { host: 'imap.example.com' }));
      expect(far).toMatchObject({ stage: 'auth', text: expect.stringContaining('without TLS') });
    });

    it('understands a server that turns it away, and one that says nothing', async () => {
      for (const [greeting, stage] of [
        ['* BYE too many connections\r\n', 'greeting'],
        ['', 'greeting'],
        ['* OK ready\r\n', 'session'],
      ] as const) {
        const server = createServer((socket) => {
          socket.on('error', () => undefined);
          if (greeting !== '') socket.write(greeting);
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const { port } = server.address() as AddressInfo;
        const timeouts = { connect: 500, greeting: 500, socket: 500 };
        expect(await ImapSession.open(settings('who', { port, timeouts }))).toMatchObject({
          kind: 'refused',
          stage,
        });
        server.close();
      }
    });
  });
