import { enrolling, type Chosen } from '../core/plan.js';
import type { EnrollmentState } from '../core/states.js';
import { lockPersons } from '../database/append.js';
import { newId } from '../database/ids.js';
import { personIds } from '../database/persons.js';
import { firstMailbox } from '../database/reach.js';
import { refusedFor } from '../database/refused.js';
import { rows, type Db } from '../database/rows.js';
import { BATCH, byOwner, moveEnrollments, type Move, type Round } from './moves.js';

interface Waiting {
  id: string;
  ownerId: string;
  contactId: string;
}

/** Read by `debrief_confirmed_idx`. */
export const CONFIRMED_SQL = `
SELECT id, owner_id, contact_id FROM debrief
 WHERE state = 'confirmed' AND decision = 'write' ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

interface Found {
  id: string;
  /** The canonical contact. */
  contactId: string;
  hidden: boolean;
  doNotContact: boolean;
  refused: Chosen['refused'];
  /** A word of theirs waits to be heeded: first things first. */
  pending: boolean;
  eventId: string;
  sequenceId: string | null;
  enrollmentId: string | null;
  enrollmentState: EnrollmentState | null;
  enrollmentWhy: string | null;
  enrollmentStepId: string | null;
  enrollmentNextAt: Date | null;
  newerEvent: boolean;
  stepId: string | null;
  stepKind: 'first' | 'follow-up' | 'by-hand' | null;
}

/** Enrolls whom the debrief chose and the owner agreed to, and says on each row what was made of it. */
export async function takeDebrief(tx: Db, now: Date): Promise<Round> {
  const waiting = await rows<Waiting>(tx, CONFIRMED_SQL);
  let done = 0;
  for (const [ownerId, group] of byOwner(waiting)) {
    await lockPersons(
      tx,
      ownerId,
      group.map((one) => one.contactId),
    );
    const mailboxId = await firstMailbox(tx, ownerId);
    if (mailboxId === null) continue;
    const found = await rows<Found>(tx, CHOSEN_SQL, [ownerId, group.map((one) => one.id)]);
    done += await enrollAll(tx, { ownerId, mailboxId, now }, found);
  }
  return { found: waiting.length, done, planned: 0 };
}

async function enrollAll(
  tx: Db,
  { ownerId, mailboxId, now }: { ownerId: string; mailboxId: string; now: Date },
  found: readonly Found[],
): Promise<number> {
  const moves: Move[] = [];
  const made: object[] = [];
  const outcomes: { id: string; outcome: string }[] = [];
  const seen = new Set<string>();
  for (const one of found) {
    // Of one person's events only the first is taken in this round: the next round sees what became of it.
    if (one.pending || seen.has(one.contactId)) continue;
    seen.add(one.contactId);
    const taken = enrolling({
      hidden: one.hidden,
      doNotContact: one.doNotContact,
      refused: one.refused,
      enrollment: one.enrollmentState && { state: one.enrollmentState },
      nextStep: one.stepKind && { kind: one.stepKind },
    });
    outcomes.push({ id: one.id, outcome: taken.outcome });
    const eventId = one.newerEvent ? one.eventId : null;
    if (taken.kind === 'enroll') {
      made.push({
        id: newId(),
        contactId: one.contactId,
        sequenceId: one.sequenceId,
        eventId: one.eventId,
        state: taken.state,
        why: taken.why,
        nextStepId: one.stepId,
        nextAt: taken.state === 'active' ? now : null,
      });
    } else if (one.enrollmentId && one.enrollmentState && taken.kind === 'move') {
      moves.push({
        id: one.enrollmentId,
        state: one.enrollmentState,
        why: one.enrollmentWhy,
        nextStepId: one.enrollmentStepId,
        // A look that is still to come is taken anew: the step may be due later, after the newer event.
        nextAt: one.enrollmentNextAt && one.newerEvent ? now : one.enrollmentNextAt,
        eventId,
      });
    } else if (one.enrollmentId && taken.kind === 'restart') {
      moves.push({
        id: one.enrollmentId,
        state: taken.state,
        why: taken.why,
        nextStepId: one.stepId,
        nextAt: taken.state === 'active' ? now : null,
        eventId,
        startedAt: now,
      });
    }
  }
  await moveEnrollments(tx, ownerId, moves);
  await tx.query(INSERT_SQL, [ownerId, now, mailboxId, JSON.stringify(made)]);
  await tx.query(
    `UPDATE debrief d SET state = 'taken', outcome = o.outcome
       FROM jsonb_to_recordset($2::jsonb) AS o(id uuid, outcome text)
      WHERE d.owner_id = $1 AND d.id = o.id`,
    [ownerId, JSON.stringify(outcomes)],
  );
  return outcomes.length;
}

const INSERT_SQL = `
INSERT INTO enrollment (id, owner_id, created_at, contact_id, sequence_id, event_id, mailbox_id, state, started_at, why,
                        next_step_id, next_at)
SELECT m.id, $1, $2, m."contactId", m."sequenceId", m."eventId", $3, m.state, $2, m.why, m."nextStepId", m."nextAt"
  FROM jsonb_to_recordset($4::jsonb) AS m(id uuid, "contactId" uuid, "sequenceId" uuid, "eventId" uuid, state text,
                                         why text, "nextStepId" uuid, "nextAt" timestamptz)
ON CONFLICT (owner_id, contact_id, sequence_id) DO NOTHING`;

/** $1 owner, $2 debrief rows. Read through merges; an enrollment alive in another sequence is continued too. */
const CHOSEN_SQL = `
SELECT d.id, c.id AS contact_id, c.hidden_at IS NOT NULL AS hidden, c.do_not_contact_at IS NOT NULL AS do_not_contact,
       d.event_id, q.id AS sequence_id, e.id AS enrollment_id, e.state AS enrollment_state, e.why AS enrollment_why,
       e.next_step_id AS enrollment_step_id, e.next_at AS enrollment_next_at,
       (e.id IS NULL OR e.ends_on IS NULL OR v.ends_on > e.ends_on) AS newer_event,
       s.id AS step_id, s.kind AS step_kind,
       EXISTS (SELECT 1 FROM inbound i WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids)
                  AND i.turn = 'planner') AS pending,
       coalesce(
         (SELECT i.kind FROM inbound i WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids)
             AND ${refusedFor('i')} ORDER BY i.at DESC LIMIT 1),
         CASE WHEN a.every THEN
           CASE WHEN EXISTS (SELECT 1 FROM inbound i WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids)
                                AND i.kind = 'bounce' AND i.severity = 'hard') THEN 'bounce' ELSE 'suppressed' END
         END) AS refused
  FROM debrief d
  JOIN event v ON v.id = d.event_id
  JOIN contact given ON given.id = d.contact_id
  JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
  LEFT JOIN sequence q ON q.owner_id = $1 AND CASE WHEN v.sequence_id IS NULL THEN q.is_default ELSE q.id = v.sequence_id END
  ${personIds('c.id')}
  CROSS JOIN LATERAL (
    SELECT bool_and(EXISTS (SELECT 1 FROM suppression u WHERE u.owner_id = $1 AND u.address = i.canonical
                               AND u.scope IN ('everything', 'automatic') AND u.lifted_at IS NULL)) AS every
      FROM identity i WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids) AND i.kind = 'email') a
  LEFT JOIN LATERAL (
    SELECT n.*, w.ends_on FROM enrollment n LEFT JOIN event w ON w.id = n.event_id
     WHERE n.owner_id = $1 AND n.contact_id = ANY (p.ids)
       AND (n.sequence_id = q.id OR n.state IN ('active', 'paused'))
     ORDER BY (n.state IN ('active', 'paused')) DESC, (n.sequence_id = q.id) DESC, n.created_at, n.id LIMIT 1) e ON true
  LEFT JOIN LATERAL (
    SELECT t.id, t.kind FROM step t
     WHERE t.owner_id = $1 AND t.sequence_id = coalesce(e.sequence_id, q.id)
       AND NOT EXISTS (SELECT 1 FROM message m WHERE m.owner_id = $1 AND m.enrollment_id = e.id AND m.step_id = t.id)
       AND (t.kind <> 'first'
            OR NOT EXISTS (SELECT 1 FROM message m WHERE m.owner_id = $1 AND m.contact_id = ANY (p.ids)
                              AND m.kind = 'first' AND m.state NOT IN ('cancelled', 'failed')))
     ORDER BY t.position LIMIT 1) s ON true
 WHERE d.owner_id = $1 AND d.id = ANY ($2::uuid[])
 ORDER BY v.ends_on, d.id`;
