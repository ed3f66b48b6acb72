import { setTimeout as delay } from 'node:timers/promises';
import type { Access } from '../mail/mailbox-servers.js';
import { ImapTrouble, type ImapRefused } from '../mail/imap-open.js';
import { ImapSession } from '../mail/imap.js';
import type { ImapSettings } from '../mail/imap-settings.js';
import { EarLost, noteWhy, releaseEar, takeEar } from './listen-ear.js';
import { lookThrough, type Troubles } from './listen-pass.js';
import type { Ear, ListenTimes, ListenTools } from './listen.types.js';

/** A line breaks now and then; so often in a row is a server that it is no use to wait for. */
const IN_VAIN = 3;

/**
 * Listens to one mailbox for as long as it is ours: connects, looks through it, waits for news, looks again. After trouble
 * it comes back, each time after a longer pause, and the owner is told why it cannot listen.
 */
export class MailboxListener {
  private readonly ending = new AbortController();
  private running: Promise<void> | null = null;
  /** By `performance.now()`: until then the mailbox is surely ours. */
  private oursUntil = 0;
  private readonly troubles: Troubles = { tries: new Map(), folders: new Map() };
  /** How often in a row the server hung up while we waited for it to speak, or told of news that were none: see `waits`. */
  private inVain = 0;

  constructor(
    private readonly tools: ListenTools,
    private readonly ear: Ear,
    private readonly access: () => Promise<Access<ImapSettings>>,
    private readonly times: ListenTimes,
  ) {}

  /** False when another process has the mailbox. */
  async start(): Promise<boolean> {
    if (!(await this.renew())) return false;
    const renewing = this.keepEar();
    this.running = Promise.allSettled([renewing, this.listen()]).then(() => undefined);
    return true;
  }

  /** It ended by itself: the mailbox was lost to another process, or to a database that is away. */
  get ended(): boolean {
    return this.ending.signal.aborted;
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
    await releaseEar(this.tools.db, this.ear).catch(() => undefined);
  }

  private async renew(): Promise<boolean> {
    const asked = performance.now();
    if (!(await takeEar(this.tools.db, this.ear, this.times.lease, this.tools.now()))) return false;
    this.oursUntil = asked + this.times.lease;
    return true;
  }

  private async keepEar(): Promise<void> {
    while (!this.ended) {
      await this.sleep(this.times.lease / 3);
      if (this.ended) return;
      // Null: the database does not answer.
      const kept = await this.renew().catch(() => null);
      if (kept === false || (kept === null && performance.now() > this.oursUntil)) this.ending.abort();
    }
  }

  private async listen(): Promise<void> {
    let failures = 0;
    while (!this.ended) {
      let pause = this.times.pause;
      let longest = this.times.longestPause;
      try {
        const end = await this.converse(() => (failures = 0));
        if (end.signIn) [pause, longest] = [this.times.signInPause, this.times.longestSignInPause];
        await this.say(end.why);
      } catch (error) {
        if (error instanceof EarLost) return this.ending.abort();
        const why = error instanceof Error ? error.message : String(error);
        this.tools.log.warn({ mailbox: this.ear.mailboxId, err: why }, 'listening broke off');
        // Other trouble than the server's is ours, not the owner's.
        if (error instanceof ImapTrouble)
          await this.say(`The server broke off: ${why}. It is tried again by itself.`);
      }
      if (this.ended) return;
      failures += 1;
      const wait = Math.min(pause * 2 ** (failures - 1), longest);
      await this.sleep(wait * (0.75 + Math.random() / 2));
    }
  }

  /** One conversation, to its end. Says why there was none. */
  private async converse(heard: () => void): Promise<{ why: string; signIn: boolean }> {
    const access = await this.access();
    if (access.kind === 'none') return { why: 'No IMAP server is set.', signIn: false };
    if (access.kind === 'resting') return { why: `${access.why} ${access.advice}`.trim(), signIn: true };
    const { settings } = access;
    const opened = await ImapSession.open(settings);
    if (opened.kind === 'refused') return { why: inWords(opened, settings), signIn: opened.stage === 'auth' };
    const { session } = opened;
    try {
      let folders = await session.folders();
      let known: number | null = null;
      let told: 'news' | 'quiet' = 'quiet';
      while (!this.ended) {
        const before = known;
        const given = { folders, settings, times: this.times, troubles: this.troubles };
        known = await lookThrough(this.tools, session, this.ear, given);
        heard();
        if (told === 'news' && this.bearsWaiting) this.inVain = known === before ? this.inVain + 1 : 0;
        told = await this.waits(session, folders.inbox, known);
        if (folders.sent === null && !this.ended) folders = await session.folders();
      }
      return { why: '', signIn: false };
    } finally {
      await session.close();
    }
  }

  private get bearsWaiting(): boolean {
    return this.inVain < IN_VAIN;
  }

  /** In IDLE, unless that was in vain again and again, as with servers that hang up after a second; then we look each minute. */
  private async waits(session: ImapSession, inbox: string, known: number | null): Promise<'news' | 'quiet'> {
    const idle = this.bearsWaiting;
    try {
      const told = await session.waitForNews(inbox, known, this.times.look, this.ending.signal, idle);
      if (idle && told === 'quiet') this.inVain = 0;
      return told;
    } catch (error) {
      if (error instanceof ImapTrouble) this.inVain += 1;
      throw error;
    }
  }

  private async say(why: string): Promise<void> {
    if (why === '' || this.ended) return;
    await noteWhy(this.tools.db, this.ear, why).catch((error: unknown) =>
      this.tools.log.warn({ mailbox: this.ear.mailboxId, err: String(error) }, 'listening'),
    );
  }

  private async sleep(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.ending.signal, ref: false }).catch(() => undefined);
  }
}

/** For the owner: at which step it failed, in whose words, and what to do. */
function inWords({ stage, text }: ImapRefused, { host, port }: ImapSettings): string {
  const again = 'It is tried again by itself.';
  const advice = {
    connect: `Check the IMAP server and port, and whether something blocks them. ${again}`,
    greeting: `The server does not take us at present. ${again}`,
    tls: 'Check the TLS mode and the port of the IMAP server, and whether its certificate is valid.',
    auth: 'Check the user name and the password; many providers want an app password here.',
    session: again,
  }[stage];
  const failed = {
    connect: `No connection to ${host}:${port}`,
    greeting: `${host} turned us away`,
    tls: `No secure connection to ${host}:${port}`,
    auth: `${host} refused the sign-in`,
    session: `${host} broke off`,
  }[stage];
  return `${failed} (${text}). ${advice}`;
}
