import { appendAudit, lockPersons } from '../database/append.js';
import { mergePeople } from '../database/merge-people.js';
import { answersAmong, appendProposals, pairKey, type NewProposal } from '../database/proposals.js';
import { contactsOf } from '../database/persons.js';
import { rows, type Db } from '../database/rows.js';
import { lockPeople, refold } from '../database/source-records.js';
import { Groups, united, whyAsk, type Side } from './match-job-guard.js';
import type { FoundPair } from './match-job-pairs.js';

export interface Applied {
  merged: number;
  proposed: number;
  /** Pairs of whom one has changed since, or has gone: to be compared anew. */
  stale: number;
}

/**
 * Questions of the comparison that wait for the owner at once, the surest first. Whom it would ask about beyond is left
 * to a later import or comparison of everybody, when these are answered: thousands at once are answered by nobody.
 */
const MOST_WAITING = 500;

/** A merge to be written, and the pair that speaks for it. */
interface Planned {
  from: string;
  into: string;
  pair: FoundPair;
}

/**
 * Writes down what a comparison found, a batch of pairs at a time. Each batch is a transaction that looks at the rows
 * again: what has changed since the comparison is left for the next. Done twice, it does nothing the second time.
 */
export class MatchApplier {
  private readonly groups: Groups;
  /** Versions that we have written ourselves. */
  private readonly ours = new Map<string, number>();

  /**
   * @param pairs all that were found: a batch may be judged by pairs of another
   * @param importOf the import a person was compared for; a merge is undone with the later of two
   * @param mostWaiting questions that may be open at once
   */
  constructor(
    private readonly ownerId: string,
    pairs: readonly FoundPair[],
    private readonly importOf: ReadonlyMap<string, string>,
    private readonly now: Date,
    private readonly mostWaiting = MOST_WAITING,
  ) {
    this.groups = new Groups(pairs);
  }

  /** Call it inside a transaction. */
  async apply(tx: Db, batch: readonly FoundPair[]): Promise<Applied> {
    const { ownerId, now } = this;
    await lockPeople(tx, ownerId);
    const persons = [...new Set(batch.flatMap(({ a, b }) => [this.groups.root(a), this.groups.root(b)]))];
    // All at once and in order of their ids, for merging locks them two by two.
    await lockPersons(tx, ownerId, persons);
    const sides = await sidesOf(tx, ownerId, persons);
    const applied: Applied = { merged: 0, proposed: 0, stale: 0 };
    const merges: Planned[] = [];
    /** Those who grew in this batch, and were as compared before. */
    const grown = new Set<string>();
    const asked: FoundPair[] = [];
    for (const pair of batch) {
      const [a, b] = [this.groups.root(pair.a), this.groups.root(pair.b)];
      if (a === b) continue;
      const [one, two] = [sides.get(a), sides.get(b)];
      const isFresh = (side: Side | undefined, id: string, version: number): side is Side =>
        side !== undefined && (grown.has(side.id) || side.version === this.expected(side.id, id, version));
      if (!isFresh(one, pair.a, pair.aVersion) || !isFresh(two, pair.b, pair.bVersion)) {
        this.groups.doubt(pair.a, pair.b);
        applied.stale += 1;
        continue;
      }
      if (pair.verdict === 'propose') {
        asked.push(pair);
        continue;
      }
      const end = await this.judge(tx, pair, one, two);
      if (end === 'merge') {
        // The longer known one stays.
        const [stays, gone] = one.id < two.id ? [one, two] : [two, one];
        this.groups.join(gone.id, stays.id);
        sides.set(stays.id, united(stays, gone));
        grown.add(stays.id);
        merges.push({ from: gone.id, into: stays.id, pair });
        continue;
      }
      this.groups.doubt(pair.a, pair.b);
      if (end === 'ask') asked.push(pair);
    }
    await this.merge(tx, merges);
    applied.merged = merges.length;
    applied.proposed = await appendProposals(tx, ownerId, await this.questions(tx, asked), now);
    return applied;
  }

  /** As many new ones as there is room for, of pairs in order. */
  private async questions(tx: Db, pairs: readonly FoundPair[]): Promise<NewProposal[]> {
    if (pairs.length === 0) return [];
    const { ownerId, groups } = this;
    const persons = pairs.map((pair) => ({ pair, aId: groups.root(pair.a), bId: groups.root(pair.b) }));
    const told = await answersAmong(tx, ownerId, persons);
    const fresh = persons.filter(({ aId, bId }) => aId !== bId && !told.has(pairKey(aId, bId)));
    const [open] = await rows<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM proposal WHERE owner_id = $1 AND why = 'match' AND state = 'open'`,
      [ownerId],
    );
    const room = Math.max(0, this.mostWaiting - (open?.count ?? 0));
    return fresh.slice(0, room).map(({ pair }) => this.question(pair));
  }

  private async judge(tx: Db, pair: FoundPair, one: Side, two: Side): Promise<'merge' | 'ask' | 'leave'> {
    const across = this.groups.across(one.id, two.id);
    if ((await answersAmong(tx, this.ownerId, across)).size > 0) return 'leave';
    if (!this.groups.mayJoin(one.id, two.id)) return 'ask';
    return whyAsk(pair.evidence, one, two) === null ? 'merge' : 'ask';
  }

  /** The version a person must have now: as compared, or as we wrote it in a batch before. */
  private expected(root: string, id: string, compared: number): number | null {
    return this.ours.get(root) ?? (root === id ? compared : null);
  }

  private async merge(tx: Db, merges: readonly Planned[]): Promise<void> {
    const { ownerId, now } = this;
    const byImport = new Map<string | null, Planned[]>();
    for (const planned of merges) {
      const importId = this.importFor(planned.pair);
      byImport.set(importId, [...(byImport.get(importId) ?? []), planned]);
    }
    for (const [importId, some] of byImport) {
      await mergePeople(tx, ownerId, some, { by: 'match', importId }, now);
    }
    for (const { from, into, pair } of merges) {
      // Without the values: the audit outlives the person.
      const evidence = pair.evidence.map(({ field, level, weight }) => ({ field, level, weight }));
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'imports',
        what: 'contact-matched',
        subjectKind: 'contact',
        subjectId: into,
        detail: { from, score: pair.score, evidence },
      });
    }
    const grown = [...new Set(merges.map(({ into }) => this.groups.root(into)))];
    await refold(tx, ownerId, grown, now);
    for (const { id, version } of (await sidesOf(tx, ownerId, grown)).values()) this.ours.set(id, version);
  }

  private question(pair: FoundPair): NewProposal {
    return {
      aId: pair.a,
      bId: pair.b,
      why: 'match',
      score: pair.score,
      evidence: pair.evidence,
      importId: this.importFor(pair),
    };
  }

  private importFor({ a, b }: FoundPair): string | null {
    const [one = null, two = null] = [this.importOf.get(a), this.importOf.get(b)];
    if (one === null || two === null) return one ?? two;
    return one > two ? one : two;
  }
}

async function sidesOf(tx: Db, ownerId: string, ids: readonly string[]): Promise<Map<string, Side>> {
  if (ids.length === 0) return new Map();
  const found = await rows<Side>(tx, SIDES_SQL, [ownerId, ids]);
  return new Map(found.map((side) => [side.id, side]));
}

/** $1 owner, $2 contacts; only who is canonical and to be seen. */
const SIDES_SQL = `
SELECT c.id, c.version,
       ARRAY (SELECT i.canonical FROM identity i
               WHERE i.owner_id = $1 AND i.contact_id = c.id AND i.kind = 'linkedin') AS linkedins,
       CASE WHEN c.birthday IS NULL THEN '{}' ELSE ARRAY[c.birthday] END AS birthdays,
       EXISTS (SELECT 1 FROM (${contactsOf('c.id')}) k
                 JOIN message m ON m.owner_id = $1 AND m.contact_id = k.id
                WHERE m.state IN ('approved', 'claimed', 'sending', 'sent', 'unknown')) AS written
  FROM contact c
 WHERE c.owner_id = $1 AND c.id = ANY ($2::uuid[]) AND c.merged_into IS NULL AND c.hidden_at IS NULL`;
