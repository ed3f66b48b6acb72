import { canonicalEmail } from '../core/import/identity.js';
import type { KnownContact } from '../core/import/match.js';
import type { Candidate } from '../core/import/records.js';
import { rows, type Db } from './rows.js';

interface Found {
  contactId: string;
  fullName: string;
  givenName: string | null;
  familyName: string | null;
  kind: 'email' | 'linkedin';
  canonical: string;
  shared: boolean;
}

/** By what a candidate may be known: `email jane@example.com`, `linkedin jane-doe`. */
export function keysOf(candidate: Pick<Candidate, 'emails' | 'linkedin'>): string[] {
  const keys = new Set<string>();
  for (const email of candidate.emails) {
    const canonical = canonicalEmail(email);
    if (canonical !== null) keys.add(`email ${canonical}`);
  }
  if (candidate.linkedin !== undefined) keys.add(`linkedin ${candidate.linkedin}`);
  return [...keys];
}

/**
 * The people who hold one of these identities, read through merges, the longest known first, in one query. Hidden ones
 * are among them: who is said again must become that same contact.
 */
export async function knownPeople(db: Db, ownerId: string, keys: readonly string[]): Promise<KnownContact[]> {
  const of = (kind: string): string[] =>
    keys.filter((key) => key.startsWith(`${kind} `)).map((key) => key.slice(kind.length + 1));
  if (keys.length === 0) return [];
  const found = await rows<Found>(db, KNOWN_SQL, [ownerId, of('email'), of('linkedin')]);
  const known = new Map<string, KnownContact>();
  for (const { contactId, fullName, givenName, familyName, ...identity } of found) {
    const contact = known.get(contactId) ?? {
      contactId,
      // A contact of whom only an address is known is shown by it; that is no name.
      name: fullName.includes('@')
        ? { full: '' }
        : { full: fullName, given: givenName ?? undefined, family: familyName ?? undefined },
      identities: [],
    };
    contact.identities.push(identity);
    known.set(contactId, contact);
  }
  return [...known.values()];
}

/** $1 owner, $2 canonical addresses, $3 slugs; both halves by `identity_lookup_idx`. */
const KNOWN_SQL = `
SELECT c.id AS contact_id, c.full_name, c.given_name, c.family_name, i.kind, i.canonical, i.shared
  FROM (SELECT contact_id, kind, canonical, shared FROM identity
         WHERE owner_id = $1 AND kind = 'email' AND canonical = ANY ($2::text[])
        UNION ALL
        SELECT contact_id, kind, canonical, shared FROM identity
         WHERE owner_id = $1 AND kind = 'linkedin' AND canonical = ANY ($3::text[])) i
  JOIN contact held ON held.id = i.contact_id
  JOIN contact c ON c.id = coalesce(held.merged_into, held.id)
 ORDER BY c.id, i.kind, i.canonical`;
