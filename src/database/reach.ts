import { canonicalOf, personIds } from './persons.js';
import { rows, type Db } from './rows.js';

/** Where a person can be written to. */
export interface Reach {
  /** As written. */
  address: string;
  canonical: string;
  /**
   * Another person was, or is about to be, written to at this address: it may not carry a second mail of ours. Or it is
   * also that of somebody who must not be written to.
   */
  taken: boolean;
  /** A role or shared address. */
  shared: boolean;
  /** Nothing, or nothing automatic, may be sent there. */
  suppressed: boolean;
}

/**
 * The one address of each person, by the contact id asked for, read through merges: not a suppressed one where there is
 * another, the one we last wrote to before others, one that is theirs alone before a shared one, then the oldest.
 * Absent: no address, and none is guessed.
 */
export async function reachOf(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
): Promise<Map<string, Reach>> {
  if (contactIds.length === 0) return new Map();
  const found = await rows<Reach & { key: string }>(db, REACH_SQL, [ownerId, contactIds]);
  return new Map(found.map(({ key, ...reach }) => [key, reach]));
}

/** The mailbox a new enrollment stays with: a real one, even while it is paused, else the sandbox; the owner's choice first. */
export async function firstMailbox(db: Db, ownerId: string): Promise<string | null> {
  const [found] = await rows<{ id: string }>(
    db,
    `SELECT id FROM mailbox WHERE owner_id = $1
      ORDER BY (kind = 'smtp') DESC, preferred DESC, (state = 'active') DESC, created_at, id LIMIT 1`,
    [ownerId],
  );
  return found?.id ?? null;
}

/** $1 owner, $2 contact ids. */
const REACH_SQL = `
SELECT given.id AS key, best.value AS address, best.canonical, best.shared,
       EXISTS (SELECT 1 FROM suppression u WHERE u.owner_id = $1 AND u.address = best.canonical
                  AND u.scope IN ('everything', 'automatic') AND u.lifted_at IS NULL) AS suppressed,
       EXISTS (SELECT 1 FROM identity o
                 JOIN message x ON x.owner_id = $1 AND x.contact_id = o.contact_id AND x.to_canonical = best.canonical
                WHERE o.owner_id = $1 AND o.kind = 'email' AND o.canonical = best.canonical
                  AND o.contact_id <> ALL (p.ids) AND x.state NOT IN ('cancelled', 'failed'))
         OR EXISTS (SELECT 1 FROM identity o JOIN contact k ON k.id = o.contact_id
                      JOIN contact h ON h.id = coalesce(k.merged_into, k.id)
                     WHERE o.owner_id = $1 AND o.kind = 'email' AND o.canonical = best.canonical
                       AND o.contact_id <> ALL (p.ids) AND h.do_not_contact_at IS NOT NULL) AS taken
  FROM contact given
  ${personIds(canonicalOf('given'))}
  CROSS JOIN LATERAL (
    SELECT i.value, i.canonical, i.shared FROM identity i
     WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids) AND i.kind = 'email'
     ORDER BY EXISTS (SELECT 1 FROM suppression u WHERE u.owner_id = $1 AND u.address = i.canonical
                         AND u.scope = 'everything' AND u.lifted_at IS NULL),
              (SELECT max(x.sent_at) FROM message x WHERE x.owner_id = $1 AND x.contact_id = ANY (p.ids)
                  AND x.to_canonical = i.canonical AND x.state = 'sent') DESC NULLS LAST,
              i.shared, i.created_at, i.id LIMIT 1) best
 WHERE given.owner_id = $1 AND given.id = ANY ($2::uuid[])`;
