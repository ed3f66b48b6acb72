/** The people of any table, for matching alone: what its columns mean, by their names and by what stands in them. */
import { fieldOf, headerKey } from '../import/columns.js';
import { decideDateOrder, readBirthday } from '../import/dates.js';
import { canonicalEmail } from '../import/identity.js';
import type { MatchPerson } from './person.js';

export type Meaning =
  | 'record' | 'given' | 'middle' | 'family' | 'name' | 'suffix' | 'company' | 'title' | 'city' | 'postcode' | 'number' | 'street'
  | 'street2' | 'state' | 'country' | 'birthday' | 'birthYear' | 'birthMonth' | 'birthDay' | 'age' | 'id' | 'email' | 'phone' | 'linkedin' | 'event' | 'more'; // prettier-ignore

export interface PeoplePlan {
  kind: 'plan';
  header: readonly string[];
  /** By column; what is not here is left out. */
  meanings: Record<number, Meaning>;
  /** The column whose values name the records; null: their lines do. */
  idColumn: number | null;
  monthFirst: boolean | null;
  /** 'ymd', 'dmy' or 'mdy': how eight digits in a row are a date here. */
  digits: 'ymd' | 'dmy' | 'mdy';
}

const NAMES: Partial<Record<Meaning, string>> = {
  given: 'fnamec1 firstnames givennames fname forename forenames christianname',
  middle: 'fnamec2 midlname middlenames secondname othernames',
  family: 'lnamec1 surnames lname lastnames',
  suffix: 'namesuffix namesufx suffix namesufxcd generation',
  city: 'suburb town locality municipality village residence rescitydesc cityofresidence suburbtown',
  postcode:
    'postcode postalcode zip zipcode plz postleitzahl codepostal codigopostal cap postnummer postkod pincode postcodefake zip4 zip5',
  number:
    'streetnumber streetno housenumber houseno hausnummer hausnr number numero strnr stno addressnumber',
  street:
    'address address1 addressline1 addr addr1 street street1 streetname streetaddress streetaddress1 strasse adresse rue calle direccion indirizzo via resstreetaddress homestreet',
  street2: 'address2 addressline2 addr2 street2 streetaddress2 adresszusatz complement unit apartment',
  state: 'state region province bundesland stateabbrev statecd county kanton canton',
  birthday: 'dateofbirth dob birthdate birthday born geburtsdatum birth',
  birthYear: 'by birthyear yearofbirth yob geburtsjahr',
  birthMonth: 'bm birthmonth monthofbirth mob',
  birthDay: 'bd dayofbirth',
  age: 'age alter edad eta leeftijd alder',
  title: 'title occupation job profession',
  company: 'workplace worksat',
  event: 'event events conference',
  id:
    'socsecid ssn socialsecuritynumber socialsecurity nhs nhsno nhsnumber nino nationalid nationalinsurance nationalinsurancenumber passport passportno ' +
    'passportnumber taxid tin vatid licence license licenceno driverslicense driverlicense medicare medicareno medicarenumber hkid cpf dni nie personnummer ' +
    'voterregnum voterid memberno membernumber memberid customerid customerno customernumber patientid mrn employeeid employeeno studentid badgeid badgenumber accountno accountnumber',
};
const BY_NAME = new Map<string, Meaning>();
for (const [meaning, names] of Object.entries(NAMES)) {
  for (const name of names.split(' ')) BY_NAME.set(name, meaning as Meaning);
}

const RECORD = ['recid', 'recordid', 'id', 'uniqueid', 'rowid'];
/** Columns that tell the answer, or nothing of the person. */
const PASSED_OVER =
  /^(?:cluster|clusterid|entity|entityid|label|gold|goldid|truth|trueid|groundtruth|ismatch|match|dupid|duplicateof|personid|blockingnumber|source|sourcedataset|dataset|file|filename|index|unnamed.*|rownumber|line|createdat|updatedat|timestamp)$/;
/** Meanings of import that say nothing about who a person is. */
const KNOWN = new Set(['given', 'middle', 'family', 'name', 'suffix', 'company', 'title', 'city', 'country', 'birthday', 'email', 'phone', 'linkedin', 'event']); // prettier-ignore
const IGNORED = new Set(['prefix', 'notes', 'connectedOn', 'scanAt', 'interaction', 'checkedIn', 'status', 'language', 'zone', 'url', 'consent', 'origin', 'priority', 'form', 'whereMet']); // prettier-ignore
const SINGLE = new Set<Meaning>(['given', 'family', 'name', 'suffix', 'company', 'title', 'city', 'postcode', 'number', 'street', 'street2', 'state', 'country', 'birthday', 'birthYear', 'birthMonth', 'birthDay', 'age', 'linkedin']); // prettier-ignore
const IDENTIFYING: Meaning[] = ['given', 'family', 'name', 'email', 'phone', 'id', 'linkedin'];
const LOOKED_AT = 2000;

function meaningByName(key: string): Meaning | null | 'ignored' {
  if (PASSED_OVER.test(key)) return 'ignored';
  const own = BY_NAME.get(key);
  if (own !== undefined) return own;
  const field = fieldOf(key);
  if (field !== null && KNOWN.has(field)) return field as Meaning;
  if (field !== null && IGNORED.has(field)) return 'ignored';
  return null;
}

/** What an unnamed or unknown column holds, by its values. */
function meaningByContent(values: readonly string[], rows: number): Meaning | null {
  if (values.length < 2) return null;
  const distinct = new Set(values).size;
  const share = (test: (value: string) => boolean): number => values.filter(test).length / values.length;
  if (share((value) => canonicalEmail(value) !== null) > 0.6) return 'email';
  if (distinct === values.length && share((value) => /^[\p{L}-]{0,4}\d+$/u.test(value)) > 0.9) return null;
  if (distinct > 20 && share((value) => /^(?:(?:18|19|20)\d\d[-/.]?[01]\d[-/.]?[0-3]\d|[0-3]?\d[/.][0-3]?\d[/.](?:18|19|20)\d\d)$/.test(value)) > 0.8) return 'birthday'; // prettier-ignore
  if (distinct > rows / 3 && share((value) => /^(?=(?:.*\d){5})[\dA-Z -]{6,20}$/i.test(value)) > 0.8)
    return 'id';
  return distinct > 1 && share((value) => value.length <= 200) > 0.9 ? 'more' : null;
}

/**
 * @param rows all of them: what a column holds is told by many
 */
export function planColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): PeoplePlan | { kind: 'refused'; reason: string } {
  const keys = header.map(headerKey);
  const meanings: Record<number, Meaning> = {};
  const taken = new Set<Meaning>();
  const step = Math.max(1, Math.floor(rows.length / LOOKED_AT));
  const sample = rows.filter((_row, index) => index % step === 0);
  const valuesOf = (column: number): string[] =>
    sample.map((row) => (row[column] ?? '').trim()).filter((value) => value !== '');
  const take = (column: number, meaning: Meaning): void => {
    const next: Partial<Record<Meaning, Meaning>> = { street: 'street2', given: 'middle' };
    const as = SINGLE.has(meaning) && taken.has(meaning) ? (next[meaning] ?? 'more') : meaning;
    if (SINGLE.has(as) && taken.has(as)) meanings[column] = 'more';
    else meanings[column] = as;
    taken.add(as);
  };
  const idColumn = nameColumn(keys, rows);
  const unknown: number[] = [];
  const partsOfDate = keys.some((key) => /^(?:by|birthyear|yearofbirth|yob)$/.test(key));
  for (const [column, key] of keys.entries()) {
    if (column === idColumn) continue;
    const meaning = partsOfDate && key === 'birthday' ? 'birthDay' : meaningByName(key);
    if (meaning === 'ignored' || RECORD.includes(key)) continue;
    if (meaning === null) unknown.push(column);
    else take(column, meaning);
  }
  for (const column of unknown) {
    const meaning = meaningByContent(valuesOf(column), sample.length);
    if (meaning !== null && !repeatsNames(sample, column, meanings)) take(column, meaning);
  }
  if (!IDENTIFYING.some((meaning) => taken.has(meaning)) && Object.keys(meanings).length < 3) {
    return {
      kind: 'refused',
      reason: 'no column tells a name, an address or a number of people; the first row must name the columns',
    };
  }
  const birth = Number(Object.entries(meanings).find(([, meaning]) => meaning === 'birthday')?.[0] ?? -1);
  const dates = birth < 0 ? [] : valuesOf(birth);
  return {
    kind: 'plan',
    header,
    meanings,
    idColumn,
    monthFirst: decideDateOrder(dates),
    digits: orderOfDigits(dates),
  };
}

/** The first of the columns for it whose values are all there and all different. */
function nameColumn(keys: readonly string[], rows: readonly (readonly string[])[]): number | null {
  for (const name of RECORD) {
    const column = keys.indexOf(name);
    if (column < 0) continue;
    const seen = new Set(rows.map((row) => (row[column] ?? '').trim()));
    if (seen.size === rows.length && !seen.has('')) return column;
  }
  return null;
}

/** Whether a column only says again what the names say: it would count twice. */
function repeatsNames(
  rows: readonly (readonly string[])[],
  column: number,
  meanings: Record<number, Meaning>,
): boolean {
  const names = Object.entries(meanings).filter(([, meaning]) =>
    ['given', 'family', 'name', 'email'].includes(meaning),
  );
  let looked = 0;
  let repeated = 0;
  for (const row of rows) {
    const value = (row[column] ?? '').trim().toLowerCase();
    const parts = names
      .map(([index]) => (row[Number(index)] ?? '').trim().toLowerCase())
      .filter((part) => part.length > 2);
    if (value === '' || parts.length === 0) continue;
    looked += 1;
    if (parts.some((part) => value.includes(part))) repeated += 1;
  }
  return looked > 0 && repeated / looked > 0.5;
}

function orderOfDigits(dates: readonly string[]): PeoplePlan['digits'] {
  const run = dates.filter((date) => /^\d{8}$/.test(date));
  const fits = (year: number, month: number, day: number): number =>
    run.filter((date) => {
      const [y, m, d] = [
        date.slice(year, year + 4),
        date.slice(month, month + 2),
        date.slice(day, day + 2),
      ].map(Number);
      return (
        (y ?? 0) > 1850 &&
        (y ?? 0) < 2100 &&
        (m ?? 0) >= 1 &&
        (m ?? 0) <= 12 &&
        (d ?? 0) >= 1 &&
        (d ?? 0) <= 31
      );
    }).length;
  const [ymd, dmy, mdy] = [fits(0, 4, 6), fits(4, 2, 0), fits(4, 0, 2)];
  if (ymd >= dmy && ymd >= mdy) return 'ymd';
  return dmy >= mdy ? 'dmy' : 'mdy';
}

/** A birthday as it is compared. What is no date is kept as it stands: a slip of the pen is still close to the right one. */
function birthdayOf(plan: PeoplePlan, text: string): string {
  if (/^\d{8}$/.test(text)) {
    const at = { ymd: [0, 4, 6], dmy: [4, 2, 0], mdy: [4, 0, 2] }[plan.digits];
    const [year = 0, month = 0, day = 0] = at;
    return `${text.slice(year, year + 4)}-${text.slice(month, month + 2)}-${text.slice(day, day + 2)}`;
  }
  const read = readBirthday(text, plan.monthFirst) ?? readBirthday(text, false);
  if (read !== null) return read;
  const [, y, m = '', d = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/.exec(text) ?? [];
  return y === undefined ? text : `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
}

/** @param line of the file, by which the record is named where no column does */
export function personOf(plan: PeoplePlan, cells: readonly string[], line: number): MatchPerson {
  const texts: Partial<Record<Meaning, string[]>> = {};
  const more: Record<string, string> = {};
  const ids: string[] = [];
  for (const [index, meaning] of Object.entries(plan.meanings)) {
    const text = (cells[Number(index)] ?? '').trim();
    if (text === '' || /^(?:na|n\/a|nan|null|none)$/i.test(text)) continue;
    if (meaning === 'more') more[headerKey(plan.header[Number(index)] ?? '') || `column${index}`] = text;
    else if (meaning === 'id') ids.push(`id${index}:${text}`);
    else (texts[meaning] ??= []).push(text);
  }
  const one = (meaning: Meaning): string | undefined => texts[meaning]?.[0];
  const person: MatchPerson = {
    id: plan.idColumn === null ? String(line) : (cells[plan.idColumn] ?? '').trim(),
  };
  const plain = ['family', 'suffix', 'company', 'title', 'city', 'postcode', 'number', 'street', 'street2', 'state', 'country', 'age', 'linkedin'] as const; // prettier-ignore
  for (const field of plain) {
    const text = one(field);
    if (text !== undefined) person[field] = text;
  }
  const given = [...(texts.given ?? []), ...(texts.middle ?? [])].join(' ');
  if (given !== '') person.given = given;
  if (given === '' && person.family === undefined) person.full = one('name');
  const [year, month, day] = [one('birthYear'), one('birthMonth'), one('birthDay')];
  const birthday = one('birthday');
  if (birthday !== undefined) person.birthday = birthdayOf(plan, birthday);
  else if (year !== undefined) {
    person.birthday = `${year.padStart(4, '0')}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
  }
  if (texts.email) person.emails = texts.email.flatMap((text) => text.split(/[;,\s]+|:::/));
  if (texts.phone) person.phones = texts.phone.flatMap((text) => text.split(/\s*(?:;|:::)\s*/));
  if (texts.event) person.events = texts.event;
  if (ids.length > 0) person.ids = ids;
  if (Object.keys(more).length > 0) person.more = more;
  return person;
}
