/** One pair of people, field by field. */
import {
  compareAge,
  compareBirthday,
  compareCode,
  compareCompany,
  compareEmail,
  compareFamily,
  compareGiven,
  compareId,
  compareKey,
  compareNumber,
  comparePhone,
  compareText,
  compareWord,
} from './compare-values.js';
import { levels, type Level } from './levels.js';
import { FIELDS, SLOT, type Field, type Prepared } from './person.js';
import type { Value } from './values.js';

const { max, min } = Math;
const { isArray } = Array;

type Compare = (a: Value, b: Value) => Level;

const COMPARE: Record<Field, Compare> = {
  given: compareGiven,
  family: compareFamily,
  company: compareCompany,
  title: compareText,
  city: compareText,
  postcode: compareCode,
  number: compareNumber,
  street: compareText,
  street2: compareText,
  state: compareWord,
  country: compareWord,
  birthday: compareBirthday,
  ids: compareId,
  email: compareEmail,
  phone: comparePhone,
  linkedin: compareKey,
  event: compareKey,
  age: compareAge,
};
const BY_SLOT: Compare[] = FIELDS.map((field) => COMPARE[field]);

/** What was found between two people; one object is used for many pairs. */
export interface Look {
  /** The slots that anybody has a value in. */
  used: readonly number[];
  /** By slot, one of `levels`. */
  levels: Uint8Array;
  /** By slot, the values the level was found between; null where one is missing. */
  left: (Value | null)[];
  right: (Value | null)[];
  /** Given name and family name agree in each other's place; the same of the lines of the address. */
  namesSwapped: boolean;
  linesSwapped: boolean;
}

export function newLook(
  slots: number,
  used: readonly number[] = Array.from({ length: slots }, (_each, slot) => slot),
): Look {
  return {
    used,
    levels: new Uint8Array(slots),
    left: new Array<Value | null>(slots).fill(null),
    right: new Array<Value | null>(slots).fill(null),
    namesSwapped: false,
    linesSwapped: false,
  };
}

/** The best of several values: one equal address is enough. Ids of different kinds are not compared. */
function best(look: Look, slot: number, a: readonly Value[], b: readonly Value[], compare: Compare): void {
  let found: Level = levels.missing;
  for (const one of a) {
    for (const other of b) {
      if (one.kind !== other.kind) continue;
      const level = compare(one, other);
      if (level < found || (level === found && one.share >= (look.left[slot]?.share ?? 1))) continue;
      found = level;
      look.left[slot] = one;
      look.right[slot] = other;
    }
  }
  look.levels[slot] = found;
}

const isMany = (value: Value | readonly Value[]): value is readonly Value[] => isArray(value);
const asMany = (value: Value | readonly Value[]): readonly Value[] => (isMany(value) ? value : [value]);

function single(value: Value | readonly Value[] | null | undefined): Value | null {
  if (value === null || value === undefined) return null;
  return isMany(value) ? (value[0] ?? null) : value;
}

/** Two fields whose values may stand in each other's place: swapped where they agree so, and not as they stand. */
function lookCrosswise(
  look: Look,
  a: Prepared,
  b: Prepared,
  slots: [number, number],
  compare: Compare,
): boolean {
  const [first, second] = slots;
  const straight = max(look.levels[first] ?? 0, look.levels[second] ?? 0);
  if (straight > levels.somewhat) return false;
  const [a1, a2] = [single(a.slots[first]), single(a.slots[second])];
  const [b1, b2] = [single(b.slots[first]), single(b.slots[second])];
  const one: Level = a1 && b2 ? compare(a1, b2) : levels.missing;
  const two: Level = a2 && b1 ? compare(a2, b1) : levels.missing;
  const most = max(one, two);
  const least = min(one, two);
  if (most < levels.close || least === levels.differs || least === levels.initial || straight === most)
    return false;
  if (least === levels.missing && straight === levels.somewhat) return false;
  // Which of the two is the given name cannot be told: the weaker agreement stands for it, of two as good the more common
  // name, whoever is looked at first.
  const isFirstWeaker = one === two ? commoner(a1, b2) >= commoner(a2, b1) : one < two;
  const [atOne, atTwo] = isFirstWeaker ? [first, second] : [second, first];
  look.levels[first] = least;
  look.levels[second] = most;
  look.left[atOne] = one === levels.missing ? null : a1;
  look.right[atOne] = one === levels.missing ? null : b2;
  look.left[atTwo] = two === levels.missing ? null : a2;
  look.right[atTwo] = two === levels.missing ? null : b1;
  return true;
}

const commoner = (a: Value | null, b: Value | null): number => max(a?.share ?? 0, b?.share ?? 0);

/** The employer, by name or by the domain of the address; where both have both, the better of the two counts. */
function lookAtCompany(look: Look, a: Prepared, b: Prepared): void {
  const slot = SLOT.company;
  const [nameA, nameB] = [single(a.slots[slot]), single(b.slots[slot])];
  const one = nameA ? (a.domain ? [nameA, a.domain] : [nameA]) : a.domain ? [a.domain] : [];
  const two = nameB ? (b.domain ? [nameB, b.domain] : [nameB]) : b.domain ? [b.domain] : [];
  if (one.length > 0 && two.length > 0) best(look, slot, one, two, compareCompany);
}

/**
 * "pabe.faba@" and "pake.faba@" of Pabe Faba and Pake Faba are alike because the names are: each address says its own
 * name again, which makes a slip of the pen less likely, not more.
 */
function addressesRepeatNames(look: Look): boolean {
  const [one, two] = [look.left[SLOT.email], look.right[SLOT.email]];
  if (look.levels[SLOT.email] !== levels.close || !one || !two) return false;
  const [local = '', other = ''] = [one.core.split('@')[0], two.core.split('@')[0]];
  return [SLOT.given, SLOT.family].some((slot) => {
    const [left, right] = [look.left[slot], look.right[slot]];
    if (!left || !right || left.core.length < 2 || right.core.length < 2) return false;
    if (look.levels[slot] === levels.exact || look.levels[slot] === levels.variant) return false;
    // Short and long form of one name are in each other.
    if (left.core.includes(right.core) || right.core.includes(left.core)) return false;
    return local.includes(left.core) && other.includes(right.core);
  });
}

/** Fills `look` with what the two agree in. */
export function lookAt(a: Prepared, b: Prepared, look: Look): void {
  for (const slot of look.used) {
    look.left[slot] = null;
    look.right[slot] = null;
    look.levels[slot] = levels.missing;
    if (slot === SLOT.company) {
      lookAtCompany(look, a, b);
      continue;
    }
    const [one, two] = [a.slots[slot], b.slots[slot]];
    if (one === null || two === null || one === undefined || two === undefined) continue;
    const compare = BY_SLOT[slot] ?? compareText;
    if (isMany(one) || isMany(two)) {
      best(look, slot, asMany(one), asMany(two), compare);
    } else if (one.kind === two.kind) {
      look.left[slot] = one;
      look.right[slot] = two;
      look.levels[slot] = compare(one, two);
    }
  }
  if (addressesRepeatNames(look)) look.levels[SLOT.email] = levels.differs;
  // An age says again, and less well, what the birthdays say.
  if (look.levels[SLOT.birthday] !== levels.missing) look.levels[SLOT.age] = levels.missing;
  look.namesSwapped = lookCrosswise(look, a, b, [SLOT.given, SLOT.family], compareFamily);
  look.linesSwapped = lookCrosswise(look, a, b, [SLOT.street, SLOT.street2], compareText);
}
