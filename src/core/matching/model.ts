/** What the data says of how much each agreement proves, and the score of a pair by it. */
import { commonShare } from './common-names.js';
import { LEVELS, levels } from './levels.js';
import { newLook, type Look } from './look.js';
import { FIELDS, SLOT, ValuePool, type Field, type Prepared } from './person.js';
import type { Value } from './values.js';
import {
  EXPECTED_HOUSEMATES,
  EXPECTED_MATCHES,
  MORE_WEIGHTS,
  numbersOf,
  PRIOR,
  SWAPPED,
  WEIGHTS,
  type FieldWeights,
} from './weights.js';

const { log2, max, min } = Math;

export interface FieldModel {
  name: string;
  /** Shares by level among records of one person, and of two. */
  m: Float64Array;
  u: Float64Array;
  /** Persons who have a value here. */
  known: number;
}

export interface MatchModel {
  /** By slot. */
  fields: FieldModel[];
  pool: ValuePool;
  /** Log odds, in bits, that two records taken at random are one person's. */
  prior: number;
  /** The same for two people of one house, who have everything in common but what is a person's own. */
  household: number;
  /** So many share a house and no given name that households are thought of even where only given names tell. */
  houses: boolean;
  persons: number;
  /** Matches that m was estimated from; 0 where the table alone is used. */
  matches: number;
}

export function weightsOf(slot: number): FieldWeights {
  const field: Field | undefined = FIELDS[slot];
  return field === undefined ? MORE_WEIGHTS : WEIGHTS[field];
}

/** The table's model over these people: nothing is estimated but how common their values are. */
export function tableModel(people: readonly Prepared[], pool: ValuePool): MatchModel {
  const known = countValues(people);
  const fields = pool.names().map((name, slot): FieldModel => {
    const { m, u } = weightsOf(slot);
    return { name, m: numbersOf(m), u: numbersOf(u), known: known[slot] ?? 0 };
  });
  const model: MatchModel = {
    fields,
    pool,
    prior: 0,
    household: 0,
    houses: false,
    persons: people.length,
    matches: 0,
  };
  for (const slot of fields.keys()) {
    for (const value of pool.values(slot)) value.share = shareOf(model, slot, value);
  }
  model.prior = log2((2 * EXPECTED_MATCHES) / max(1, people.length - 1));
  model.household = log2((2 * EXPECTED_HOUSEMATES) / max(1, people.length - 1));
  return model;
}

function countValues(people: readonly Prepared[]): number[] {
  const known: number[] = [];
  for (const { slots, domain } of people) {
    for (const [slot, held] of slots.entries()) {
      if (held === null || held === undefined) continue;
      known[slot] = (known[slot] ?? 0) + 1;
      if ('text' in held) held.count += 1;
      else for (const value of held) value.count += 1;
    }
    if (domain && domain !== slots[SLOT.company]) {
      domain.count += 1;
      if (slots[SLOT.company] === null) known[SLOT.company] = (known[SLOT.company] ?? 0) + 1;
    }
  }
  return known;
}

/**
 * The share of people who say the same. The two who agree are left out of the count, for they may be one; beside those
 * at hand some people are assumed, among whom common names are common.
 */
export function shareOf(model: MatchModel, slot: number, value: Value): number {
  const { rare, least = 0 } = weightsOf(slot);
  const named = slot === SLOT.given || slot === SLOT.family;
  const assumed = named ? (commonShare(value.words[0] ?? '') ?? rare) : rare;
  const others = max(0, value.count - 2);
  const known = max(0, (model.fields[slot]?.known ?? 0) - 2);
  return max(least, (others + PRIOR.people * assumed) / (known + PRIOR.people));
}

/** A look at the slots that have values. */
export function lookFor(model: MatchModel): Look {
  const used = [...model.fields.keys()].filter((slot) => (model.fields[slot]?.known ?? 0) > 0);
  return newLook(model.fields.length, used);
}

/** How often two different people agree so: by the value where it is the same, by the level where it is not. */
export function chance(
  model: MatchModel,
  slot: number,
  level: number,
  a: Value | null,
  b: Value | null,
): number {
  if (level >= levels.variant && a && b) {
    const share = max(a.share || shareOf(model, slot, a), b.share || shareOf(model, slot, b));
    return min(1, level === levels.variant ? share * 1.5 : share);
  }
  return model.fields[slot]?.u[level] ?? 1;
}

/** What is a person's own, and not their house's. */
const OWN: readonly number[] = [SLOT.given, SLOT.birthday, SLOT.age, SLOT.ids, SLOT.linkedin, SLOT.email];

/** The parts of the score that do not depend on m: sums of -log2(u). */
export interface Chance {
  all: number;
  /** Over what is a person's own; NaN where not even a given name is known of that. */
  own: number;
  /** Nothing but the given name is known of it. */
  givenAlone: boolean;
}

export function chanceBits(model: MatchModel, look: Look): Chance {
  let all = 0;
  let own = 0;
  let known = 0;
  let given = 0;
  for (const slot of look.used) {
    const level = look.levels[slot] ?? 0;
    if (level === levels.missing) continue;
    const bits = -log2(chance(model, slot, level, look.left[slot] ?? null, look.right[slot] ?? null));
    all += bits;
    if (!OWN.includes(slot)) continue;
    own += bits;
    if (slot === SLOT.given) given += 1;
    else known += 1;
  }
  if (look.namesSwapped) all += log2(SWAPPED);
  if (look.linesSwapped) all += log2(SWAPPED);
  return { all, own: known + given > 0 ? own : NaN, givenAlone: known === 0 };
}

/** Log odds in bits of one person against two strangers, and against two people of one house. */
export interface Odds {
  stranger: number;
  /** Infinity where too little is known to think of a house. */
  household: number;
}

/** @param table of `logM`; @param from where the pair's levels begin in `found` */
export function oddsOf(
  model: MatchModel,
  table: Float64Array,
  found: Uint8Array,
  from: number,
  { all, own, givenAlone }: Chance,
): Odds {
  let stranger = all + model.prior;
  const slots = model.fields.length;
  for (let slot = 0; slot < slots; slot += 1)
    stranger += table[slot * LEVELS + (found[from + slot] ?? 0)] ?? 0;
  if (own !== own || (givenAlone && !model.houses)) return { stranger, household: Infinity };
  let household = own + model.prior - model.household;
  for (const slot of OWN) household += table[slot * LEVELS + (found[from + slot] ?? 0)] ?? 0;
  return { stranger, household };
}

/** The two as one: log odds in bits of one person against two, whoever they be. */
export function bitsOf({ stranger, household }: Odds): number {
  if (household === Infinity) return stranger;
  const least = min(stranger, household);
  return least - log2(2 ** (least - stranger) + 2 ** (least - household));
}

/** log2 of m for every slot and level, row by row; 0 for what is missing. */
export function logM(model: MatchModel): Float64Array {
  const table = new Float64Array(model.fields.length * LEVELS);
  for (const [slot, { m }] of model.fields.entries()) {
    for (let level = 1; level < LEVELS; level += 1) table[slot * LEVELS + level] = log2(m[level] ?? 1);
  }
  return table;
}

/** Log odds in bits -> probability. */
export function probability(bits: number): number {
  return 1 / (1 + 2 ** -bits);
}
