import { isE164, type Fold, type FoldRecord } from '../core/import/fold.js';
import { greetingName } from '../core/import/names.js';
import { zoneOf } from '../core/zones.js';
import type { CopyValue } from './copy-rows.js';

/** What of a contact its source records tell; boundaries and circle are the owner's alone. */
const COLUMNS = {
  full_name: 'text',
  given_name: 'text',
  family_name: 'text',
  company: 'text',
  title: 'text',
  city: 'text',
  country: 'text',
  birthday: 'text',
  zone: 'text',
  zone_source: 'text',
  language: 'text',
  language_source: 'text',
  consent: 'boolean',
  origin: 'text',
  priority: 'text',
  form: 'text',
  form_source: 'text',
  conflicts: 'jsonb',
} as const;

export const CONTACT_COLUMNS: readonly string[] = Object.keys(COLUMNS);

/** For a column list after `AS n(...)`. */
export const CONTACT_TYPES = Object.entries(COLUMNS)
  .map(([column, type]) => `${column} ${type}`)
  .join(', ');

/** Values in the order of `CONTACT_COLUMNS`. */
export type ContactRow = readonly CopyValue[];

/** A contact's columns as its fold tells them. */
export function contactRow(
  { fold, records }: { fold: Fold; records: readonly FoldRecord[] },
  ownerZone: string,
): ContactRow {
  const { fields, sources, conflicts } = fold;
  const { zone, source } = zoneOnce(fields, ownerZone);
  const kindOf = (id: string | undefined): string | undefined =>
    records.find((record) => record.id === id)?.kind;
  return [
    // Somebody of whom only an address is known is shown by it; given and family name stay open.
    fields.name.full || (fields.emails[0] ?? fields.linkedin ?? fields.phones[0] ?? ''),
    // It will stand after "Hi ": the owner's word as it is, a file's only where it is sure.
    kindOf(sources.name) === 'owner' ? fields.name.given : greetingName(fields.name),
    fields.name.family,
    fields.company,
    fields.title,
    fields.city,
    fields.country,
    fields.birthday,
    zone,
    source,
    fields.language,
    fields.language === undefined ? undefined : kindOf(sources.language),
    fields.consent,
    fields.origin,
    fields.priority,
    fields.form,
    fields.form === undefined ? undefined : kindOf(sources.form),
    conflicts,
  ];
}

type Zone = ReturnType<typeof zoneOf>;
const zones = new Map<string, Zone>();

/** A file names the same few cities again and again. */
function zoneOnce({ zone, city, country, phones, emails }: Fold['fields'], ownerZone: string): Zone {
  const phone = phones.find(isE164);
  const emailDomain = emails[0]?.slice(emails[0].lastIndexOf('@') + 1);
  // The number's beginning tells its country; whole numbers would be as many keys as people.
  const key = `${zone ?? ''}\n${city ?? ''}\n${country ?? ''}\n${phone?.slice(0, 6) ?? ''}\n${emailDomain?.slice(-3) ?? ''}\n${ownerZone}`;
  let found = zones.get(key);
  if (!found) {
    found = zoneOf({
      zone,
      city,
      country,
      ownerZone,
      ...(phone && { phone }),
      ...(emailDomain && { emailDomain }),
    });
    if (zones.size >= 5_000) zones.clear();
    zones.set(key, found);
  }
  return found;
}
