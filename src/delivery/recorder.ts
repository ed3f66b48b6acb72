import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { parseMailbox } from '../core/address.js';
import { canonicalEmail } from '../core/import/identity.js';
import { appendSuppression } from '../database/append.js';
import { newId } from '../database/ids.js';
import type { Db } from '../database/rows.js';
import type { Claimed } from './claim.js';
import { Gatherer } from './gatherer.js';
import { isPassing } from './passing.js';
import { settleAll, type Attempt, type Settlement } from './settle.js';

/** How one conversation ended. */
export interface Ending {
  claimed: Claimed;
  settlement: Settlement;
  /** Why nothing may be sent to this address any more; null: it may. */
  suppress: string | null;
  /** Null where there was no conversation to speak of. */
  attempt: Omit<Attempt, 'id' | 'ownerId'> | null;
}

/** With the id its attempt is written under. */
type Numbered = Omit<Ending, 'attempt'> & { attempt: Attempt | null };

/** ms; ten minutes without a database, and the lease has long made the rows unknown. */
const PATIENCE = 600_000;
const AT_CLOSING = 5_000;

/** Ends are written many at once, and again while the database is away: what a server took must not be forgotten. */
export class Recorder {
  #deadline = Infinity;
  readonly #gathered: Gatherer<Numbered, boolean>;

  constructor(
    private readonly db: DataSource,
    private readonly now: () => Date,
  ) {
    this.#gathered = new Gatherer<Numbered, boolean>(
      { group: (endings) => this.#write(endings), one: (ending) => this.#writeOne(ending) },
      { most: 200, atOnce: 1, everyMs: 10 },
    );
  }

  /** True when the claim was still ours. Resolves when it is written. */
  record(ending: Ending): Promise<boolean> {
    const { ownerId } = ending.claimed;
    const numbered = { ...ending, attempt: ending.attempt && { id: newId(), ownerId, ...ending.attempt } };
    // A suppression locks persons, who come before messages: alone, in a transaction of its own.
    return ending.suppress === null ? this.#gathered.add(numbered) : this.#writeOne(numbered);
  }

  /** From now on it tries for a few seconds only. */
  async close(): Promise<void> {
    this.#deadline = performance.now() + AT_CLOSING;
    await this.#gathered.idle();
  }

  async #writeOne(ending: Numbered): Promise<boolean> {
    const until = performance.now() + PATIENCE;
    for (let wait = 100; ; wait = Math.min(5_000, wait * 2)) {
      try {
        const { suppress } = ending;
        const written = suppress === null ? this.#write([ending]) : this.#writeAndSuppress(ending, suppress);
        return (await written)[0] ?? false;
      } catch (error) {
        if (!isPassing(error) || performance.now() + wait > Math.min(until, this.#deadline)) throw error;
        await pause(wait);
      }
    }
  }

  /** Two who wait for each other's rows, or a row that cannot be written: told apart by trying each alone. */
  async #write(endings: readonly Numbered[], db: Db = this.db): Promise<boolean[]> {
    const ends = endings.map(({ claimed, settlement, attempt }) => ({ claimed, end: settlement, attempt }));
    const ours = await settleAll(db, ends, this.now());
    return endings.map(({ claimed }) => ours.has(claimed.id));
  }

  #writeAndSuppress(ending: Numbered, why: string): Promise<boolean[]> {
    return this.db.transaction(async (tx) => {
      // Persons are locked before messages, as everywhere.
      await this.#suppress(tx, ending.claimed, why, this.now());
      return this.#write([ending], tx);
    });
  }

  async #suppress(tx: Db, claimed: Claimed, why: string, now: Date): Promise<void> {
    const address = parseMailbox({ address: claimed.toAddress ?? '' });
    const canonical = address.kind === 'ok' ? canonicalEmail(address.address) : claimed.toCanonical;
    if (canonical === null) return;
    await appendSuppression(tx, {
      ownerId: claimed.ownerId,
      address: canonical,
      scope: 'everything',
      why,
      at: now,
      sourceKind: 'message',
      sourceId: claimed.id,
    });
  }
}
