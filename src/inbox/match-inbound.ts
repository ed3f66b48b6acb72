import type { InboundVerdict, ParsedMail } from '../core/inbound.js';
import { concerning } from '../core/inbound/concerning.js';
import { addressesIn, header } from '../core/inbound/mail.js';
import {
  candidateAddresses,
  candidateIds,
  idsInBroken,
  matchThread,
  plusIds,
  returned,
  type MatchedBy,
  type OurMessage,
  type ThreadMail,
} from '../core/thread.js';
import {
  isTelling,
  matchSubject,
  plainSubject,
  SUBJECT_DAYS,
  type SentSubject,
} from '../core/thread-subject.js';
import { canonicalOf as canonicalContact, contactsOf } from '../database/persons.js';
import { row, rows, type Db } from '../database/rows.js';
import { openWayOut } from '../database/way-out.js';
import { canonical, ownersAddresses, ownersAlone } from './own-addresses.js';

export interface Match {
  contactId: string | null;
  /** The message of ours it answers. */
  messageId: string | null;
  /** Of a report: the address of theirs that it is about. Canonical. */
  address: string | null;
  by: MatchedBy | null;
  /** The verdict, as far as it is about the person: a report may speak of several. */
  verdict: InboundVerdict;
}

type Found = Omit<Match, 'verdict'>;

const NONE: Found = { contactId: null, messageId: null, address: null, by: null };

/** Machines that hand our mail back, in whole or in part. */
const RETURNING = new Set<InboundVerdict['kind']>([
  'bounce',
  'delay',
  'complaint',
  'challenge',
  'auto-reply',
]);
/** What a colleague may write in a thread that only its subject tells. */
const OF_PEOPLE = new Set<InboundVerdict['kind']>(['reply', 'opt-out', 'auto-reply', 'calendar']);

/** Where a mail to a mailing list was found by its sender alone, it was not written to the owner. */
const POST: InboundVerdict = { kind: 'list', why: 'to a mailing list, and in no thread of ours' };

/**
 * Whose a received mail is: by our own token, by References and In-Reply-To, by a plus-address of ours, by what a bounce
 * returns, by the sender and their other addresses, at last by the subject. Ids win: an assistant answers from elsewhere.
 * Which of the owner's mailboxes it came to makes no difference. What the owner wrote themselves answers nobody.
 * @param given.at when it arrived
 */
export async function matchInbound(
  db: Db,
  ownerId: string,
  given: { mail: ParsedMail; verdict: InboundVerdict; at: Date },
): Promise<Match> {
  const found = await find(db, ownerId, given);
  return { verdict: given.verdict, ...found };
}

async function find(
  db: Db,
  ownerId: string,
  given: { mail: ParsedMail; verdict: InboundVerdict; at: Date },
): Promise<Found & { verdict?: InboundVerdict }> {
  const { mail, verdict } = given;
  const tokened = verdict.kind === 'opt-out' ? await matchToken(db, ownerId, verdict.token) : null;
  if (tokened) return tokened;
  const from = canonical(mail.from?.address ?? null);
  const own = await ownAddresses(db, ownerId);
  if (from !== null && OF_PEOPLE.has(verdict.kind) && own.theirs.has(from)) return NONE;
  const back = RETURNING.has(verdict.kind) ? returned(mail) : { ids: [], recipients: [] };
  const recipient = reportedOf(verdict);
  const handsBack = recipient.length > 0 || verdict.kind === 'bounce' || verdict.kind === 'delay';
  const to = recipientsOf(mail);
  const about: ThreadMail = {
    inReplyTo: mail.inReplyTo,
    references: [...broken(mail), ...mail.references],
    plusIds: plusIds(to, own.all),
    from,
    at: given.at,
    returnedIds: back.ids,
    returnedRecipients: (handsBack ? [...recipient, ...back.recipients] : []).flatMap(
      (one) => canonical(one) ?? [],
    ),
  };
  const found = matchThread(about, await ourMessages(db, ownerId, about));
  const isPost = isListPost(mail) && OF_PEOPLE.has(verdict.kind) && !to.some((one) => own.all.includes(one));
  if (found.kind !== 'none') {
    const { message } = found;
    // A report on somebody else's address, a forwarded one say, tells nothing of the person we wrote to.
    const theirs =
      verdict.kind === 'bounce' ? concerning(verdict, message.to, (one) => canonical(one) ?? one) : verdict;
    if (theirs === null) return NONE;
    const whose = { contactId: message.contactId, address: message.to, verdict: theirs };
    if (found.kind === 'message') return { ...whose, messageId: message.id, by: found.by };
    if (isPost) return { ...NONE, verdict: POST };
    return { ...whose, messageId: found.answers ? message.id : null, by: 'sender' };
  }
  const known = await matchSender(db, ownerId, from, given.at);
  if (known && isPost) return { ...NONE, verdict: POST };
  if (known || from === null || isPost || !OF_PEOPLE.has(verdict.kind)) return known ?? NONE;
  const name = mail.from?.name ?? '';
  return matchBySubject(db, ownerId, { from, name, subject: mail.subject, at: given.at });
}

async function matchToken(db: Db, ownerId: string, token: string | null): Promise<Found | null> {
  const opened = token === null ? null : await openWayOut(db, token);
  if (opened?.ownerId !== ownerId) return null;
  return { contactId: opened.contactId, messageId: opened.messageId, address: null, by: 'token' };
}

/** Everybody a report names. */
function reportedOf(verdict: InboundVerdict): string[] {
  if (!('recipient' in verdict)) return [];
  const all = verdict.kind === 'bounce' ? [verdict, ...(verdict.recipients ?? [])] : [verdict];
  return all.flatMap((one) =>
    [one.recipient ?? [], 'originalRecipient' in one ? (one.originalRecipient ?? []) : []].flat(),
  );
}

function recipientsOf(mail: ParsedMail): string[] {
  const named = mail.headers
    .filter(({ key }) => /^(?:to|cc|delivered-to|x-original-to|envelope-to)$/i.test(key))
    .flatMap(({ value }) => addressesIn(value));
  return [...mail.to, ...named];
}

/** What the owner writes from, in lower case; `theirs` without what is a contact's too. */
async function ownAddresses(db: Db, ownerId: string): Promise<{ all: string[]; theirs: Set<string> }> {
  const all = await ownersAddresses(db, ownerId);
  return {
    all: all.map(({ address }) => address.toLowerCase()),
    theirs: ownersAlone(all),
  };
}

/** The headers that name what it answers, where they are broken. */
function broken(mail: ParsedMail): string[] {
  return mail.headers
    .filter(({ key }) => /^(?:references|in-reply-to)$/i.test(key))
    .flatMap(({ value }) => idsInBroken(value));
}

function isListPost(mail: ParsedMail): boolean {
  return header(mail, 'list-id') !== '' || header(mail, 'list-post') !== '';
}

type Ours = OurMessage & { contactId: string };

/**
 * With their own id, or the one a server put in its place. Who answers an id had that mail, whatever the owner or we have
 * taken it for since.
 */
function ourMessages(db: Db, ownerId: string, about: ThreadMail): Promise<Ours[]> {
  return rows<Ours>(
    db,
    `SELECT id, contact_id, message_id_header AS message_id, to_canonical AS "to", coalesce(sent_at, due_at) AS sent_at
       FROM message
      WHERE owner_id = $1 AND message_id_header IS NOT NULL AND to_canonical IS NOT NULL
        AND (message_id_header = ANY ($2) OR id = ANY ($4::uuid[])
             OR (to_canonical = ANY ($3) AND state IN ('sending', 'sent', 'unknown')))
     UNION ALL
     SELECT m.id, m.contact_id, s.message_id_header, m.to_canonical, coalesce(m.sent_at, m.due_at)
       FROM sent_copy s JOIN message m ON m.owner_id = s.owner_id AND m.id = s.message_id
      WHERE s.owner_id = $1 AND s.message_id_header = ANY ($2) AND m.to_canonical IS NOT NULL`,
    [ownerId, candidateIds(about), candidateAddresses(about), about.plusIds ?? []],
  );
}

/**
 * Somebody we know, by an address that may be another than the one we wrote to; with the last mail they had from us.
 * Without one it is theirs all the same, and stops what is planned. An address of two people tells of neither.
 */
async function matchSender(db: Db, ownerId: string, from: string | null, at: Date): Promise<Found | null> {
  const holders = await rows<{ contactId: string }>(
    db,
    `SELECT DISTINCT ${canonicalContact('c')} AS contact_id FROM identity i JOIN contact c ON c.id = i.contact_id
      WHERE i.owner_id = $1 AND i.kind = 'email' AND i.canonical = $2`,
    [ownerId, from],
  );
  const [only, ...more] = holders;
  if (!only || more.length > 0) return null;
  const last = await row<{ id: string }>(
    db,
    `SELECT m.id FROM message m
      WHERE m.owner_id = $1 AND m.contact_id IN (${contactsOf('$2::uuid')}) AND m.channel = 'mail' AND m.state = 'sent'
        AND m.sent_at <= $3
      ORDER BY m.sent_at DESC LIMIT 1`,
    [ownerId, only.contactId, at],
  );
  return { contactId: only.contactId, messageId: last?.id ?? null, address: from, by: 'sender' };
}

async function matchBySubject(
  db: Db,
  ownerId: string,
  mail: { from: string; name: string; subject: string; at: Date },
): Promise<Found> {
  const plain = plainSubject(mail.subject);
  if (!isTelling(plain)) return NONE;
  const sent = await rows<SentSubject>(
    db,
    `SELECT m.id, c.id AS contact_id, c.full_name, m.to_canonical AS "to", w.subject, m.sent_at
       FROM message m JOIN message_body w ON w.owner_id = m.owner_id AND w.message_id = m.id
       JOIN contact given ON given.id = m.contact_id JOIN contact c ON c.id = ${canonicalContact('given')}
      WHERE m.owner_id = $1 AND m.state = 'sent' AND m.channel = 'mail' AND m.to_canonical IS NOT NULL
        AND m.sent_at > $2::timestamptz - make_interval(days => $3)
        AND position($4 IN lower(normalize(regexp_replace(w.subject, '\\s+', ' ', 'g'), NFKC))) > 0`,
    [ownerId, mail.at, SUBJECT_DAYS, plain],
  );
  const found = matchSubject(mail, sent);
  if (found === null) return NONE;
  return { contactId: found.contactId, messageId: found.id, address: found.to, by: 'subject' };
}
