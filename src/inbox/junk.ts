import { rows, type Db } from '../database/rows.js';
import { ownIds } from '../database/sent-copies.js';
import type { ListedMail } from '../mail/imap.js';
import { canonical, ownersAddresses, ownersAlone } from './own-addresses.js';
import { sourceIdOf } from './sent-mail.js';

/** From whom we wrote to this long ago, a mail in Spam is looked at. */
const RECENT_DAYS = 60;

/** The mails that stand in a thread of ours, or come from somebody we wrote to lately: answers that went astray. */
export async function answersAmong(
  db: Db,
  ownerId: string,
  listed: readonly ListedMail[],
  now: Date,
): Promise<ListedMail[]> {
  const ids = listed.flatMap(({ head }) => [...head.inReplyTo, ...head.references]);
  const ours = new Set((await ownIds(db, ownerId, [...new Set(ids)])).map(({ header }) => header));
  const senders = listed.flatMap(({ head }) => canonical(head.from) ?? []);
  const known = await rows<{ address: string }>(
    db,
    `SELECT DISTINCT to_canonical AS address FROM message
      WHERE owner_id = $1 AND to_canonical = ANY ($2) AND state IN ('sending', 'unknown', 'sent')
        AND coalesce(sent_at, due_at) > $3::timestamptz - make_interval(days => $4)`,
    [ownerId, senders, now, RECENT_DAYS],
  );
  const wrote = new Set(known.map(({ address }) => address));
  return listed.filter(
    ({ head }) =>
      [...head.inReplyTo, ...head.references].some((id) => ours.has(id)) ||
      wrote.has(canonical(head.from) ?? ''),
  );
}

/**
 * Without our own: what the owner's addresses sent, what lies in Sent by their hand, and every copy of a message of ours.
 * Without what was taken in before as well, by its Message-ID, in whichever folder: no body is asked for twice.
 */
export async function newAmong(
  db: Db,
  ownerId: string,
  listed: readonly ListedMail[],
): Promise<ListedMail[]> {
  const ids = listed.flatMap(({ head }) => head.messageId ?? []);
  const ours = await ownIds(db, ownerId, ids);
  const taken = await rows<{ header: string }>(
    db,
    `SELECT message_id_header AS header FROM inbound WHERE owner_id = $1 AND message_id_header = ANY ($2)`,
    [ownerId, ids],
  );
  const known = new Set([...ours, ...taken].map(({ header }) => header));
  const own = ownersAlone(await ownersAddresses(db, ownerId));
  const byHand = await rows<{ sourceId: string }>(
    db,
    `SELECT DISTINCT source_id FROM interaction WHERE owner_id = $1 AND source_kind = 'sent-mail' AND source_id = ANY ($2::uuid[])`,
    [ownerId, listed.map(({ head }) => sourceIdOf(head))],
  );
  const written = new Set(byHand.map(({ sourceId }) => sourceId));
  return listed.filter(
    ({ head }) =>
      !(head.messageId !== null && known.has(head.messageId)) &&
      !own.has(canonical(head.from) ?? '') &&
      !written.has(sourceIdOf(head)),
  );
}
