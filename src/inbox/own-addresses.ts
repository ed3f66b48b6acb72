import { canonicalEmail } from '../core/import/identity.js';
import { rows, type Db } from '../database/rows.js';

export interface OwnersAddress {
  /** As it is set. */
  address: string;
  canonical: string;
  /** It is a contact's too: people try things on themselves. */
  contact: boolean;
}

/** What the owner writes from, as far as we know: their mailboxes, and the address they are known by. */
export async function ownersAddresses(db: Db, ownerId: string): Promise<OwnersAddress[]> {
  const found = await rows<{ address: string }>(
    db,
    `SELECT address FROM mailbox WHERE owner_id = $1 UNION SELECT email FROM owner WHERE id = $1`,
    [ownerId],
  );
  const all = found.map(({ address }) => ({ address, canonical: canonical(address) ?? '' }));
  const held = await rows<{ canonical: string }>(
    db,
    `SELECT DISTINCT canonical FROM identity WHERE owner_id = $1 AND kind = 'email' AND canonical = ANY ($2::text[])`,
    [ownerId, all.map((one) => one.canonical)],
  );
  const contacts = new Set(held.map((one) => one.canonical));
  return all.map((one) => ({ ...one, contact: contacts.has(one.canonical) }));
}

/** Those that are no contact's, canonical: what they sent is the owner's own. */
export function ownersAlone(all: readonly OwnersAddress[]): Set<string> {
  return new Set(all.filter(({ contact }) => !contact).map((one) => one.canonical));
}

/** Canonical, or in lower case what is no address we can compare. */
export function canonical(address: string | null): string | null {
  return address === null ? null : (canonicalEmail(address) ?? address.toLowerCase());
}
