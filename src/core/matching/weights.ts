/**
 * The table of weights: for each field how often its levels are seen on two records of one person (m) and of two
 * different people (u), in the sense of Fellegi and Sunter (1969). A level's weight is log2(m / u), in bits.
 *
 * These are what is assumed before any data is seen. `estimate.ts` moves them to what the data at hand shows, as far as
 * it is enough; `exact` and `variant` of u are then told by how common the value itself is.
 */
import { LEVEL_NAMES, LEVELS, levels, type LevelName } from './levels.js';
import type { Field } from './person.js';

type Row = Partial<Record<LevelName, number>>;

export interface FieldWeights {
  m: Row;
  u: Row;
  /** Share of people who have a value of this field that nobody else was seen with. */
  rare: number;
  /** No value is believed to be rarer: there are only so many days to be born on. */
  least?: number;
}

export const WEIGHTS: Record<Field, FieldWeights> = {
  given: {
    m: { exact: 0.78, variant: 0.06, close: 0.08, initial: 0.02, somewhat: 0.02, differs: 0.04 },
    u: { exact: 0.006, variant: 0.01, close: 0.006, initial: 0.06, somewhat: 0.02, differs: 0.9 },
    rare: 0.005,
  },
  family: {
    m: { exact: 0.82, variant: 0.04, close: 0.08, initial: 0.01, somewhat: 0.02, differs: 0.03 },
    u: { exact: 0.002, variant: 0.002, close: 0.003, initial: 0.06, somewhat: 0.01, differs: 0.92 },
    rare: 0.003,
  },
  company: {
    m: { exact: 0.6, variant: 0.06, close: 0.08, somewhat: 0.06, differs: 0.2 },
    u: { exact: 0.005, variant: 0.003, close: 0.004, somewhat: 0.02, differs: 0.968 },
    rare: 0.003,
  },
  title: {
    m: { exact: 0.4, variant: 0.03, close: 0.07, somewhat: 0.2, differs: 0.3 },
    u: { exact: 0.02, variant: 0.002, close: 0.01, somewhat: 0.1, differs: 0.868 },
    rare: 0.01,
  },
  city: {
    m: { exact: 0.78, variant: 0.02, close: 0.07, somewhat: 0.02, differs: 0.11 },
    u: { exact: 0.02, variant: 0.001, close: 0.002, somewhat: 0.01, differs: 0.967 },
    rare: 0.01,
  },
  postcode: {
    m: { exact: 0.78, close: 0.09, somewhat: 0.03, differs: 0.1 },
    u: { exact: 0.003, close: 0.01, somewhat: 0.08, differs: 0.907 },
    rare: 0.005,
    least: 0.00005,
  },
  number: {
    m: { exact: 0.8, variant: 0.02, close: 0.08, differs: 0.1 },
    u: { exact: 0.015, variant: 0.005, close: 0.06, differs: 0.92 },
    rare: 0.01,
    least: 0.0005,
  },
  street: {
    m: { exact: 0.72, variant: 0.06, close: 0.1, somewhat: 0.04, differs: 0.08 },
    u: { exact: 0.001, variant: 0.0005, close: 0.003, somewhat: 0.015, differs: 0.98 },
    rare: 0.001,
  },
  street2: {
    m: { exact: 0.65, variant: 0.06, close: 0.11, somewhat: 0.06, differs: 0.12 },
    u: { exact: 0.004, variant: 0.001, close: 0.004, somewhat: 0.03, differs: 0.961 },
    rare: 0.003,
  },
  state: {
    m: { exact: 0.9, close: 0.03, somewhat: 0.01, differs: 0.06 },
    u: { exact: 0.2, close: 0.03, somewhat: 0.01, differs: 0.76 },
    rare: 0.1,
  },
  country: {
    m: { exact: 0.93, close: 0.01, somewhat: 0.01, differs: 0.05 },
    u: { exact: 0.4, close: 0.01, somewhat: 0.01, differs: 0.58 },
    rare: 0.2,
  },
  birthday: {
    m: { exact: 0.9, variant: 0.02, close: 0.05, somewhat: 0.02, differs: 0.01 },
    u: { exact: 0.00005, variant: 0.003, close: 0.001, somewhat: 0.02, differs: 0.97595 },
    rare: 0.00005,
    least: 0.00003,
  },
  ids: {
    m: { exact: 0.91, close: 0.05, somewhat: 0.02, differs: 0.02 },
    u: { exact: 0.000001, close: 0.00002, somewhat: 0.0005, differs: 0.9994785 },
    rare: 0.000001,
  },
  email: {
    m: { exact: 0.6, close: 0.1, somewhat: 0.05, differs: 0.25 },
    u: { exact: 0.000005, close: 0.0001, somewhat: 0.0005, differs: 0.999395 },
    rare: 0.000005,
  },
  phone: {
    m: { exact: 0.55, variant: 0.1, close: 0.05, differs: 0.3 },
    u: { exact: 0.00001, variant: 0.00001, close: 0.0002, differs: 0.99978 },
    rare: 0.00001,
  },
  linkedin: {
    m: { exact: 0.97, differs: 0.03 },
    u: { exact: 0.000001, differs: 0.999999 },
    rare: 0.000001,
  },
  event: {
    m: { exact: 0.4, differs: 0.6 },
    u: { exact: 0.2, differs: 0.8 },
    rare: 0.1,
  },
  age: {
    m: { exact: 0.8, close: 0.1, somewhat: 0.04, differs: 0.06 },
    u: { exact: 0.015, close: 0.05, somewhat: 0.15, differs: 0.785 },
    rare: 0.015,
    least: 0.01,
  },
};

/** Columns nobody told us the meaning of: little weight, until the data shows that they have some. */
export const MORE_WEIGHTS: FieldWeights = {
  m: { exact: 0.6, variant: 0.05, close: 0.1, somewhat: 0.1, differs: 0.15 },
  u: { exact: 0.15, variant: 0.02, close: 0.08, somewhat: 0.15, differs: 0.6 },
  rare: 0.05,
};

/** Given and family name found in each other's place: so often on records of one person. */
export const SWAPPED = 0.04;

/**
 * How many people the assumed shares of values count as, beside those at hand, and how many pairs the assumed m and u
 * count as, beside those estimated.
 */
export const PRIOR = { people: 60, matches: 20, pairs: 300 } as const;

/** Matches that are assumed, as a share of the number of records. */
export const EXPECTED_MATCHES = 0.1;

/** Others of a person's house in the same list, on average, that are assumed. */
export const EXPECTED_HOUSEMATES = 0.1;

/** Log odds, in bits, from which a pair is merged (if nothing speaks against it) and proposed. */
export const THRESHOLDS = { merge: 10, propose: 0 } as const;

/** A row of the table as numbers by level; what the table leaves out is possible, and rare. */
export function numbersOf(row: Row): Float64Array {
  const numbers = new Float64Array(LEVELS);
  let sum = 0;
  for (const name of LEVEL_NAMES) {
    if (name === 'missing') continue;
    const share = row[name] ?? 0.0001;
    numbers[levels[name]] = share;
    sum += share;
  }
  return numbers.map((share) => share / sum);
}
