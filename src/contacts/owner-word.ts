import { canonicalPhone, linkedinSlug } from '../core/import/identity.js';
import { nameOfWhole } from '../core/import/names.js';
import type { Candidate, PersonName } from '../core/import/records.js';
import type { CreateContact, EditContact } from './contacts.schemas.js';

/** The name a contact goes by before an edit. */
export interface CurrentName {
  fullName: string;
  givenName: string | null;
  familyName: string | null;
}

const TEXTS = ['company', 'title', 'city', 'country', 'birthday', 'language', 'zone'] as const;

/**
 * What the owner says of a person, as a source record: only the fields they named. Null clears a field, which the fold
 * knows as the owner's empty text.
 */
export function ownerSays(
  said: CreateContact | EditContact,
  current: CurrentName | null,
): Partial<Candidate> {
  const candidate: Partial<Candidate> = {};
  const name = nameSaid(said, current);
  if (name) candidate.name = name;
  for (const field of TEXTS) {
    const value = said[field];
    if (value !== undefined) candidate[field] = value ?? '';
  }
  if ('consent' in said && said.consent !== undefined) candidate.consent = said.consent;
  if ('priority' in said && said.priority !== undefined) candidate.priority = said.priority;
  if ('form' in said && said.form !== undefined) candidate.form = said.form;
  if (said.emails) candidate.emails = [...new Set(said.emails)];
  if (said.phones) {
    const country = said.country ?? undefined;
    candidate.phones = [...new Set(said.phones.map((phone) => canonicalPhone(phone, country) ?? phone))];
  }
  const slug = said.linkedin === undefined ? null : linkedinSlug(said.linkedin);
  if (slug !== null) candidate.linkedin = slug;
  return candidate;
}

function nameSaid(said: CreateContact | EditContact, current: CurrentName | null): PersonName | null {
  const { fullName, givenName, familyName } = said;
  if (fullName === undefined && givenName === undefined && familyName === undefined) return null;
  if (fullName !== undefined) {
    const { full, ...parts } = nameOfWhole(fullName);
    return {
      full,
      ...parts,
      ...(givenName && { given: givenName }),
      ...(familyName && { family: familyName }),
    };
  }
  const given = givenName ?? current?.givenName ?? undefined;
  const family = familyName ?? current?.familyName ?? undefined;
  // "Wang Fang", and only now it is told which of them is the given name: the whole stays as it was written.
  const isOpen =
    (given === undefined || family === undefined) && current !== null && !current.fullName.includes('@');
  const full = isOpen ? current.fullName : [given, family].filter((part) => part !== undefined).join(' ');
  return { full, ...(given && { given }), ...(family && { family }) };
}
