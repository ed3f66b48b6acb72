import { replyHeaders } from '../core/thread.js';
import { affected, row, rows } from '../database/rows.js';
import { newId } from '../database/ids.js';
import { recordSighting } from '../database/sent-copies.js';
import { fileInSent } from '../mail/imap-append.js';
import { ImapTrouble } from '../mail/imap-open.js';
import type { ImapSession } from '../mail/imap.js';
import type { ImapSettings } from '../mail/imap-settings.js';
import { composeMime } from '../mail/mime.js';
import { EAR_HELD, EarLost, earParams, noteWhy, takeEar } from './listen-ear.js';
import type { Ear, ListenTimes, ListenTools } from './listen.types.js';

interface Unfiled {
  id: string;
  messageIdHeader: string;
  sentAt: Date;
  raw: Buffer | null;
}

/** At a time; the rest has its turn with the next look. */
const AT_ONCE = 20;

/**
 * Files our copies where the provider does not, each exactly once: the folder has just been read to its end without a
 * sight of it, it is asked for once more by its Message-ID, that we begin is written down, and only then it is filed. Where
 * that breaks off, the next reading of Sent tells. Where nobody knows yet what the provider does, the first message
 * shows: what it has not filed within a few minutes it does not file.
 */
export async function fileCopies(
  tools: ListenTools,
  ear: Ear,
  session: ImapSession,
  sent: { path: string; settings: ImapSettings; readThrough: Date; times: ListenTimes },
): Promise<void> {
  const mailbox = await row<{ savesSent: boolean | null }>(
    tools.db,
    `SELECT saves_sent FROM mailbox WHERE owner_id = $1 AND id = $2`,
    [ear.ownerId, ear.mailboxId],
  );
  if (!mailbox || mailbox.savesSent === true) return;
  const unfiled = await unfiledOf(tools, ear, sent.readThrough);
  if (mailbox.savesSent === null && !(await learnFiling(tools, ear, unfiled, sent))) return;
  for (const one of unfiled) {
    await session.examine(sent.path);
    if (await session.holds(one.messageIdHeader)) {
      const { ownerId, mailboxId } = ear;
      const seen = { ownerId, mailboxId, messageId: one.id, messageIdHeader: one.messageIdHeader };
      await recordSighting(tools.db, { ...seen, datedAt: one.sentAt, at: tools.now() });
      continue;
    }
    const raw = one.raw ?? (await writtenAgain(tools, ear, one));
    if (raw === null) continue;
    // Frozen past the lease, another process may be doing the same.
    if (!(await takeEar(tools.db, ear, sent.times.lease, tools.now()))) throw new EarLost();
    await tools.db.query(
      `INSERT INTO sent_copy (id, owner_id, created_at, message_id, mailbox_id, filing_at)
       SELECT $4, $1, $5, $6, $2, clock_timestamp() WHERE ${EAR_HELD}
       ON CONFLICT (owner_id, message_id) DO UPDATE SET filing_at = clock_timestamp()`,
      [...earParams(ear), newId(), tools.now(), one.id],
    );
    const why = await file(sent, raw, one.sentAt);
    if (why !== null) {
      tools.log.warn({ mailbox: ear.mailboxId, err: why }, 'a copy could not be filed in Sent');
      return noteWhy(
        tools.db,
        ear,
        `Copies of your mail cannot be filed in Sent (${why}). It is tried again by itself.`,
      );
    }
    await affected(
      tools.db,
      `UPDATE sent_copy SET filed_by = 'us', raw = NULL WHERE owner_id = $1 AND message_id = $2 AND filed_by IS NULL`,
      [ear.ownerId, one.id],
    );
  }
}

/** Why it could not be filed; null: it was. A refusal, a full mailbox say, is no reason to stop listening. */
async function file(
  { settings, path }: { settings: ImapSettings; path: string },
  raw: Buffer,
  sentAt: Date,
): Promise<string | null> {
  try {
    const filed = await fileInSent(settings, path, raw, sentAt);
    return filed.kind === 'filed' ? null : filed.text;
  } catch (error) {
    if (error instanceof ImapTrouble) return error.message;
    throw error;
  }
}

/**
 * Sent since we listen here (or the day before, for a clock may have been set back), before Sent was last read to its end, and
 * not seen there. Never what the sandbox took.
 */
function unfiledOf({ db }: ListenTools, ear: Ear, readThrough: Date): Promise<Unfiled[]> {
  return rows<Unfiled>(
    db,
    `SELECT m.id, m.message_id_header, m.sent_at, s.raw
       FROM message m JOIN mail_ear e ON e.owner_id = m.owner_id AND e.mailbox_id = m.mailbox_id
       LEFT JOIN sent_copy s ON s.owner_id = m.owner_id AND s.message_id = m.id
      WHERE m.owner_id = $1 AND m.mailbox_id = $2 AND m.state = 'sent' AND m.channel = 'mail' AND NOT m.sandbox
        AND m.message_id_header IS NOT NULL AND m.sent_at >= e.created_at - interval '1 day' AND m.sent_at < $3
        AND s.filed_by IS NULL AND s.seen_at IS NULL
        AND (s.filing_at IS NULL OR s.filing_at < clock_timestamp() - interval '10 minutes')
      ORDER BY m.sent_at, m.id LIMIT ${AT_ONCE}`,
    [ear.ownerId, ear.mailboxId, readThrough],
  );
}

/** True once it is known that the provider files nothing by itself. */
async function learnFiling(
  { db }: ListenTools,
  ear: Ear,
  unfiled: readonly Unfiled[],
  sent: { readThrough: Date; times: ListenTimes },
): Promise<boolean> {
  const learned = async (saves: boolean): Promise<void> => {
    await affected(
      db,
      `UPDATE mailbox SET saves_sent = $4 WHERE owner_id = $1 AND id = $2 AND saves_sent IS NULL AND ${EAR_HELD}`,
      [...earParams(ear), saves],
    );
  };
  const seen = await row(
    db,
    `SELECT 1 FROM sent_copy WHERE owner_id = $1 AND mailbox_id = $2 AND seen_at IS NOT NULL AND filing_at IS NULL LIMIT 1`,
    [ear.ownerId, ear.mailboxId],
  );
  if (seen) {
    await learned(true);
    return false;
  }
  const waited = sent.readThrough.getTime() - sent.times.findOut;
  if (!unfiled.some(({ sentAt }) => sentAt.getTime() <= waited)) return false;
  await learned(false);
  return true;
}

interface Letter {
  subject: string;
  text: string;
  edited: boolean;
  to: string;
  toName: string;
  from: string;
  fromName: string;
  zone: string;
  inReplyTo: string | null;
  references: string[];
  before: string | null;
}

/** The mail as it was written, where its bytes were not kept: the same words, ids and date. */
async function writtenAgain({ db }: ListenTools, ear: Ear, message: Unfiled): Promise<Buffer | null> {
  const letter = await row<Letter>(
    db,
    `SELECT w.subject, w.text, w.edited, m.to_address AS "to", c.full_name AS to_name, b.address AS "from",
            b.display_name AS from_name, o.zone, m.in_reply_to, m.thread_refs AS "references",
            (SELECT y.subject FROM message x JOIN message_body y ON y.owner_id = x.owner_id AND y.message_id = x.id
              WHERE x.owner_id = $1 AND x.message_id_header = m.in_reply_to) AS before
       FROM message m JOIN message_body w ON w.owner_id = m.owner_id AND w.message_id = m.id
       JOIN contact given ON given.id = m.contact_id JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
       JOIN mailbox b ON b.id = m.mailbox_id JOIN owner o ON o.id = m.owner_id
      WHERE m.owner_id = $1 AND m.id = $2`,
    [ear.ownerId, message.id],
  );
  if (!letter) return null;
  const { inReplyTo, references, before, edited } = letter;
  const thread =
    inReplyTo !== null && before !== null && !edited
      ? replyHeaders({ messageId: inReplyTo, references: [], subject: before }).subject
      : letter.subject;
  return composeMime({
    from: { name: letter.fromName, address: letter.from },
    to: { name: letter.toName, address: letter.to },
    subject: thread,
    text: letter.text,
    messageId: message.messageIdHeader,
    date: message.sentAt,
    zone: letter.zone,
    ...(inReplyTo !== null && { inReplyTo }),
    ...(references.length > 0 && { references }),
  });
}
