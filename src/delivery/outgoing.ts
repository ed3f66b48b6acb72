import { parseMailbox } from '../core/address.js';
import { newMessageId, replyHeaders } from '../core/thread.js';
import { row, rows, type Db } from '../database/rows.js';
import { composeMime, HeaderRefused } from '../mail/mime.js';
import type { Claimed } from './claim.js';

/** A message ready for the wire: exactly one recipient, its bytes, and the headers the mark records. */
export interface Outgoing {
  from: string;
  to: string;
  mime: Buffer;
  header: { messageId: string; inReplyTo: string | null; references: string[] };
}

export type Built = { kind: 'ready'; outgoing: Outgoing } | { kind: 'refused'; why: string };

interface Words {
  subject: string;
  text: string;
  edited: boolean;
  contactName: string;
  fromAddress: string;
  fromName: string;
  ownerZone: string;
}

/** Loads words and thread of a claimed message and writes its MIME. Refuses, naming the field, rather than repair. */
export async function buildOutgoing(db: Db, claimed: Claimed, now: Date): Promise<Built> {
  const words = await row<Words>(
    db,
    `SELECT w.subject, w.text, w.edited, c.full_name AS contact_name, b.address AS from_address,
            b.display_name AS from_name, o.zone AS owner_zone
       FROM message_body w JOIN contact given ON given.id = $2
       JOIN contact c ON c.id = coalesce(given.merged_into, given.id) JOIN mailbox b ON b.id = $3 JOIN owner o ON o.id = w.owner_id
      WHERE w.owner_id = $4 AND w.message_id = $1`,
    [claimed.id, claimed.contactId, claimed.mailboxId, claimed.ownerId],
  );
  if (!words) return refused('the words of this message are missing');
  const from = parseMailbox({ name: words.fromName, address: words.fromAddress });
  if (from.kind === 'refused') return refused(`the mailbox's ${from.field} ${from.reason}`);
  const to = parseMailbox({ name: words.contactName, address: claimed.toAddress ?? '' });
  if (to.kind === 'refused') return refused(`the recipient's ${to.field} ${to.reason}`);
  const thread = await threadOf(db, claimed);
  const messageId = newMessageId(claimed.id, from.address.slice(from.address.lastIndexOf('@') + 1));
  try {
    const mime = await composeMime({
      from,
      to,
      subject: thread && !words.edited ? thread.subject : words.subject,
      text: words.text,
      messageId,
      date: now,
      zone: words.ownerZone,
      ...(thread && { inReplyTo: thread.inReplyTo, references: thread.references }),
    });
    const header = { messageId, inReplyTo: thread?.inReplyTo ?? null, references: thread?.references ?? [] };
    return { kind: 'ready', outgoing: { from: from.address, to: to.address, mime, header } };
  } catch (error) {
    if (error instanceof HeaderRefused) return refused(error.message);
    throw error;
  }
}

/** The mail before in the same enrollment: only a thread we really started gets `Re:`. */
async function threadOf(db: Db, claimed: Claimed): Promise<ReturnType<typeof replyHeaders> | null> {
  if (!claimed.enrollmentId) return null;
  const [previous] = await rows<{ messageId: string; references: string[]; subject: string }>(
    db,
    `SELECT m.message_id_header AS message_id, m.thread_refs AS "references", w.subject
       FROM message m JOIN message_body w ON w.message_id = m.id
      WHERE m.owner_id = $1 AND m.enrollment_id = $2 AND m.id <> $3 AND m.state = 'sent' AND m.channel = 'mail'
        AND m.mailbox_id = $4 AND m.message_id_header IS NOT NULL
      ORDER BY m.sent_at DESC LIMIT 1`,
    [claimed.ownerId, claimed.enrollmentId, claimed.id, claimed.mailboxId],
  );
  return previous ? replyHeaders(previous) : null;
}

function refused(why: string): Built {
  return { kind: 'refused', why };
}
