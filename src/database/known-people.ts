import { isE164 } from '../core/import/fold.js';
import { canonicalEmail } from '../core/import/identity.js';
import type { IdentityKind, KnownBy, KnownContact } from '../core/import/match.js';
import type { Candidate } from '../core/import/records.js';
import { rows, type Db } from './rows.js';

interface Found {
  contactId: string;
  fullName: string;
  givenName: string | null;
  familyName: string | null;
  kind: KnownBy;
  canonical: string;
  shared: boolean;
}

/** By what a candidate may be known: `email jane@example.com`, `linkedin jane-doe`, `phone +49301234567`. */
export function keysOf({
  emails,
  linkedin,
  phones = [],
  contactId,
}: Pick<Candidate, 'emails' | 'linkedin' | 'contactId'> & { phones?: readonly string[] }): string[] {
  const keys = new Set<string>();
  for (const email of emails) {
    const canonical = canonicalEmail(email);
    if (canonical !== null) keys.add(`email ${canonical}`);
  }
  if (linkedin !== undefined) keys.add(`linkedin ${linkedin}`);
  // A number that is not worldwide may be another's in another country.
  for (const phone of phones) if (isE164(phone)) keys.add(`phone ${phone}`);
  if (contactId !== undefined) keys.add(`contact ${contactId}`);
  return [...keys];
}

/**
 * The people who hold one of these identities, read through merges, the longest known first, in one query. Hidden ones
 * are among them: who is said again must become that same contact.
 */
export async function knownPeople(db: Db, ownerId: string, keys: readonly string[]): Promise<KnownContact[]> {
  if (keys.length === 0) return [];
  const of = (kind: string): string[] =>
    keys.filter((key) => key.startsWith(`${kind} `)).map((key) => key.slice(kind.length + 1));
  const found = await rows<Found>(db, KNOWN_SQL, [
    ownerId,
    of('email'),
    of('linkedin'),
    of('phone'),
    of('contact'),
  ]);
  const known = new Map<string, KnownContact>();
  for (const { contactId, fullName, givenName, familyName, ...identity } of found) {
    const contact = known.get(contactId) ?? {
      contactId,
      // A contact of whom only an address or a number is known is shown by it; that is no name.
      name: /@|^\+\d/.test(fullName)
        ? { full: '' }
        : { full: fullName, given: givenName ?? undefined, family: familyName ?? undefined },
      identities: [],
    };
    contact.identities.push(identity);
    known.set(contactId, contact);
  }
  for (const { identities } of known.values()) identities.sort(byKey);
  return [...known.values()].sort((a, b) => (a.contactId < b.contactId ? -1 : 1));
}

function byKey(a: KnownContact['identities'][0], b: KnownContact['identities'][0]): number {
  return `${a.kind} ${a.canonical}` < `${b.kind} ${b.canonical}` ? -1 : 1;
}

const heldBy = (kind: IdentityKind, keys: string): string => `
SELECT i.contact_id, '${kind}' AS kind, i.canonical, i.shared
  FROM unnest(${keys}::text[]) AS k(canonical)
 CROSS JOIN LATERAL (
   SELECT contact_id, canonical, shared FROM identity
    WHERE owner_id = $1 AND kind = '${kind}' AND canonical = k.canonical OFFSET 0) i`;

/**
 * $1 owner, $2 canonical addresses, $3 slugs, $4 numbers, $5 our own ids; each part by `identity_lookup_idx`. The OFFSET keeps the planner
 * to it, one key after the other: with thousands of keys it prefers to read the whole table.
 */
const KNOWN_SQL = `
SELECT c.id AS contact_id, c.full_name, c.given_name, c.family_name, i.kind, i.canonical, i.shared
  FROM (${heldBy('email', '$2')} UNION ALL ${heldBy('linkedin', '$3')} UNION ALL ${heldBy('phone', '$4')}
        UNION ALL SELECT id, 'contact', id::text, false FROM contact WHERE owner_id = $1 AND id = ANY ($5::uuid[])) i
 CROSS JOIN LATERAL (
   SELECT p.id, p.full_name, p.given_name, p.family_name FROM contact held
     JOIN contact p ON p.id = coalesce(held.merged_into, held.id)
    WHERE held.id = i.contact_id OFFSET 0) c`;
