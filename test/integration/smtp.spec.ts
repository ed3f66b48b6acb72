import { createServer, type AddressInfo, type Socket } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { EnvelopeRefused } from '../../src/mail/envelope.js';
import { greet } from '../../src/mail/smtp-greet.js';
import { Transcript } from '../../src/mail/smtp-transcript.js';
import { SmtpSession, type SendEnd, type SmtpSettings } from '../../src/mail/smtp.js';
import { startScriptedSmtp, type Moment, type Script, type ScriptedSmtp } from '../mail/scripted-smtp.js';

const FROM = 'olga@example.com';
const TO = 'ada@example.org';
const LOGIN = { username: 'olga@example.com', password: 'a long secret' };
const SMALL = Buffer.from(
  'From: olga@example.com\r\nTo: ada@example.org\r\nMessage-ID: <1@example.com>\r\n\r\nHello\r\n',
);
/** Larger than all socket buffers together, so that its end cannot have left while the server reads nothing. */
const HUGE = Buffer.concat([SMALL, Buffer.alloc(32 * 1024 * 1024, 'all work and no play\r\n')]);

let server: ScriptedSmtp;
const sessions: SmtpSession[] = [];

async function serve(script: Script = {}): Promise<void> {
  server = await startScriptedSmtp(script);
}

async function open(settings: Partial<SmtpSettings> = {}): Promise<SmtpSession> {
  const opened = await SmtpSession.open({ ...server.settings, ...settings });
  if (opened.kind === 'refused') throw new Error(`${opened.stage}: ${opened.text}`);
  sessions.push(opened.session);
  return opened.session;
}

const yes = (): Promise<boolean> => Promise.resolve(true);

function send(
  session: SmtpSession,
  change: Partial<Parameters<SmtpSession['send']>[0]> = {},
): Promise<SendEnd> {
  return session.send({ from: FROM, to: TO, mime: SMALL, mark: yes, ...change });
}

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.close();
  await server?.close();
});

describe('opening a session', () => {
  it('names "connect" when nobody listens', async () => {
    await serve();
    await server.close();
    expect(await SmtpSession.open(server.settings)).toEqual({
      kind: 'refused',
      stage: 'connect',
      code: null,
      text: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  it.each<[string, Script, { stage: string; code: number | null }]>([
    ['dropped at once', { drop: 'connect' }, { stage: 'greeting', code: null }],
    ['busy', { greeting: '421 4.3.2 busy' }, { stage: 'greeting', code: 421 }],
    ['unwilling', { greeting: '554 5.7.1 not you' }, { stage: 'greeting', code: 554 }],
    ['silent', { stall: 'connect' }, { stage: 'greeting', code: null }],
    ['dropped at EHLO', { drop: 'ehlo' }, { stage: 'ehlo', code: null }],
    ['EHLO and HELO refused', { ehlo: '550 5.7.1 no' }, { stage: 'ehlo', code: 550 }],
    ['silent after EHLO', { stall: 'ehlo' }, { stage: 'ehlo', code: null }],
    ['wrong password', { auth: LOGIN, authReply: '535 5.7.8 no' }, { stage: 'auth', code: 535 }],
    ['passing sign-in fault', { auth: LOGIN, authReply: '454 4.7.0 later' }, { stage: 'auth', code: 454 }],
    ['dropped at AUTH', { auth: LOGIN, drop: 'auth' }, { stage: 'auth', code: null }],
    ['TLS dropped', { tls: 'implicit', drop: 'tls' }, { stage: 'tls', code: null }],
    ['STARTTLS refused', { tls: 'starttls', starttls: '454 4.7.0 not now' }, { stage: 'tls', code: 454 }],
    ['STARTTLS handshake dropped', { tls: 'starttls', drop: 'tls' }, { stage: 'tls', code: null }],
  ])('knows the stage: %s', async (_name, script, stage) => {
    await serve(script);
    const timeouts = { connect: 1_000, greeting: 400, socket: 400 };
    expect(await SmtpSession.open({ ...server.settings, timeouts })).toMatchObject({
      kind: 'refused',
      ...stage,
    });
  });

  it.each(['implicit', 'starttls'] as const)('sends over %s TLS, signed in', async (tls) => {
    await serve({ tls, auth: LOGIN, extensions: ['PIPELINING', 'SIZE 1000000'] });
    expect(await send(await open())).toEqual({ kind: 'accepted', response: '250 2.0.0 taken' });
    expect(server.received).toEqual([
      { to: [TO], raw: SMALL.toString().trimEnd(), messageId: '<1@example.com>' },
    ]);
    expect(server.commands.some((command) => command.startsWith('AUTH PLAIN'))).toBe(true);
  });

  it('signs in by AUTH LOGIN where PLAIN is not offered', async () => {
    await serve({ auth: { ...LOGIN, methods: ['LOGIN'] } });
    expect(await send(await open())).toMatchObject({ kind: 'accepted' });
  });

  it('reports a password the server does not know', async () => {
    await serve({ tls: 'implicit', auth: LOGIN });
    const opened = await SmtpSession.open({ ...server.settings, password: 'another' });
    expect(opened).toMatchObject({ kind: 'refused', stage: 'auth', code: 535 });
    expect(JSON.stringify(opened)).not.toContain('another');
  });

  it.each(['implicit', 'starttls'] as const)('refuses a certificate nobody vouches for: %s', async (tls) => {
    await serve({ tls, auth: LOGIN });
    const opened = await SmtpSession.open({ ...server.settings, ca: undefined });
    expect(opened).toMatchObject({ kind: 'refused', stage: 'tls', code: null });
    expect(opened).toMatchObject({ text: expect.stringMatching(/certificate/) as string });
    expect(server.commands.join()).not.toContain('AUTH');
  });

  it('never falls back to plain text when STARTTLS is wanted and not offered', async () => {
    await serve({ auth: LOGIN });
    const opened = await SmtpSession.open({ ...server.settings, tls: 'starttls' });
    expect(opened).toMatchObject({ kind: 'refused', stage: 'tls', code: 502 });
    expect(server.commands.join()).not.toMatch(/AUTH|MAIL/);
  });

  it('gives a password without TLS to nobody but this machine', async () => {
    await serve({ auth: LOGIN });
    expect(await SmtpSession.open(server.settings)).toMatchObject({ kind: 'open' });
    for (const remoteAddress of ['192.0.2.7', '10.0.0.1', '::ffff:192.0.2.7', '2001:db8::1', undefined]) {
      const far = await greet(
        new SMTPConnection({}),
        { remoteAddress },
        new Transcript('greeting'),
        server.settings,
      );
      expect(far).toMatchObject({
        stage: 'auth',
        code: null,
        text: expect.stringContaining('without TLS') as string,
      });
    }
  });

  it('says so when the server offers no sign-in, or no password is set', async () => {
    await serve();
    const settings = { ...server.settings, username: 'olga' };
    expect(await SmtpSession.open({ ...settings, password: 'x' })).toMatchObject({
      stage: 'auth',
      code: null,
    });
    expect(await SmtpSession.open(settings)).toMatchObject({
      stage: 'auth',
      text: 'no password is set for olga',
    });
    expect(server.commands.join()).not.toContain('AUTH');
  });
});

describe('the stage at which a message ended', () => {
  const EXTENSIONS = [[], ['PIPELINING']];
  const lost: [Moment, string][] = [
    ['mail', 'mail'],
    ['rcpt', 'rcpt'],
    ['data', 'data'],
  ];

  it.each(lost.flatMap(([drop, stage]) => EXTENSIONS.map((extensions) => ({ drop, stage, extensions }))))(
    'a connection lost at $drop is "$stage" and never asked for the mark ($extensions)',
    async ({ drop, stage, extensions }) => {
      await serve({ drop, extensions });
      const session = await open();
      let marks = 0;
      const end = await send(session, { mark: () => Promise.resolve(++marks > 0) });
      expect(end).toMatchObject({ kind: 'ended', stage, code: null });
      expect([marks, server.received.length, session.usable]).toEqual([0, 0, false]);
    },
  );

  const refusals: [string, Script, string, number][] = [
    ['MAIL 451', { mail: '451 4.3.0 later' }, 'mail', 451],
    ['MAIL 550', { mail: '550 5.7.1 sender not allowed' }, 'mail', 550],
    ['RCPT 450', { rcpt: '450 4.2.0 greylisted' }, 'rcpt', 450],
    ['RCPT 550', { rcpt: (address) => (address === TO ? '550 5.1.1 no such user' : undefined) }, 'rcpt', 550],
    ['RCPT 552', { rcpt: '552 5.2.2 mailbox full' }, 'rcpt', 552],
    ['DATA 451', { data: '451 4.3.0 not now' }, 'data', 451],
    ['message 554', { dot: () => '554 5.7.1 spam' }, 'dot', 554],
    ['message 452', { dot: () => '452 4.3.1 disk full' }, 'dot', 452],
  ];
  it.each(
    refusals.flatMap(([name, script, stage, code]) =>
      EXTENSIONS.map((ext) => ({ name, script, stage, code, ext })),
    ),
  )(
    'a refusal has its stage and code, and the session goes on: $name ($ext)',
    async ({ script, stage, code, ext }) => {
      await serve({ ...script, extensions: ext });
      const session = await open();
      expect(await send(session)).toMatchObject({ kind: 'ended', stage, code });
      expect(server.received).toHaveLength(0);
      Object.assign(server.script, { mail: undefined, rcpt: undefined, data: undefined, dot: undefined });
      expect(await send(session)).toMatchObject({ kind: 'accepted' });
      expect([server.received.length, server.connections]).toEqual([1, 1]);
    },
  );

  it('421 in the middle ends the session at its stage', async () => {
    await serve({ rcpt: '421 4.7.0 rate limited' });
    const session = await open();
    expect(await send(session)).toMatchObject({ kind: 'ended', stage: 'rcpt', code: 421 });
    expect(session.usable).toBe(false);
  });

  it('lost after 354 while the mark is being written: "body", and only once the mark is done', async () => {
    await serve({ drop: 'go-ahead' });
    const session = await open();
    let release: () => void = () => undefined;
    let marked = false;
    const ending = send(session, {
      mark: async () => {
        await new Promise<void>((resolve) => (release = resolve));
        marked = true;
        return true;
      },
    });
    const first = await Promise.race([
      ending,
      until(() => !session['connection'].destroyed).then(() => 'lost'),
    ]);
    expect(first).toBe('lost');
    release();
    expect(await ending).toMatchObject({ kind: 'ended', stage: 'body', code: null });
    expect([marked, server.received.length]).toEqual([true, 0]);
  });

  it.each<[string, Script, number | null]>([
    ['dropped', { drop: 'body' }, null],
    ['silent', { stall: 'body' }, null],
    ['refused early', { earlyReply: '552 5.3.4 too large' }, 552],
    ['accepted too early', { earlyReply: '250 2.0.0 taken' }, null],
    ['go-ahead said twice', { data: '354 go ahead\r\n354 go ahead', drop: 'body' }, null],
  ])('before the end of the message it is "body", provably unsent: %s', async (_name, script, code) => {
    await serve({ ...script, bodyBytes: 100_000 });
    const session = await open({ timeouts: { connect: 1_000, greeting: 1_000, socket: 1_000 } });
    expect(await send(session, { mime: HUGE })).toMatchObject({ kind: 'ended', stage: 'body', code });
    await session.close();
    expect([server.received.length, session.usable]).toEqual([0, false]);
  });

  it.each<[string, Script]>([
    ['dropped after the dot', { drop: 'dot' }],
    ['silent after the dot', { stall: 'dot' }],
    ['answered with neither yes nor no', { dot: () => '354 what?' }],
  ])('once the dot may have gone it is "dot" without a code, so unknown: %s', async (_name, script) => {
    await serve(script);
    const session = await open({ timeouts: { connect: 1_000, greeting: 1_000, socket: 500 } });
    expect(await send(session)).toMatchObject({ kind: 'ended', stage: 'dot', code: null });
    expect(session.usable).toBe(false);
  });

  it('a reply torn in the middle after the dot is no refusal', async () => {
    await serve({ tornReply: '451 4.3.0 tor' });
    expect(await send(await open())).toMatchObject({ stage: 'dot', code: null });
  });

  it('dropped after the 250 is accepted all the same', async () => {
    await serve({ drop: 'accepted' });
    expect(await send(await open())).toMatchObject({ kind: 'accepted' });
    expect(server.received).toHaveLength(1);
  });

  it('a 250 where 354 belongs is not taken for a go-ahead', async () => {
    await serve({ data: '250 2.0.0 out of step' });
    let marks = 0;
    const end = await send(await open(), { mark: () => Promise.resolve(++marks > 0) });
    expect(end).toMatchObject({ kind: 'ended', stage: 'data', code: null });
    expect(marks).toBe(0);
  });

  it('a message over the announced size is refused by its own fault, not the mailbox’s', async () => {
    await serve({ extensions: ['SIZE 1000'] });
    const session = await open();
    const end = await send(session, { mime: Buffer.concat([SMALL, Buffer.alloc(2_000, 'x')]) });
    expect(end).toMatchObject({ kind: 'ended', stage: 'data', code: 552 });
    expect(await send(session)).toMatchObject({ kind: 'accepted' });
  });

  it('an idle session closed by the server is an end at "mail" without a code', async () => {
    await serve();
    const session = await open();
    await server.close();
    await until(() => session.usable);
    expect(await send(session)).toMatchObject({ kind: 'ended', stage: 'mail', code: null });
  });
});

describe('the mark', () => {
  it('is asked after the 354 and before the first byte of the body', async () => {
    await serve();
    let seen: [string | undefined, number] | undefined;
    const end = await send(await open(), {
      mark: () => {
        seen = [server.commands.at(-1), server.received.length];
        return Promise.resolve(true);
      },
    });
    expect([end.kind, seen]).toEqual(['accepted', ['DATA', 0]]);
  });

  it.each([
    ['none', []],
    ['implicit', []],
    ['starttls', ['PIPELINING']],
  ] as const)(
    'withdrawn leaves nothing at the server, and the session is over (%s)',
    async (tls, extensions) => {
      await serve({ tls, extensions: [...extensions] });
      const session = await open();
      expect(await send(session, { mark: () => Promise.resolve(false) })).toEqual({ kind: 'withdrawn' });
      expect(session.usable).toBe(false);
      // A second conversation, so that the server has surely seen the end of the first.
      expect(
        await send(await open(), { mime: Buffer.from(SMALL.toString().replace('<1@', '<2@')) }),
      ).toMatchObject({
        kind: 'accepted',
      });
      expect(server.received.map(({ messageId }) => messageId)).toEqual(['<2@example.com>']);
      expect(server.torn).toEqual([0]);
    },
  );

  it('that throws cuts the connection, sends nothing and rethrows', async () => {
    await serve();
    const session = await open();
    const failure = new Error('database gone');
    await expect(send(session, { mark: () => Promise.reject(failure) })).rejects.toBe(failure);
    expect([session.usable, server.received.length]).toEqual([false, 0]);
  });

  it('carries fifty messages over one session, each once', async () => {
    await serve({ extensions: ['PIPELINING'] });
    const session = await open();
    const listeners = session['connection'].listenerCount('end');
    for (let n = 0; n < 50; n += 1) {
      const mime = Buffer.from(SMALL.toString().replace('<1@', `<${n}@`));
      expect(await send(session, { mime })).toMatchObject({ kind: 'accepted' });
    }
    expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(50);
    expect([server.received.length, server.connections]).toEqual([50, 1]);
    expect(session['connection'].listenerCount('end')).toBe(listeners);
    await session.close();
    expect(server.commands.at(-1)).toBe('QUIT');
  });

  it('gives dots and bare line ends no chance to end the message early', async () => {
    await serve();
    const mime = Buffer.from(`${SMALL.toString()}.\r\n.\n.\r.\r\nMAIL FROM:<evil@example.net>\r\n..end\r\n`);
    expect(await send(await open(), { mime })).toMatchObject({ kind: 'accepted' });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.raw).toContain(
      '\r\n.\r\n.\r\n.\r\n.\r\nMAIL FROM:<evil@example.net>\r\n..end',
    );
  });
});

describe('exactly one recipient', () => {
  it.each([
    'ada@example.org, evil@example.net',
    'ada@example.org,evil@example.net',
    'Bob <ada@example.org>',
    '<ada@example.org>',
    'Smith, Bob evil@example.net, <ada@example.org>',
    'friends:evil@example.net,ada@example.org;',
    'ada@example.org\r\nRCPT TO:<evil@example.net>',
    'ada@example.org> <evil@example.net',
    '"ada@example.org"@example.net',
    'ada@evil@example.net',
    '(comment)ada@example.org',
    'ada @example.org',
    'ada@[192.0.2.1]',
    'ada@example..org',
    'ada\u0000@example.org',
    'ada@exa\u2028mple.org',
    'example.org',
    '@example.org',
    '',
  ])('refuses %j before a word is said', async (to) => {
    await serve();
    const session = await open();
    await expect(send(session, { to })).rejects.toThrow(EnvelopeRefused);
    await expect(send(session, { from: to })).rejects.toThrow(EnvelopeRefused);
    expect(server.commands.filter((command) => !command.startsWith('EHLO'))).toEqual([]);
    expect(await send(session)).toMatchObject({ kind: 'accepted' });
    expect(server.received[0]?.to).toEqual([TO]);
  });

  it('writes an IDN domain in A-labels', async () => {
    await serve();
    expect(await send(await open(), { to: 'ada@bücher.example' })).toMatchObject({ kind: 'accepted' });
    expect(server.received[0]?.to).toEqual(['ada@xn--bcher-kva.example']);
  });

  it('sends to an address outside ASCII only where the server can', async () => {
    await serve();
    expect(await send(await open(), { to: 'jürgen@example.org' })).toMatchObject({
      stage: 'rcpt',
      code: 553,
    });
    expect(server.commands.join()).not.toContain('RCPT');
    server.script.extensions = ['SMTPUTF8', '8BITMIME'];
    expect(await send(await open(), { to: 'jürgen@example.org' })).toMatchObject({ kind: 'accepted' });
    expect(server.received[0]?.to).toEqual(['jürgen@example.org']);
  });

  it('remembers for the whole session what the server can', async () => {
    await serve({ extensions: ['SMTPUTF8', '8BITMIME'] });
    const session = await open();
    for (const to of ['jürgen@example.org', 'grâce@example.org']) {
      expect(await send(session, { to })).toMatchObject({ kind: 'accepted' });
    }
    expect(server.connections).toBe(1);
  });

  it('names the address it could not write to', async () => {
    await serve();
    const end = await send(await open(), { to: 'grâce@example.org' });
    expect(end).toMatchObject({ text: expect.stringContaining('grâce@example.org') as string });
  });
});

describe('a server that is never silent and never done', () => {
  /** Answers as told, and for ever to the command `at`. */
  async function trickling(at: string): Promise<{ port: number; close: () => void }> {
    const sockets = new Set<Socket>();
    const tricklers = new Set<NodeJS.Timeout>();
    const listening = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.write('220 trickling.example.org\r\n');
      socket.on('data', (said) => {
        const forEver = (): boolean => socket.writable && socket.write('250-still here\r\n');
        if (said.toString('latin1').startsWith(at)) tricklers.add(setInterval(forEver, 5));
        else socket.write('250 ok\r\n');
      });
    });
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return {
      port: (listening.address() as AddressInfo).port,
      close: () => {
        tricklers.forEach((trickler) => clearInterval(trickler));
        sockets.forEach((socket) => socket.destroy());
        listening.close();
      },
    };
  }
  const settings = (port: number): SmtpSettings => ({
    host: '127.0.0.1',
    port,
    tls: 'none',
    timeouts: { connect: 5_000, greeting: 5_000, socket: 100 },
  });

  it('is left at EHLO', async () => {
    const { port, close } = await trickling('EHLO');
    expect(await SmtpSession.open(settings(port))).toMatchObject({
      kind: 'refused',
      stage: 'ehlo',
      code: null,
    });
    close();
  });

  it.each(['MAIL', 'RCPT'])('is left at %s, and the message is provably unsent', async (at) => {
    const { port, close } = await trickling(at);
    const opened = await SmtpSession.open(settings(port));
    if (opened.kind === 'refused') throw new Error(opened.text);
    expect(await send(opened.session)).toMatchObject({ kind: 'ended', stage: at.toLowerCase(), code: null });
    expect(opened.session.usable).toBe(false);
    close();
  });
});

/** Waits for an event-loop state, turn by turn, without a fixed time. */
async function until(still: () => boolean): Promise<void> {
  while (still()) await new Promise((resolve) => setImmediate(resolve));
}
