import { statesBefore } from '../core/states.js';
import { affected, rows, type Db } from './rows.js';
import { EVER_SENT } from './standing.js';

/** Why a message or an enrollment ends: in words for the owner, and in one for machines. */
export interface End {
  why: string;
  code: string;
  now: Date;
}

/** States from which nothing has left: a message may still be taken back. `claimed` is delivery's, whose last look holds. */
export const UNSENT = [
  ...statesBefore('cancelled', 'composing'),
  ...statesBefore('cancelled', 'delivery').filter((state) => state !== 'unknown' && state !== 'claimed'),
];

/**
 * Cancels messages that have not left; answers how many. One that no worker ever had leaves its enrollment, so that its
 * step may be taken anew. Call it under `lockPlanner`, `lockComposing` and the persons' locks.
 */
export async function cancelMessages(
  db: Db,
  ownerId: string,
  ids: readonly string[],
  end: End,
): Promise<number> {
  const cancelled = await rows<{ id: string }>(
    db,
    `UPDATE message m
        SET state = 'cancelled', why = $3, why_code = $4, next_at = NULL, version = version + 1,
            enrollment_id = CASE WHEN ${EVER_SENT('m')} THEN enrollment_id END,
            handover = handover OR (${EVER_SENT('m')} AND enrollment_id IS NOT NULL)
      WHERE m.owner_id = $1 AND m.id = ANY ($2::uuid[]) AND m.state = ANY ($5) RETURNING m.id`,
    [ownerId, ids, end.why, end.code, UNSENT],
  );
  await releaseReasons(
    db,
    ownerId,
    cancelled.map(({ id }) => id),
    end.now,
  );
  return cancelled.length;
}

/**
 * Messages to an address that is no longer their person's are taken back, a claimed one too: its fence grows, so the mark
 * before DATA finds it lost. An enrollment that goes on plans the step anew, with what address there is.
 * @param unsaid identities that stay only because mail went there: they count as gone
 */
export async function cancelToOthers(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
  unsaid: readonly string[],
  end: End,
): Promise<number> {
  const found = await rows<{ id: string; state: string; enrollmentId: string | null; stepId: string | null }>(
    db,
    `SELECT m.id, m.state, m.enrollment_id, m.step_id
       FROM message m JOIN contact given ON given.id = m.contact_id
      WHERE m.owner_id = $1 AND m.contact_id = ANY ($2::uuid[]) AND m.to_canonical IS NOT NULL
        AND (m.state = ANY ($3) OR m.state = 'claimed')
        AND NOT EXISTS (
          SELECT 1 FROM identity i
           WHERE i.owner_id = $1 AND i.contact_id = coalesce(given.merged_into, given.id)
             AND i.canonical = m.to_canonical AND i.id <> ALL ($4::uuid[]))`,
    [ownerId, contactIds, UNSENT, unsaid],
  );
  if (found.length === 0) return 0;
  const claimed = found.filter(({ state }) => state === 'claimed').map(({ id }) => id);
  await affected(
    db,
    `UPDATE message SET state = 'approved', fence = fence + 1, lease_until = NULL, next_at = $3
      WHERE owner_id = $1 AND id = ANY ($2::uuid[]) AND state = 'claimed'`,
    [ownerId, claimed, end.now],
  );
  const cancelled = await cancelMessages(
    db,
    ownerId,
    found.map(({ id }) => id),
    end,
  );
  await db.query(
    `UPDATE enrollment e SET next_step_id = n."stepId", next_at = $3, version = e.version + 1
       FROM jsonb_to_recordset($2::jsonb) AS n(id uuid, "enrollmentId" uuid, "stepId" uuid)
       JOIN message m ON m.id = n.id
      WHERE e.owner_id = $1 AND e.id = n."enrollmentId" AND e.state = 'active' AND m.enrollment_id IS NULL`,
    [ownerId, JSON.stringify(found), end.now],
  );
  return cancelled;
}

/** What waits for the owner or is to leave was written to somebody else: it is composing's turn to write it anew. */
export async function writeAnew(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
  end: End,
): Promise<void> {
  const again = await rows<{ id: string }>(
    db,
    `UPDATE message
        SET state = 'planned', why = $3, why_code = $4, next_at = $5, lease_until = NULL, version = version + 1,
            fence = fence + (state = 'claimed')::int
      WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[])
        AND state IN ('needs_review', 'withheld', 'approved', 'claimed') RETURNING id`,
    [ownerId, contactIds, end.why, end.code, end.now],
  );
  await releaseReasons(
    db,
    ownerId,
    again.map(({ id }) => id),
    end.now,
  );
}

async function releaseReasons(db: Db, ownerId: string, ids: readonly string[], now: Date): Promise<void> {
  await db.query(
    `UPDATE message_reason SET released_at = $3
      WHERE owner_id = $1 AND message_id = ANY ($2::uuid[]) AND released_at IS NULL`,
    [ownerId, ids, now],
  );
}
