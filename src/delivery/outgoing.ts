import { parseMailbox } from '../core/address.js';
import { newMessageId, replyHeaders, replySubject } from '../core/thread.js';
import { languageOf, wayOutLine } from '../core/way-out.js';
import { prepared } from '../database/prepared.js';
import { rows, type Db } from '../database/rows.js';
import { wayOutToken } from '../database/way-out.js';
import { DkimRefused, signed, type DkimKey } from '../mail/dkim.js';
import { htmlBody } from '../mail/html-body.js';
import { composeMime, HeaderRefused } from '../mail/mime.js';
import type { Claimed, MarkedHeader } from './claim.js';

/** A message ready for the wire: exactly one recipient, its bytes, and the headers the mark records. */
export interface Outgoing {
  from: string;
  to: string;
  mime: Buffer;
  header: MarkedHeader;
}

export type Built = { kind: 'ready'; outgoing: Outgoing } | { kind: 'refused'; why: string };

/** What a claimed message says, to whom and in which thread. */
export interface Letter {
  id: string;
  subject: string;
  text: string;
  /** BCP 47: of the template whose words the owner changed, else theirs. The sentence under the words says it otherwise. */
  language: string | null;
  contactName: string;
  fromAddress: string;
  fromName: string;
  ownerZone: string;
  /** Of the mailbox; null: the sandbox. */
  host: string | null;
  thread: ReturnType<typeof replyHeaders> | null;
}

/** What all mails of one mailbox share. */
export interface Stationery {
  /** The owner's key for way-out links, and where they lead; null: nobody outside can reach us. */
  wayOut: { publicUrl: string; key: Buffer } | null;
  dkim: DkimKey | null;
  /** We file our copy in Sent ourselves: the provider does not, or nobody knows yet. */
  keepsCopies: boolean;
}

/** Words and threads of claimed messages by id, in two queries. One whose words are missing is not in it. */
export async function loadLetters(db: Db, claimed: readonly Claimed[]): Promise<Map<string, Letter>> {
  if (claimed.length === 0) return new Map();
  const threads = await threadsOf(db, claimed);
  const found = await rows<Omit<Letter, 'thread'>>(
    db,
    prepared(`SELECT s.id, w.subject, w.text, c.full_name AS contact_name, b.address AS from_address,
            b.display_name AS from_name, b.host, o.zone AS owner_zone,
            CASE WHEN w.edited THEN coalesce((
              SELECT t.language FROM message m JOIN step p ON p.id = m.step_id JOIN template t ON t.id = p.template_id
               WHERE m.id = s.id), o.language) END AS language
       FROM (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(
               id uuid, "ownerId" uuid, "contactId" uuid, "mailboxId" uuid) LIMIT $2) s
       JOIN message_body w ON w.owner_id = s."ownerId" AND w.message_id = s.id
       JOIN contact given ON given.owner_id = s."ownerId" AND given.id = s."contactId"
       JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
       JOIN mailbox b ON b.id = s."mailboxId" JOIN owner o ON o.id = s."ownerId"`),
    [
      JSON.stringify(
        claimed.map(({ id, ownerId, contactId, mailboxId }) => ({ id, ownerId, contactId, mailboxId })),
      ),
      claimed.length,
    ],
  );
  return new Map(found.map((words) => [words.id, { ...words, thread: threads.get(words.id) ?? null }]));
}

/** Writes the MIME of a letter as of `now`. Refuses, naming the field, rather than repair. */
export async function writeOutgoing(
  claimed: Claimed,
  letter: Letter | undefined,
  { wayOut, dkim }: Pick<Stationery, 'wayOut' | 'dkim'>,
  now: Date,
): Promise<Built> {
  if (!letter) return refused('the words of this message are missing');
  const from = parseMailbox({ name: letter.fromName, address: letter.fromAddress });
  if (from.kind === 'refused') return refused(`the mailbox's ${from.field} ${from.reason}`);
  const to = parseMailbox({ name: letter.contactName, address: claimed.toAddress ?? '' });
  if (to.kind === 'refused') return refused(`the recipient's ${to.field} ${to.reason}`);
  const { thread } = letter;
  const messageId = newMessageId(claimed.id, from.address.slice(from.address.lastIndexOf('@') + 1));
  const page = wayOut && pageAddress(wayOut.publicUrl, wayOutToken(claimed.id, wayOut.key));
  const text = page
    ? `${letter.text}\n\n${wayOutLine(languageOf(letter.text) ?? letter.language ?? 'en', page)}`
    : letter.text;
  // Where the server puts an id of its own in place of ours, answers come back with ours all the same.
  const references = [...(thread?.references ?? []), ...(rewritesIds(letter.host) ? [messageId] : [])];
  try {
    const mime = await composeMime({
      from,
      to,
      // The subject that was approved: an answer to the mail before only where it is that mail's own.
      subject: replySubject(letter.subject) === thread?.subject ? thread.subject : letter.subject,
      text,
      html: htmlBody(text),
      messageId,
      date: now,
      zone: letter.ownerZone,
      ...(thread && { inReplyTo: thread.inReplyTo }),
      references,
      headers: claimed.approvedBy === 'sequence' ? unsubscribing(from.address, page) : {},
    });
    const header = { messageId, inReplyTo: thread?.inReplyTo ?? null, references: thread?.references ?? [] };
    const bytes = dkim ? signed(mime, dkim) : mime;
    return { kind: 'ready', outgoing: { from: from.address, to: to.address, mime: bytes, header } };
  } catch (error) {
    if (error instanceof HeaderRefused || error instanceof DkimRefused) return refused(error.message);
    throw error;
  }
}

/** Below the path at which a proxy may show us, its host in ASCII. */
function pageAddress(publicUrl: string, token: string): string {
  return new URL(`${publicUrl.replace(/\/+$/, '')}/out/${token}`).href;
}

/**
 * For mail that nobody read before it left: a way out that the receiver's mail program offers by itself, with one click where
 * a page can be reached (RFC 2369, 8058). A mail the owner said yes to is a letter, and letters have no such header.
 */
function unsubscribing(from: string, page: string | null): Record<string, string> {
  // RFC 6068: what is more than a letter or a digit could begin another part of the link.
  const mail = `<mailto:${from.split('@').map(encodeURIComponent).join('@')}?subject=unsubscribe>`;
  if (!page?.startsWith('https:')) return { 'List-Unsubscribe': mail };
  return { 'List-Unsubscribe': `<${page}>, ${mail}`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

/** Servers that replace the Message-ID: Microsoft's and Amazon's. */
function rewritesIds(host: string | null): boolean {
  return /(?:^|\.)(?:office365\.com|outlook\.com|amazonaws\.com)$/i.test(host ?? '');
}

/** The mail before in the same enrollment: only a thread we really started gets `Re:`. */
async function threadsOf(
  db: Db,
  claimed: readonly Claimed[],
): Promise<Map<string, ReturnType<typeof replyHeaders>>> {
  const threaded = claimed.filter(({ enrollmentId }) => enrollmentId !== null);
  if (threaded.length === 0) return new Map();
  const found = await rows<{ id: string; messageId: string; references: string[]; subject: string }>(
    db,
    prepared(`SELECT s.id, before.*
       FROM (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(
               id uuid, "ownerId" uuid, "enrollmentId" uuid, "mailboxId" uuid) LIMIT $2) s
      CROSS JOIN LATERAL (
        SELECT coalesce(t.message_id_header, m.message_id_header) AS message_id, m.thread_refs AS "references", w.subject
          FROM message m LEFT JOIN sent_copy t ON t.owner_id = m.owner_id AND t.message_id = m.id
          JOIN message_body w ON w.owner_id = m.owner_id AND w.message_id = m.id
         WHERE m.owner_id = s."ownerId" AND m.enrollment_id = s."enrollmentId" AND m.id <> s.id AND m.state = 'sent'
           AND m.step_id IS DISTINCT FROM (SELECT own.step_id FROM message own WHERE own.id = s.id)
           AND m.channel = 'mail' AND m.mailbox_id = s."mailboxId" AND m.message_id_header IS NOT NULL
         ORDER BY m.sent_at DESC LIMIT 1) before`),
    [
      JSON.stringify(
        threaded.map(({ id, ownerId, enrollmentId, mailboxId }) => ({
          id,
          ownerId,
          enrollmentId,
          mailboxId,
        })),
      ),
      threaded.length,
    ],
  );
  return new Map(found.map(({ id, ...previous }) => [id, replyHeaders(previous)]));
}

function refused(why: string): Built {
  return { kind: 'refused', why };
}
