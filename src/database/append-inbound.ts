import { lockPersons } from './append.js';
import type { InboundKind } from './entities/inbound.entity.js';
import { newId } from './ids.js';
import { row, type Db } from './rows.js';

export interface NewInbound {
  ownerId: string;
  contactId: string | null;
  /** The message of ours it answers. */
  messageId: string | null;
  kind: InboundKind;
  /** `references`, `dsn`, `sender`, `owner` (marked by hand), or null. */
  matchedBy: string | null;
  messageIdHeader: string | null;
  /** Of the raw mail; of our message's id where the owner marked it by hand. */
  hash: string;
  fromAddress: string | null;
  subject: string;
  /** When it reached us, domain time. */
  at: Date;
  returnOn: string | null;
  severity: 'hard' | 'soft' | 'blocked' | null;
  detail: Record<string, unknown>;
  /** `planner` for what stops or delays; null for what changes nothing. */
  turn: 'planner' | null;
}

/**
 * Appends a received mail; null where its hash or Message-ID is known. It may be a stop, so the person is locked first,
 * as the mark before DATA does: call it inside a transaction.
 */
export async function appendInbound(db: Db, inbound: NewInbound): Promise<string | null> {
  if (inbound.contactId) await lockPersons(db, inbound.ownerId, [inbound.contactId]);
  const made = await row<{ id: string }>(
    db,
    `INSERT INTO inbound (id, owner_id, created_at, contact_id, message_id, kind, matched_by, message_id_header, hash,
                          from_address, subject, at, return_on, severity, detail, turn)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $3, $12, $13, $14, $15)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      newId(),
      inbound.ownerId,
      inbound.at,
      inbound.contactId,
      inbound.messageId,
      inbound.kind,
      inbound.matchedBy,
      inbound.messageIdHeader,
      inbound.hash,
      inbound.fromAddress,
      inbound.subject,
      inbound.returnOn,
      inbound.severity,
      JSON.stringify(inbound.detail),
      inbound.turn,
    ],
  );
  return made?.id ?? null;
}
