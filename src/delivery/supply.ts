import type { DataSource } from 'typeorm';
import { decide, type Decision, type DecisionRows } from '../core/decide.js';
import type { Log } from '../log.js';
import { claimDue, giveSlotBack, renewLeases, type Claimed, type Held } from './claim.js';
import { isHeld, looks } from './last-look.js';
import { loadLetters, type Letter } from './outgoing.js';
import { isPassing } from './passing.js';
import { handBack, heldSettlement } from './send-one.js';
import { settleAll } from './settle.js';

const HOUR = 3_600_000;

export interface SupplyTools {
  db: DataSource;
  log: Log;
  now: () => Date;
  leaseSeconds: number;
}

/** Claimed, looked at once, with its words: ready for a conversation. */
export interface Ready {
  claimed: Claimed;
  letter: Letter | undefined;
}

/** What was claimed from one mailbox and is not settled yet. Its leases are renewed for as long as it is held. */
export class Supply {
  #waiting: Ready[] = [];
  /** Claimed, but whether they may go or what they say could not be read. Handed back at the end. */
  readonly #unread: Claimed[] = [];
  /** Whose leases are renewed: waiting, or in a conversation. */
  readonly #held = new Map<string, Held>();
  #drained = false;

  constructor(
    private readonly mailboxId: string,
    private readonly tools: SupplyTools,
  ) {}

  get length(): number {
    return this.#waiting.length;
  }

  /** The last claim found nothing. */
  get drained(): boolean {
    return this.#drained;
  }

  /** The next in line, left where it is. */
  peek(): Ready | undefined {
    return this.#waiting[0];
  }

  /** To be called only when its own conversation begins: whatever breaks before, it is handed back with the others. */
  take(): Ready | undefined {
    return this.#waiting.shift();
  }

  /** It is settled: its lease is nobody's. */
  release(id: string): void {
    this.#held.delete(id);
  }

  /** Claims up to `limit` more. What is stopped or must wait is settled here, and not even dialled for. */
  async claimMore(limit: number): Promise<void> {
    const { db, leaseSeconds, now } = this.tools;
    const claimed = await claimDue(db, { mailboxId: this.mailboxId, now: now(), limit, leaseSeconds });
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

  /** A living worker keeps what it holds; what it lost all the same is dropped before anybody dials for it. */
  async renew(): Promise<void> {
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

  /** What had no conversation is free for others. */
  async handBack(): Promise<void> {
    const now = this.tools.now();
    const end = { to: 'approved', why: null, whyCode: null, nextAt: now } as const;
    const waiting = this.#waiting.splice(0).map(({ claimed }) => claimed);
    const left = [...waiting, ...this.#unread].map((claimed) => ({ claimed, end }));
    await settleAll(this.tools.db, left, now);
  }

  async #firstLook(claimed: Claimed[]): Promise<Claimed[]> {
    const now = this.tools.now();
    const found = await this.#lookAtAll(claimed, now);
    const held = claimed.flatMap((one) => {
      const look = found.get(one.id);
      const decision = look === undefined || look === 'broken' ? look : this.#decide(one, look, now);
      if (decision === 'broken') {
        const later = new Date(now.getTime() + HOUR);
        return [{ claimed: one, end: handBack('it could not be looked at; it is tried again later', later) }];
      }
      return isHeld(decision) ? [{ claimed: one, end: heldSettlement(decision, now) }] : [];
    });
    await settleAll(this.tools.db, held, now);
    const away = new Set(held.map((one) => one.claimed.id));
    away.forEach((id) => this.#held.delete(id));
    return claimed.filter(({ id }) => !away.has(id));
  }

  /** A row that cannot be decided about, such as one of a zone this machine does not know, is set aside too. */
  #decide({ id }: Claimed, look: DecisionRows, now: Date): Decision | 'broken' {
    try {
      return decide(look, now);
    } catch (error) {
      this.tools.log.error({ message: id, err: String(error) }, 'this message cannot be decided about');
      return 'broken';
    }
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
}
