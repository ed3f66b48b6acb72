import { advanceOf, BY_HAND_WHY, type PlanStep } from '../core/plan.js';
import type { SendWindow } from '../core/schedule.js';
import { rows, type Db } from '../database/rows.js';
import { BATCH, byOwner, moveEnrollments, stuck, type Move, type Round } from './moves.js';

/** Read by `message_handover_idx`. */
export const HANDOVER_SQL = `
SELECT id, owner_id FROM message WHERE handover ORDER BY enrollment_id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

interface Final {
  id: string;
  state: 'sent' | 'failed' | 'cancelled';
  sentAt: Date | null;
  why: string | null;
  whyCode: string | null;
  enrollmentId: string;
  enrollmentState: 'active' | 'paused' | 'done' | 'stopped';
  /** It was written before the enrollment began anew. */
  earlier: boolean;
  eventEndsOn: string | null;
  zone: string;
  seed: string;
  sendWindow: SendWindow;
  nextStepId: string | null;
  nextKind: PlanStep['kind'] | null;
  nextOffset: number | null;
  nextSpread: number | null;
}

/** A message that is final moves its enrollment on: to the next step, into the owner's hand, or to its end. */
export async function heedHandover(tx: Db, now: Date): Promise<Round> {
  const waiting = await rows<{ id: string; ownerId: string }>(tx, HANDOVER_SQL);
  for (const [ownerId, group] of byOwner(waiting)) {
    const ids = group.map((one) => one.id);
    const finals = await rows<Final>(tx, FINAL_SQL, [ownerId, ids]);
    const moves = finals.map((one) => moveOf(one, now)).filter((move) => move !== null);
    await moveEnrollments(tx, ownerId, moves);
    await tx.query(`UPDATE message SET handover = false WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, [
      ownerId,
      ids,
    ]);
  }
  return { found: waiting.length, done: waiting.length, planned: 0 };
}

function moveOf(one: Final, now: Date): Move | null {
  // Stopped or done in the meantime: that stands. Begun anew: it has its own next step.
  if (one.enrollmentState !== 'active' || one.earlier) return null;
  const { enrollmentId: id, nextStepId } = one;
  try {
    const advance = advanceOf({
      message: one,
      nextStep:
        one.nextKind === null
          ? null
          : { kind: one.nextKind, offsetDays: one.nextOffset ?? 0, spreadDays: one.nextSpread ?? 0 },
      eventEndsOn: one.eventEndsOn,
      now,
      zone: one.zone,
      window: one.sendWindow,
      seed: one.seed,
    });
    switch (advance.kind) {
      case 'next':
        return { id, state: 'active', why: null, nextStepId, nextAt: advance.nextAt };
      case 'by-hand':
        return { id, state: 'paused', why: BY_HAND_WHY, nextStepId, nextAt: null };
      case 'done':
      case 'stopped':
        return { id, state: advance.kind, why: advance.why, nextStepId: null, nextAt: null };
    }
  } catch (error) {
    return stuck(id, nextStepId, error);
  }
}

/** $1 owner, $2 message ids. The seed of a person's hour is what they are known by, the same wherever it is computed. */
const FINAL_SQL = `
SELECT m.id, m.state, m.sent_at, m.why, m.why_code, e.id AS enrollment_id, e.state AS enrollment_state,
       m.created_at < e.started_at AS earlier, v.ends_on AS event_ends_on, c.zone, coalesce(m.to_canonical, c.full_name) || n.position AS seed,
       q."window" AS send_window, n.id AS next_step_id, n.kind AS next_kind, n.offset_days AS next_offset,
       n.spread_days AS next_spread
  FROM message m
  JOIN enrollment e ON e.id = m.enrollment_id
  JOIN sequence q ON q.id = e.sequence_id
  JOIN contact given ON given.id = e.contact_id
  JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
  LEFT JOIN event v ON v.id = e.event_id
  LEFT JOIN LATERAL (
    SELECT t.* FROM step t
     WHERE t.owner_id = $1 AND t.sequence_id = e.sequence_id
       AND t.position > (SELECT here.position FROM step here WHERE here.id = m.step_id)
       AND NOT EXISTS (SELECT 1 FROM message x WHERE x.owner_id = $1 AND x.enrollment_id = e.id AND x.step_id = t.id)
     ORDER BY t.position LIMIT 1) n ON true
 WHERE m.owner_id = $1 AND m.id = ANY ($2::uuid[]) AND m.state IN ('sent', 'failed', 'cancelled')
 ORDER BY m.id FOR UPDATE OF e`;
