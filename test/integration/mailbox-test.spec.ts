import { createServer, type AddressInfo } from 'node:net';
import type { MailboxTest } from '../../src/accounts/mailboxes.schemas.js';
import { MailboxServers } from '../../src/mail/mailbox-servers.js';
import { probeImap } from '../../src/mail/imap-probe.js';
import { firstMailbox } from '../../src/database/reach.js';
import { startApp, type TestApp } from '../app.js';
import {
  DOVECOT_PASSWORD,
  dovecotHere,
  sayDovecotIsMissing,
  startDovecot,
  type Dovecot,
} from '../mail/dovecot.js';
import { type Script, type ScriptedSmtp, startScriptedSmtp } from '../mail/scripted-smtp.js';
import { expiredCertificate, otherCertificate, testCertificate } from '../mail/tls.js';

const SECRET = 'open sesame';
const AUTH = { username: 'ada', password: SECRET };

describe('testing a mailbox at SMTP', () => {
  let app: TestApp;
  let smtp: ScriptedSmtp | null = null;
  beforeAll(async () => {
    app = await startApp();
  });
  afterEach(async () => {
    await smtp?.close();
    smtp = null;
    app.get(MailboxServers).ca = null;
    await app.db.query(`DELETE FROM mailbox WHERE kind = 'smtp'`);
  });
  afterAll(() => app.close());

  async function tested(script: Script, over: Record<string, unknown> = {}): Promise<MailboxTest> {
    smtp = await startScriptedSmtp(script);
    const { body } = await app.http
      .post('/mailboxes')
      .send({
        address: 'ada@example.com',
        host: '127.0.0.1',
        port: smtp.settings.port,
        tls: script.tls ?? 'none',
        ...(script.auth && AUTH),
        ...over,
      })
      .expect(201);
    const answer = await app.http.post(`/mailboxes/${(body as { id: string }).id}/test`).expect(200);
    expect(answer.text).not.toContain(SECRET);
    expect(answer.text).not.toContain(Buffer.from(`\0ada\0${SECRET}`).toString('base64'));
    return answer.body as MailboxTest;
  }

  it.each(['PLAIN', 'LOGIN'] as const)(
    'signs in by %s over STARTTLS and over implicit TLS',
    async (method) => {
      app.get(MailboxServers).ca = testCertificate;
      expect(await tested({ tls: 'starttls', auth: { ...AUTH, methods: [method] } })).toMatchObject({
        ok: true,
      });
      await smtp?.close();
      await app.db.query(`DELETE FROM mailbox WHERE kind = 'smtp'`);
      const over = await tested({ tls: 'implicit', auth: { ...AUTH, methods: [method] } });
      expect(over).toMatchObject({ ok: true, smtp: { ok: true }, imap: null });
      expect(smtp?.commands.filter((line) => /^(MAIL|RCPT|DATA)/.test(line))).toEqual([]);
    },
  );

  it.each<[string, Script, Record<string, unknown>, string, RegExp]>([
    ['a wrong password', { auth: AUTH }, { password: 'wrong' }, 'auth', /not accepted.*mailbox edit ada@example\.com --password/],
    ['an app password that is wanted', { auth: AUTH, authReply: '534 5.7.9 Application-specific password required' }, {}, 'auth', /app password/],
    ['OAuth that is wanted', { auth: AUTH, authReply: '535 5.7.139 basic authentication is disabled' }, {}, 'auth', /OAuth/],
    ['a busy greeting', { greeting: '421 4.3.2 too busy' }, {}, 'greeting', /minutes/],
    ['a blocked address', { greeting: '554 5.7.1 your address is blocked' }, {}, 'greeting', /block list/],
    ['no STARTTLS', { tls: 'none', auth: AUTH }, { tls: 'starttls' }, 'tls', /STARTTLS/],
    ['TLS where there is none', { tls: 'none', auth: AUTH }, { tls: 'implicit' }, 'tls', /does not speak TLS this way/],
    ['a certificate of its own', { tls: 'implicit', auth: AUTH }, {}, 'tls', /signed itself/],
    ['no such name', { auth: AUTH }, { host: 'no-such-host.invalid', tls: 'starttls' }, 'dns', /There is no server no-such-host\.invalid/],
    ['no sign-in offered', {}, AUTH, 'auth', /takes no sign-in/],
    ['a line that breaks at sign-in', { auth: AUTH, drop: 'auth' }, {}, 'auth', /./],
  ])('says where and what to do for %s', async (_, script, over, stage, advice) => {
    const { ok, smtp: said } = await tested(script, over);
    expect({ ok, stage: said?.stage }).toEqual({ ok: false, stage });
    expect(said?.advice).toMatch(advice);
  }); // prettier-ignore

  it('lets no address outside ASCII through a server that could send none of its mails', async () => {
    const jörg = { address: 'jörg@example.com' };
    const refused = await tested({ auth: AUTH }, jörg);
    expect(refused).toMatchObject({ ok: false, stage: 'ehlo', advice: expect.stringMatching(/SMTPUTF8/) });
    await smtp?.close();
    await app.db.query(`DELETE FROM mailbox WHERE kind = 'smtp'`);
    expect(await tested({ auth: AUTH, extensions: ['SMTPUTF8'] }, jörg)).toMatchObject({ ok: true });
    await smtp?.close();
    await app.db.query(`DELETE FROM mailbox WHERE kind = 'smtp'`);
    // A domain travels in ASCII (IDNA).
    expect(await tested({ auth: AUTH }, { address: 'ada@bücher.example.com' })).toMatchObject({ ok: true });
  });

  it('takes a server of this machine for no bridge of a provider', async () => {
    const { mailbox } = await tested({ auth: AUTH });
    expect(mailbox.savesSent).toBeNull();
  });

  it('tells an old certificate from one of another name', async () => {
    app.get(MailboxServers).ca = expiredCertificate;
    const old = await tested({ tls: 'implicit', auth: AUTH, certificate: expiredCertificate });
    expect(old.smtp).toMatchObject({ stage: 'tls', advice: expect.stringMatching(/run out/) });
    await smtp?.close();
    await app.db.query(`DELETE FROM mailbox WHERE kind = 'smtp'`);
    app.get(MailboxServers).ca = otherCertificate;
    const other = await tested({ tls: 'starttls', auth: AUTH, certificate: otherCertificate });
    expect(other.smtp).toMatchObject({ stage: 'tls', advice: expect.stringMatching(/not for the name 127\.0\.0\.1/) }); // prettier-ignore
  });

  it('ends a pause that waited for the owner, and no other, when it let us in', async () => {
    const { mailbox } = await tested({ auth: AUTH });
    const pause = (until: string): Promise<unknown> =>
      app.db.query(`UPDATE mailbox SET state = 'paused', paused_why = 'x', paused_until = ${until} WHERE id = $1`, [mailbox.id]); // prettier-ignore
    await pause('NULL');
    const first = await app.http.post(`/mailboxes/${mailbox.id}/test`).expect(200);
    expect((first.body as MailboxTest).mailbox.state).toBe('active');
    await pause(`'2027-01-01'`);
    const second = await app.http.post(`/mailboxes/${mailbox.id}/test`).expect(200);
    expect((second.body as MailboxTest).mailbox.state).toBe('paused');
  });

  it('sends from the first active mailbox, or from the one the owner chose', async () => {
    const make = async (name: string): Promise<string> => {
      const wish = {
        address: `${name}@example.com`,
        host: '127.0.0.1',
        port: 25,
        tls: 'none',
        warmUpFrom: null,
      };
      return ((await app.http.post('/mailboxes').send(wish).expect(201)).body as { id: string }).id;
    };
    const [one, two, three] = [await make('one'), await make('two'), await make('three')];
    expect(await firstMailbox(app.db, app.ownerId)).toBe(one);
    await app.db.query(`UPDATE mailbox SET state = 'paused' WHERE id = $1`, [one]);
    expect(await firstMailbox(app.db, app.ownerId)).toBe(two);
    const chosen = await app.http.post(`/mailboxes/${three}/prefer`).expect(200);
    expect(chosen.body).toMatchObject({ isDefault: true });
    expect(await firstMailbox(app.db, app.ownerId)).toBe(three);
    const { body } = await app.http.get('/mailboxes').expect(200);
    const items = (body as { items: { id: string; isDefault: boolean }[] }).items;
    expect(items.filter((item) => item.isDefault).map(({ id }) => id)).toEqual([three]);
    await app.http.post(`/mailboxes/${one}/prefer`).expect(200);
    expect(await firstMailbox(app.db, app.ownerId)).toBe(one);
  });

  it('keeps what it is told of IMAP, pace and a signing key, and shows no secret', async () => {
    const { mailbox } = await tested({ auth: AUTH });
    const edit = {
      imap: { host: 'imap.example.com', port: 143, password: 'another secret' },
      dailyCap: 40,
      gapSeconds: 60,
      warmUpFrom: null,
      savesSent: true,
    };
    const edited = await app.http.patch(`/mailboxes/${mailbox.id}`).set('If-Match', `"${mailbox.version}"`).send(edit).expect(200); // prettier-ignore
    expect(edited.body).toMatchObject({
      imap: { host: 'imap.example.com', port: 143, tls: 'starttls', username: null, hasPassword: true },
      hasPassword: true,
      dailyCap: 40,
      gapSeconds: 60,
      warmUpFrom: null,
      savesSent: true,
    });
    expect(edited.text).not.toContain('secret');
    expect(await app.get(MailboxServers).imap(mailbox.id)).toMatchObject({
      kind: 'ready',
      settings: { host: 'imap.example.com', username: 'ada', password: 'another secret' },
    });
    const { version } = edited.body as { version: number };
    const patch = (wish: object) => app.http.patch(`/mailboxes/${mailbox.id}`).set('If-Match', `"${version}"`).send(wish); // prettier-ignore
    const plain = await patch({ imap: { host: 'imap.example.com', tls: 'none' } }).expect(400);
    expect(plain.body).toMatchObject({ issues: [{ field: 'imap.tls' }] });
    await patch({ dkim: { domain: 'example.com', selector: 's1', key: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n' } }).expect(400); // prettier-ignore
    const gone = await patch({ imap: null }).expect(200);
    expect((gone.body as { imap: unknown }).imap).toBeNull();
    expect(await app.get(MailboxServers).imap(mailbox.id)).toEqual({ kind: 'none' });
  });
});

describe('an IMAP server that does not go on', () => {
  it.each<[string, string, (line: string) => string, string, RegExp]>([
    ['falls silent at the sign-in', '* OK [CAPABILITY IMAP4rev1] hello', () => '', 'auth', /time/i],
    ['says goodbye at once', '* BYE too many connections from your network', () => '', 'greeting', /^too many connections/],
    ['takes no sign-in without TLS', '* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hello', () => '', 'auth', /^Login is disabled$/],
    ['is busy', '* OK [CAPABILITY IMAP4rev1] hello', (tag) => `${tag} NO [UNAVAILABLE] later`, 'auth', /^\[UNAVAILABLE\] later$/],
  ])('%s, and is told apart from a wrong password', async (_, greeting, answer, stage, text) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write(`${greeting}\r\n`);
      if (greeting.startsWith('* BYE')) socket.end();
      socket.setEncoding('utf8').on('data', (line: string) => {
        const said = answer(line.split(' ')[0] ?? '');
        if (said !== '') socket.write(`${said}\r\n`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const timeouts = { connect: 1000, greeting: 1000, socket: 1000 };
    const settings = { host: '127.0.0.1', port, tls: 'none', username: 'ada', password: SECRET, timeouts } as const;
    const probed = await probeImap(settings);
    server.close();
    expect(probed).toEqual({ kind: 'refused', stage, text: expect.stringMatching(text) });
  }); // prettier-ignore
});

const withDovecot = dovecotHere ? describe : describe.skip;
if (!dovecotHere) sayDovecotIsMissing('testing a mailbox at IMAP');

withDovecot('testing a mailbox at IMAP', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot({
      extra:
        'namespace inbox {\n  mailbox Verschickt {\n    special_use = \\Sent\n    auto = create\n  }\n}\n',
    });
    await dovecot.deliver('ada', 'INBOX', 'From: a@example.com\r\nSubject: one\r\n\r\nHello\r\n');
  });
  afterAll(() => dovecot.stop());

  const settings = () => ({
    host: '127.0.0.1',
    port: dovecot.tlsPort,
    tls: 'implicit' as const,
    username: 'ada',
    password: DOVECOT_PASSWORD,
    ca: testCertificate,
    timeouts: { connect: 2000, greeting: 2000, socket: 5000 },
  });

  it('signs in, finds the folder of sent mail by its use, and leaves every mail as it was', async () => {
    const before = await dovecot.snapshot('ada');
    const seen = { kind: 'open', inbox: 1, sent: 'Verschickt', idle: true };
    expect(await probeImap(settings())).toEqual(seen);
    expect(await probeImap({ ...settings(), port: dovecot.port, tls: 'starttls' })).toEqual(seen);
    expect(await probeImap({ ...settings(), port: dovecot.port, tls: 'none' })).toEqual(seen);
    expect(await dovecot.snapshot('ada')).toEqual(before);
    const said = (await dovecot.said('ada')).join('\n');
    expect(said).toMatch(/EXAMINE/);
    expect(said).not.toMatch(/\b(STORE|APPEND|EXPUNGE|COPY|MOVE|SELECT)\b/);
  });

  it.each<[string, () => Partial<ReturnType<typeof settings>>, string, RegExp]>([
    ['a wrong password', () => ({ password: 'wrong' }), 'auth', /AUTHENTICATIONFAILED/],
    [
      'a certificate nobody vouches for',
      () => ({ ca: otherCertificate }),
      'tls',
      /self[- ]signed|unable to verify/i,
    ],
    ['a closed port', () => ({ port: 1 }), 'connect', /ECONNREFUSED/],
    ['no such name', () => ({ host: 'no-such-host.invalid' }), 'connect', /ENOTFOUND|EAI_AGAIN/],
    ['TLS on the port without', () => ({ port: dovecot.port }), 'tls', /wrong version number|EPROTO|SSL/],
  ])('says where it fails: %s', async (_, over, stage, text) => {
    const probed = await probeImap({ ...settings(), ...over() });
    expect(probed).toMatchObject({ kind: 'refused', stage });
    expect(probed.kind === 'refused' && probed.text).toMatch(text);
    expect(JSON.stringify(probed)).not.toContain(DOVECOT_PASSWORD);
  });
});
