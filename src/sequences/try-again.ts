import { afterWorkingDays, localDate, seededFraction, type SendWindow } from '../core/schedule.js';
import { planMessage } from '../database/append.js';
import type { MessageKind } from '../database/entities/message.entity.js';
import { row, type Db } from '../database/rows.js';
import { cancelMessages } from '../database/take-back.js';

/** A full mailbox or a server that is down wants days, not minutes. */
const AGAIN_DAYS = 3;

interface Returned {
  id: string;
  contactId: string;
  enrollmentId: string;
  stepId: string;
  eventId: string | null;
  kind: MessageKind;
  mailboxId: string;
  toAddress: string;
  toCanonical: string;
  attempt: number;
  zone: string;
  window: SendWindow;
  /** A later word of the enrollment has left, or is about to. */
  wentOn: boolean;
  /** Later words that have not. */
  later: string[];
}

/**
 * A mail of a sequence came back, and its address may well live. For a passing reason its step is planned once more, as a
 * second attempt with words of its own, and the sequence waits for that one. What was refused, or came back twice, waits
 * for the owner: a follow-up would speak of a mail that nobody has read.
 */
export async function tryAgain(
  tx: Db,
  bounce: {
    ownerId: string;
    messageId: string;
    /** The report names this very message, and not just its recipient. */
    sure: boolean;
    severity: 'hard' | 'soft' | 'blocked' | null;
    now: Date;
  },
): Promise<void> {
  const { ownerId, severity, now } = bounce;
  const back = await row<Returned>(tx, RETURNED_SQL, [ownerId, bounce.messageId]);
  if (!back) return;
  const pause = (why: string) => tx.query(PAUSE_SQL, [ownerId, back.enrollmentId, why]);
  if (severity !== 'soft') {
    await pause('their server refused the mail; see the inbox, then continue it or stop it');
    return;
  }
  // A second attempt at what did arrive would be the same mail twice.
  if (!bounce.sure) {
    await pause('a mail to them came back, and the report does not say which; continue it or stop it');
    return;
  }
  if (back.attempt > 1) {
    await pause('mail to them came back twice; continue it when they can be reached, or stop it');
    return;
  }
  if (back.wentOn) return;
  await cancelMessages(tx, ownerId, back.later, {
    why: 'the mail it would follow came back',
    code: 'came-back',
    now,
  });
  await tx.query(
    `UPDATE message_reason SET released_at = $3 WHERE owner_id = $1 AND message_id = $2 AND released_at IS NULL`,
    [ownerId, back.id, now],
  );
  const { zone, window } = back;
  const spread = seededFraction(`${back.toCanonical}${back.attempt + 1}`);
  const dueAt = afterWorkingDays({ from: localDate(now, zone), days: AGAIN_DAYS, zone, window, spread });
  const made = await planMessage(tx, {
    ownerId,
    contactId: back.contactId,
    kind: back.kind,
    channel: 'mail',
    enrollmentId: back.enrollmentId,
    stepId: back.stepId,
    eventId: back.eventId,
    subjectKey: null,
    occursOn: null,
    mailboxId: back.mailboxId,
    toAddress: back.toAddress,
    toCanonical: back.toCanonical,
    attempt: back.attempt + 1,
    dueAt,
    now,
  });
  if (made === null) return;
  await tx.query(
    `UPDATE enrollment SET next_step_id = $3, next_at = NULL, why = 'the mail came back for a passing reason; it is tried once more',
            version = version + 1
      WHERE owner_id = $1 AND id = $2 AND state = 'active'`,
    [ownerId, back.enrollmentId, back.stepId],
  );
}

const PAUSE_SQL = `
UPDATE enrollment SET state = 'paused', why = $3, next_at = NULL, version = version + 1
 WHERE owner_id = $1 AND id = $2 AND state = 'active'`;

const LATER = `SELECT x.id FROM message x JOIN step later ON later.id = x.step_id JOIN step here ON here.id = m.step_id
                WHERE x.owner_id = $1 AND x.enrollment_id = m.enrollment_id AND later.position > here.position`;

/** $1 owner, $2 message. Only of an enrollment that is on its way, and since it last began. */
const RETURNED_SQL = `
SELECT m.id, m.contact_id, m.enrollment_id, m.step_id, m.event_id, m.kind, m.mailbox_id, m.to_address, m.to_canonical,
       m.attempt, c.zone, q."window",
       EXISTS (${LATER} AND x.state IN ('claimed', 'sending', 'sent', 'unknown')) AS went_on,
       ARRAY (${LATER} AND x.state IN ('planned', 'needs_review', 'withheld', 'approved')) AS later
  FROM message m
  JOIN enrollment e ON e.id = m.enrollment_id
  JOIN sequence q ON q.id = e.sequence_id
  JOIN contact given ON given.id = m.contact_id
  JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
 WHERE m.owner_id = $1 AND m.id = $2 AND m.state = 'sent' AND m.channel = 'mail' AND m.step_id IS NOT NULL
   AND m.to_address IS NOT NULL AND e.state = 'active' AND m.created_at >= e.started_at
   FOR UPDATE OF e`;
