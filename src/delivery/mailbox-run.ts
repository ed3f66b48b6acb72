import type { DataSource } from 'typeorm';
import { decide, type DecisionRows } from '../core/decide.js';
import { judgeSend } from '../core/smtp-result.js';
import { keepCopy } from '../database/sent-copies.js';
import type { Log } from '../log.js';
import { SmtpSession, type SmtpSettings } from '../mail/smtp.js';
import { claimDue, giveSlotBack, renewLeases, type Candidate, type Claimed, type Held } from './claim.js';
import { isHeld, looks, type LastLook } from './last-look.js';
import { easeMailbox, pauseMailbox, wakeMailbox } from './mailbox-state.js';
import { loadLetters, writeOutgoing, type Built, type Letter, type Stationery } from './outgoing.js';
import { isPassing } from './passing.js';
import type { Ending } from './recorder.js';
import { handBack, heldSettlement, sendOne, type MailboxVerdict } from './send-one.js';
import { settleAll } from './settle.js';

/** Messages claimed at once: so many for each connection, and never more than the second number. */
const PER_CONNECTION = 20;
const MOST = 200;
const HOUR = 3_600_000;

export interface RunTools {
  db: DataSource;
  log: Log;
  now: () => Date;
  leaseSeconds: number;
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
}

/** One connection's life; `before` never rejects: when the ends of its messages so far are written. */
interface Lane {
  line: Line | null;
  before: Promise<void>;
}

interface Ready {
  claimed: Claimed;
  letter: Letter | undefined;
}

/**
 * What is due from one mailbox, over a few connections. Claims run ahead of them by a batch; each connection has at most
 * one end that is not written yet when it asks for the next mark, so that a kill leaves at most one unknown on each.
 */
export class MailboxRun {
  #waiting: Ready[] = [];
  /** Claimed, but whether they may go or what they say could not be read. Handed back at the end. */
  readonly #unread: Claimed[] = [];
  /** Whose leases are renewed: waiting, or in a conversation. */
  readonly #held = new Map<string, Held>();
  readonly #lanes = new Set<Promise<void>>();
  #refilling: Promise<void> | null = null;
  #drained = false;
  #resting = false;
  #open = 0;
  #width: number;
  #taken = 0;
  #broken: { error: unknown } | null = null;

  constructor(
    private readonly mailboxId: string,
    private readonly tools: RunTools,
  ) {
    this.#width = tools.connections;
  }

  /** Ends when nothing is due any more, when the mailbox must rest, or at closing; then what is left is handed back. */
  async run(): Promise<void> {
    const renewal = setInterval(() => void this.#renew(), (this.tools.leaseSeconds * 1000) / 3);
    try {
      await this.#refill();
      if (this.#waiting.length > 0) this.#startLane();
      while (this.#lanes.size > 0) await Promise.all(this.#lanes);
      await this.#refilling;
    } finally {
      clearInterval(renewal);
    }
    await this.#handBackWaiting();
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
          lane.line = await this.#connect(this.#waiting[0]?.claimed.attempts ?? 0);
          if (!lane.line) return;
          continue;
        }
        // Taken out only when its own conversation begins: whatever breaks before, it is handed back with the others.
        const next = this.#waiting.shift();
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
      const refill = this.#waiting.length <= (this.#width > 1 ? this.#batch : 0) ? this.#refill() : null;
      if (this.#waiting.length > 0) return true;
      if (this.#drained) return false;
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
      mark: async (candidate) => {
        await before;
        return this.#broken ? { kind: 'lost' } : this.tools.mark(candidate);
      },
    });
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
      this.#held.delete(ending.claimed.id);
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
    if (this.#open === 1) await wakeMailbox(this.tools.db, this.mailboxId);
    this.#grow();
    return { session: opened.session, sandbox: access.sandbox, stationery: access.stationery };
  }

  /** More connections while there is work for them, once the first was taken: a wrong password is tried once. */
  #grow(): void {
    const wanted = Math.min(this.#width, this.#waiting.length);
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
    if (this.#drained || this.#ends) return Promise.resolve();
    this.#refilling ??= this.#claimMore()
      .catch((error: unknown) => this.#break(error))
      .finally(() => {
        this.#refilling = null;
        this.#grow();
      });
    return this.#refilling;
  }

  async #claimMore(): Promise<void> {
    const { db, leaseSeconds, now } = this.tools;
    const claimed = await claimDue(db, {
      mailboxId: this.mailboxId,
      now: now(),
      limit: this.#batch,
      leaseSeconds,
    });
    if (claimed.length === 0) {
      this.#drained = true;
      return;
    }
    claimed.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1));
    for (const { id, fence } of claimed) this.#held.set(id, { id, fence });
    let sendable = claimed;
    try {
      sendable = await this.#firstLook(claimed);
      if (sendable.length === 0) await giveSlotBack(db, this.mailboxId, now());
      const letters = await loadLetters(db, sendable);
      this.#waiting.push(...sendable.map((one) => ({ claimed: one, letter: letters.get(one.id) })));
    } catch (error) {
      this.#unread.push(...sendable);
      throw error;
    }
  }

  /** The cheap look, before a connection is opened: who is stopped or must wait is not even dialled for. */
  async #firstLook(claimed: Claimed[]): Promise<Claimed[]> {
    const now = this.tools.now();
    const found = await this.#lookAtAll(claimed, now);
    const held = claimed.flatMap((one) => {
      const look = found.get(one.id);
      if (look === 'broken') {
        const later = new Date(now.getTime() + HOUR);
        return [{ claimed: one, end: handBack('it could not be looked at; it is tried again later', later) }];
      }
      const decision = look && decide(look, now);
      return isHeld(decision) ? [{ claimed: one, end: heldSettlement(decision, now) }] : [];
    });
    await settleAll(this.tools.db, held, now);
    const away = new Set(held.map((one) => one.claimed.id));
    away.forEach((id) => this.#held.delete(id));
    return claimed.filter(({ id }) => !away.has(id));
  }

  /** All together; when that fails, one by one, so that a poison row is set aside and its neighbours go. */
  async #lookAtAll(claimed: Claimed[], now: Date): Promise<Map<string, DecisionRows | 'broken'>> {
    const { db, log } = this.tools;
    try {
      return await looks(db, claimed, now);
    } catch (error) {
      if (isPassing(error)) throw error;
    }
    const found = new Map<string, DecisionRows | 'broken'>();
    for (const one of claimed) {
      try {
        for (const [id, look] of await looks(db, [one], now)) found.set(id, look);
      } catch (error) {
        if (isPassing(error)) throw error;
        log.error({ message: one.id, err: String(error) }, 'this message cannot be looked at');
        found.set(one.id, 'broken');
      }
    }
    return found;
  }

  /** A living worker keeps what it holds; what it lost all the same is dropped before anybody dials for it. */
  async #renew(): Promise<void> {
    const { db, log, leaseSeconds } = this.tools;
    const held = [...this.#held.values()];
    try {
      const ours = await renewLeases(db, held, leaseSeconds);
      const lost = new Set(held.map(({ id }) => id).filter((id) => !ours.has(id)));
      if (lost.size > 0) this.#waiting = this.#waiting.filter(({ claimed }) => !lost.has(claimed.id));
    } catch (error) {
      log.warn({ err: String(error) }, 'leases could not be renewed');
    }
  }

  async #handBackWaiting(): Promise<void> {
    const now = this.tools.now();
    const end = { to: 'approved', why: null, whyCode: null, nextAt: now } as const;
    const waiting = this.#waiting.splice(0).map(({ claimed }) => claimed);
    const left = [...waiting, ...this.#unread].map((claimed) => ({ claimed, end }));
    await settleAll(this.tools.db, left, now);
  }
}
