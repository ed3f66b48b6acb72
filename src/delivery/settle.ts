import { statesBefore } from '../core/states.js';
import { cleanText } from '../core/text.js';
import { prepared } from '../database/prepared.js';
import { rows, type Db } from '../database/rows.js';
import { byId, type Held } from './claim.js';

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

/** One conversation, for the record. Its id is given, so that it is written once however often it is tried. */
export interface Attempt {
  id: string;
  ownerId: string;
  stage: string;
  code: number | null;
  reply: string;
  tookMs: number;
}

export interface End {
  claimed: Held;
  end: Settlement;
  attempt?: Attempt | null;
}

/**
 * Writes the ends of claims, with their attempts, in one statement; the ids of those that were ours to settle. A proof of
 * *sent* may also settle what a sweep called unknown meanwhile, even when the owner has put it in line again, as long as
 * nobody else took the message since.
 */
export async function settleAll(db: Db, ends: readonly End[], now: Date): Promise<Set<string>> {
  if (ends.length === 0) return new Set();
  const settled = await rows<{ id: string }>(db, prepared(SETTLE_SQL), [
    JSON.stringify(ends.map(asRecord).sort(byId)),
    ends.length,
    now,
  ]);
  return new Set(settled.map(({ id }) => id));
}

const SETTLE_SQL = `
WITH s AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(
    id uuid, fence integer, state text, "from" text[], why text, "whyCode" text, "nextAt" timestamptz,
    "sentAt" timestamptz, "serverReply" text, tried integer, sandbox boolean, final boolean, attempt jsonb) LIMIT $2),
ended AS (
  UPDATE message m SET state = s.state, why = s.why, why_code = s."whyCode", next_at = s."nextAt",
         sent_at = coalesce(s."sentAt", m.sent_at), server_reply = coalesce(s."serverReply", m.server_reply),
         attempts = m.attempts + s.tried, sandbox = m.sandbox OR s.sandbox,
         handover = m.handover OR (s.final AND m.enrollment_id IS NOT NULL), lease_until = NULL,
         version = m.version + 1
    FROM s WHERE m.id = s.id AND m.fence = s.fence AND m.state = ANY (s."from")
  RETURNING m.id, m.state),
released AS (
  UPDATE message_reason r SET released_at = $3
    FROM ended e WHERE r.message_id = e.id AND e.state IN ('cancelled', 'planned') AND r.released_at IS NULL),
tried AS (
  INSERT INTO send_attempt (id, owner_id, created_at, message_id, stage, result, code, reply, took_ms)
  SELECT a.id, a."ownerId", $3, s.id, a.stage, CASE WHEN e.id IS NULL THEN 'late' ELSE s.state END, a.code, a.reply, a."tookMs"
    FROM s CROSS JOIN LATERAL jsonb_to_record(s.attempt) AS a(
           id uuid, "ownerId" uuid, stage text, code integer, reply text, "tookMs" integer)
    LEFT JOIN ended e ON e.id = s.id
   WHERE a.id IS NOT NULL
  ON CONFLICT (id) DO NOTHING)
SELECT id FROM ended`;

function asRecord({ claimed, end, attempt }: End): { id: string } {
  const from = statesBefore(end.to, 'delivery').filter(
    (state) => state === 'claimed' || state === 'sending' || end.to === 'sent',
  );
  const record = {
    id: claimed.id,
    fence: claimed.fence,
    state: end.to,
    from,
    // Servers' and errors' words: what Postgres cannot hold must not keep an end from being written.
    why: end.why === null ? null : cleanText(end.why),
    whyCode: end.whyCode,
    nextAt: end.nextAt ?? null,
    sentAt: end.sentAt ?? null,
    serverReply: end.serverReply === undefined ? null : cleanText(end.serverReply),
    tried: end.tried ? 1 : 0,
    sandbox: end.sandbox ?? false,
    attempt: attempt ? { ...attempt, reply: cleanText(attempt.reply) } : null,
    final: end.to === 'sent' || end.to === 'failed' || end.to === 'cancelled',
  };
  return record;
}
