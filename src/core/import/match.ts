/** A row's person against the people already known, by equal identities alone. */
import { canonicalEmail, isRoleAddress } from './identity.js';
import { namesClearlyDiffer, sameFullName } from './names.js';
import type { Candidate, PersonName } from './records.js';

export interface KnownContact {
  contactId: string;
  name: PersonName;
  identities: { kind: 'email' | 'linkedin' | 'phone'; canonical: string; shared: boolean }[];
}

export type Match =
  /** `also`: other contacts that the same row proves to be this person; they become one. */
  | { kind: 'merge'; contactId: string; by: 'email' | 'linkedin'; also: string[] }
  /** `apart`: for each contact left apart in spite of an equal identity, why. */
  | { kind: 'create'; apart: string[] };

/** Whether a shared address may still mean this very contact: both plainly the same full name, or neither has one. */
function isSamePersonAtDesk(candidate: Candidate, known: KnownContact): boolean {
  if (candidate.name.full === '' && known.name.full === '') return true;
  return sameFullName(candidate.name, known.name);
}

/**
 * An equal LinkedIn profile or e-mail address merges, unless the names clearly differ, or the address is a desk's or
 * shared (then only the same full name merges). A row that holds what two contacts are known by proves them one person,
 * unless their own names clearly differ: the one by LinkedIn stays, else the first in the order given. A phone number
 * alone merges nobody.
 */
export function matchByIdentity(candidate: Candidate, known: readonly KnownContact[]): Match {
  const apart: string[] = [];
  const emails = new Set(candidate.emails.map(canonicalEmail).filter((email) => email !== null));
  let byProfile: KnownContact | null = null;
  const byEmail: KnownContact[] = [];
  for (const contact of known) {
    const who = contact.name.full === '' ? 'a contact without a name' : contact.name.full;
    const profile = contact.identities.find(
      ({ kind, canonical }) => kind === 'linkedin' && canonical === candidate.linkedin,
    );
    const differ = namesClearlyDiffer(candidate.name, contact.name);
    if (profile && !differ) {
      byProfile ??= contact;
      continue;
    }
    if (profile) {
      apart.push(
        `the LinkedIn profile ${profile.canonical} is known of ${who}, but the names clearly differ`,
      );
    }
    const addresses = contact.identities.filter(
      ({ kind, canonical }) => kind === 'email' && emails.has(canonical),
    );
    let refusal: string | null = null;
    for (const { canonical, shared } of addresses) {
      if (differ) {
        refusal ??= `the address ${canonical} is known of ${who}, but the names clearly differ`;
      } else if ((shared || isRoleAddress(canonical)) && !isSamePersonAtDesk(candidate, contact)) {
        refusal ??= `the address ${canonical} is shared or a desk's and cannot prove that this is ${who}`;
      } else {
        byEmail.push(contact);
        refusal = null;
        break;
      }
    }
    if (refusal !== null) apart.push(refusal);
  }
  const [first = null, ...rest] = byProfile ? [byProfile, ...byEmail] : byEmail;
  if (first === null) return { kind: 'create', apart };
  const also = rest.filter((other) => !namesClearlyDiffer(first.name, other.name));
  return {
    kind: 'merge',
    contactId: first.contactId,
    by: byProfile ? 'linkedin' : 'email',
    also: also.map(({ contactId }) => contactId),
  };
}
