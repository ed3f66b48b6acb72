import type { Draft } from '../core/review.js';
import { addDays, startOfDay } from '../core/schedule.js';
import { statesBefore, type MessageState } from '../core/states.js';
import { appendAudit } from '../database/append.js';
import type { ComposeContext } from '../database/compose-context.js';
import { newId } from '../database/ids.js';
import { affected, row, rows, type Db } from '../database/rows.js';

/** What composing writes on the line. Every move is guarded by the states it may come from. */

/** The most messages written in one go. */
export const BATCH = 500;

/** Planned messages of an owner whose turn it is, locked until the transaction ends. */
export async function takePlanned(tx: Db, ownerId: string, now: Date): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT id FROM message WHERE state = 'planned' AND next_at <= $2 AND owner_id = $1
      ORDER BY next_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    [ownerId, now],
  );
  return found.map(({ id }) => id);
}

export async function releaseReasons(
  tx: Db,
  ownerId: string,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await tx.query(
    `UPDATE message_reason SET released_at = $3
      WHERE owner_id = $1 AND message_id = ANY ($2::uuid[]) AND released_at IS NULL`,
    [ownerId, ids, now],
  );
}

export interface Move {
  id: string;
  code: string;
  why: string;
  /** Planned: when it is looked at again. */
  nextAt?: Date | null;
  /** Withheld: when it lapses by itself. */
  validUntil?: Date | null;
}

/**
 * Moves many at once; answers the ids that were moved. What leaves the turn of composing for good hands its enrollment
 * over to the planner; whatever is not put before the owner gives its reasons back.
 */
export async function moveAll(
  tx: Db,
  ownerId: string,
  to: Extract<MessageState, 'planned' | 'withheld' | 'cancelled'>,
  moves: readonly Move[],
  at: { now: Date; who: 'composing' | 'owner'; what?: string },
): Promise<string[]> {
  if (moves.length === 0) return [];
  const from = [...statesBefore(to, 'composing'), ...(to === 'planned' ? ['planned'] : [])];
  const moved = await rows<{ id: string }>(
    tx,
    `UPDATE message m SET state = $3, why = x.why, why_code = x.code, next_at = x."nextAt",
            valid_until = CASE WHEN $3 <> 'withheld' THEN m.valid_until ELSE coalesce(x."validUntil", (
              SELECT m.valid_until FROM message_body w
               WHERE w.owner_id = $1 AND w.message_id = m.id AND w.edited AND m.valid_until > $5)) END,
            handover = handover OR ($3 = 'cancelled' AND enrollment_id IS NOT NULL), version = version + 1
       FROM jsonb_to_recordset($2::jsonb) AS x(
              id uuid, code text, why text, "nextAt" timestamptz, "validUntil" timestamptz)
      WHERE m.owner_id = $1 AND m.id = x.id AND m.state = ANY ($4) RETURNING m.id`,
    [ownerId, JSON.stringify(moves), to, from, at.now],
  );
  const ids = moved.map(({ id }) => id);
  await releaseReasons(tx, ownerId, ids, at.now);
  if (to === 'withheld') {
    await tx.query(
      `DELETE FROM message_body WHERE owner_id = $1 AND message_id = ANY ($2::uuid[]) AND NOT edited`,
      [ownerId, ids],
    );
  }
  const what = at.what ?? (to === 'planned' ? null : to);
  for (const move of moves) {
    if (what === null || !ids.includes(move.id)) continue;
    await noted(tx, ownerId, move.id, { ...at, what, detail: { code: move.code, why: move.why } });
  }
  return ids;
}

/** They wait in `planned`: no audit, the message itself says why and until when. */
export async function postpone(tx: Db, ownerId: string, moves: readonly Move[], now: Date): Promise<void> {
  await moveAll(tx, ownerId, 'planned', moves, { now, who: 'composing' });
}

export interface Placing {
  to: Extract<MessageState, 'needs_review' | 'approved' | 'withheld'>;
  code: string | null;
  why: string;
  now: Date;
}

/**
 * Writes words, spends the reasons and puts the message where it goes. False, with nothing spent, when a reason was
 * spent by another message meanwhile or the message is no longer composing's: call it inside a savepoint and roll back.
 */
export async function placeDraft(
  tx: Db,
  context: ComposeContext,
  ownerId: string,
  draft: Draft,
  placing: Placing,
): Promise<boolean> {
  const { to, now } = placing;
  const own = to === 'approved';
  const placed = await row<{ id: string }>(
    tx,
    `UPDATE message SET state = $3, why = $4, why_code = $5, valid_until = $6, version = version + 1,
            reviewed_from = CASE WHEN $3 = 'needs_review' THEN $7::timestamptz ELSE reviewed_from END,
            approved_at = CASE WHEN $8 THEN $7::timestamptz END, approved_by = CASE WHEN $8 THEN 'sequence' END,
            next_at = CASE WHEN $8 THEN due_at END,
            mailbox_id = coalesce((SELECT e.mailbox_id FROM enrollment e WHERE e.id = message.enrollment_id AND message.channel = 'mail'), mailbox_id)
      WHERE owner_id = $1 AND id = $2 AND state = ANY ($9) RETURNING id`,
    [
      ownerId,
      context.id,
      to,
      placing.why,
      placing.code,
      draft.validUntil,
      now,
      own,
      statesBefore(to, 'composing'),
    ],
  );
  if (!placed) return false;
  await tx.query(
    `INSERT INTO message_body (id, owner_id, created_at, message_id, subject, text, paragraphs, edited)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (owner_id, message_id) DO UPDATE
       SET subject = EXCLUDED.subject, text = EXCLUDED.text, paragraphs = EXCLUDED.paragraphs, edited = EXCLUDED.edited`,
    [
      newId(),
      ownerId,
      now,
      context.id,
      draft.subject,
      draft.text,
      JSON.stringify(draft.paragraphs),
      context.edited,
    ],
  );
  const spent = await affected(
    tx,
    `INSERT INTO message_reason (id, owner_id, created_at, message_id, kind, ref_id, occurrence, words)
     SELECT x.key, $1, $2, $3, x.kind, x.ref, x.occurrence, x.words
       FROM jsonb_to_recordset($4::jsonb) AS x("key" uuid, kind text, ref uuid, occurrence text, words text)
     ON CONFLICT (owner_id, kind, ref_id, occurrence) WHERE released_at IS NULL DO NOTHING RETURNING id`,
    [
      ownerId,
      now,
      context.id,
      JSON.stringify(
        draft.reasons.map(({ kind, id, occurrence, words }) => ({
          key: newId(),
          kind,
          ref: id,
          occurrence,
          words,
        })),
      ),
    ],
  );
  if (spent < draft.reasons.length) return false;
  await noted(tx, ownerId, context.id, {
    now,
    who: 'composing',
    what: own ? 'approved' : to === 'withheld' ? 'withheld' : 'drafted',
    detail: { why: placing.why, ...(placing.code && { code: placing.code }) },
  });
  return true;
}

export function noted(
  tx: Db,
  ownerId: string,
  messageId: string,
  entry: { now: Date; who: 'composing' | 'owner'; what: string; detail?: Record<string, unknown> },
): Promise<void> {
  return appendAudit(tx, {
    ownerId,
    at: entry.now,
    who: entry.who,
    what: `message-${entry.what}`,
    subjectKind: 'message',
    subjectId: messageId,
    detail: entry.detail,
  });
}

/** A word about a day lapses with it, in the contact's zone. */
export function lapsesAt({ occursOn, contact }: Pick<ComposeContext, 'occursOn' | 'contact'>): Date | null {
  return occursOn === null ? null : startOfDay(addDays(occursOn, 1), contact.zone);
}
