/**
 * Which records are one person's, without an equal identity: a probabilistic score (Fellegi and Sunter 1969) with the
 * rarity of what agrees, over candidate pairs. High scores merge where nothing speaks against it, the others are
 * proposed. Pure, and the same for the same people in any order.
 */
import { candidates } from './blocking.js';
import { Sets } from './clusters.js';
import { estimateM, estimateU } from './estimate.js';
import { followed } from './followed-pairs.js';
import { Kept, type Decided } from './kept-pairs.js';
import { LEVEL_NAMES, LEVELS, levels, type LevelName } from './levels.js';
import { lookAt, type Look } from './look.js';
import {
  chance,
  bitsOf,
  chanceBits,
  logM,
  lookFor,
  oddsOf,
  probability,
  shareOf,
  tableModel,
  type MatchModel,
} from './model.js';
import { prepare, ValuePool, type MatchPerson, type Prepared } from './person.js';
import { contradiction, mayMerge, plainlyTwo } from './verdict.js';
import { SWAPPED, THRESHOLDS } from './weights.js';

export interface Evidence {
  field: string;
  level: LevelName;
  /** Bits for (above 0) or against it being one person. */
  weight: number;
  /** What was compared, folded. */
  a: string;
  b: string;
}

export interface MatchPair {
  /** Ids; the smaller first. */
  a: string;
  b: string;
  /** 0 to 1: how probable it is that both are one person. */
  score: number;
  verdict: 'merge' | 'propose';
  /** What speaks for two people, in words; null where nothing does. */
  doubt: string | null;
  evidence: Evidence[];
}

export interface MatchOptions {
  /** Ids of whom each pair must have one: new people against all. */
  only?: ReadonlySet<string>;
  /** Bits from which a pair is merged or proposed. */
  thresholds?: { merge: number; propose: number };
  /** Persons of one blocking key that are all compared with each other. */
  block?: number;
  /** Tell pairs, too, that only follow from others. */
  follow?: boolean;
}

export interface MatchResult {
  /** In order of their ids. */
  pairs: MatchPair[];
  model: MatchModel;
  /** Pairs that were looked at. */
  looked: number;
}

/** Records of one person, beyond which something else must have happened. */
const LARGEST = 50;

const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** @throws RangeError for ids that are not unique */
export function matchPeople(people: readonly MatchPerson[], options: MatchOptions = {}): MatchResult {
  const pool = new ValuePool();
  const sorted = [...people].sort((a, b) => before(a.id, b.id));
  const prepared = sorted.map((person) => prepare(person, pool));
  for (const [index, { id }] of prepared.entries()) {
    if (id === prepared[index + 1]?.id) throw new RangeError(`two persons have the id ${id}`);
  }
  const model = tableModel(prepared, pool);
  estimateU(model, prepared);
  const { only } = options;
  const kept = new Kept(model, prepared);
  const marked = only && Uint8Array.from(prepared, ({ id }) => (only.has(id) ? 1 : 0));
  candidates(prepared, (a, b) => kept.take(a, b), { only: marked, block: options.block });
  const fresh = only ? (marked?.reduce((sum, one) => sum + one, 0) ?? 0) : prepared.length;
  const pairs = fresh * (prepared.length - fresh) + (fresh * (fresh - 1)) / 2;
  estimateM(model, kept, pairs);
  const decided = kept.decide(options.thresholds ?? THRESHOLDS);
  return { pairs: consistent(decided, model, prepared, options.follow ?? false), model, looked: kept.looked };
}

/**
 * Merging joins whole groups: the surest pairs first, and only where nobody of the one group is plainly another person
 * than somebody of the other; else the pair is proposed. Pairs that follow from the merges are told too.
 */
function consistent(
  decided: readonly Decided[],
  model: MatchModel,
  people: readonly Prepared[],
  follow: boolean,
): MatchPair[] {
  const sets = new Sets();
  const look = lookFor(model);
  const places = new Map(people.map(({ id }, place) => [id, place]));
  const idOf = (place: number): string => people[place]?.id ?? '';
  const fit = (one: readonly string[], two: readonly string[]): boolean =>
    one.length + two.length <= LARGEST &&
    one.every((x) =>
      two.every((y) => {
        const [a, b] = [people[places.get(x) ?? -1], people[places.get(y) ?? -1]];
        if (!a || !b) return false;
        lookAt(a, b, look);
        return contradiction(look, a, b) === null;
      }),
    );
  const verdicts = new Map<number, Decided>();
  const code = (a: number, b: number): number => (a < b ? a * people.length + b : b * people.length + a);
  for (const pair of decided) verdicts.set(code(pair.a, pair.b), pair);
  const surest = decided
    .filter(({ verdict }) => verdict === 'merge')
    .sort((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b);
  for (const pair of surest) {
    const [a, b] = [idOf(pair.a), idOf(pair.b)];
    if (sets.root(a) === sets.root(b)) continue;
    const [one, two] = [sets.of(a), sets.of(b)];
    if (!fit(one, two)) {
      verdicts.set(code(pair.a, pair.b), { ...pair, verdict: 'propose' });
      continue;
    }
    for (const x of one) {
      for (const y of two) {
        const [p, q] = [places.get(x) ?? 0, places.get(y) ?? 0];
        const known = verdicts.get(code(p, q));
        const bits = known?.bits ?? Math.min(pair.bits, bitsFor(model, people[p], people[q], look));
        verdicts.set(code(p, q), { a: Math.min(p, q), b: Math.max(p, q), bits, verdict: 'merge' });
      }
    }
    sets.join(a, b);
  }
  // A pair across two groups that could not be joined is not merged by itself either.
  const told = [...verdicts.values()].map((pair) =>
    pair.verdict === 'merge' && sets.root(idOf(pair.a)) !== sets.root(idOf(pair.b))
      ? { ...pair, verdict: 'propose' as const }
      : pair,
  );
  const isDoubtful = ({ a, b }: Decided): boolean => {
    const [one, two] = [people[a], people[b]];
    if (!one || !two) return true;
    lookAt(one, two, look);
    return contradiction(look, one, two) !== null;
  };
  return [...told, ...(follow ? followed(told, isDoubtful) : [])]
    .sort((x, y) => x.a - y.a || x.b - y.b)
    .flatMap(({ a, b, bits, verdict }) => {
      const [one, two] = [people[a], people[b]];
      if (!one || !two) return [];
      const evidence = evidenceOf(model, one, two, look);
      const doubt = contradiction(look, one, two);
      return [{ a: one.id, b: two.id, score: probability(bits), verdict, doubt, evidence }];
    });
}

function bitsFor(model: MatchModel, a: Prepared | undefined, b: Prepared | undefined, look: Look): number {
  if (!a || !b) return -Infinity;
  lookAt(a, b, look);
  return bitsOf(oddsOf(model, logM(model), look.levels, 0, chanceBits(model, look)));
}

function evidenceOf(model: MatchModel, a: Prepared, b: Prepared, look: Look): Evidence[] {
  lookAt(a, b, look);
  const table = logM(model);
  const evidence: Evidence[] = [];
  for (const [slot, level] of look.levels.entries()) {
    const [left, right] = [look.left[slot] ?? null, look.right[slot] ?? null];
    if (level === levels.missing || !left || !right) continue;
    const weight = (table[slot * LEVELS + level] ?? 0) - Math.log2(chance(model, slot, level, left, right));
    const name = LEVEL_NAMES[level] ?? 'missing';
    evidence.push({
      field: model.fields[slot]?.name ?? '',
      level: name,
      weight,
      a: left.text,
      b: right.text,
    });
  }
  if (look.namesSwapped)
    evidence.push({ field: 'order of names', level: 'differs', weight: Math.log2(SWAPPED), a: '', b: '' });
  return evidence;
}

/** One pair by a model, whether or not the two were among its people. */
export function comparePeople(
  a: MatchPerson,
  b: MatchPerson,
  model: MatchModel,
  thresholds: { merge: number; propose: number } = THRESHOLDS,
): Omit<MatchPair, 'verdict'> & { verdict: MatchPair['verdict'] | 'apart' } {
  const pool = new ValuePool(model.pool);
  const [first, second] = a.id <= b.id ? [a, b] : [b, a];
  const [one, two] = [prepare(first, pool), prepare(second, pool)];
  for (const slot of model.fields.keys()) {
    for (const value of pool.values(slot)) value.share = shareOf(model, slot, value);
  }
  const look = lookFor(model);
  const bits = bitsFor(model, one, two, look);
  const merges = bits >= thresholds.merge && mayMerge(model, look, one, two);
  const asks = bits >= thresholds.propose && !plainlyTwo(one, two);
  const verdict = merges ? 'merge' : asks ? 'propose' : 'apart';
  const evidence = evidenceOf(model, one, two, look);
  const doubt = contradiction(look, one, two);
  return { a: one.id, b: two.id, score: probability(bits), verdict, doubt, evidence };
}
