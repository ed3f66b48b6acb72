import { setTimeout as delay } from 'node:timers/promises';
import type { SteppedClock } from '../clock.js';
import { row, type Db } from '../database/rows.js';
import type { Queue } from '../queue/queue.service.js';
import type { Ticker } from '../queue/ticker.js';

/** Somebody or something of the demo that acts at instants of its own: the town's people, the owner. */
export interface Actor {
  /** The next instant at which it wants to act, or null. */
  nextAt(): Promise<Date | null>;
  /** Does all that is due by `now`. */
  act(now: Date): Promise<void>;
}

interface Turn {
  /** Rows whose room has to work now. */
  due: number;
  /** In somebody's hands. */
  underWay: number;
  /** The next instant after now at which a row falls due. */
  nextAt: Date | null;
}

/** Rounds after which rows that stay due are a mistake of ours, and no longer work in progress. */
const MOST_ROUNDS = 40;
const POLL_MS = 4;

/**
 * Lets days pass in seconds: the clock jumps from due instant to due instant, and moves only when nothing is due,
 * claimed or sending and every mail up to then has been taken in. The rooms do their work themselves, woken through
 * the real queue.
 */
export class TimeLapse {
  constructor(
    private readonly clock: SteppedClock,
    private readonly db: Db,
    private readonly queue: Queue,
    private readonly ticker: Ticker,
    /** Mail comes in before the rooms work, so that an answer stops what is due at the same instant. */
    private readonly postman: Actor,
    /** The owner comes after them, and finds on the desk what is there by then. */
    private readonly owner: Actor,
  ) {}

  /** Runs until nothing more happens before `end`, and leaves the clock there; stops in between when `signal` says so. */
  async run(end: Date, signal: AbortSignal, onMove: (now: Date) => void): Promise<void> {
    for (;;) {
      const next = await this.settle();
      signal.throwIfAborted();
      if (next === null || next > end) break;
      this.clock.set(next);
      onMove(next);
    }
    this.clock.set(end);
    await this.settle();
    onMove(end);
  }

  /** Works off all there is to do at this instant; answers the next one. */
  private async settle(): Promise<Date | null> {
    const now = this.clock.now();
    for (let round = 0; round < MOST_ROUNDS; round++) {
      await actIfDue(this.postman, now);
      await this.ticker.tick();
      await this.idle();
      const turn = await this.look(now);
      if (turn.due > 0 || turn.underWay > 0) continue;
      const acted = await actIfDue(this.owner, now);
      const wishes = await Promise.all([this.postman.nextAt(), this.owner.nextAt()]);
      if (!acted && wishes.every((at) => at === null || at > now)) return earliest([turn.nextAt, ...wishes]);
    }
    throw new Error(`at ${now.toISOString()} something stays due: ${await this.whatIsDue()}`);
  }

  /** Until no job waits or runs. Everything a job does is awaited in it, so then all is written. */
  private async idle(): Promise<void> {
    for (;;) {
      const counts = await this.queue.counts();
      const open = (counts['waiting'] ?? 0) + (counts['active'] ?? 0) + (counts['prioritized'] ?? 0);
      if ((counts['failed'] ?? 0) > 0) throw new Error('a job failed; the log above says why');
      if (open === 0) return;
      await delay(POLL_MS);
    }
  }

  private async look(now: Date): Promise<Turn> {
    const turn = await row<Turn>(
      this.db,
      `SELECT count(*) FILTER (WHERE at <= $1)::int AS due, min(at) FILTER (WHERE at > $1) AS next_at,
              (SELECT count(*)::int FROM message WHERE state IN ('claimed', 'sending')) AS under_way
         FROM (${LINE}) line`,
      [now],
    );
    return turn ?? { due: 0, underWay: 0, nextAt: null };
  }

  private async whatIsDue(): Promise<string> {
    const found = await row<{ what: string | null }>(
      this.db,
      `SELECT string_agg(DISTINCT what, ', ') AS what FROM (${LINE}) line WHERE at <= $1`,
      [this.clock.now()],
    );
    return found?.what ?? 'messages that are claimed or sending';
  }
}

/** Everything on the line with the instant at which its room has to look at it. */
const LINE = `
SELECT m.state || ' message' AS what,
       CASE WHEN m.state = 'approved' THEN greatest(m.next_at, b.next_slot_at) ELSE m.next_at END AS at FROM message m LEFT JOIN mailbox b ON b.id = m.mailbox_id
 WHERE m.next_at IS NOT NULL AND (m.state = 'planned' OR (m.state = 'approved' AND b.state = 'active'))
 UNION ALL
SELECT 'words that are no longer true', valid_until FROM message
 WHERE state IN ('needs_review', 'withheld') AND valid_until IS NOT NULL
 UNION ALL
SELECT 'active enrollment', next_at FROM enrollment WHERE state = 'active' AND next_at IS NOT NULL
 UNION ALL
SELECT 'message to hand over', created_at FROM message WHERE handover
 UNION ALL
SELECT 'inbound mail', at FROM inbound WHERE turn IS NOT NULL
 UNION ALL
SELECT 'confirmed debrief', created_at FROM debrief WHERE state = 'confirmed'`;

async function actIfDue(actor: Actor, now: Date): Promise<boolean> {
  const at = await actor.nextAt();
  if (at === null || at > now) return false;
  await actor.act(now);
  return true;
}

function earliest(instants: readonly (Date | null)[]): Date | null {
  const known = instants.filter((at) => at !== null).map((at) => at.getTime());
  return known.length === 0 ? null : new Date(Math.min(...known));
}
