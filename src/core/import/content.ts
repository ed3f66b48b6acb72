/** What columns hold, where their header does not tell or tells it wrongly. */
import { headerKey, isNobodys } from './columns.js';
import { readMoment } from './dates.js';
import type { Columns } from './header.js';
import { canonicalEmail, canonicalPhone } from './identity.js';
import { said } from './cell-values.js';
import { COMPANY } from './name-words.js';
import type { Field } from './records.js';
import { regionOf } from './regions.js';

const cellOf = (row: readonly string[], index: number): string => (row[index] ?? '').slice(0, 300).trim();
const valuesOf = (rows: readonly string[][], index: number): string[] =>
  rows.map((row) => cellOf(row, index)).filter((value) => value !== '');

const isEmail = (value: string): boolean => {
  const text = value.replace(/^mailto:/i, '');
  return text.includes('@') && canonicalEmail(text) !== null;
};
const isProfile = (value: string): boolean => /linkedin\.(?:com|cn)\/(?:mwlite\/)?in\//i.test(value);
const isPhone = (value: string): boolean =>
  /^\+?[\d\s().\-/]{7,25}(?:(?:x|ext\.?)\s?\d+)?$/i.test(value) &&
  (value.match(/\d/g)?.length ?? 0) >= 7 &&
  (value.startsWith('+') || /\d[\s().\-/]+\d/.test(value)) &&
  !/^\d{4}-\d\d-\d\d/.test(value) &&
  // A coordinate or a price.
  !/^-?\d+[.]\d+$/.test(value) &&
  !/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(value);
/** "Jane Doe", "Doe, Jane", "Dr. Jane Q. Doe": two to five words that begin large, no company. */
const isFullName = (value: string): boolean =>
  value.length <= 60 &&
  /^\p{Lu}[\p{L}\p{M}.'’-]*,?(?: (?:\p{Lu}[\p{L}\p{M}.'’-]*|van|von|de|der|den|da|di|del|la|el|bin|al)){1,4}$/u.test(
    value,
  ) &&
  !COMPANY.test(value);
/** Digits alone, as many as a telephone number has where no country is told; ids are as long more seldom. */
const isBareNumber = (value: string): boolean => /^(?:0\d{7,11}|[1-9]\d{8,10})$/.test(value);
const isInternational = (value: string): boolean =>
  /^(?:\+|00)[\d\s().\-/]{7,25}$/.test(value) && canonicalPhone(value.replace(/^00/, '+')) !== null;
const isOneName = (value: string): boolean => /^\p{Lu}[\p{L}\p{M}'’-]{1,24}$/u.test(value);

function share(values: readonly string[], is: (value: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(is).length / values.length;
}

/**
 * Corrections by content. "Name" beside "Vorname" is the family name, unless it holds the given one too; columns nobody
 * named that hold addresses, profiles or numbers are what they hold; "Contact" may hold the address and not the name; a
 * check-in column in which nobody is checked in says nothing.
 */
export function settleByContent(
  columns: Columns,
  header: readonly string[],
  rows: readonly string[][],
): Columns {
  const settled = { ...columns };
  const find = (field: Field): number | undefined => {
    const entry = Object.entries(settled).find(([, each]) => each === field);
    return entry && Number(entry[0]);
  };
  const name = find('name');
  const given = find('given');
  const other = given ?? find('family');
  if (name !== undefined && other !== undefined && (given === undefined || find('family') === undefined)) {
    const holdsBoth = rows.some((row) => {
      const part = cellOf(row, other).toLowerCase();
      const whole = cellOf(row, name).toLowerCase();
      return part !== '' && whole !== part && whole.includes(part);
    });
    if (!holdsBoth) settled[name] = given === undefined ? 'given' : 'family';
  }
  for (const [index, field] of Object.entries(settled)) {
    const values = valuesOf(rows, Number(index)).filter((value) => said(value) !== '');
    // Yes and no, a channel, the share of a word in a text: whatever it is called, no addresses are in it.
    const isOther =
      field === 'email' && values.length >= MANY && !values.some((value) => isAddressLike(value));
    // A scraper's "Title" beside "Position" is the headline, no Mr or Dr.
    const isHeadline = field === 'prefix' && values.length > 0 && share(values, (value) => value.length > 20) > 0.5; // prettier-ignore
    const isNumbers = field === 'name' && values.length >= MANY && !values.some((value) => /\p{L}/u.test(value)); // prettier-ignore
    if (isOther || isHeadline || isNumbers) Reflect.deleteProperty(settled, index);
  }
  const whole = find('name');
  if (whole !== undefined) {
    const values = valuesOf(rows, whole);
    if (find('email') === undefined && share(values, isEmail) > 0.6) settled[whole] = 'email';
    else if (share(values, isPhone) > 0.6) settled[whole] = 'phone';
  }
  for (const index of header.keys()) {
    if (settled[index] !== undefined) continue;
    const field = heldBy(header[index] ?? '', valuesOf(rows, index), (each) => find(each) !== undefined);
    if (field !== null) settled[index] = field;
  }
  if ((['name', 'given', 'family'] as const).every((field) => find(field) === undefined)) {
    const named = [...header.keys()].find(
      (index) => settled[index] === undefined && holdsNames(header[index] ?? '', valuesOf(rows, index)),
    );
    if (named !== undefined) settled[named] = 'name';
  }
  const checkedIn = find('checkedIn');
  if (checkedIn !== undefined && rows.every((row) => cellOf(row, checkedIn) === '')) {
    return Object.fromEntries(Object.entries(settled).filter(([index]) => Number(index) !== checkedIn));
  }
  return settled;
}

/** Values that are enough to say what a column is not. */
const MANY = 5;
const isAddressLike = (value: string): boolean => /@|\bat\b|\(a\)|^mailto:/i.test(value);

/** Names of people under a word nobody knows: "Label", "Who". Things and places may look the same, and their words tell. */
function holdsNames(header: string, values: readonly string[]): boolean {
  const key = headerKey(header);
  if (isNobodys(key) || OF_THINGS.test(key)) return false;
  return (
    values.length >= 3 && new Set(values).size >= values.length * 0.8 && share(values, isFullName) >= 0.7
  );
}
const OF_THINGS =
  /company|firm|organi[sz]|employer|team|school|universit|city|address|street|place|venue|country|state|region|title|position|role|course|event|product|department|project|session|ticket|status|type|category|group|note|comment|interest|subject|account|source|campaign|industry|firma|stadt|strasse|ort|abteilung|beruf|empresa|ciudad|direccion|cargo|societe|ville|adresse|poste/;

/** Columns of numbers are often called no more than this. */
const PHONES =
  /^(?:home|work|other|primary|main|direct|number|yahoophone|office|buro|privat|private|geschaftlich|dienstlich|trabajo|casa|domicile|travail|bureau|ufficio|thuis|werk|dom|praca)$/;
const NO_VOICE = /fax|pager|telex|modem|tty|callback|isdn|radio/;

/** A column's field by what it holds alone; one address that repeats is the sender's or the buyer's, no column of people. */
function heldBy(header: string, values: readonly string[], has: (field: Field) => boolean): Field | null {
  const key = headerKey(header);
  if (values.length === 0 || isNobodys(key)) return null;
  const distinct = new Set(values).size;
  if (!has('email') && distinct >= 2 && distinct >= values.length * 0.9 && share(values, isEmail) >= 0.8)
    return 'email';
  if (!has('email') && distinct >= 2 && /e?mail|correo|courriel/.test(key) && share(values, isEmail) >= 0.5)
    return 'email';
  if (!has('linkedin') && distinct >= 2 && share(values, isProfile) >= 0.8) return 'linkedin';
  if (NO_VOICE.test(key)) return null;
  // "Number" beside "Phone" is an account's or a ticket's.
  if (key === 'number' && has('phone')) return null;
  if (PHONES.test(key) && share(values, isPhone) >= 0.8) return 'phone';
  if (share(values, isInternational) >= 0.8) return 'phone';
  if (key === '' && !has('phone') && distinct >= 2 && share(values, isPhone) >= 0.8) return 'phone';
  return null;
}

/**
 * LinkedIn's connections in a language whose words we do not know: seven columns, of which the third holds profiles and
 * the last dates, below a row that holds neither.
 */
export function linkedinByShape(head: readonly string[][]): { index: number; columns: Columns } | null {
  const isHeader = (row: readonly string[]): boolean =>
    row.length === 7 && row.every((cell) => cell.trim() !== '' && cell.length < 60 && !cell.includes('@'));
  const index = head.findIndex((row) => isHeader(row) && !isProfile(row[2] ?? ''));
  if (index < 0) return null;
  const rows = head.slice(index + 1).filter((row) => row.length === 7 && cellOf(row, 2) !== '');
  const isDate = (value: string): boolean =>
    readMoment(value, true) !== null || /\d{1,2}\D+\d{4}|\d{4}\D+\d{1,2}/.test(value);
  if (
    rows.length === 0 ||
    share(valuesOf(rows, 2), isProfile) < 0.9 ||
    share(valuesOf(rows, 6), isDate) < 0.9
  )
    return null;
  const fields: Field[] = ['given', 'family', 'url', 'email', 'company', 'title', 'connectedOn'];
  return { index, columns: Object.fromEntries(fields.entries()) };
}

/**
 * A table without a header, or with one in words unknown to us: told by a column of addresses or profiles, with names
 * beside it. `index` is -1 where the first row is a person already.
 */
export function headerless(head: readonly string[][]): { index: number; columns: Columns } | null {
  const first = head.findIndex((row) => row.some((cell) => cell.trim() !== ''));
  const rows = head.slice(Math.max(0, first)).filter((row) => row.some((cell) => cell.trim() !== ''));
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (rows.length === 0 || width > 60) return null;
  const columns: Columns = {};
  const indices = [...new Array<undefined>(width).keys()];
  const strongest = (is: (value: string) => boolean, least: number): number | undefined =>
    indices
      .filter((index) => columns[index] === undefined)
      .map((index) => {
        const values = valuesOf(rows, index);
        return { index, part: share(values, is), full: values.length / rows.length };
      })
      .filter(({ part, full }) => part >= least && full >= 0.5)
      .sort((a, b) => b.part - a.part || a.index - b.index)[0]?.index;
  const least = rows.length < 4 ? 0.5 : 0.7;
  const email = strongest(isEmail, least);
  const profile = strongest(isProfile, least);
  const key = email ?? profile ?? numberBesideName(rows, indices);
  if (key === undefined) return null;
  if (email !== undefined) columns[email] = 'email';
  if (profile !== undefined) columns[profile] = 'linkedin';
  const named = strongest(isFullName, least);
  if (named !== undefined) columns[named] = 'name';
  else {
    const single = indices.filter(
      (index) => columns[index] === undefined && share(valuesOf(rows, index), isOneName) >= 0.8,
    );
    const pair = single.find((index) => single.includes(index + 1));
    if (pair !== undefined) {
      columns[pair] = 'given';
      columns[pair + 1] = 'family';
    }
  }
  const phone = strongest((value) => isPhone(value) || isBareNumber(value), least);
  if (phone !== undefined) columns[phone] = 'phone';
  const firstRow = head[Math.max(0, first)] ?? [];
  const is = email !== undefined ? isEmail : profile !== undefined ? isProfile : isNumber;
  const startsWithPerson = is(cellOf(firstRow, key));
  if (startsWithPerson) return { index: first > 0 ? first - 1 : -1, columns };
  return rows.length > 1 && cellOf(firstRow, key) !== '' ? { index: Math.max(0, first), columns } : null;
}

const isNumber = (value: string): boolean => isPhone(value) || isBareNumber(value);

/** An address book of names and numbers alone: nearly every row has both, and no two rows the same number. */
function numberBesideName(
  rows: readonly string[][],
  indices: readonly (number | undefined)[],
): number | undefined {
  const full = (values: readonly string[]): boolean => values.length >= Math.max(3, rows.length * 0.9);
  const names = indices.some((_each, index) => {
    const values = valuesOf(rows, index);
    return full(values) && share(values, isFullName) >= 0.6 && new Set(values).size >= values.length * 0.9;
  });
  if (!names) return undefined;
  const found = indices.findIndex((_each, index) => {
    const values = valuesOf(rows, index);
    return full(values) && share(values, isNumber) >= 0.8 && new Set(values).size >= values.length * 0.8;
  });
  return found < 0 ? undefined : found;
}

const OF_A_PERSON = new Set<Field>(['given', 'family', 'email', 'phone', 'linkedin', 'title', 'birthday', 'prefix', 'scanAt', 'checkedIn', 'status', 'connectedOn', 'company']); // prettier-ignore
const OF_A_FIRM =
  /^(?:organi[sz]ationid|companyid|founded|foundedyear|numberofemployees|employees|revenue|vatnumber|ticker|isin)$/;

/** Whether a table with nothing but names lists firms, or countries. */
export function isOfFirms(columns: Columns, header: readonly string[], rows: readonly string[][]): boolean {
  const fields = Object.values(columns);
  const name = Object.keys(columns).find((index) => columns[Number(index)] === 'name');
  if (name === undefined || fields.some((field) => OF_A_PERSON.has(field))) return false;
  const values = valuesOf(rows, Number(name));
  if (values.length > 2 && share(values, (value) => value.length > 3 && regionOf(value) !== undefined) >= 0.8) return true; // prettier-ignore
  return header.some((cell) => OF_A_FIRM.test(headerKey(cell))) || (values.length > 2 && share(values, (value) => COMPANY.test(value)) >= 0.4); // prettier-ignore
}
