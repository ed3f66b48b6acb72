import { canonicalEmail } from '../core/import/identity.js';
import { rows, type Db } from '../database/rows.js';
import { ownIds } from '../database/sent-copies.js';
import type { ListedMail } from '../mail/imap.js';

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

/** Without our own: what the owner's addresses sent, and every copy of a message of ours. */
export async function withoutOurs(
  db: Db,
  ownerId: string,
  listed: readonly ListedMail[],
): Promise<ListedMail[]> {
  const ids = listed.flatMap(({ head }) => head.messageId ?? []);
  const ours = new Set((await ownIds(db, ownerId, ids)).map(({ header }) => header));
  const own = await ownAddresses(db, ownerId);
  return listed.filter(
    ({ head }) =>
      !(head.messageId !== null && ours.has(head.messageId)) && !own.has(canonical(head.from) ?? ''),
  );
}

/** Addresses the owner writes from. One that is also a contact's stays theirs: people try things on themselves. */
async function ownAddresses(db: Db, ownerId: string): Promise<Set<string>> {
  const found = await rows<{ address: string; contact: boolean }>(
    db,
    `SELECT o.address, EXISTS (SELECT 1 FROM identity i WHERE i.owner_id = $1 AND i.kind = 'email'
                                  AND i.canonical = lower(o.address)) AS contact
       FROM (SELECT address FROM mailbox WHERE owner_id = $1 UNION SELECT email FROM owner WHERE id = $1) o`,
    [ownerId],
  );
  return new Set(found.filter(({ contact }) => !contact).flatMap(({ address }) => canonical(address) ?? []));
}

export function canonical(address: string | null): string | null {
  return address === null ? null : (canonicalEmail(address) ?? address.toLowerCase());
}
