import { statesBefore } from '../core/states.js';
import { affected, row, rows, type Db } from '../database/rows.js';
import type { Message } from '../database/entities/message.entity.js';

/** A message that is ours until its lease ends. The fence tells this claim from every other one. */
export type Claimed = Pick<
  Message,
  | 'id'
  | 'ownerId'
  | 'contactId'
  | 'enrollmentId'
  | 'mailboxId'
  | 'kind'
  | 'channel'
  | 'toAddress'
  | 'toCanonical'
  | 'dueAt'
  | 'validUntil'
  | 'occursOn'
  | 'approvedBy'
  | 'fence'
  | 'attempts'
>;

/** Mailboxes with something due that may send now: a look at the head of a partial index for each. */
export function deliverableMailboxes(db: Db, now: Date): Promise<{ id: string; ownerId: string }[]> {
  return rows(
    db,
    `SELECT b.id, b.owner_id FROM mailbox b JOIN owner o ON o.id = b.owner_id
      WHERE o.stopped_at IS NULL AND (b.state = 'active' OR b.paused_until <= $1)
        AND EXISTS (SELECT 1 FROM message m WHERE m.mailbox_id = b.id AND m.state = 'approved' AND m.next_at <= $1)
      ORDER BY b.id`,
    [now],
  );
}

/** Claims up to `limit` due messages of a mailbox, oldest first, for `leaseSeconds` on the database's clock. */
export function claimDue(
  db: Db,
  input: { mailboxId: string; now: Date; limit: number; leaseSeconds: number },
): Promise<Claimed[]> {
  return rows(
    db,
    `WITH due AS (
       SELECT id FROM message WHERE mailbox_id = $1 AND state = 'approved' AND next_at <= $2
        ORDER BY next_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
     UPDATE message m
        SET state = 'claimed', fence = fence + 1, version = version + 1,
            lease_until = clock_timestamp() + make_interval(secs => $4)
       FROM due WHERE m.id = due.id
     RETURNING m.id, m.owner_id, m.contact_id, m.enrollment_id, m.mailbox_id, m.kind, m.channel, m.to_address,
               m.to_canonical, m.due_at, m.valid_until, m.occurs_on, m.approved_by, m.fence, m.attempts`,
    [input.mailboxId, input.now, input.limit, input.leaseSeconds],
  );
}

/**
 * The mark, before the body may leave. To be called in a transaction that holds the persons' locks, after `decide`
 * said send on rows read under them. False when the claim is no longer ours.
 */
export async function markSending(
  tx: Db,
  claimed: Claimed,
  header: { messageId: string; inReplyTo: string | null; references: string[] },
  leaseSeconds: number,
): Promise<boolean> {
  const marked = await affected(
    tx,
    `UPDATE message SET state = 'sending', message_id_header = $3, in_reply_to = $4, thread_refs = $5,
            version = version + 1, lease_until = clock_timestamp() + make_interval(secs => $6)
      WHERE id = $1 AND fence = $2 AND state = 'claimed' AND lease_until > clock_timestamp()`,
    [
      claimed.id,
      claimed.fence,
      header.messageId,
      header.inReplyTo,
      JSON.stringify(header.references),
      leaseSeconds,
    ],
  );
  return marked === 1;
}

/** What a worker that died left behind: claimed rows are offered again, sending ones are unknown. */
export async function sweepLeases(db: Db, now: Date): Promise<{ offered: number; unknown: number }> {
  const offered = await affected(
    db,
    `UPDATE message SET state = 'approved', lease_until = NULL, next_at = $1, version = version + 1
      WHERE state = 'claimed' AND lease_until < clock_timestamp()`,
    [now],
  );
  const unknown = await affected(
    db,
    `UPDATE message SET state = 'unknown', lease_until = NULL, next_at = NULL, version = version + 1,
            why_code = 'worker-lost',
            why = 'The worker was lost while the mail server had the message. Look into Sent, then say whether it went out.'
      WHERE state = 'sending' AND lease_until < clock_timestamp()`,
  );
  return { offered, unknown };
}

/** How a claimed or sending message goes on; only the holder of the newest fence may say so. */
export interface Settlement {
  to: 'approved' | 'planned' | 'sent' | 'failed' | 'unknown' | 'cancelled';
  why: string | null;
  whyCode: string | null;
  /** approved, planned: when it is looked at again. */
  nextAt?: Date;
  sentAt?: Date;
  serverReply?: string;
  /** Counts as a try that reached the recipient's door. */
  tried?: boolean;
  sandbox?: boolean;
}

/**
 * Writes the end of a claim. A proof of *sent* may also settle what a sweep called unknown meanwhile, even when the owner
 * has put it in line again, as long as nobody else took the message since. False when it is no longer ours.
 */
export async function settle(
  db: Db,
  claimed: Pick<Claimed, 'id' | 'fence'>,
  end: Settlement,
  now: Date,
): Promise<boolean> {
  const from = statesBefore(end.to, 'delivery').filter(
    (state) => state === 'claimed' || state === 'sending' || end.to === 'sent',
  );
  const final = end.to === 'sent' || end.to === 'failed' || end.to === 'cancelled';
  const settled = await row<{ id: string }>(
    db,
    `UPDATE message SET state = $3, why = $4, why_code = $5, next_at = $6, sent_at = coalesce($7, sent_at),
            server_reply = coalesce($8, server_reply), attempts = attempts + $9, sandbox = sandbox OR $10,
            handover = handover OR ($11 AND enrollment_id IS NOT NULL), lease_until = NULL, version = version + 1
      WHERE id = $1 AND fence = $2 AND state = ANY ($12) RETURNING id`,
    [
      claimed.id,
      claimed.fence,
      end.to,
      end.why,
      end.whyCode,
      end.nextAt ?? null,
      end.sentAt ?? null,
      end.serverReply ?? null,
      end.tried ? 1 : 0,
      end.sandbox ?? false,
      final,
      from,
    ],
  );
  if (!settled) return false;
  if (end.to === 'cancelled' || end.to === 'planned') {
    await db.query(
      `UPDATE message_reason SET released_at = $2 WHERE message_id = $1 AND released_at IS NULL`,
      [claimed.id, now],
    );
  }
  return true;
}
