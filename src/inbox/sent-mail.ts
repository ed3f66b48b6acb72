import { createHash } from 'node:crypto';
import { appendAudit, appendInteraction, lockPersons } from '../database/append.js';
import { contactsOf } from '../database/persons.js';
import { rows, type Db } from '../database/rows.js';
import { ownIds, recordSighting } from '../database/sent-copies.js';
import type { ListedMail } from '../mail/imap.js';
import type { MailHead } from '../mail/imap-head.js';
import { canonical, ownersAddresses } from './own-addresses.js';
import type { Ear, ListenTools } from './listen.types.js';

/** A copy whose server replaced the Message-ID was dated when we sent it: this near, in ms. */
const SAME_SEND = 10 * 60_000;

/** A mail to more people than this is a circular: a word to each, but an answer to nobody. */
const CIRCULAR = 10;

/** What lies in Sent: copies of ours, which prove that they went out, and what the owner wrote by hand. */
export async function takeSent(tools: ListenTools, ear: Ear, listed: readonly ListedMail[]): Promise<void> {
  const ours = await ourMessages(tools.db, ear.ownerId, listed);
  let sighted = false;
  let written = false;
  const theirs = await ofContacts(tools.db, ear.ownerId, listed);
  for (const { head, uid, draft } of listed) {
    const messageId = ours.get(uid);
    if (messageId !== undefined) {
      const seen = { ownerId: ear.ownerId, mailboxId: ear.mailboxId, messageId, at: tools.now() };
      const news = await recordSighting(tools.db, {
        ...seen,
        messageIdHeader: head.messageId,
        datedAt: head.date,
      });
      sighted ||= news;
    } else if (!head.automatic && !draft && !theirs.has(canonical(head.from) ?? '')) {
      const noted = await noteByHand(tools, ear.ownerId, head);
      written ||= noted;
    }
  }
  if (sighted) await tools.wake('deliver');
  if (written) await tools.wake('plan');
}

/** Senders who are contacts and not the owner: some programs file what was answered beside the answer. */
async function ofContacts(db: Db, ownerId: string, listed: readonly ListedMail[]): Promise<Set<string>> {
  const found = await rows<{ canonical: string }>(
    db,
    `SELECT DISTINCT canonical FROM identity WHERE owner_id = $1 AND kind = 'email' AND canonical = ANY ($2::text[])`,
    [ownerId, listed.flatMap(({ head }) => canonical(head.from) ?? [])],
  );
  const own = new Set((await ownersAddresses(db, ownerId)).map((one) => one.canonical));
  return new Set(found.map((one) => one.canonical).filter((one) => !own.has(one)));
}

interface Ours {
  id: string;
  to: string | null;
  sentAt: Date | null;
}

/** Which of the mails are messages of ours, by UID: by their own id, or by ours among the References where a server replaced it. */
async function ourMessages(
  db: Db,
  ownerId: string,
  listed: readonly ListedMail[],
): Promise<Map<number, string>> {
  const ids = listed.flatMap(({ head }) => [
    ...(head.messageId ? [head.messageId] : []),
    ...(head.ours ? [head.ours] : []),
    ...head.references,
    ...head.inReplyTo,
  ]);
  const byHeader = new Map(
    (await ownIds(db, ownerId, [...new Set(ids)])).map((one) => [one.header, one.messageId]),
  );
  if (byHeader.size === 0) return new Map();
  const found = await rows<Ours>(
    db,
    `SELECT id, to_address AS "to", sent_at FROM message WHERE owner_id = $1 AND id = ANY ($2::uuid[])`,
    [ownerId, [...new Set(byHeader.values())]],
  );
  const byId = new Map(found.map((one) => [one.id, one]));
  const ours = new Map<number, string>();
  for (const { uid, head } of listed) {
    const named = byHeader.get(head.messageId ?? '') ?? byHeader.get(head.ours ?? '');
    const id = named ?? rewritten(head, byHeader, byId);
    if (id !== undefined) ours.set(uid, id);
  }
  return ours;
}

/** Our own id stands last in its References, it answers something else, and goes to the same one person at the same time. */
function rewritten(
  head: MailHead,
  byHeader: ReadonlyMap<string, string>,
  byId: ReadonlyMap<string, Ours>,
): string | undefined {
  const own = byId.get(byHeader.get(head.references.at(-1) ?? '') ?? '');
  if (!own || head.inReplyTo.some((id) => byHeader.get(id) === own.id)) return undefined;
  const [to, ...more] = head.recipients;
  if (more.length > 0 || to !== own.to?.toLowerCase()) return undefined;
  const apart = own.sentAt && head.date ? Math.abs(own.sentAt.getTime() - head.date.getTime()) : 0;
  return apart <= SAME_SEND ? own.id : undefined;
}

/**
 * A mail by hand is a word to everybody it goes to whom we know, and the answer to what they had asked before. False when
 * it goes to nobody we know, or was noted before.
 */
async function noteByHand(tools: ListenTools, ownerId: string, head: MailHead): Promise<boolean> {
  const persons = await personsAt(
    tools.db,
    ownerId,
    head.recipients.flatMap((one) => canonical(one) ?? []),
  );
  if (persons.length === 0) return false;
  const now = tools.now();
  const at = head.date && head.date < now ? head.date : now;
  const sourceId = sourceIdOf(head);
  return tools.db.transaction(async (tx) => {
    await lockPersons(tx, ownerId, persons);
    let noted = false;
    for (const contactId of persons) {
      const [known] = await rows(
        tx,
        `SELECT 1 FROM interaction WHERE owner_id = $1 AND source_kind = 'sent-mail' AND source_id = $3 AND contact_id IN (${contactsOf('$2::uuid')}) LIMIT 1`,
        [ownerId, contactId, sourceId],
      );
      if (known) continue;
      noted = true;
      await appendInteraction(tx, {
        ownerId,
        contactId,
        kind: 'mail-by-hand',
        at,
        createdAt: now,
        text: head.subject === '' ? 'a mail by hand' : head.subject,
        sourceKind: 'sent-mail',
        sourceId,
      });
      if (persons.length <= CIRCULAR) await closeDebts(tx, { ownerId, contactId, head, at, now });
    }
    return noted;
  });
}

/** Canonical contacts who alone hold one of the addresses: what goes to a desk is a word to nobody in particular. */
async function personsAt(db: Db, ownerId: string, addresses: readonly string[]): Promise<string[]> {
  if (addresses.length === 0) return [];
  const holders = await rows<{ contactId: string }>(
    db,
    `SELECT DISTINCT min(coalesce(c.merged_into, c.id)::text) AS contact_id
       FROM identity i JOIN contact c ON c.id = i.contact_id
      WHERE i.owner_id = $1 AND i.kind = 'email' AND i.canonical = ANY ($2)
      GROUP BY i.canonical HAVING count(DISTINCT coalesce(c.merged_into, c.id)) = 1`,
    [ownerId, addresses],
  );
  return holders.map(({ contactId }) => contactId);
}

/** What was asked before it, or what it answers by its References, is no longer owed. */
async function closeDebts(
  tx: Db,
  debt: { ownerId: string; contactId: string; head: MailHead; at: Date; now: Date },
): Promise<void> {
  const { ownerId, contactId, head, at, now } = debt;
  const closed = await rows<{ id: string }>(
    tx,
    `UPDATE reply_debt d SET closed_at = $3 FROM inbound i
      WHERE d.owner_id = $1 AND d.closed_at IS NULL AND i.id = d.inbound_id
        AND d.contact_id IN (${contactsOf('$2::uuid')})
        AND (coalesce((i.detail->>'arrivedAt')::timestamptz, i.at) <= $4 OR i.message_id_header = ANY ($5)) RETURNING d.id`,
    [ownerId, contactId, now, at, [...head.inReplyTo, ...head.references]],
  );
  for (const { id } of closed) {
    const subject = { subjectKind: 'reply_debt', subjectId: id };
    await appendAudit(tx, { ownerId, at: now, who: 'inbox', what: 'debt-answered', ...subject });
  }
}

/** The same mail has the same id, however often it is read. */
export function sourceIdOf(head: MailHead): string {
  const name =
    head.messageId ?? [head.from, head.date?.toISOString(), head.subject, ...head.recipients].join('\n');
  const hex = createHash('sha256').update(name).digest('hex');
  // The form of a UUIDv8 (RFC 9562, 5.8): made from a name in a way of our own.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
