import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import type { SmtpSettings } from '../../src/mail/smtp.js';
import { testCertificate, testKey } from './tls.js';

/** The moments of a conversation, each just before the server's reply, save `accepted`: just after the 250. */
export type Moment =
  | 'connect'
  | 'tls'
  | 'ehlo'
  | 'auth'
  | 'mail'
  | 'rcpt'
  | 'data'
  /** After the 354, before any byte of the body is read. */
  | 'go-ahead'
  /** After the first `bodyBytes` of the body. */
  | 'body'
  /** After the final dot: the server has taken the message, the client does not know. */
  | 'dot'
  | 'accepted';

type Reply = string | ((argument: string) => string | undefined);

/** What the server is to do; may be changed while it runs. Replies are whole lines without the line end. */
export interface Script {
  tls?: 'implicit' | 'starttls' | 'none';
  /** Offered after EHLO beside STARTTLS and AUTH. */
  extensions?: string[];
  auth?: {
    username: string;
    password: string;
    /** For XOAUTH2: the token that is taken now. */
    token?: () => string;
    methods?: ('PLAIN' | 'LOGIN' | 'XOAUTH2')[];
  };
  /** Instead of `testCertificate`, with the same key. */
  certificate?: string;
  greeting?: string;
  ehlo?: Reply;
  starttls?: string;
  authReply?: string;
  mail?: Reply;
  rcpt?: Reply;
  data?: string;
  /** Said in the middle of the body, after `bodyBytes` of it. */
  earlyReply?: string;
  /** By the raw message. A 4xx or 5xx refuses it: it does not count as received. */
  dot?: (raw: string) => string | undefined;
  /** Written instead of the reply to the message, without a line end; then the connection is cut. */
  tornReply?: string;
  rset?: string;
  /** Cut the connection at this moment. */
  drop?: Moment;
  /** Say nothing more from this moment on, and read nothing. */
  stall?: Moment;
  /** Awaited at that moment before going on: delays, and tests that act between two steps. */
  at?: Partial<Record<Moment, () => Promise<void>>>;
  bodyBytes?: number;
}

export interface Received {
  to: string[];
  raw: string;
  messageId: string;
}

export interface ScriptedSmtp {
  settings: SmtpSettings;
  /** Messages whose final dot was seen and that were not refused, also those whose 250 never arrived. */
  received: Received[];
  /** Bytes seen of each body whose final dot never came. */
  torn: number[];
  /** Every command line, over all connections. */
  commands: string[];
  /** Connections opened so far. */
  connections: number;
  script: Script;
  close(): Promise<void>;
}

/** A server on 127.0.0.1 that fails where it is told to. */
export async function startScriptedSmtp(script: Script = {}): Promise<ScriptedSmtp> {
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    running.connections += 1;
    if (script.drop === 'connect') socket.destroy();
    else void new Conversation(socket, running).begin();
  };
  const server: Server =
    script.tls === 'implicit'
      ? createTlsServer({ key: testKey, cert: script.certificate ?? testCertificate }, accept)
      : createServer(accept);
  // TLS handshakes that fail are the client's to report; `drop: 'tls'` makes one fail.
  server.on('tlsClientError', () => undefined);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    if (script.tls === 'implicit' && script.drop === 'tls') socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const running: ScriptedSmtp = {
    settings: {
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      tls: script.tls ?? 'none',
      ca: testCertificate,
      timeouts: { connect: 2_000, greeting: 2_000, socket: 5_000 },
      ...(script.auth ? { username: script.auth.username, password: script.auth.password } : {}),
    },
    received: [],
    torn: [],
    commands: [],
    connections: 0,
    script,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return running;
}

class Conversation {
  #buffer = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  #over = false;
  #secured = false;
  #from: string | null = null;
  #to: string[] = [];

  constructor(
    private socket: Socket,
    private readonly server: ScriptedSmtp,
  ) {}

  async begin(): Promise<void> {
    this.#listen(this.socket);
    await this.#moment('connect');
    this.#say(this.server.script.greeting ?? '220 scripted.example.com ESMTP');
    for (;;) {
      const line = await this.#until('\r\n');
      if (line === null) return;
      this.server.commands.push(line);
      await this.#command(line);
    }
  }

  async #command(line: string): Promise<void> {
    const { script } = this.server;
    const [verb = '', ...words] = line.split(' ');
    const argument = words.join(' ');
    switch (verb.toUpperCase()) {
      case 'EHLO':
      case 'HELO':
        await this.#moment('ehlo');
        return this.#say(said(script.ehlo, argument) ?? this.#capabilities());
      case 'STARTTLS':
        if (script.tls !== 'starttls') return this.#say(script.starttls ?? '502 5.5.1 no STARTTLS here');
        return this.#secure();
      case 'AUTH':
        return this.#auth(argument);
      case 'MAIL': {
        await this.#moment('mail');
        const free = this.#from === null ? '250 2.1.0 sender ok' : '503 5.5.1 a message is open, RSET first';
        const reply = said(script.mail, argument) ?? free;
        this.#from = reply.startsWith('2') ? argument : null;
        this.#to = [];
        return this.#say(reply);
      }
      case 'RCPT': {
        await this.#moment('rcpt');
        const [, address = ''] = /<([^>]*)>/.exec(argument) ?? [];
        const willing = this.#from === null ? '503 5.5.1 no sender' : '250 2.1.5 recipient ok';
        const reply = said(script.rcpt, address) ?? willing;
        if (reply.startsWith('2')) this.#to.push(address);
        return this.#say(reply);
      }
      case 'DATA':
        return this.#data();
      case 'RSET':
        this.#from = null;
        this.#to = [];
        return this.#say(script.rset ?? '250 2.0.0 cleared');
      case 'QUIT':
        this.#say('221 2.0.0 bye');
        this.socket.end();
        return;
      default:
        return this.#say('500 5.5.2 unknown command');
    }
  }

  #capabilities(): string {
    const { script } = this.server;
    const lines = ['scripted.example.com', ...(script.extensions ?? [])];
    if (script.tls === 'starttls' && !this.#secured) lines.push('STARTTLS');
    else if (script.auth) lines.push(`AUTH ${(script.auth.methods ?? ['PLAIN', 'LOGIN']).join(' ')}`);
    return lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}`).join('\r\n');
  }

  async #secure(): Promise<void> {
    const { script } = this.server;
    const reply = script.starttls ?? '220 2.0.0 go ahead';
    this.#say(reply);
    if (!reply.startsWith('220')) return;
    await this.#moment('tls');
    if (this.#over) return;
    this.socket.removeAllListeners('data');
    const secured = new TLSSocket(this.socket, {
      isServer: true,
      key: testKey,
      cert: script.certificate ?? testCertificate,
    });
    this.#secured = true;
    this.#listen(secured);
    this.socket = secured;
  }

  async #auth(argument: string): Promise<void> {
    const { script } = this.server;
    const [method, initial] = argument.split(' ');
    const decode = (text: string | null | undefined): string =>
      Buffer.from(text ?? '', 'base64').toString('utf8');
    const ask = async (prompt: string): Promise<string> => {
      this.#say(`334 ${Buffer.from(prompt).toString('base64')}`);
      return decode(await this.#until('\r\n'));
    };
    let username: string;
    let password: string;
    if (method === 'XOAUTH2') return this.#token(decode(initial));
    if (method === 'PLAIN') {
      [, username = '', password = ''] = (initial ? decode(initial) : await ask('')).split('\0');
    } else {
      username = await ask('Username:');
      password = await ask('Password:');
    }
    await this.#moment('auth');
    const right = username === script.auth?.username && password === script.auth.password;
    this.#say(
      script.authReply ?? (right ? '235 2.7.0 welcome' : '535 5.7.8 user name or password not accepted'),
    );
  }

  /** A wrong token is answered by a challenge with the reason, and refused after an empty line. */
  async #token(initial: string): Promise<void> {
    const { auth } = this.server.script;
    if (initial === `user=${auth?.username}\x01auth=Bearer ${auth?.token?.()}\x01\x01`) {
      return this.#say('235 2.7.0 welcome');
    }
    this.#say(`334 ${Buffer.from('{"status":"400","schemes":"Bearer"}').toString('base64')}`);
    await this.#until('\r\n');
    this.#say('535 5.7.8 the token is not accepted');
  }

  async #data(): Promise<void> {
    const { script } = this.server;
    await this.#moment('data');
    const goAhead = script.data ?? (this.#to.length > 0 ? '354 go ahead' : '503 5.5.1 no recipient');
    this.#say(goAhead);
    if (!goAhead.startsWith('354')) return;
    await this.#moment('go-ahead');
    if (
      script.drop === 'body' ||
      script.stall === 'body' ||
      script.earlyReply !== undefined ||
      script.at?.body
    ) {
      await this.#atLeast(script.bodyBytes ?? 1);
      await this.#moment('body');
      if (script.earlyReply !== undefined) this.#say(script.earlyReply);
    }
    const body = await this.#until('\r\n.\r\n');
    this.#from = null;
    if (body === null) {
      this.server.torn.push(this.#buffer.length);
      return;
    }
    const raw = body.replace(/\r\n\.\./g, '\r\n.').replace(/^\.\./, '.');
    const reply = script.dot?.(raw) ?? '250 2.0.0 taken';
    if (reply.startsWith('2')) {
      const [, messageId = ''] = /^message-id:\s*(\S+)/im.exec(raw) ?? [];
      this.server.received.push({ to: this.#to, raw, messageId });
    }
    await this.#moment('dot');
    if (script.tornReply !== undefined) {
      this.socket.end(script.tornReply);
      return;
    }
    this.#say(reply);
    await this.#moment('accepted');
  }

  async #moment(moment: Moment): Promise<void> {
    const { script } = this.server;
    await script.at?.[moment]?.();
    if (script.drop === moment) {
      // end() first, so that what was said before still arrives.
      this.#over = true;
      this.socket.end(() => this.socket.destroy());
      this.#wake();
    }
    if (script.stall === moment) {
      this.socket.pause();
      await new Promise((resolve) => this.socket.once('close', resolve));
    }
  }

  #listen(socket: Socket): void {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      this.#wake();
    });
    socket.on('close', () => {
      this.#over = true;
      this.#wake();
    });
  }

  #say(reply: string): void {
    if (!this.#over && this.socket.writable) this.socket.write(`${reply}\r\n`);
  }

  /** Everything up to `end`, which is taken away too; null when the connection is over before. */
  async #until(end: string): Promise<string | null> {
    let from = 0;
    for (;;) {
      const at = this.#over ? -1 : this.#buffer.indexOf(end, from);
      if (at >= 0) {
        const text = this.#buffer.toString('utf8', 0, at);
        this.#buffer = this.#buffer.subarray(at + end.length);
        return text;
      }
      if (this.#over) return null;
      from = Math.max(0, this.#buffer.length - end.length);
      await this.#more();
    }
  }

  async #atLeast(bytes: number): Promise<void> {
    while (this.#buffer.length < bytes && !this.#over) await this.#more();
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

function said(reply: Reply | undefined, argument: string): string | undefined {
  return typeof reply === 'function' ? reply(argument) : reply;
}
