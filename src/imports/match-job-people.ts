import type { MatchPerson } from '../core/matching/person.js';
import { rows, type Db } from '../database/rows.js';

/** A person as they are compared, and the version they had then: who has changed since is compared anew. */
export interface ComparedPerson extends MatchPerson {
  version: number;
}

/** People read at once. */
const PAGE = 5_000;

interface Found {
  id: string;
  version: number;
  fullName: string;
  givenName: string | null;
  familyName: string | null;
  company: string | null;
  title: string | null;
  city: string | null;
  country: string | null;
  birthday: string | null;
  identities: { kind: 'email' | 'linkedin' | 'phone'; value: string; canonical: string; shared: boolean }[];
  events: string[];
}

/** Everybody the owner knows and can see, read through merges, page by page in the order of ids. */
export async function* peopleToCompare(db: Db, ownerId: string): AsyncGenerator<ComparedPerson[]> {
  let after: string | null = null;
  for (;;) {
    const page: Found[] = await rows<Found>(db, PAGE_SQL, [ownerId, after, PAGE]);
    if (page.length > 0) yield page.map(comparedPerson);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}

function comparedPerson(found: Found): ComparedPerson {
  const { id, version, identities, events } = found;
  const person: ComparedPerson = { id, version };
  // Of whom only an address is known is shown by it; that is no name.
  if (!identities.some(({ value }) => value === found.fullName)) {
    person.full = found.fullName;
    if (found.givenName !== null && found.familyName !== null) {
      person.given = found.givenName;
      person.family = found.familyName;
    }
  }
  for (const field of ['company', 'title', 'city', 'country', 'birthday'] as const) {
    const value = found[field];
    if (value !== null) person[field] = value;
  }
  // A shared address proves nothing; that its holders were left apart was decided by their names.
  const emails = identities.filter(({ kind, shared }) => kind === 'email' && !shared);
  if (emails.length > 0) person.emails = emails.map(({ value }) => value);
  const phones = identities.filter(({ kind }) => kind === 'phone');
  if (phones.length > 0) person.phones = phones.map(({ canonical }) => canonical);
  const profile = identities.find(({ kind }) => kind === 'linkedin');
  if (profile) person.linkedin = profile.canonical;
  if (events.length > 0) person.events = events;
  return person;
}

/** The people of whom these imports said something, each with the latest of them that did. */
export async function undecidedPeople(
  db: Db,
  ownerId: string,
  importIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await rows<{ id: string; importId: string }>(
    db,
    `SELECT p.id, max(r.import_id::text) AS import_id
       FROM source_record r
       JOIN contact k ON k.id = r.contact_id
       JOIN contact p ON p.id = coalesce(k.merged_into, k.id)
      WHERE r.owner_id = $1 AND r.import_id = ANY ($2::uuid[]) AND p.hidden_at IS NULL
      GROUP BY p.id`,
    [ownerId, importIds],
  );
  return new Map(found.map(({ id, importId }) => [id, importId]));
}

/** $1 owner, $2 the last id of the page before, $3 limit. */
const PAGE_SQL = `
SELECT c.id, c.version, c.full_name, c.given_name, c.family_name, c.company, c.title, c.city, c.country, c.birthday,
       coalesce(i.identities, '[]') AS identities, coalesce(e.events, '{}') AS events
  FROM (SELECT * FROM contact
         WHERE owner_id = $1 AND merged_into IS NULL AND hidden_at IS NULL AND ($2::uuid IS NULL OR id > $2)
         ORDER BY id LIMIT $3) c
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value, 'canonical', i.canonical, 'shared', i.shared)
                     ORDER BY i.kind, i.created_at, i.id) AS identities
      FROM identity i WHERE i.owner_id = $1 AND i.contact_id = c.id) i ON true
  LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT e.event_id::text) AS events
      FROM (SELECT c.id UNION ALL SELECT m.id FROM contact m WHERE m.merged_into = c.id) k
      JOIN encounter e ON e.owner_id = $1 AND e.contact_id = k.id AND e.closed_at IS NULL) e ON true
 ORDER BY c.id`;
