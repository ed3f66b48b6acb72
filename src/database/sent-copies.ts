import { newId } from './ids.js';
import { row, rows, type Db } from './rows.js';

/** Our copy of a message was seen in Sent. */
export interface Sighting {
  ownerId: string;
  mailboxId: string;
  messageId: string;
  /** As it stands there: some servers write an id of their own. */
  messageIdHeader: string | null;
  datedAt: Date | null;
  at: Date;
}

/** Keeps a sighting; the first one stays. True where it is news. Whoever has the message's turn draws the conclusion. */
export async function recordSighting(db: Db, seen: Sighting): Promise<boolean> {
  const found = await row<{ id: string }>(
    db,
    `INSERT INTO sent_copy (id, owner_id, created_at, message_id, mailbox_id, message_id_header, seen_at, dated_at, filed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $3, $7, 'server')
     ON CONFLICT (owner_id, message_id) DO UPDATE
       SET message_id_header = EXCLUDED.message_id_header, seen_at = EXCLUDED.seen_at, dated_at = EXCLUDED.dated_at,
           filed_by = coalesce(sent_copy.filed_by, CASE WHEN sent_copy.filing_at IS NULL THEN 'server' ELSE 'us' END),
           raw = NULL
     WHERE sent_copy.seen_at IS NULL RETURNING id`,
    [newId(), seen.ownerId, seen.at, seen.messageId, seen.mailboxId, seen.messageIdHeader, seen.datedAt],
  );
  return found !== null;
}

/**
 * What Sent proves, or an answer: for delivery to call beside its sweep. An unknown message that was seen in Sent was sent,
 * and so was one that somebody answers or sends back by its id; and likewise one that the owner put in line again although
 * it had gone. Never the other way round. Says how many. Each of the three is found by a partial index.
 */
export async function settleSighted(db: Db): Promise<number> {
  const settled = await rows<{ id: string }>(
    db,
    `UPDATE message m
        SET state = 'sent', why = p.why, why_code = p.code, next_at = NULL, lease_until = NULL,
            sent_at = coalesce(m.sent_at, p.at), handover = m.handover OR m.enrollment_id IS NOT NULL,
            version = m.version + 1
       FROM (SELECT id, owner_id FROM message WHERE state = 'unknown'
             UNION ALL SELECT id, owner_id FROM message WHERE state = 'approved' AND kind = 'first' AND why_code = 'by-owner'
             UNION ALL SELECT id, owner_id FROM message WHERE state = 'approved' AND kind <> 'first' AND why_code = 'by-owner') x
      CROSS JOIN LATERAL (
        SELECT 'it was found in Sent' AS why, 'seen-in-sent' AS code, coalesce(s.dated_at, s.seen_at) AS at
          FROM sent_copy s WHERE s.owner_id = x.owner_id AND s.message_id = x.id AND s.seen_at IS NOT NULL
        UNION ALL
        SELECT 'an answer to it came', 'answered', least(i.at, (
                 SELECT max(a.created_at) FROM send_attempt a WHERE a.message_id = x.id))
          FROM inbound i WHERE i.owner_id = x.owner_id AND i.message_id = x.id
           AND i.matched_by IN ('references', 'plus-address', 'dsn')
         LIMIT 1) p
      WHERE x.id = m.id AND (m.state = 'unknown' OR (m.state = 'approved' AND m.why_code = 'by-owner'))
     RETURNING m.id`,
  );
  return settled.length;
}

/** Keeps the very bytes that went out until they are filed: for delivery, with the message's end. */
export async function keepCopy(
  db: Db,
  copy: { ownerId: string; mailboxId: string; messageId: string; raw: Buffer; at: Date },
): Promise<void> {
  await db.query(
    `INSERT INTO sent_copy (id, owner_id, created_at, message_id, mailbox_id, raw) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (owner_id, message_id) DO UPDATE SET raw = EXCLUDED.raw
      WHERE sent_copy.seen_at IS NULL AND sent_copy.filed_by IS NULL`,
    [newId(), copy.ownerId, copy.at, copy.messageId, copy.mailboxId, copy.raw],
  );
}

/** A message of ours by an id of it: the one we gave it, or the one a server put in its place. */
export interface OwnId {
  messageId: string;
  header: string;
}

export function ownIds(db: Db, ownerId: string, headers: readonly string[]): Promise<OwnId[]> {
  if (headers.length === 0) return Promise.resolve([]);
  return rows<OwnId>(
    db,
    `SELECT id AS message_id, message_id_header AS header FROM message
      WHERE owner_id = $1 AND message_id_header = ANY ($2)
     UNION
     SELECT message_id, message_id_header FROM sent_copy WHERE owner_id = $1 AND message_id_header = ANY ($2)`,
    [ownerId, headers],
  );
}
