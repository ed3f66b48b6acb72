import { planningOf, stepDueAt, type Planning, type PlanStep } from '../core/plan.js';
import type { SendWindow } from '../core/schedule.js';
import { lockPersons, planMessage } from '../database/append.js';
import { decisionRows, type DecisionSubject } from '../database/decision-rows.js';
import { decide, type DecisionRows } from '../core/decide.js';
import { personIds } from '../database/persons.js';
import { reachOf, type Reach } from '../database/reach.js';
import { unspentReasons } from '../database/reasons.js';
import { refusedFor } from '../database/refused.js';
import { rows, type Db } from '../database/rows.js';
import { BATCH, byOwner, moveEnrollments, stuck, type Move, type Round } from './moves.js';

/** Read by `enrollment_due_idx`. Who stopped everything has nothing planned. */
export const DUE_SQL = `
SELECT e.id, e.owner_id, e.contact_id FROM enrollment e
 WHERE e.state = 'active' AND e.next_at IS NOT NULL AND e.next_at <= $1
   AND NOT EXISTS (SELECT 1 FROM owner o WHERE o.id = e.owner_id AND o.stopped_at IS NOT NULL)
 ORDER BY e.next_at, e.id LIMIT ${BATCH} FOR UPDATE OF e SKIP LOCKED`;

interface Due {
  id: string;
  contactId: string;
  fullName: string;
  zone: string;
  eventId: string | null;
  eventEndsOn: string | null;
  mailboxId: string;
  stepId: string | null;
  stepKind: PlanStep['kind'] | null;
  position: number;
  offsetDays: number;
  spreadDays: number;
  sendWindow: SendWindow;
  lastSentAt: Date | null;
  /** Merged since: the same person goes through it, or was greeted, under another of their contacts. */
  twin: boolean;
  optedOut: boolean;
}

/** Takes the enrollments that are due, decides about each, and puts planned messages on the line. */
export async function planDue(tx: Db, now: Date): Promise<Round> {
  const waiting = await rows<{ id: string; ownerId: string; contactId: string }>(tx, DUE_SQL, [now]);
  let planned = 0;
  for (const [ownerId, group] of byOwner(waiting)) {
    await lockPersons(
      tx,
      ownerId,
      group.map((one) => one.contactId),
    );
    const due = await rows<Due>(tx, CONTEXT_SQL, [ownerId, group.map((one) => one.id)]);
    planned += await planAll(tx, ownerId, due, now);
  }
  return { found: waiting.length, done: waiting.length, planned };
}

/** An enrollment with all that its decision rests on. */
interface Prepared {
  due: Due;
  step: PlanStep;
  stepId: string;
  reach: Reach | null;
  dueAt: Date;
}

async function planAll(tx: Db, ownerId: string, all: readonly Due[], now: Date): Promise<number> {
  const moves: Move[] = [];
  const prepared: Prepared[] = [];
  const reaches = await reachOf(
    tx,
    ownerId,
    all.map((due) => due.contactId),
  );
  for (const due of all) {
    const ready = prepare(due, reaches.get(due.contactId) ?? null, now);
    if ('why' in ready) moves.push(ready);
    else prepared.push(ready);
  }
  const subjects = prepared.map(subjectOf);
  const facts = await decisionRows(tx, ownerId, subjects, now);
  const zones = new Map(prepared.map(({ due }) => [due.contactId, due.zone]));
  const reasons = await unspentReasons(tx, ownerId, [...zones.keys()], {
    now,
    zoneOf: (id) => zones.get(id) ?? 'UTC',
  });
  const written = new Map<string, string>();
  let planned = 0;
  for (const one of prepared) {
    const known = facts.get(one.due.id);
    if (!known) throw new Error(`no rows to decide enrollment ${one.due.id} from`);
    const planning = planningFor(one, known, reasons.get(one.due.contactId) ?? [], now);
    if ('state' in planning) {
      moves.push(planning);
      continue;
    }
    if (planning.kind === 'plan' && (await put(tx, ownerId, one, written, now))) planned += 1;
    moves.push(moveOf(one.due, planning));
  }
  await moveEnrollments(tx, ownerId, moves);
  return planned;
}

/** What needs no further rows: a broken or doubled enrollment ends here, and does not hold up the others. */
function prepare(due: Due, reach: Reach | null, now: Date): Prepared | Move {
  const end = (state: 'done' | 'stopped', why: string): Move => ({
    id: due.id,
    state,
    why,
    nextStepId: due.stepId,
    nextAt: null,
  });
  if (due.twin) return end('stopped', 'this person is written to under another contact merged with this one');
  if (due.optedOut) return end('stopped', 'they asked to stop');
  if (due.stepId === null || due.stepKind === null) return end('done', 'every step was taken');
  const step: PlanStep = { kind: due.stepKind, offsetDays: due.offsetDays, spreadDays: due.spreadDays };
  const usable = reach?.taken === true ? null : reach;
  try {
    const dueAt = stepDueAt({
      step,
      eventEndsOn: due.eventEndsOn,
      lastSentAt: due.lastSentAt,
      now,
      zone: due.zone,
      window: due.sendWindow,
      seed: `${usable?.canonical ?? due.fullName}${due.position}`,
    });
    return { due, step, stepId: due.stepId, reach: usable, dueAt };
  } catch (error) {
    return stuck(due.id, due.stepId, error);
  }
}

function subjectOf({ due, step, reach, dueAt }: Prepared): DecisionSubject {
  return {
    key: due.id,
    contactId: due.contactId,
    messageId: null,
    enrollmentId: due.id,
    mailboxId: reach ? due.mailboxId : null,
    toCanonical: reach?.canonical ?? null,
    purpose: step.kind,
    channel: reach ? 'mail' : 'task',
    dueAt,
    validUntil: null,
    occursOn: null,
    approvedBy: null,
  };
}

function planningFor(
  one: Prepared,
  known: DecisionRows,
  reasons: readonly { support: string }[],
  now: Date,
): Planning | Move {
  const { due, step, stepId, dueAt } = one;
  try {
    return planningOf({
      purpose: step.kind,
      decision: decide(known, now),
      reasons,
      owedAnswers: known.owed.answers,
      dueAt,
      now,
      zone: due.zone,
      window: due.sendWindow,
    });
  } catch (error) {
    return stuck(due.id, stepId, error);
  }
}

/** A mail where there is an address of their own; else a task with the same words. `written`: addresses of this round. */
async function put(
  tx: Db,
  ownerId: string,
  one: Prepared,
  written: Map<string, string>,
  now: Date,
): Promise<boolean> {
  const { due, step, dueAt } = one;
  const other = one.reach && written.get(one.reach.canonical);
  const reach = other && other !== due.contactId ? null : one.reach;
  if (reach) written.set(reach.canonical, due.contactId);
  const made = await planMessage(tx, {
    ownerId,
    contactId: due.contactId,
    kind: step.kind,
    channel: reach ? 'mail' : 'task',
    enrollmentId: due.id,
    stepId: one.stepId,
    eventId: due.eventId,
    subjectKey: null,
    occursOn: null,
    mailboxId: reach ? due.mailboxId : null,
    toAddress: reach?.address ?? null,
    toCanonical: reach?.canonical ?? null,
    dueAt,
    now,
  });
  return made !== null;
}

function moveOf(due: Due, planning: Planning): Move {
  const kept = { id: due.id, nextStepId: due.stepId };
  switch (planning.kind) {
    case 'plan':
      return { ...kept, state: 'active', why: null, nextAt: null };
    case 'look-again':
      return { ...kept, state: 'active', why: planning.why, nextAt: planning.at };
    case 'stop':
      return { ...kept, state: 'stopped', why: planning.why, nextAt: null };
    case 'done':
      return { ...kept, state: 'done', why: planning.why, nextAt: null };
  }
}

/** $1 owner, $2 enrollments. */
const CONTEXT_SQL = `
SELECT e.id, c.id AS contact_id, c.full_name, c.zone, e.event_id, v.ends_on AS event_ends_on, e.mailbox_id,
       s.id AS step_id, s.kind AS step_kind, coalesce(s.position, 0) AS position,
       coalesce(s.offset_days, 0) AS offset_days, coalesce(s.spread_days, 0) AS spread_days, q."window" AS send_window,
       (SELECT max(x.sent_at) FROM message x WHERE x.owner_id = $1 AND x.enrollment_id = e.id
           AND x.state = 'sent') AS last_sent_at,
       EXISTS (SELECT 1 FROM enrollment o
                 CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM message x WHERE x.owner_id = $1
                   AND x.enrollment_id = o.id AND x.state NOT IN ('cancelled', 'failed')) AS written) w
                WHERE o.owner_id = $1 AND o.contact_id = ANY (p.ids) AND o.id <> e.id
                  AND o.sequence_id = e.sequence_id AND (w.written OR o.state IN ('active', 'paused'))
                  AND (w.written, e.id) > (own.written, o.id))
         OR (s.kind = 'first' AND EXISTS (SELECT 1 FROM message x WHERE x.owner_id = $1 AND x.contact_id = ANY (p.ids)
                  AND x.kind = 'first' AND x.enrollment_id <> e.id
                  AND x.state NOT IN ('cancelled', 'failed'))) AS twin,
       EXISTS (SELECT 1 FROM inbound i WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids)
                  AND ${refusedFor('i')}) AS opted_out
  FROM enrollment e
  JOIN contact given ON given.id = e.contact_id
  JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
  JOIN sequence q ON q.id = e.sequence_id
  LEFT JOIN step s ON s.id = e.next_step_id
  LEFT JOIN event v ON v.id = e.event_id
  ${personIds('c.id')}
  CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM message x WHERE x.owner_id = $1 AND x.enrollment_id = e.id
                         AND x.state NOT IN ('cancelled', 'failed')) AS written) own
 WHERE e.owner_id = $1 AND e.id = ANY ($2::uuid[])
 ORDER BY e.next_at, c.full_name, e.id`;
