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
  const whose = contactId === null ? 'true' : THEIRS;
  const whoseId = contactId === null ? [] : [contactId];
  await db.query(
    `UPDATE message SET next_at = $2, why = NULL, why_code = NULL, version = version + 1
      WHERE owner_id = $1 AND state = 'approved' AND why_code = $3 AND next_at > $2 AND ${whose}`,
    [ownerId, now, waited.for, ...whoseId],
  );
  await db.query(
    `UPDATE enrollment SET next_at = $2, why = NULL, version = version + 1
      WHERE owner_id = $1 AND state = 'active' AND why = $3 AND next_at > $2 AND ${whose}`,
    [ownerId, now, WAITS[waited.for], ...whoseId],
  );
}

/** $1 owner, $4 contact. An "or all" in the SQL would keep the database from the index on contacts. */
const THEIRS = `contact_id IN (
  SELECT k.id FROM contact given CROSS JOIN LATERAL (${contactsOf(canonicalOf('given'))}) k
   WHERE given.owner_id = $1 AND given.id = $4)`;
