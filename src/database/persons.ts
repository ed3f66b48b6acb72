import { rows, type Db } from './rows.js';

/** One person: the canonical contact, and every contact merged into it. */
export interface Person {
  /** The canonical contact. */
  id: string;
  /** All contacts that are this person, the canonical one among them: what rows about them may carry. */
  ids: string[];
  fullName: string;
  givenName: string | null;
}

/** SQL: the contacts that are one person, each as `id`. `person` is the canonical contact's id. */
export const contactsOf = (person: string): string =>
  `SELECT ${person} AS id UNION ALL SELECT k.id FROM contact k WHERE k.merged_into = ${person}`;

/** SQL: the canonical contact of the contact `alias`. */
export const canonicalOf = (alias: string): string => `coalesce(${alias}.merged_into, ${alias}.id)`;

/** SQL, to be joined: `p.ids`, all contacts that are one person. `person` is the canonical contact's id. */
export const personIds = (person: string): string =>
  `CROSS JOIN LATERAL (SELECT array_agg(k.id) AS ids FROM (${contactsOf(person)}) k) p`;

/** The persons behind contact ids, by the id asked for, read through merges; unknown and hidden ones are left out. */
export async function personsOf(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
): Promise<Map<string, Person>> {
  if (contactIds.length === 0) return new Map();
  const found = await rows<Person & { key: string }>(
    db,
    `SELECT given.id AS key, c.id, c.full_name, c.given_name,
            ARRAY (${contactsOf('c.id')}) AS ids
       FROM contact given
       JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
      WHERE given.owner_id = $1 AND given.id = ANY ($2::uuid[]) AND c.hidden_at IS NULL`,
    [ownerId, contactIds],
  );
  return new Map(found.map(({ key, ...person }) => [key, person]));
}
