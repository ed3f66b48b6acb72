import { WAITS } from '../core/decide.js';
import { canonicalOf, contactsOf } from './persons.js';
import type { Db } from './rows.js';

/**
 * What a word waited for was taken back: it is looked at now, not on the day it would have ended, and says no longer what is
 * not so. Whoever has its turn decides anew. Call it under `lockPlanner`.
 * @param contactId whose words; null: everybody's
 */
export async function lookAgain(
  db: Db,
  ownerId: string,
  waited: { for: keyof typeof WAITS; contactId: string | null },
  now: Date,
): Promise<void> {
  const { contactId } = waited;
  await db.query(
    `UPDATE message SET next_at = $3, why = NULL, why_code = NULL, version = version + 1
      WHERE owner_id = $1 AND state = 'approved' AND why_code = $4 AND next_at > $3 AND ${THEIRS}`,
    [ownerId, contactId, now, waited.for],
  );
  await db.query(
    `UPDATE enrollment SET next_at = $3, why = NULL, version = version + 1
      WHERE owner_id = $1 AND state = 'active' AND why = $4 AND next_at > $3 AND ${THEIRS}`,
    [ownerId, contactId, now, WAITS[waited.for]],
  );
}

/** $1 owner, $2 contact or null. */
const THEIRS = `($2::uuid IS NULL OR contact_id IN (
  SELECT k.id FROM contact given CROSS JOIN LATERAL (${contactsOf(canonicalOf('given'))}) k
   WHERE given.owner_id = $1 AND given.id = $2))`;
