import { latestAway } from '../core/away.js';
import { WAITS } from '../core/decide.js';
import { lockPersons } from '../database/append.js';
import type { InboundKind } from '../database/entities/inbound.entity.js';
import { lookAgain } from '../database/look-again.js';
import { endsSequence, refusedFor } from '../database/refused.js';
import { row, rows, type Db } from '../database/rows.js';
import { EVER_SENT } from '../database/standing.js';
import { BATCH, byOwner, personOf, type Round } from './moves.js';
import { tryAgain } from './try-again.js';

interface Heard {
  id: string;
  ownerId: string;
  contactId: string | null;
  messageId: string | null;
  matchedBy: string | null;
  kind: InboundKind;
  firstKind: InboundKind | null;
  severity: 'hard' | 'soft' | 'blocked' | null;
  subkind: string | null;
  returnOn: string | null;
  at: Date;
}

/** Read by `inbound_turn_idx`. */
export const HEARD_SQL = `
SELECT id, owner_id, contact_id, message_id, matched_by, kind, first_kind, severity, detail->>'subkind' AS subkind,
       return_on, at
  FROM inbound WHERE turn = 'planner' ORDER BY at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

const STOPS: Partial<Record<InboundKind, string>> = {
  reply: 'they answered',
  calendar: 'they answered with an appointment',
  'opt-out': 'they asked to stop',
  complaint: 'they complained',
};

function stopOf({ kind, severity, subkind }: Heard): string | null {
  if (kind === 'bounce' && severity === 'hard') return 'their address bounced';
  if (kind === 'auto-reply' && subkind === 'left') return 'they read this address no longer';
  return STOPS[kind] ?? null;
}

/**
 * The planner's turn with what came in: a human in the thread, a hard bounce or a farewell stops every enrollment of the
 * person; an absence moves the next look past the day of return; a passing bounce allows a second attempt. What the owner
 * said is no stop lets go on what it alone had stopped. Then it is composing's turn.
 */
export async function heedInbound(tx: Db, now: Date): Promise<Round> {
  const heard = await rows<Heard>(tx, HEARD_SQL);
  for (const [ownerId, group] of byOwner(heard)) {
    const contactIds = group.map((one) => one.contactId).filter((id) => id !== null);
    await lockPersons(tx, ownerId, contactIds);
    for (const one of group) await heed(tx, one, now);
  }
  await tx.query(`UPDATE inbound SET turn = 'composing' WHERE id = ANY ($1::uuid[]) AND turn = 'planner'`, [
    heard.map((one) => one.id),
  ]);
  return { found: heard.length, done: heard.length, planned: 0 };
}

async function heed(tx: Db, one: Heard, now: Date): Promise<void> {
  const { ownerId, contactId } = one;
  if (contactId === null) return;
  const why = stopOf(one);
  if (why !== null) {
    await tx.query(STOP_SQL, [ownerId, contactId, why, one.id]);
    return;
  }
  if (one.firstKind !== null) await goOn(tx, ownerId, contactId, now);
  if (one.kind === 'auto-reply') await putOff(tx, one, contactId, now);
  if (one.kind === 'bounce' && one.messageId !== null) {
    // By the recipient alone it may as well be about a mail that the owner wrote by hand.
    const sure = one.matchedBy !== 'sender';
    await tryAgain(tx, { ownerId, messageId: one.messageId, sure, severity: one.severity, now });
  }
}

/** Until they have settled in again where they live; who is back already changes nothing. */
async function putOff(tx: Db, one: Heard, contactId: string, now: Date): Promise<void> {
  const person = await row<{ zone: string }>(
    tx,
    `SELECT c.zone FROM contact given JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
      WHERE given.owner_id = $1 AND given.id = $2`,
    [one.ownerId, contactId],
  );
  const until = latestAway([one], person?.zone ?? 'UTC');
  if (until !== null && until > now) await tx.query(AWAY_SQL, [one.ownerId, contactId, until]);
}

const STOP_SQL = `
UPDATE enrollment SET state = 'stopped', why = $3, stopped_by = $4, next_at = NULL, version = version + 1
 WHERE owner_id = $1 AND contact_id IN (${personOf('$2')}) AND state IN ('active', 'paused')`;

const AWAY_SQL = `
UPDATE enrollment e
   SET next_at = greatest(e.next_at, $3), why = '${WAITS.away}', version = e.version + 1
 WHERE e.owner_id = $1 AND e.contact_id IN (${personOf('$2')}) AND e.state = 'active' AND e.next_at IS NOT NULL`;

/**
 * What was no stop, or no absence: enrollments that only it had stopped go on, and what waited for a return is looked at
 * again. A draft that such a stop cancelled, and that no worker had, leaves its enrollment: its step is written anew.
 */
async function goOn(tx: Db, ownerId: string, contactId: string, now: Date): Promise<void> {
  const revived = await rows<{ id: string }>(tx, REVIVED_SQL, [ownerId, contactId]);
  const ids = revived.map(({ id }) => id);
  await tx.query(
    `UPDATE message m SET enrollment_id = NULL, handover = false
       FROM enrollment e
      WHERE m.owner_id = $1 AND m.enrollment_id = ANY ($2::uuid[]) AND e.id = m.enrollment_id
        AND m.state = 'cancelled' AND m.why_code = ANY ($3) AND m.created_at >= e.started_at AND NOT ${EVER_SENT('m')}`,
    [ownerId, ids, STOP_CODES],
  );
  await tx.query(REVIVE_SQL, [ownerId, ids, now]);
  // Another absence may still hold: whoever looks sees it.
  await lookAgain(tx, ownerId, { for: 'away', contactId }, now);
}

/** What `decide` calls the end of a draft by what came in. */
const STOP_CODES = ['reply', 'opt-out', 'bounce', 'complaint', 'suppressed', 'left', 'enrollment-ended'];

/** No other mail of the person stops them. */
const REVIVED_SQL = `
SELECT e.id FROM enrollment e
 WHERE e.owner_id = $1 AND e.contact_id IN (${personOf('$2')}) AND e.state = 'stopped' AND e.stopped_by IS NOT NULL
   AND NOT EXISTS (
     SELECT 1 FROM inbound i
      WHERE i.owner_id = $1 AND i.contact_id IN (${personOf('$2')})
        AND (${refusedFor('i')} OR (i.at >= e.started_at AND (
             ${endsSequence('i')} OR (i.kind = 'auto-reply' AND i.detail->>'subkind' = 'left')))))
   FOR UPDATE`;

/** They wait for the message that is still on its way, else go on with the first step that has none (law 1). */
const REVIVE_SQL = `
UPDATE enrollment e
   SET state = 'active', why = NULL, stopped_by = NULL, version = e.version + 1,
       next_at = CASE WHEN o.id IS NULL THEN $3::timestamptz END, next_step_id = coalesce(o.id, n.id)
  FROM enrollment self
  LEFT JOIN LATERAL (
    SELECT x.step_id AS id FROM message x
     WHERE x.owner_id = $1 AND x.enrollment_id = self.id AND x.state NOT IN ('sent', 'failed', 'cancelled')
     ORDER BY x.id LIMIT 1) o ON true
  LEFT JOIN LATERAL (
    SELECT t.id FROM step t
     WHERE t.owner_id = $1 AND t.sequence_id = self.sequence_id
       AND t.position >= coalesce((SELECT here.position FROM step here WHERE here.id = self.next_step_id), 1000000)
       AND NOT EXISTS (SELECT 1 FROM message x WHERE x.owner_id = $1 AND x.enrollment_id = self.id AND x.step_id = t.id)
     ORDER BY t.position LIMIT 1) n ON true
 WHERE e.id = self.id AND self.owner_id = $1 AND self.id = ANY ($2::uuid[])`;
