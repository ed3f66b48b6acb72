import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { row, type Db } from './rows.js';

/** Bytes of the message's id, then of the signature over it: 43 characters in base64url (RFC 4648, 5). */
const ID_BYTES = 16;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Whom a way-out link is about. */
export interface WayOutOf {
  ownerId: string;
  messageId: string;
  /** The person's contact, read through merges. */
  contactId: string;
  toCanonical: string | null;
}

/**
 * The token of a message's way out. It never expires: an old mail's link must still work. Its key is a row of the owner's, so
 * that it outlives a change of SECRET_KEY.
 */
export function wayOutToken(messageId: string, key: Buffer): string {
  const id = Buffer.from(messageId.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, signature(id, key)]).toString('base64url');
}

/** The owner's key, made when it is first asked for. */
export async function wayOutKey(db: Db, ownerId: string): Promise<Buffer> {
  const kept = await row<{ key: Buffer | null }>(db, `SELECT way_out_key AS key FROM owner WHERE id = $1`, [
    ownerId,
  ]);
  if (kept?.key) return kept.key;
  const made = await row<{ key: Buffer }>(
    db,
    `UPDATE owner SET way_out_key = coalesce(way_out_key, $2) WHERE id = $1 RETURNING way_out_key AS key`,
    [ownerId, randomBytes(32)],
  );
  if (!made) throw new Error(`there is no owner ${ownerId}`);
  return made.key;
}

/** Null for a token we did not make, or of a message that is gone since. */
export async function openWayOut(db: Db, token: string): Promise<WayOutOf | null> {
  if (!TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const id = bytes.subarray(0, ID_BYTES);
  const found = await row<WayOutOf & { key: Buffer | null }>(
    db,
    `SELECT m.owner_id, m.id AS message_id, coalesce(c.merged_into, c.id) AS contact_id, m.to_canonical, o.way_out_key AS key
       FROM message m JOIN contact c ON c.id = m.contact_id JOIN owner o ON o.id = m.owner_id
      WHERE m.id = $1`,
    [id.toString('hex')],
  );
  if (!found?.key || !timingSafeEqual(signature(id, found.key), bytes.subarray(ID_BYTES))) return null;
  const { ownerId, messageId, contactId, toCanonical } = found;
  return { ownerId, messageId, contactId, toCanonical };
}

function signature(id: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update('way out').update(id).digest().subarray(0, 16);
}
