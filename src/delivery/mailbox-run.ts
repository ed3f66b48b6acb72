import { judgeSend } from '../core/smtp-result.js';
import { keepCopy } from '../database/sent-copies.js';
import { SmtpSession, type SmtpSettings } from '../mail/smtp.js';
import { giveSlotBack, type Candidate, type Claimed } from './claim.js';
import type { LastLook } from './last-look.js';
import { easeMailbox, pauseMailbox, wakeMailbox } from './mailbox-state.js';
import { writeOutgoing, type Built, type Letter, type Stationery } from './outgoing.js';
import { isPassing } from './passing.js';
import type { Ending } from './recorder.js';
import { sendOne, type MailboxVerdict } from './send-one.js';
import { Supply, type Ready, type SupplyTools } from './supply.js';

/** Messages claimed at once: so many for each connection, and never more than the second number. */
const PER_CONNECTION = 20;
const MOST = 200;

export interface RunTools extends SupplyTools {
  connections: number;
  /** Null: it cannot be reached as it is set up, and rests. */
  access: () => Promise<{ smtp: SmtpSettings; sandbox: boolean; stationery: Stationery } | null>;
  mark: (candidate: Candidate) => Promise<LastLook>;
  record: (ending: Ending) => Promise<boolean>;
  /** The process is about to end: nothing new is begun. */
  closing: () => boolean;
  observe: (result: string, seconds: number) => void;
}

/** An open connection. */
interface Line {
  session: SmtpSession;
  sandbox: boolean;
  stationery: Stationery;
  /** Nothing was said on it yet. */
  fresh: boolean;
}

/** One connection's life; `before` never rejects: when the ends of its messages so far are written. */
interface Lane {
  line: Line | null;
  before: Promise<void>;
}

/**
 * What is due from one mailbox, over a few connections. Claims run ahead of them by a batch; each connection has at most
 * one end that is not written yet when it asks for the next mark, so that a kill leaves at most one unknown on each.
 */
export class MailboxRun {
  readonly #supply: Supply;
  readonly #lanes = new Set<Promise<void>>();
  #refilling: Promise<void> | null = null;
  #resting = false;
  #open = 0;
  #width: number;
  #taken = 0;
  #broken: { error: unknown } | null = null;

  constructor(
    private readonly mailboxId: string,
    private readonly tools: RunTools,
  ) {
    this.#supply = new Supply(mailboxId, tools);
    this.#width = tools.connections;
  }

  /** Ends when nothing is due any more, when the mailbox must rest, or at closing; then what is left is handed back. */
  async run(): Promise<void> {
    const renewal = setInterval(() => void this.#supply.renew(), (this.tools.leaseSeconds * 1000) / 3);
    try {
      await this.#refill();
      if (this.#supply.length > 0) this.#startLane();
      while (this.#lanes.size > 0) await Promise.all(this.#lanes);
      await this.#refilling;
    } finally {
      clearInterval(renewal);
    }
    await this.#supply.handBack();
    if (this.#taken > 0) await easeMailbox(this.tools.db, this.mailboxId, this.tools.now());
    if (this.#broken) throw this.#broken.error;
  }

  get #ends(): boolean {
    return this.#resting || this.#broken !== null || this.tools.closing();
  }

  #startLane(): void {
    const lane = this.#lane()
      .catch((error: unknown) => this.#break(error))
      .finally(() => this.#lanes.delete(lane));
    this.#lanes.add(lane);
  }

  #break(error: unknown): void {
    this.#broken ??= { error };
  }

  /** One connection, from its opening to its end. */
  async #lane(): Promise<void> {
    const lane: Lane = { line: null, before: Promise.resolve() };
    try {
      while (await this.#more()) {
        if (!lane.line?.session.usable) {
          await this.#hangUp(lane);
          lane.line = await this.#connect(this.#supply.peek()?.claimed.attempts ?? 0);
          if (!lane.line) return;
          continue;
        }
        const next = this.#supply.take();
        if (next) await this.#deliver(lane, lane.line, next);
      }
    } finally {
      await this.#hangUp(lane);
      await lane.before;
    }
  }

  /** True when something waits. Claims ahead where there are several connections to feed. */
  async #more(): Promise<boolean> {
    while (!this.#ends) {
      const refill = this.#supply.length <= (this.#width > 1 ? this.#batch : 0) ? this.#refill() : null;
      if (this.#supply.length > 0) return true;
      if (this.#supply.drained) return false;
      await refill;
    }
    return false;
  }

  get #batch(): number {
    return Math.min(MOST, PER_CONNECTION * this.#width);
  }

  /** Done when the server has spoken its last word; `lane.before` is, when that is written. */
  async #deliver(lane: Lane, line: Line, { claimed, letter }: Ready): Promise<void> {
    const begun = performance.now();
    const observe = (result: string) => this.tools.observe(result, (performance.now() - begun) / 1000);
    const built = await this.#build(claimed, letter, line.stationery);
    const { before } = lane;
    if (built.kind === 'refused') {
      const settlement = { to: 'failed', why: built.why, whyCode: 'not-sendable' } as const;
      lane.before = this.#record({ claimed, settlement, suppress: null, attempt: null }, before);
      return observe('failed');
    }
    const sent = await sendOne(line.session, claimed, built.outgoing, {
      now: this.tools.now,
      sandbox: line.sandbox,
      fresh: line.fresh,
      mark: async (candidate) => {
        await before;
        return this.#broken ? { kind: 'lost' } : this.tools.mark(candidate);
      },
    });
    line.fresh = false;
    lane.before = this.#record(sent.ending, before);
    if (line.stationery.keepsCopies && sent.ending.settlement.to === 'sent') {
      lane.before = Promise.all([lane.before, this.#keep(claimed, built.outgoing.mime)]).then(
        () => undefined,
      );
    }
    if ('error' in sent) {
      this.tools.log.error({ message: claimed.id, err: String(sent.error) }, 'the last look failed');
      if (isPassing(sent.error)) this.#break(sent.error);
    }
    if (sent.withdrawn) await giveSlotBack(this.tools.db, this.mailboxId, this.tools.now());
    if (sent.ending.settlement.to === 'sent') this.#taken += 1;
    observe(sent.verdict ? 'mailbox' : sent.ending.settlement.to);
    if (sent.verdict) await this.#rest(sent.verdict);
  }

  async #build(claimed: Claimed, letter: Letter | undefined, stationery: Stationery): Promise<Built> {
    try {
      return await writeOutgoing(claimed, letter, stationery, this.tools.now());
    } catch (error) {
      this.tools.log.error({ message: claimed.id, err: String(error) }, 'this message cannot be written');
      return { kind: 'refused', why: `it could not be written as a mail: ${String(error).slice(0, 200)}` };
    }
  }

  /** The very bytes, for the Sent folder. Without them the listener writes them once more: never worth failing a send. */
  async #keep({ id, ownerId, mailboxId }: Claimed, raw: Buffer): Promise<void> {
    const { db, log, now } = this.tools;
    try {
      await keepCopy(db, { ownerId, mailboxId: mailboxId ?? this.mailboxId, messageId: id, raw, at: now() });
    } catch (error) {
      log.warn({ message: id, err: String(error) }, 'no copy of this mail was kept');
    }
  }

  /** Never rejects: what could not be recorded ends the run, and the lease says the rest. */
  async #record(ending: Ending, before: Promise<void>): Promise<void> {
    try {
      await this.tools.record(ending);
    } catch (error) {
      this.#break(error);
    } finally {
      this.#supply.release(ending.claimed.id);
    }
    await before;
  }

  /** Null when the server has no line for us; the mailbox rests then, unless other lines of ours are open. */
  async #connect(attempts: number): Promise<Line | null> {
    const access = await this.tools.access();
    if (access === null) {
      this.#resting = true;
      return null;
    }
    const opened = await SmtpSession.open(access.smtp);
    if (opened.kind === 'refused') {
      // So many and no more, some servers say.
      if (this.#open > 0) this.#width = this.#open;
      else {
        const verdict = judgeSend({ ...opened, attempts });
        if (verdict.kind === 'mailbox') await this.#rest(verdict);
        this.#resting = true;
      }
      return null;
    }
    this.#open += 1;
    if (this.#open === 1) await wakeMailbox(this.tools.db, this.mailboxId, this.tools.now());
    this.#grow();
    return { session: opened.session, sandbox: access.sandbox, stationery: access.stationery, fresh: true };
  }

  /** More connections while there is work for them, once the first was taken: a wrong password is tried once. */
  #grow(): void {
    const wanted = Math.min(this.#width, this.#supply.length);
    while (this.#open > 0 && !this.#ends && this.#lanes.size < wanted) this.#startLane();
  }

  async #hangUp(lane: Lane): Promise<void> {
    if (!lane.line) return;
    this.#open -= 1;
    const { session } = lane.line;
    lane.line = null;
    await session.close();
  }

  async #rest(verdict: MailboxVerdict): Promise<void> {
    if (this.#resting) return;
    this.#resting = true;
    await pauseMailbox(this.tools.db, this.mailboxId, verdict, this.tools.now());
  }

  #refill(): Promise<void> {
    if (this.#supply.drained || this.#ends) return Promise.resolve();
    this.#refilling ??= this.#supply
      .claimMore(this.#batch)
      .catch((error: unknown) => this.#break(error))
      .finally(() => {
        this.#refilling = null;
        this.#grow();
      });
    return this.#refilling;
  }
}
