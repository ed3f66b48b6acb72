/** vCard 3.0 and 4.0 (RFC 2426, RFC 6350), with what Apple, Google and Outlook make of them -> what a card tells. */
import { cleanText, oneLine } from '../text.js';
import { cardProperties, type Property } from './card-lines.js';
import { readBirthday } from './dates.js';
import { canonicalEmail, linkedinSlug } from './identity.js';
import { nameOfParts, nameOfWhole, splitName } from './names.js';
import type { Candidate, PersonName, Reading } from './records.js';
import { languageTag, zoneName } from './regions.js';
import { readEmails, readPhones } from './row.js';

export { CardSplitter, splitCards, type Card } from './cards.js';

const types = (property: Property): string[] =>
  [property.params['type'] ?? []].flat().map((type) => type.toLowerCase());

function param(property: Property, name: string): string | undefined {
  const value = property.params[name];
  return Array.isArray(value) ? value[0] : value;
}

/** 1 (most preferred) to 101: PREF=1 of 4.0, TYPE=pref of 3.0. */
function preference(property: Property): number {
  const pref = Number(param(property, 'pref') ?? Number.NaN);
  if (pref >= 1 && pref <= 100) return pref;
  return types(property).includes('pref') ? 1 : 101;
}

function nameOf(formatted: string, structured: Property | undefined): PersonName {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = (structured?.parts ?? []).map(
    oneLine,
  );
  if (given === '' && family === '') return nameOfWhole(formatted);
  const name = nameOfParts({ given, middle, family, prefix, suffix });
  // Outlook and phones put a whole name or a company into one part of N: then FN tells more.
  if (given === '' || family === '') {
    const split = splitName(formatted === '' ? name.full : formatted);
    const whole = given === '' ? family : given;
    if (whole.includes(' ') && split.given !== undefined) return { full: formatted || name.full, ...split };
  }
  const isTurned = formatted.includes(',') && formatted.toLowerCase().startsWith(family.toLowerCase());
  return { ...name, full: formatted === '' || isTurned ? name.full : formatted };
}

function birthdayOf(property: Property | undefined): string | null {
  if (!property) return null;
  const text = (property.parts[0] ?? '').trim();
  const birthday = readBirthday(text, null);
  // Apple marks the year that means none.
  const omitted = param(property, 'x-apple-omit-year');
  return birthday !== null && omitted !== undefined && birthday.startsWith(`${omitted}-`)
    ? `-${birthday.slice(4)}`
    : birthday;
}

function linkedinOf(properties: readonly Property[]): string | undefined {
  for (const property of properties) {
    const value = oneLine(property.parts[0] ?? '');
    if (property.name === 'url' || property.name.endsWith('socialprofile')) {
      const slug = /linkedin\.[a-z]+\//i.test(value) ? linkedinSlug(value) : null;
      if (slug !== null) return slug;
    }
    const isLinkedin =
      property.name === 'x-linkedin' ||
      types(property).includes('linkedin') ||
      /^linkedin$/i.test(param(property, 'service-type') ?? '');
    if (isLinkedin) {
      const handle = value.replace(/^x-apple:/i, '') || (param(property, 'x-user') ?? '');
      const slug = linkedinSlug(handle);
      if (slug !== null) return slug;
    }
  }
  return undefined;
}

/** What a card says. Never throws. */
export function readCard(text: string): Reading {
  const properties = cardProperties(text);
  if (!properties)
    return {
      kind: 'rejected',
      reason: 'is no whole card: it must begin with BEGIN:VCARD and end with END:VCARD',
    };
  const named = (name: string): Property[] => properties.filter((property) => property.name === name);
  const first = (name: string, index = 0): string =>
    oneLine((named(name)[0]?.parts[index] ?? '').slice(0, 2_000));

  const kind = (first('kind') || first('x-addressbookserver-kind')).toLowerCase();
  if (kind !== '' && kind !== 'individual')
    return { kind: 'ignored', reason: `a card of kind "${kind}", not of a person` };
  if (first('x-abshowas').toUpperCase() === 'COMPANY')
    return { kind: 'ignored', reason: "a company's card, not a person's" };

  const emails: string[] = [];
  const byPreference = named('email').sort((a, b) => preference(a) - preference(b));
  for (const property of byPreference) {
    const written = (property.parts[0] ?? '').slice(0, 2_000);
    // Addresses of other systems (RFC 2426, 3.3.2) are no e-mail addresses and no mistakes.
    if (types(property).some((type) => ['x400', 'aol', 'applelink', 'attmail', 'cis', 'eworld', 'ibmmail', 'mcimail', 'powershare', 'prodigy', 'tlx'].includes(type))) continue; // prettier-ignore
    const read = readEmails(written);
    if (read.kind === 'invalid') {
      return {
        kind: 'rejected',
        reason: `EMAIL holds "${read.value.slice(0, 60)}", which is no e-mail address`,
      };
    }
    emails.push(...read.emails.filter((email) => !emails.includes(email)));
  }
  let name = nameOf(first('fn'), named('n')[0]);
  if (canonicalEmail(name.full) !== null) {
    if (emails.length === 0) emails.push(name.full);
    name = { full: '' };
  }
  if (name.full === '' && emails.length === 0)
    return { kind: 'rejected', reason: 'has neither a name nor an e-mail address' };

  const address = named('adr').find(({ parts }) => oneLine(`${parts[3] ?? ''}${parts[6] ?? ''}`) !== '');
  const city = oneLine((address?.parts[3] ?? '').slice(0, 500));
  const country = oneLine((address?.parts[6] ?? '').slice(0, 500));
  const numbers = named('tel').filter(
    (property) => !types(property).some((type) => type === 'fax' || type === 'pager'),
  );
  const phones = numbers.flatMap(({ parts }) =>
    readPhones((parts[0] ?? '').slice(0, 200).replace(/^tel:([^;]*).*$/is, '$1'), country),
  );
  const candidate: Candidate = { name, emails, phones: [...new Set(phones)] };
  const optional: Partial<Candidate> = {
    linkedin: linkedinOf(properties),
    company: first('org') || undefined,
    title: first('title') || first('role') || undefined,
    city: city || undefined,
    country: country || undefined,
    birthday: birthdayOf(named('bday')[0]) ?? undefined,
    language: languageTag(first('lang')),
    zone: zoneName(first('tz')),
    notes: cleanText(named('note').map(({ parts }) => parts.join(',')).join('\n')).trim() || undefined, // prettier-ignore
  };
  return {
    kind: 'person',
    candidate: {
      ...candidate,
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    },
  };
}
