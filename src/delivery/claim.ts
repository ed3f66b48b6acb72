import { newId } from '../database/ids.js';
import { prepared } from '../database/prepared.js';
import { affected, inTransaction, row, rows, type Db } from '../database/rows.js';
import type { Message } from '../database/entities/message.entity.js';
import { takeSlots, type Paced } from './slots.js';

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

/** Which claim is meant. */
export type Held = Pick<Claimed, 'id' | 'fence'>;

/** What the mark writes down, so that an answer finds its message. */
export interface MarkedHeader {
  messageId: string;
  inReplyTo: string | null;
  references: string[];
}

/** A message whose server said go ahead. */
export interface Candidate {
  claimed: Claimed;
  header: MarkedHeader;
}

/** As the indexes say it. */
const GOES_ON = (message: string): string => `${message}.state = 'approved' AND ${message}.kind <> 'first'`;
const FIRST = (message: string): string => `${message}.state = 'approved' AND ${message}.kind = 'first'`;

/**
 * SQL: `due`, the heads of both lines. $1 mailbox, $2 now, $3 how many. Each is read in the order of its index: sorting all
 * that waits would cost more than the claim where ten thousand do.
 */
export const DUE = `goes_on AS (
       SELECT m.id FROM message m WHERE m.mailbox_id = $1 AND ${GOES_ON('m')} AND m.next_at <= $2
        ORDER BY m.next_at, m.id LIMIT $3 FOR UPDATE SKIP LOCKED),
     firsts AS (
       SELECT m.id FROM message m WHERE m.mailbox_id = $1 AND ${FIRST('m')} AND m.next_at <= $2
        ORDER BY m.next_at, m.id LIMIT greatest(0, $3 - (SELECT count(*) FROM goes_on)) FOR UPDATE SKIP LOCKED),
     due AS (SELECT id FROM goes_on UNION ALL SELECT id FROM firsts)`;

/** Mailboxes with something due that are not resting: a look at the head of two partial indexes for each. Slots are for the claim. */
export function deliverableMailboxes(db: Db, now: Date): Promise<{ id: string; ownerId: string }[]> {
  return rows(
    db,
    `SELECT b.id, b.owner_id FROM mailbox b JOIN owner o ON o.id = b.owner_id
      WHERE o.stopped_at IS NULL AND (b.state = 'active' OR b.paused_until <= $1)
        AND (EXISTS (SELECT 1 FROM message m WHERE m.mailbox_id = b.id AND ${GOES_ON('m')} AND m.next_at <= $1)
             OR EXISTS (SELECT 1 FROM message m WHERE m.mailbox_id = b.id AND ${FIRST('m')} AND m.next_at <= $1))
      ORDER BY b.id`,
    [now],
  );
}

/**
 * Claims up to `limit` due messages of a mailbox for `leaseSeconds` on the database's clock: what goes on with somebody before
 * first words, the oldest first. One claimer
 * at a time: the mailbox's row is locked while its slots are counted and given out, so any number of workers keeps its
 * pace.
 */
export function claimDue(
  db: Db,
  input: { mailboxId: string; now: Date; limit: number; leaseSeconds: number },
): Promise<Claimed[]> {
  return inTransaction(db, async (tx) => {
    const mailbox = await row<Paced>(
      tx,
      `SELECT id, owner_id, kind, address, daily_cap, hourly_cap, gap_seconds, warm_up_from::text AS warm_up_from,
              next_slot_at, slow_factor
         FROM mailbox WHERE id = $1 FOR NO KEY UPDATE`,
      [input.mailboxId],
    );
    if (!mailbox) return [];
    const slots = await takeSlots(tx, mailbox, input.now, input.limit);
    const claimed = slots.count < 1 ? [] : await claim(tx, input, Math.min(input.limit, slots.count));
    const given = claimed.length > 0 || slots.count < 1;
    if (given && slots.nextAt?.getTime() !== mailbox.nextSlotAt?.getTime()) {
      await tx.query(`UPDATE mailbox SET next_slot_at = $2 WHERE id = $1`, [mailbox.id, slots.nextAt]);
    }
    return claimed;
  });
}

/** Nothing of what was claimed may go now: the slot is free for the next in line. */
export async function giveSlotBack(db: Db, mailboxId: string, now: Date): Promise<void> {
  await db.query(`UPDATE mailbox SET next_slot_at = $2 WHERE id = $1 AND next_slot_at > $2`, [
    mailboxId,
    now,
  ]);
}

function claim(
  tx: Db,
  input: { mailboxId: string; now: Date; leaseSeconds: number },
  limit: number,
): Promise<Claimed[]> {
  return rows(
    tx,
    prepared(`WITH ${DUE}
     UPDATE message m
        SET state = 'claimed', fence = fence + 1, version = version + 1,
            lease_until = clock_timestamp() + make_interval(secs => $4)
       FROM due WHERE m.id = due.id
     RETURNING m.id, m.owner_id, m.contact_id, m.enrollment_id, m.mailbox_id, m.kind, m.channel, m.to_address,
               m.to_canonical, m.due_at, m.valid_until, m.occurs_on, m.approved_by, m.fence, m.attempts`),
    [input.mailboxId, input.now, limit, input.leaseSeconds],
  );
}

/** What MARK_SQL takes. */
export function markRecords(candidates: readonly { claimed: Held; header: MarkedHeader }[]): string {
  return JSON.stringify(
    candidates.map(({ claimed: { id, fence }, header }) => ({ id, fence, ...header })).sort(byId),
  );
}

/** $1 as `markRecords` writes them, $2 how many, $3 seconds of the lease. */
export const MARK_SQL = `UPDATE message m SET state = 'sending', message_id_header = s."messageId", in_reply_to = s."inReplyTo",
            thread_refs = s."references", version = version + 1,
            lease_until = clock_timestamp() + make_interval(secs => $3)
       FROM (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(
               id uuid, fence integer, "messageId" text, "inReplyTo" text, "references" jsonb) LIMIT $2) s
      WHERE m.id = s.id AND m.fence = s.fence AND m.state = 'claimed' AND m.lease_until > clock_timestamp()
     RETURNING m.id`;

/** Makes the leases of a living worker last; the ids of those that still are its own. A lease that ran out stays so. */
export async function renewLeases(db: Db, held: readonly Held[], leaseSeconds: number): Promise<Set<string>> {
  if (held.length === 0) return new Set();
  const renewed = await rows<{ id: string }>(
    db,
    prepared(`UPDATE message m SET lease_until = clock_timestamp() + make_interval(secs => $3)
       FROM (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, fence integer) LIMIT $2) s
      WHERE m.id = s.id AND m.fence = s.fence AND m.state IN ('claimed', 'sending')
        AND m.lease_until > clock_timestamp()
     RETURNING m.id`),
    [JSON.stringify(held.map(({ id, fence }) => ({ id, fence })).sort(byId)), held.length, leaseSeconds],
  );
  return new Set(renewed.map(({ id }) => id));
}

/**
 * What a worker that died left behind: claimed rows are offered again, sending ones are unknown. Its try is written down, so
 * that what may have gone counts in the mailbox's pace.
 */
export async function sweepLeases(db: Db, now: Date): Promise<{ offered: number; unknown: number }> {
  const offered = await affected(
    db,
    `UPDATE message SET state = 'approved', lease_until = NULL, next_at = $1, version = version + 1
      WHERE state = 'claimed' AND lease_until < clock_timestamp()`,
    [now],
  );
  const unknown = await inTransaction(db, async (tx) => {
    const lost = await rows<{ id: string; ownerId: string }>(
      tx,
      `UPDATE message SET state = 'unknown', lease_until = NULL, next_at = NULL, version = version + 1,
              why_code = 'worker-lost',
              why = 'The worker was lost while the mail server had the message. Look into Sent, then say whether it went out.'
        WHERE state = 'sending' AND lease_until < clock_timestamp() RETURNING id, owner_id`,
    );
    if (lost.length === 0) return 0;
    const tries = lost.map(({ id, ownerId }) => ({ id: newId(), ownerId, messageId: id }));
    await tx.query(
      `INSERT INTO send_attempt (id, owner_id, created_at, message_id, stage, result, reply, took_ms)
       SELECT t.id, t."ownerId", $2, t."messageId", 'dot', 'unknown', 'the worker was lost', 0
         FROM jsonb_to_recordset($1::jsonb) AS t(id uuid, "ownerId" uuid, "messageId" uuid)`,
      [JSON.stringify(tries), now],
    );
    return lost.length;
  });
  return { offered, unknown };
}

/** So that two who write many rows take them in one order. */
export function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
