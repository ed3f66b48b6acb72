/** Which pairs are worth a look: those that agree roughly in two fields, or lie side by side when sorted by name. */
import { rootOfGiven } from './nicknames.js';
import { FIELDS, SLOT, type Prepared } from './person.js';
import { soundKey } from './text-distance.js';
import type { Value } from './values.js';

const { floor, imul } = Math;

/** Persons of one key that are all compared with each other; more are divided by a further key. */
const BLOCK = 40;
/** Neighbours compared in what cannot be divided further, and when sorted by name. */
const WINDOW = 5;
/** Person's place and key share one double: 21 bits for the place. */
const PLACES = 2 ** 21;

/** Coarse keys of one person, as 32-bit hashes: by group, none, one or several. */
type Keys = readonly (readonly number[])[];

const GROUPS = ['name', 'line', 'number', 'postcode', 'city', 'birthday', 'company', 'title'] as const;
const [NAME, LINE] = [0, 1];

function hash(text: string, seed: number): number {
  let h = seed ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  return imul(h, 0x2c1b3c6d) >>> 0;
}
const both = (a: number, b: number): number => (imul(a ^ (b >>> 7), 0x9e3779b1) + b) >>> 0;

const valuesOf = (person: Prepared, slot: number): readonly Value[] => {
  const held = person.slots[slot];
  return held === null || held === undefined ? [] : 'text' in held ? [held] : held;
};

function keysOf(person: Prepared, more: readonly number[]): Keys {
  const keys: number[][] = [];
  const add = (group: number, texts: readonly string[]): void => {
    keys[group] = [...new Set(texts.filter((text) => text !== '').map((text) => hash(text, group)))];
  };
  const core = (slot: number): string => valuesOf(person, slot)[0]?.core ?? '';
  const sound = (slot: number): string => valuesOf(person, slot)[0]?.sound ?? '';
  const given = valuesOf(person, SLOT.given)[0]?.words[0] ?? '';
  const root = rootOfGiven(given);
  // The parts of a name may stand in each other's place, and so may the lines of an address.
  const families = (valuesOf(person, SLOT.family)[0]?.words ?? []).slice(0, 3).map(soundKey);
  add(NAME, [
    given === '' ? '' : soundKey(given),
    root === given ? '' : root,
    ...families,
    sound(SLOT.family),
  ]);
  add(LINE, [sound(SLOT.street), sound(SLOT.street2)]);
  add(2, [core(SLOT.number)]);
  add(3, [core(SLOT.postcode)]);
  add(4, [sound(SLOT.city)]);
  add(5, [core(SLOT.birthday)]);
  add(6, [sound(SLOT.company), person.domain?.sound ?? '']);
  add(7, [sound(SLOT.title)]);
  for (const [index, slot] of more.entries()) add(GROUPS.length + index, [core(slot)]);
  return keys;
}

/** What is seldom two people's: one such key is enough. */
function singleKeys(person: Prepared): number[] {
  const texts: string[] = [];
  for (const { text } of valuesOf(person, SLOT.ids)) texts.push(`i${text}`);
  for (const { core } of valuesOf(person, SLOT.phone)) texts.push(`t${core.slice(-7)}`);
  for (const { core } of valuesOf(person, SLOT.email)) texts.push(`e${core}`, `l${core.split('@')[0] ?? ''}`);
  for (const { text } of valuesOf(person, SLOT.linkedin)) texts.push(`u${text}`);
  for (const { text } of valuesOf(person, SLOT.birthday)) texts.push(`b${text}`);
  for (const { core } of valuesOf(person, SLOT.family)) texts.push(`f${core}`);
  for (const slot of [SLOT.street, SLOT.street2])
    for (const { core } of valuesOf(person, slot)) texts.push(`s${core}`);
  return texts.map((text) => hash(text, 99));
}

export interface BlockingOptions {
  /** Places of the persons of whom each pair must have one; all, when absent. */
  only?: Uint8Array;
  /** Larger blocks are divided. */
  block?: number;
}

/**
 * Tells every pair worth a look, by places in `people`, the smaller first; some more than once. The work grows with
 * the number of people and not with its square: no key compares more than `block` persons all with all.
 */
export function candidates(
  people: readonly Prepared[],
  found: (a: number, b: number) => void,
  options: BlockingOptions = {},
): void {
  if (people.length >= PLACES) throw new RangeError(`more than ${PLACES} persons cannot be matched at once`);
  const { only, block: most = BLOCK } = options;
  const slots = people.reduce((max, { slots: held }) => Math.max(max, held.length), 0);
  const more = Array.from({ length: slots - FIELDS.length }, (_each, index) => FIELDS.length + index);
  const keys = people.map((person) => keysOf(person, more));
  const meet = (a: number, b: number): void => {
    if (a === b || (only && only[a] !== 1 && only[b] !== 1)) return;
    if (a < b) found(a, b);
    else found(b, a);
  };
  const all = (members: ArrayLike<number>): void => {
    for (let i = 0; i < members.length; i += 1) {
      for (let j = i + 1; j < members.length; j += 1) meet(members[i] ?? 0, members[j] ?? 0);
    }
  };
  const near = (members: ArrayLike<number>): void => {
    for (let i = 0; i < members.length; i += 1) {
      for (let j = i + 1; j < members.length && j <= i + WINDOW; j += 1)
        meet(members[i] ?? 0, members[j] ?? 0);
    }
  };
  const ranks = rankByName(people);
  const divide = (members: number[], used: readonly number[]): void => {
    members.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
    near(members);
    for (let group = 0; group < GROUPS.length + more.length; group += 1) {
      if (used.includes(group) && group > LINE) continue;
      forBlocks(
        entriesOf(members, (person) => keys[person]?.[group] ?? []),
        (inner) => {
          if (inner.length <= most) all(inner);
          else if (inner.length < members.length) near(inner);
        },
      );
    }
  };
  const pass = (keysFor: (person: number) => readonly number[], used: readonly number[] | null): void => {
    forBlocks(entriesOf(people, keysFor), (members) => {
      if (only && !members.some((one) => only[one] === 1)) return;
      if (members.length <= most) all(members);
      else if (used) divide([...members], used);
    });
  };
  pass((person) => singleKeys(people[person] ?? { id: '', slots: [], domain: null, generation: null }), null);
  const groups = GROUPS.length + more.length;
  for (let one = 0; one < groups; one += 1) {
    for (let two = one; two < groups; two += 1) {
      // Of one group only names and lines have two keys; other columns are held against names alone.
      if (one === two && one > LINE) continue;
      if (two >= GROUPS.length && one !== NAME) continue;
      pass(
        (person) => pairKeys(keys[person]?.[one] ?? [], keys[person]?.[two] ?? [], one === two),
        [one, two],
      );
    }
  }
  for (const order of [ranks, rankBy(people, backwards), rankBy(people, turned)]) {
    const sorted = Array.from(people.keys()).sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0));
    near(sorted);
  }
}

function pairKeys(a: readonly number[], b: readonly number[], isSame: boolean): number[] {
  const pairs: number[] = [];
  for (const [i, one] of a.entries()) {
    for (const [j, two] of b.entries()) {
      if (!isSame) pairs.push(both(one, two));
      else if (j > i) pairs.push(one < two ? both(one, two) : both(two, one));
    }
  }
  return pairs;
}

/** Key and place in one number each, sorted: equal keys lie side by side. */
function entriesOf(
  people: { length: number } | readonly number[],
  keysFor: (person: number) => readonly number[],
): Float64Array {
  const places = Array.isArray(people) ? (people as readonly number[]) : null;
  let entries = new Float64Array(people.length * 2 + 16);
  let count = 0;
  for (let index = 0; index < people.length; index += 1) {
    const person = places && typeof places[index] === 'number' ? (places[index] ?? 0) : index;
    for (const key of keysFor(person)) {
      if (count === entries.length) {
        const wider = new Float64Array(count * 2);
        wider.set(entries);
        entries = wider;
      }
      entries[count] = key * PLACES + person;
      count += 1;
    }
  }
  return entries.subarray(0, count).sort();
}

function forBlocks(entries: Float64Array, use: (members: number[]) => void): void {
  for (let from = 0; from < entries.length;) {
    const key = floor((entries[from] ?? 0) / PLACES);
    let to = from + 1;
    while (to < entries.length && floor((entries[to] ?? 0) / PLACES) === key) to += 1;
    if (to - from > 1) use(Array.from(entries.subarray(from, to), (entry) => entry % PLACES));
    from = to;
  }
}

const part = (person: Prepared, slot: number): string => valuesOf(person, slot)[0]?.core ?? '';
const forwards = (person: Prepared): string =>
  `${part(person, SLOT.family)} ${part(person, SLOT.given)} ${part(person, SLOT.street)}`;
const turned = (person: Prepared): string => `${part(person, SLOT.given)} ${part(person, SLOT.family)}`;
/** The end of the name first, for slips at its beginning. */
const backwards = (person: Prepared): string => {
  const family = part(person, SLOT.family);
  let text = '';
  for (let i = family.length - 1; i >= 0; i -= 1) text += family.charAt(i);
  return text + part(person, SLOT.given);
};

function rankBy(people: readonly Prepared[], textOf: (person: Prepared) => string): Int32Array {
  const texts = people.map(textOf);
  const order = Array.from(people.keys()).sort((a, b) => {
    const [one = '', two = ''] = [texts[a], texts[b]];
    return one < two ? -1 : one > two ? 1 : a - b;
  });
  const ranks = new Int32Array(people.length);
  order.forEach((person, rank) => (ranks[person] = rank));
  return ranks;
}
const rankByName = (people: readonly Prepared[]): Int32Array => rankBy(people, forwards);
