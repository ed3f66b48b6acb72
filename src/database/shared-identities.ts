import { isRoleAddress } from '../core/import/identity.js';
import type { Db } from './rows.js';

/**
 * Writes anew which of these addresses and phone numbers are shared: a desk's (info@), or held by more than one person.
 * What is shared proves nothing of anybody. Both ways: what only one person holds any more is theirs again. Call it
 * whenever somebody gains or loses one, is merged or split.
 * @param canonicals addresses and numbers in their canonical forms
 */
export async function recomputeShared(db: Db, ownerId: string, canonicals: readonly string[]): Promise<void> {
  const among = [...new Set(canonicals)].filter((one) => /@|^\+/.test(one)).sort();
  if (among.length === 0) return;
  await db.query(SHARED_SQL, [
    ownerId,
    among,
    among.map((one) => (one.includes('@') ? 'email' : 'phone')),
    among.map((one) => one.includes('@') && isRoleAddress(one)),
  ]);
}

/**
 * $1 owner, $2 values, $3 their kinds, $4 whether they are a desk's. By lateral, for a planner without statistics would
 * read everybody for each batch.
 */
const SHARED_SQL = `
UPDATE identity i SET shared = h.shared
  FROM unnest($2::text[], $3::text[], $4::boolean[]) AS a(canonical, kind, role)
 CROSS JOIN LATERAL (
   SELECT a.role OR count(DISTINCT coalesce(c.merged_into, c.id)) > 1 AS shared
     FROM identity o JOIN contact c ON c.id = o.contact_id
    WHERE o.owner_id = $1 AND o.kind = a.kind AND o.canonical = a.canonical) h
 WHERE i.owner_id = $1 AND i.kind = a.kind AND i.canonical = a.canonical AND i.shared <> h.shared`;
