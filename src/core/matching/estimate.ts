/** Estimating the weights from the data at hand; nothing here is drawn at random, so that equal data gives equal weights. */
import { LEVELS, levels } from './levels.js';
import { lookAt } from './look.js';
import { bitsOf, chanceBits, logM, lookFor, oddsOf, weightsOf, type MatchModel } from './model.js';
import { SLOT, type Prepared } from './person.js';
import { numbersOf, PRIOR } from './weights.js';

const { abs, log2, max, min } = Math;

const SAMPLE = 30_000;
const ROUNDS = 25;

/**
 * u, from pairs taken all over the data: what different people agree in. Pairs that look like one person are left out.
 * Moves the model's u.
 */
export function estimateU(model: MatchModel, people: readonly Prepared[]): void {
  const slots = model.fields.length;
  const look = lookFor(model);
  const seen = new Float64Array(slots * LEVELS);
  const table = logM(model);
  const all = (people.length * (people.length - 1)) / 2;
  let state = 12_345;
  const next = (below: number): number => {
    // Park and Miller's generator: the same pairs for the same data.
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const count = (a: Prepared | undefined, b: Prepared | undefined): void => {
    if (!a || !b) return;
    lookAt(a, b, look);
    if (bitsOf(oddsOf(model, table, look.levels, 0, chanceBits(model, look))) > 0) return;
    for (let slot = 0; slot < slots; slot += 1) {
      const at = slot * LEVELS + (look.levels[slot] ?? 0);
      seen[at] = (seen[at] ?? 0) + 1;
    }
  };
  if (all <= SAMPLE) {
    for (let i = 0; i < people.length; i += 1)
      for (let j = i + 1; j < people.length; j += 1) count(people[i], people[j]);
  } else {
    for (let n = 0; n < SAMPLE; n += 1) {
      const i = next(people.length);
      const j = next(people.length);
      if (i !== j) count(people[i], people[j]);
    }
  }
  for (const [slot, field] of model.fields.entries()) {
    field.u = blended(seen, slot, numbersOf(weightsOf(slot).u), PRIOR.pairs);
  }
}

/** Shares by level as seen, with the table's counting as `weight` pairs beside them. */
function blended(seen: Float64Array, slot: number, assumed: Float64Array, weight: number): Float64Array {
  let sum = 0;
  for (let level = 1; level < LEVELS; level += 1) sum += seen[slot * LEVELS + level] ?? 0;
  return assumed.map((share, level) =>
    level === levels.missing ? 0 : ((seen[slot * LEVELS + level] ?? 0) + weight * share) / (sum + weight),
  );
}

/**
 * People of one house or one company agree in much, and could be taken for matches that have all their names wrong. What
 * tells people apart is never believed to differ oftener than this on records of one person.
 */
const MOST_DIFFER = 0.25;
/** Of what is given once and for all, and not chosen, spelt or changed with a wedding. */
const MOST_DIFFER_FOR_LIFE = 0.15;
/** Pairs of one house for each match, from which they are many. */
const MANY_HOUSEMATES = 0.05;
const MOST = new Map<number, number>([
  [SLOT.given, MOST_DIFFER],
  [SLOT.family, MOST_DIFFER],
  [SLOT.birthday, MOST_DIFFER_FOR_LIFE],
  [SLOT.ids, MOST_DIFFER_FOR_LIFE],
  [SLOT.linkedin, MOST_DIFFER_FOR_LIFE],
]);

function bounded(m: Float64Array, slot: number): Float64Array {
  const apart = m[levels.differs] ?? 0;
  const most = MOST.get(slot) ?? 1;
  if (apart <= most) return m;
  return m.map((share, level) => (level === levels.differs ? most : (share * (1 - most)) / (1 - apart)));
}

/** Candidate pairs as EM sees them: the levels one after the other, and the part of the score that does not move. */
export interface Seen {
  count: number;
  levels: Uint8Array;
  /** `Chance` of each pair. */
  all: Float64Array;
  own: Float64Array;
  givenAlone: Uint8Array;
}

/**
 * m and the odds of a match and of one house, by expectation and maximisation over the candidate pairs (Dempster, Laird and Rubin 1977;
 * Winkler 1988). u stands still, and pairs that are no candidates count as different people, so that the choice of
 * candidates bends nothing. Moves the model's m, prior, household and matches.
 * @param pairs all pairs there are, candidates or not
 */
export function estimateM(model: MatchModel, seen: Seen, pairs: number): void {
  const { prior, household } = model;
  const { apart, housemates } = maximise(model, seen, pairs);
  if (apart <= MOST_DIFFER && housemates <= max(PRIOR.matches, MANY_HOUSEMATES * model.matches)) return;
  // Here people live together: so do those of whom an address and a name alone are known, and their names tell them apart.
  Object.assign(model, { prior, household, houses: true });
  for (const [slot, field] of model.fields.entries()) field.m = numbersOf(weightsOf(slot).m);
  maximise(model, seen, pairs);
}

interface Maximised {
  /** How often given names differ on what was taken for records of one person, without a bound. */
  apart: number;
  /** Pairs that were taken for two people of one house. */
  housemates: number;
}

function maximise(model: MatchModel, seen: Seen, pairs: number): Maximised {
  const slots = model.fields.length;
  const assumed = model.fields.map((_field, slot) => numbersOf(weightsOf(slot).m));
  const expected = 2 ** model.prior * pairs;
  const alike = 2 ** model.household * pairs;
  let apart = 0;
  let together = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const table = logM(model);
    const counts = new Float64Array(slots * LEVELS);
    let matches = 0;
    let housemates = 0;
    for (let pair = 0; pair < seen.count; pair += 1) {
      const from = pair * slots;
      const { stranger, household } = oddsOf(model, table, seen.levels, from, {
        all: seen.all[pair] ?? 0,
        own: seen.own[pair] ?? NaN,
        givenAlone: seen.givenAlone[pair] === 1,
      });
      if (stranger < -20) continue;
      const share = 1 / (1 + 2 ** -stranger + 2 ** -household);
      matches += share;
      housemates += household === Infinity ? 0 : share * 2 ** -household;
      for (let slot = 0; slot < slots; slot += 1) {
        const at = slot * LEVELS + (seen.levels[from + slot] ?? 0);
        counts[at] = (counts[at] ?? 0) + share;
      }
    }
    for (const [slot, field] of model.fields.entries()) {
      const m = blended(counts, slot, assumed[slot] ?? field.m, PRIOR.matches);
      if (slot === SLOT.given) apart = m[levels.differs] ?? 0;
      field.m = bounded(m, slot);
    }
    const before = model.prior;
    // A handful of records says little of how many matches there are: what was expected counts as much.
    model.prior = log2(min(0.5, (matches + min(expected, PRIOR.matches)) / (pairs + 1)));
    model.household = log2(min(0.5, (housemates + min(alike, PRIOR.matches)) / (pairs + 1)));
    model.matches = matches;
    together = housemates;
    if (abs(model.prior - before) < 1e-4 && round > 3) break;
  }
  return { apart, housemates: together };
}
