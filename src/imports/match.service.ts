import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { Log } from '../log.js';
import { isPassing } from './import-errors.js';
import { MatchApplier, type Applied } from './match-job-apply.js';
import { comparePeople, Stopped } from './match-job-compare.js';
import type { FoundPair } from './match-job-pairs.js';
import { peopleToCompare, undecidedPeople } from './match-job-people.js';
import { noteFailure, noteScan, noteSuccess, scanWanted, whyFailed } from './match-register.js';

/** Pairs of one transaction: others wait for the owner's people no longer than that. */
const BATCH = 200;

/** Questions about one person that come of one comparison. */
const QUESTIONS = 3;

/** What a comparison did. */
export interface MatchEnd extends Applied {
  /** How many people were compared. */
  people: number;
}

interface Batched {
  /** Pairs written down so far, of all that were found. */
  done: number;
  pairs: number;
}

export interface MatchOptions {
  signal?: AbortSignal;
  /** Only this owner's new people, and no comparison of everybody: for whoever sits and waits. */
  newOf?: string;
  /** When the comparison is over and nothing of it is written yet. */
  onCompared?: () => Promise<void>;
  /** After each transaction. */
  onBatch?: (batch: Batched) => void;
}

/**
 * Looks for people who are known twice: after an import those it told of against everybody, or everybody against
 * everybody. Merges where the comparison is sure and nothing speaks against it; else asks, or leaves apart.
 */
@Injectable()
export class MatchService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Compares the people of the imports whose turn it is, then everybody where the owner asked for it; what another
   * process is at is left to it. What fails is noted for the owner, and waits; others are not kept waiting by it.
   */
  async runDue(options: MatchOptions = {}): Promise<void> {
    const owners = await rows<{ ownerId: string }>(this.db, DUE_SQL, [options.newOf ?? null]);
    for (const { ownerId } of owners) {
      await this.locked(ownerId, async (db) => {
        await this.heedingFailure(db, ownerId, options, async () => {
          await this.runOwner(db, ownerId, options);
          if (options.newOf === undefined) await this.runWanted(db, ownerId, options);
        });
      });
    }
  }

  /**
   * Everybody against everybody, here and now. With 100,000 people it takes a while.
   * @throws AppError conflict when a comparison is at work; Stopped when the signal comes
   */
  async scanAll(ownerId: string, options: MatchOptions = {}): Promise<MatchEnd> {
    const end = await this.locked(ownerId, (db) => this.scan(db, ownerId, options));
    if (end) return end;
    throw new AppError('conflict', 'Your people are being compared already; look again in a minute.');
  }

  private async runWanted(db: EntityManager, ownerId: string, options: MatchOptions): Promise<void> {
    if ((await scanWanted(db, ownerId)) === null) return;
    const end = await this.scan(db, ownerId, options);
    this.log.info({ ownerId, ...end }, 'everybody compared');
  }

  private async scan(db: EntityManager, ownerId: string, options: MatchOptions): Promise<MatchEnd> {
    const began = this.clock.now();
    const end = await this.compare(db, ownerId, null, options);
    await noteScan(db, ownerId, { ...end, began, now: this.clock.now() });
    await noteSuccess(db, ownerId);
    return end;
  }

  private async heedingFailure(
    db: EntityManager,
    ownerId: string,
    { signal }: MatchOptions,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (signal?.aborted || isPassing(error)) throw error;
      this.log.error({ ownerId, err: String(error) }, 'comparing people failed');
      await noteFailure(db, ownerId, this.clock.now(), whyFailed(error));
      return;
    }
    await noteSuccess(db, ownerId);
  }

  /** Imports that ask for it while we are at it are taken with the next round. */
  private async runOwner(db: EntityManager, ownerId: string, options: MatchOptions): Promise<void> {
    const due = await rows<{ id: string }>(
      db,
      `SELECT id FROM import WHERE owner_id = $1 AND to_match ORDER BY id`,
      [ownerId],
    );
    const importIds = due.map(({ id }) => id);
    if (importIds.length === 0) return;
    const end = await this.compare(db, ownerId, await undecidedPeople(db, ownerId, importIds), options);
    this.log.info({ ownerId, imports: importIds.length, ...end }, 'people compared');
    // Somebody was changed under our hands: they are compared again, in a minute.
    if (end.stale > 0) return;
    await db.query(`UPDATE import SET to_match = false WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, [
      ownerId,
      importIds,
    ]);
  }

  /** @param undecided whom to decide about, and the import they are compared for; null: everybody */
  private async compare(
    db: EntityManager,
    ownerId: string,
    undecided: ReadonlyMap<string, string> | null,
    { signal = new AbortController().signal, onCompared, onBatch }: MatchOptions,
  ): Promise<MatchEnd> {
    const end: MatchEnd = { people: 0, merged: 0, proposed: 0, stale: 0 };
    if (undecided?.size === 0) return end;
    const only = undecided && new Set(undecided.keys());
    const { people, pairs: found } = await comparePeople(peopleToCompare(db, ownerId), only, signal);
    end.people = people;
    await onCompared?.();
    const pairs = worthAsking(found);
    const applier = new MatchApplier(ownerId, pairs, undecided ?? new Map(), this.clock.now());
    for (let from = 0; from < pairs.length; from += BATCH) {
      if (signal.aborted) throw new Stopped();
      const batch = pairs.slice(from, from + BATCH);
      const applied = await db.transaction((tx) => applier.apply(tx, batch));
      end.merged += applied.merged;
      end.proposed += applied.proposed;
      end.stale += applied.stale;
      onBatch?.({ done: from + batch.length, pairs: pairs.length });
    }
    return end;
  }

  /**
   * One at a time compares an owner's people; null: somebody else is at it. The lock belongs to the connection, which
   * also does the reading and writing: a process that dies lets go of it.
   */
  private async locked<T>(ownerId: string, work: (db: EntityManager) => Promise<T>): Promise<T | null> {
    const connection = this.db.createQueryRunner();
    await connection.connect();
    const db = connection.manager;
    const key = `hashtextextended('match ' || $1::text, 0)`;
    try {
      const got = await row<{ locked: boolean }>(db, `SELECT pg_try_advisory_lock(${key}) AS locked`, [
        ownerId,
      ]);
      if (got?.locked !== true) return null;
      try {
        return await work(db);
      } finally {
        // A connection that is gone has let go already.
        await db.query(`SELECT pg_advisory_unlock(${key})`, [ownerId]).catch(() => undefined);
      }
    } finally {
      await connection.release();
    }
  }
}

/** $1 the only owner to look at, and only at imports; null: whoever is due. After a failure nobody is before its time. */
const DUE_SQL = `
SELECT d.owner_id
  FROM (SELECT owner_id, min(id::text) AS id FROM import WHERE to_match AND ($1::uuid IS NULL OR owner_id = $1) GROUP BY owner_id
        UNION ALL SELECT owner_id, id::text FROM comparison WHERE wanted_at IS NOT NULL AND $1::uuid IS NULL) d
 WHERE NOT EXISTS (SELECT 1 FROM comparison c WHERE c.owner_id = d.owner_id AND c.next_at > clock_timestamp())
 GROUP BY d.owner_id ORDER BY min(d.id)`;

/**
 * The surest first, merges before questions: what joins people is what the less sure must fit. Somebody of a common name
 * may be like a hundred others; who is asked about all of them answers none.
 */
function worthAsking(pairs: readonly FoundPair[]): FoundPair[] {
  const sure = ({ verdict }: FoundPair): number => Number(verdict === 'merge');
  const sorted = [...pairs].sort((one, two) => sure(two) - sure(one) || two.score - one.score);
  const asked = new Map<string, number>();
  return sorted.filter((pair) => {
    if (pair.verdict === 'merge') return true;
    const [a, b] = [asked.get(pair.a) ?? 0, asked.get(pair.b) ?? 0];
    if (Math.max(a, b) >= QUESTIONS) return false;
    asked.set(pair.a, a + 1).set(pair.b, b + 1);
    return true;
  });
}
