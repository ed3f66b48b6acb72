/** What is compared of a person, and its preparation: every value folded once, equal values shared. */
import { canonicalEmail, isRoleAddress } from '../import/identity.js';
import { foldName } from '../import/name-compare.js';
import { PARTICLES, PREFIXES } from '../import/name-words.js';
import { splitName } from '../import/names.js';
import { valueOf, type Value, type ValueKind } from './values.js';

/** One person as one source tells of them; everything but the id may be absent. */
export interface MatchPerson {
  id: string;
  given?: string;
  family?: string;
  /** The whole name, where its parts are not told apart: "Dr. Jane Q. Doe", "Doe, Jane". */
  full?: string;
  /** "Jr.", "III": tells fathers from sons. */
  suffix?: string;
  company?: string;
  title?: string;
  city?: string;
  postcode?: string;
  /** Number of the house; may also stand in `street`. */
  number?: string;
  street?: string;
  /** A second line of the address. */
  street2?: string;
  state?: string;
  country?: string;
  /** '1990-03-15', or '--03-15' without a year. Slips of the pen (1990-31-12) are compared as they stand. */
  birthday?: string;
  /** In years, when the source was written: counts where birthdays are not told. */
  age?: string;
  emails?: readonly string[];
  /** E.164 where the number can be told, else as written. */
  phones?: readonly string[];
  /** National ids, member numbers and the like; "kind:number" is compared with its own kind only. */
  ids?: readonly string[];
  linkedin?: string;
  /** Ids or names of events they were at. */
  events?: readonly string[];
  /** Other columns by their name: weak evidence. */
  more?: Readonly<Record<string, string>>;
}

export const FIELDS = [
  'given',
  'family',
  'company',
  'title',
  'city',
  'postcode',
  'number',
  'street',
  'street2',
  'state',
  'country',
  'birthday',
  'ids',
  'email',
  'phone',
  'linkedin',
  'event',
  'age',
] as const;
export type Field = (typeof FIELDS)[number];

/** The place of each field among a person's slots; slots from `FIELDS.length` on are the other columns, one each. */
export const SLOT = Object.fromEntries(FIELDS.map((field, index) => [field, index])) as Record<Field, number>;

/** A person's values, folded and ready. */
export interface Prepared {
  id: string;
  /** By slot; null where the source says nothing. */
  slots: (Value | readonly Value[] | null)[];
  /** The name of the company as its mail's domain has it. */
  domain: Value | null;
  /** 'jr', 'sr', '2', '3' ... where the name says so. */
  generation: string | null;
}

/** Mail providers of everybody: their domain says nothing of an employer. */
const PUBLIC_MAIL =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|mail|proton|protonmail|pm|fastmail|zoho|yandex|qq|163|126|orange|wanadoo|free|laposte|libero|t-online|freenet|posteo|mailbox|comcast|verizon|att|btinternet|sky|bigpond|optusnet|seznam|wp|o2|naver|example)\.[a-z.]+$/;

/** Other columns that are compared at most. */
const MORE = 12;

/** Values of equal text are one object, so that equality is seen at once and rarity is counted once. */
export class ValuePool {
  private readonly pools: Map<string, Value>[] = [];
  private readonly more: string[];

  /** @param known values that are shared already; they are looked up there and not added to */
  constructor(private readonly known: ValuePool | null = null) {
    this.more = known ? [...known.more] : [];
  }

  get(slot: number, kind: ValueKind, text: string): Value | null {
    const value = valueOf(kind, text);
    if (value === null) return null;
    const known = this.known?.pools[slot]?.get(value.text);
    if (known) return known;
    const pool = (this.pools[slot] ??= new Map<string, Value>());
    const here = pool.get(value.text);
    if (here) return here;
    pool.set(value.text, value);
    return value;
  }

  /** The slot of another column; null beyond those that are compared. */
  slotOf(column: string): number | null {
    let at = this.more.indexOf(column);
    if (at < 0 && this.more.length < MORE) at = this.more.push(column) - 1;
    return at < 0 ? null : FIELDS.length + at;
  }

  /** Fixed fields and other columns, by slot. */
  names(): string[] {
    return [...FIELDS, ...this.more];
  }

  values(slot: number): Iterable<Value> {
    return this.pools[slot]?.values() ?? [];
  }
}

const GENERATIONS: Record<string, string> = {
  jr: 'jr',
  junior: 'jr',
  sr: 'sr',
  senior: 'sr',
  ii: '2',
  iii: '3',
  iv: '4',
};
const words = (text: string): string[] => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');

/** A name's own words: without titles before it, degrees and brackets. */
function nameWords(text: string): string[] {
  const plain = foldName(text.slice(0, 200).replace(/\([^)]*\)|"[^"]*"/g, ' ')).replace(/[’'`]/g, '');
  const tokens = words(plain);
  while (tokens.length > 1 && PREFIXES.has(tokens[0] ?? '')) tokens.shift();
  return tokens;
}

interface NameParts {
  given?: string;
  family?: string;
  generation?: string;
}

/** Given and family name as they are compared; where the order cannot be told the first word is taken for the given. */
export function comparedName(person: Pick<MatchPerson, 'given' | 'family' | 'full' | 'suffix'>): NameParts {
  let { given = '', family = '' } = person;
  let suffix = person.suffix ?? '';
  if (given.trim() === '' && family.trim() === '' && person.full !== undefined) {
    const split = splitName(person.full);
    given = split.given ?? '';
    family = split.family ?? '';
    suffix ||= split.suffix ?? '';
    if (given === '' && family === '') {
      const tokens = nameWords(person.full);
      given = tokens.length > 1 ? tokens.slice(0, -1).join(' ') : '';
      family = tokens[tokens.length - 1] ?? '';
    }
  }
  let givens = nameWords(given);
  let families = nameWords(family.split(',')[0] ?? '');
  // "Doe, Jane" in one column, and the other left empty.
  if (givens.length === 0 && family.includes(',')) givens = nameWords(family.split(',').slice(1).join(' '));
  const last = families[families.length - 1] ?? '';
  let generation = words(foldName(suffix))
    .map((word) => GENERATIONS[word])
    .find((one) => one !== undefined);
  if (families.length > 1 && GENERATIONS[last] !== undefined) {
    generation ??= GENERATIONS[last];
    families = families.slice(0, -1);
  }
  const core = families.filter((word) => !PARTICLES.has(word));
  const name: NameParts = {};
  if (givens.length > 0) name.given = givens.join(' ');
  if (families.length > 0) name.family = (core.length > 0 ? core : families).join(' ');
  if (generation !== undefined) name.generation = generation;
  return name;
}

/** "44 Forbes Street", "Forbesstr. 44a": the number of the house apart from its street. */
function splitStreet(street: string): { number?: string; street: string } {
  const text = street.trim();
  const before = /^(\d{1,5}[a-z]?(?:[-/]\d{1,4}[a-z]?)?)[\s,]+(?=\D*\p{L}{2})/iu.exec(text);
  if (before) return { number: before[1] ?? '', street: text.slice(before[0].length) };
  const after = /\p{L}[.\s,]+(\d{1,5}\s?[a-z]?(?:[-/]\d{1,4}[a-z]?)?)$/iu.exec(text);
  if (after) return { number: after[1] ?? '', street: text.slice(0, text.length - (after[1] ?? '').length) };
  return { street: text };
}

/** @param pool shared by all persons that are compared with each other */
export function prepare(person: MatchPerson, pool: ValuePool): Prepared {
  const slots: Prepared['slots'] = new Array<null>(FIELDS.length).fill(null);
  const set = (field: Field, kind: ValueKind, text: string | undefined): void => {
    if (text !== undefined && text !== '') slots[SLOT[field]] = pool.get(SLOT[field], kind, text);
  };
  const setMany = (field: Field, kind: ValueKind, texts: readonly string[] | undefined): void => {
    if (!texts || texts.length === 0) return;
    const values = texts.map((text) => pool.get(SLOT[field], kind, text)).filter((value) => value !== null);
    if (values.length > 0)
      slots[SLOT[field]] = values.length > 1 ? [...new Set(values)] : (values[0] ?? null);
  };
  const name = comparedName(person);
  set('given', 'given', name.given);
  set('family', 'family', name.family);
  set('company', 'company', person.company);
  set('title', 'text', person.title);
  set('city', 'text', person.city);
  set('postcode', 'code', person.postcode);
  const hasNumber = person.number !== undefined && person.number.trim() !== '';
  const { number, street } = hasNumber
    ? { number: person.number, street: person.street }
    : splitStreet(person.street ?? '');
  set('number', 'number', number);
  set('street', 'street', street);
  set('street2', 'street', person.street2);
  set('state', 'word', person.state);
  set('country', 'word', person.country);
  set('birthday', 'date', person.birthday);
  set('age', 'number', person.age);
  set('linkedin', 'key', person.linkedin);
  const emails = (person.emails ?? [])
    .map((email) => canonicalEmail(email))
    .filter((email) => email !== null);
  setMany(
    'email',
    'email',
    emails.filter((email) => !isRoleAddress(email)),
  );
  setMany('phone', 'phone', person.phones);
  setMany('ids', 'id', person.ids);
  setMany('event', 'key', person.events);
  for (const column of Object.keys(person.more ?? {}).sort()) {
    const slot = pool.slotOf(column);
    if (slot !== null) slots[slot] = pool.get(slot, 'text', person.more?.[column] ?? '');
  }
  const host = emails.map((email) => email.split('@')[1] ?? '').find((one) => !PUBLIC_MAIL.test(one));
  const domain = host === undefined ? null : pool.get(SLOT.company, 'company', companyOfDomain(host));
  return { id: person.id, slots, domain, generation: name.generation ?? null };
}

/** 'acme-robotics' of 'mail.acme-robotics.co.uk'. */
function companyOfDomain(host: string): string {
  const labels = host.split('.').slice(0, -1);
  // Second levels that many share; "example" stands for them in samples (RFC 2606).
  if (labels.length > 1 && /^(?:co|com|ac|org|net|gov|edu|or|ne|example)$/.test(labels.at(-1) ?? ''))
    labels.pop();
  return labels.at(-1) ?? host;
}
