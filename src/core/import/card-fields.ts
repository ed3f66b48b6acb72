/** Single facts of a card's properties: its name, birthday, profile, address, telephone numbers. */
import { oneLine } from '../text.js';
import type { Property } from './card-lines.js';
import { readBirthday } from './dates.js';
import { canonicalPhone, linkedinSlug, regionOfPhone } from './identity.js';
import { nameOfParts, nameOfWhole, splitName } from './names.js';
import type { PersonName } from './records.js';
import { regionOf } from './regions.js';
import { readPhones } from './row.js';

/** Characters of a value that is no note. */
const MAX_VALUE = 2_000;

export const valueOf = (property: Property | undefined, index = 0): string =>
  oneLine((property?.parts[index] ?? '').slice(0, MAX_VALUE));

export const param = (property: Property, name: string): string => property.params.get(name)?.[0] ?? '';

export const types = (property: Property): string[] =>
  (property.params.get('type') ?? []).map((type) => type.toLowerCase());

/** 1 (most preferred) to 101: PREF=1 of 4.0, TYPE=pref of 3.0, a bare PREF of 2.1. */
export function preference(property: Property): number {
  const pref = Number(param(property, 'pref') || Number.NaN);
  if (pref >= 1 && pref <= 100) return pref;
  return types(property).includes('pref') ? 1 : 101;
}

/** Those of a name, the preferred first, else in the card's order. */
export function named(properties: readonly Property[], name: string): Property[] {
  return properties
    .filter((property) => property.name === name)
    .sort((a, b) => preference(a) - preference(b));
}

export function nameOf(formatted: string, structured: Property | undefined, company: string): PersonName {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = [0, 1, 2, 3, 4].map((index) =>
    valueOf(structured, index),
  );
  if (given === '' && family === '') {
    const whole = formatted === '' ? middle : formatted;
    return { ...nameOfWhole(whole), ...(prefix === '' || whole === '' ? {} : { prefix }) };
  }
  const name = nameOfParts({ given, middle, family, prefix, suffix });
  // Outlook and phones put a whole name or a company into one part of N: then FN tells more.
  if (given === '' || family === '') {
    const split = splitName(formatted === '' ? name.full : formatted);
    const whole = given === '' ? family : given;
    if (whole.includes(' ') && split.given !== undefined) return { full: formatted || name.full, ...split };
  }
  // Outlook may file a person under the company.
  const isFiled = formatted.toLowerCase() === company.toLowerCase();
  const isTurned = formatted.includes(',') && formatted.toLowerCase().startsWith(family.toLowerCase());
  return { ...name, full: formatted === '' || isTurned || isFiled ? name.full : formatted };
}

export function birthdayOf(properties: readonly Property[]): string | null {
  for (const property of properties) {
    const isAndroid = property.name === 'x-android-custom';
    if (!isAndroid && !['bday', 'x-birthday', 'x-bday', 'birthday'].includes(property.name)) continue;
    let text = valueOf(property);
    if (isAndroid) {
      // "vnd.android.cursor.item/contact_event;1990-03-15;3;;": kind 3 of its events is the birthday.
      const [kind = '', day = '', type] = text.split(';');
      if (!kind.endsWith('/contact_event') || type !== '3') continue;
      text = day;
    }
    // A single digit, and the extended form of RFC 6350's --0315.
    text = text.replace(/^(\d{4}|-)-(\d{1,2})-(\d{1,2})(?!\d)/, (_all, year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`); // prettier-ignore
    const birthday = readBirthday(text, null);
    if (birthday === null) continue;
    // Apple marks the year that means none.
    const omitted = param(property, 'x-apple-omit-year');
    return omitted !== '' && birthday.startsWith(`${omitted}-`) ? `-${birthday.slice(4)}` : birthday;
  }
  return null;
}

const isLinkedin = (text: string): boolean => /^(?:linked-?in)$/i.test(text.trim());

/** Anywhere a profile's address may stand, or the profile's name alone where the property says LinkedIn. */
export function linkedinOf(properties: readonly Property[]): string | undefined {
  const labels = new Map<string, string>();
  for (const { group, name, parts } of properties) {
    if (group !== '' && (name === 'x-ablabel' || name === 'x-label')) {
      labels.set(group, (parts[0] ?? '').replace(/^_\$!<|>!\$_$/g, ''));
    }
  }
  for (const property of properties) {
    if (property.name === 'note') continue;
    const value = valueOf(property).replace(/^x-apple:(?:\/\/)?/i, '');
    if (/linkedin\.[a-z]+\//i.test(value)) {
      const address = /\S*linkedin\.[a-z]+\/\S+/i.exec(value)?.[0] ?? '';
      const slug = linkedinSlug(address);
      if (slug !== null) return slug;
      continue;
    }
    const says =
      /^(?:x-)?(?:social-?|sn-)?linkedin(?:-url|-profile)?$/.test(property.name) ||
      types(property).some(isLinkedin) ||
      [param(property, 'service-type'), param(property, 'x-service-type'), param(property, 'label')].some(isLinkedin) ||
      (/^(?:url|impp|x-socialprofile|socialprofile)$/.test(property.name) && isLinkedin(labels.get(property.group) ?? '')); // prettier-ignore
    if (!says) continue;
    for (const handle of [value.replace(/^@|^(?:linkedin|xmpp|x-linkedin):/gi, ''), param(property, 'x-user'), param(property, 'username')]) {
      const slug = /^https?:|[.@]/i.test(handle) ? null : linkedinSlug(handle);
      if (slug !== null) return slug;
    } // prettier-ignore
  }
  return undefined;
}

export interface Place {
  city: string;
  country: string;
  /** By which telephone numbers without a country are read; undefined where the address does not tell. */
  region: string | undefined;
}

const US_STATES =
  /^(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])$/i;

function placeOf(property: Property): Place {
  const [city, state, code, country] = [3, 4, 5, 6].map((index) =>
    valueOf(property, index).slice(0, 500),
  ) as [string, string, string, string];
  const told = country || param(property, 'cc');
  const isAmerican = told === '' && US_STATES.test(state) && /^\d{5}(?:-\d{4})?$/.test(code);
  return { city, country: told, region: told === '' ? (isAmerican ? 'US' : undefined) : regionOf(told) };
}

/** The address at which the person works, else the preferred, else the first that names a city or a country. */
export function addressOf(properties: readonly Property[]): Place {
  const isWork = (property: Property): number => (types(property).includes('work') ? 0 : 1);
  const places = named(properties, 'adr')
    .sort((a, b) => isWork(a) - isWork(b))
    .map(placeOf);
  const chosen = places.find(({ city }) => city !== '') ?? places.find(({ country }) => country !== '');
  const { city, country, region } = chosen ?? { city: '', country: '', region: undefined };
  return { city, country, region: region ?? places.find((place) => place.region !== undefined)?.region };
}

const isMachine = (property: Property): boolean => {
  const kinds = types(property);
  const isSpoken = kinds.some((kind) => kind === 'voice' || kind === 'cell');
  return (
    !isSpoken &&
    kinds.some((kind) => ['fax', 'pager', 'modem', 'bbs', 'tlx', 'telex', 'x-fax'].includes(kind))
  );
};

/** `tel:+49-30-1234;ext=5`, `tel:1234567;phone-context=+4930` (RFC 3966) -> the number alone. */
function withoutUri(value: string): string {
  const [, number = '', rest = ''] = /^tel:([^;]*)(.*)$/is.exec(value) ?? [];
  if (number === '') return value;
  const context = /;phone-context=(\+[\d-]+)/i.exec(rest)?.[1] ?? '';
  return number.startsWith('+') ? number : `${context}${number}`;
}

/** "030 / 1234567": the stroke behind an area code parts no two numbers. */
const withoutStroke = (value: string): string =>
  value.replace(/^(\(?(?:\+|0)[\d\s()-]{1,12}?)\s*\/\s*(?=\d{3})/, (all, area: string) => area.replace(/\D/g, '').length <= 6 ? `${area} ` : all); // prettier-ignore

/** Numbers of the person: no faxes. Without a country code the address tells the country, else the card's other numbers. */
export function phonesOf(properties: readonly Property[], region: string | undefined): string[] {
  const written = named(properties, 'tel')
    .filter((property) => !isMachine(property))
    .map((property) => withoutStroke(withoutUri(valueOf(property).slice(0, 200))));
  const international = written.flatMap((number) => canonicalPhone(number) ?? []);
  const regions = new Set(international.map((number) => regionOfPhone(number)));
  const [only] = regions;
  const fallback = region ?? (regions.size === 1 ? only : undefined);
  return [...new Set(written.flatMap((number) => readPhones(number, fallback)))];
}
