import { isAscii as isAsciiBytes } from 'node:buffer';
import type { Socket } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { EnvelopeRefused, envelopeAddress, isAscii } from './envelope.js';
import { MarkedBody } from './smtp-body.js';
import { dial } from './smtp-dial.js';
import { greet, replyCode, type ConnectionError } from './smtp-greet.js';
import { TOKEN_METHOD, tokenSignIn } from './smtp-token.js';
import { Transcript } from './smtp-transcript.js';
import type { Ended, OpenRefused, SendEnd, SmtpSettings, Stage } from './smtp.types.js';

export type { Ended, OpenRefused, SendEnd, SmtpSettings, Stage } from './smtp.types.js';

/** ms. Short where nothing is at stake, the RFC's ten minutes where impatience would make an end unknown. */
const TIMEOUTS = { connect: 30_000, greeting: 60_000, socket: 600_000 };
/** Times the longest silence, for all of a sign-in or of a message: a server that trickles is never silent. */
const WHOLE = 10;
const GOODBYE = 2_000;
const RESET = 10_000;

/** One message, and the question asked between the server's go-ahead and its first byte. */
interface Outgoing {
  from: string;
  to: string;
  mime: Buffer;
  mark: () => Promise<boolean>;
}

/** One SMTP connection (RFC 5321): any number of messages one after the other, each to exactly one recipient. */
export class SmtpSession {
  #sending = false;

  private constructor(
    private readonly connection: SMTPConnection,
    private readonly socket: Socket,
    private readonly transcript: Transcript,
    private readonly longest: number,
  ) {}

  /** Connects, secures, greets and signs in. Never throws for what a network or a server can do. */
  static async open(settings: SmtpSettings): Promise<{ kind: 'open'; session: SmtpSession } | OpenRefused> {
    const timeouts = settings.timeouts ?? TIMEOUTS;
    const dialled = await dial(settings.host, settings.port, timeouts.connect);
    if (dialled.kind === 'refused') {
      return { kind: 'refused', stage: 'connect', code: null, text: dialled.text };
    }
    const { socket } = dialled;
    const transcript = new Transcript(settings.tls === 'implicit' ? 'tls' : 'greeting');
    const connection = new SMTPConnection({
      connection: socket,
      host: settings.host,
      port: settings.port,
      secure: settings.tls === 'implicit',
      requireTLS: settings.tls === 'starttls',
      ignoreTLS: settings.tls === 'none',
      tls: settings.ca === undefined ? {} : { ca: settings.ca },
      ...(settings.accessToken !== undefined && {
        customAuth: { [TOKEN_METHOD]: tokenSignIn(settings.accessToken) },
      }),
      connectionTimeout: timeouts.connect + timeouts.greeting,
      greetingTimeout: timeouts.greeting,
      socketTimeout: timeouts.socket,
      logger: transcript.logger,
      transactionLog: true,
    });
    const session = new SmtpSession(connection, socket, transcript, timeouts.socket * WHOLE);
    const tooLong = session.#cutLater();
    const refused = await greet(connection, socket, transcript, settings);
    clearTimeout(tooLong);
    if (!refused) return { kind: 'open', session };
    session.#destroy();
    return refused;
  }

  /** True when another message may be given to this session. A lost or withdrawn one is not used again. */
  get usable(): boolean {
    return !this.#sending && this.#alive;
  }

  /** Addresses with letters outside ASCII before the @ (RFC 6531). */
  get takesUtf8(): boolean {
    return /^250[ -]SMTPUTF8\b/im.test(this.transcript.ehlo);
  }

  get #alive(): boolean {
    return !this.connection.destroyed && !this.socket.destroyed;
  }

  /**
   * One message to exactly one recipient. `mark` is called after the server's 354 and before the first byte of the
   * body: it commits the mark. False withdraws: the connection is cut without a final dot, and the server must
   * discard (RFC 5321 3.8 and 4.1.1.10). If `mark` throws, the connection is cut too and its error rethrown. Whatever
   * happens to the connection meanwhile, this resolves only after a mark that was begun has ended.
   * @throws EnvelopeRefused before anything was sent, when `from` or `to` is not exactly one plain mailbox
   */
  async send(input: Outgoing): Promise<SendEnd> {
    const envelope = { from: envelopeAddress('from', input.from), to: [envelopeAddress('to', input.to)] };
    if (input.mime.length === 0) throw new Error('an empty message is not sent');
    if (this.#sending) throw new Error('one message at a time on one session');
    if (!this.#alive) return ended('mail', null, 'the connection was closed before the message began');
    const needsUtf8 = !isAscii(envelope.from + envelope.to.join(''));
    if (needsUtf8 && !this.takesUtf8) {
      // RFC 6531 3.5: 553 5.6.7 is what a relay would answer; the address itself may be a good one.
      const odd = [envelope.from, ...envelope.to].filter((address) => !isAscii(address)).join(', ');
      return ended(
        'rcpt',
        553,
        `5.6.7 not sent: this server takes no address outside ASCII (no SMTPUTF8): ${odd}`,
      );
    }
    this.#sending = true;
    const tooLong = this.#cutLater();
    try {
      const end = await this.#converse(envelope, input);
      if (end.kind === 'ended' && end.code !== null && this.#alive) await this.#reset();
      return end;
    } finally {
      clearTimeout(tooLong);
      this.#sending = false;
    }
  }

  /** Says goodbye, waits at most two seconds for the answer, then cuts. Cuts at once in the middle of a message. */
  async close(): Promise<void> {
    if (this.usable) await this.#bounded(GOODBYE, () => this.connection.quit());
    this.#destroy();
  }

  async #converse(envelope: { from: string; to: string[] }, input: Outgoing): Promise<SendEnd> {
    this.transcript.begin();
    const recipient = envelope.to.join();
    const oddity: { end?: Ended } = {};
    const guardedMark = async (): Promise<boolean> => {
      const { recipients, replies } = this.transcript;
      if (recipients.length !== 1 || recipients[0]?.split(/(?<=>)/, 1)[0] !== `RCPT TO:<${recipient}>`) {
        throw new EnvelopeRefused('to', `the wire says ${JSON.stringify(recipients)}`);
      }
      // nodemailer takes any 2xx or 3xx to DATA; a 250 here is a late reply to something else.
      if (!replies[2]?.startsWith('354') || replies.length > 3) {
        oddity.end = ended('data', null, `not the go-ahead we waited for: ${replies.slice(2).join(' / ')}`);
        return false;
      }
      const marked = await input.mark();
      if (marked) this.#gatherThisTurn();
      return marked;
    };
    const body = new MarkedBody(input.mime, guardedMark, () => this.#destroy());
    const size = input.mime.length;
    const end = await this.#speak({ ...envelope, size, use8BitMime: !isAsciiBytes(input.mime) }, body);
    await body.settled();
    if (body.verdict === 'threw') throw body.error;
    if (body.verdict === 'withdrawn') return oddity.end ?? { kind: 'withdrawn' };
    return end;
  }

  /** A short body and its final dot leave in one packet: what is written in this turn of the event loop goes together. */
  #gatherThisTurn(): void {
    const wire = this.connection._socket;
    if (!wire) return;
    wire.cork();
    setImmediate(() => wire.uncork());
  }

  #speak(wire: SMTPConnection.Envelope, body: MarkedBody): Promise<SendEnd> {
    return new Promise((resolve) => {
      const settle = (end: SendEnd): void => {
        this.connection.removeListener('end', onEnd);
        // With the body under way, or the talk out of step, the dot must never follow.
        if (end.kind === 'ended' && (end.stage === 'body' || end.code === null)) this.#destroy();
        resolve(end);
      };
      const lost = { message: 'the connection was closed' };
      // nodemailer can close without calling back; its callback gets the first word.
      const onEnd = (): void => void setImmediate(() => settle(this.#place(body, lost)));
      this.connection.once('end', onEnd);
      this.connection.send(wire, body, (error, info) => {
        if (!error && info && body.endRead && this.transcript.dotWritten) {
          const { response, serverMessageId } = info;
          settle({ kind: 'accepted', response, ...(serverMessageId ? { serverMessageId } : {}) });
          return;
        }
        const early = { message: `a reply before the end of the message: ${info?.response ?? ''}` };
        settle(this.#place(body, error ?? early));
      });
    });
  }

  /** Where the conversation stood when `error` came. Must be asked before the connection is touched. */
  #place(body: MarkedBody, error: ConnectionError): Ended {
    const text = (error.response || error.message).slice(0, 1_000);
    const code = replyCode(error);
    if (body.endRead) {
      // Only a whole reply to the message itself is a refusal; a torn one leaves the end unknown.
      return ended('dot', error.code === 'EMESSAGE' ? code : null, text);
    }
    if (body.verdict !== 'unasked') return ended('body', code, text);
    if (error.code === 'EMESSAGE' && this.transcript.recipients.length === 0) {
      // RFC 1870: larger than the size announced after EHLO. The message's fault, not the mailbox's.
      return ended('data', 552, text);
    }
    const told: Record<string, Stage> = { 'MAIL FROM': 'mail', 'RCPT TO': 'rcpt', DATA: 'data' };
    const counted = (['mail', 'rcpt'] as const)[this.transcript.replies.length] ?? 'data';
    return ended(told[error.command ?? ''] ?? counted, code, text);
  }

  /** After a refusal the server may still hold the envelope (RFC 5321 4.1.1.5). Failing to clear it costs only the session. */
  async #reset(): Promise<void> {
    let done = false;
    await this.#bounded(RESET, (finish) => {
      this.connection.reset((error) => {
        done = !error;
        finish();
      });
    });
    if (!done) this.#destroy();
  }

  /** Runs `act` and waits for its finish or the connection's end, at most `ms`. */
  #bounded(ms: number, act: (finish: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => finish(), ms);
      const finish = (): void => {
        clearTimeout(timer);
        this.connection.removeListener('end', finish);
        resolve();
      };
      this.connection.once('end', finish);
      act(finish);
    });
  }

  #cutLater(): NodeJS.Timeout {
    return setTimeout(() => this.#destroy(), this.longest);
  }

  /** Cuts hard: no flush, so nothing that still waits in a buffer can follow. */
  #destroy(): void {
    const secured = this.connection._socket;
    if (secured) secured.destroy();
    this.socket.destroy();
    this.connection.close();
  }
}

function ended(stage: Stage, code: number | null, text: string): Ended {
  return { kind: 'ended', stage, code, text };
}
