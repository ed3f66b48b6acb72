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
  | { kind: 'merge'; contactId: string; by: 'email' | 'linkedin' }
  /** `apart`: for each contact left apart in spite of an equal identity, why. */
  | { kind: 'create'; apart: string[] };

/** Whether a shared address may still mean this very contact: both plainly the same full name, or neither has one. */
function isSamePersonAtDesk(candidate: Candidate, known: KnownContact): boolean {
  if (candidate.name.full === '' && known.name.full === '') return true;
  return sameFullName(candidate.name, known.name);
}

/**
 * An equal LinkedIn profile or e-mail address merges, unless the names clearly differ, or the address is a desk's or
 * shared (then only the same full name merges). Of several contacts that match, the one by LinkedIn is taken, else the
 * first in the order given. A phone number alone merges nobody.
 */
export function matchByIdentity(candidate: Candidate, known: readonly KnownContact[]): Match {
  const apart: string[] = [];
  const emails = new Set(candidate.emails.map(canonicalEmail).filter((email) => email !== null));
  let byEmail: string | null = null;
  for (const contact of known) {
    const who = contact.name.full === '' ? 'a contact without a name' : contact.name.full;
    const profile = contact.identities.find(
      ({ kind, canonical }) => kind === 'linkedin' && canonical === candidate.linkedin,
    );
    const differ = namesClearlyDiffer(candidate.name, contact.name);
    if (profile && !differ) return { kind: 'merge', contactId: contact.contactId, by: 'linkedin' };
    if (profile)
      apart.push(
        `the LinkedIn profile ${profile.canonical} is known of ${who}, but the names clearly differ`,
      );
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
        byEmail ??= contact.contactId;
        refusal = null;
        break;
      }
    }
    if (refusal !== null) apart.push(refusal);
  }
  return byEmail === null ? { kind: 'create', apart } : { kind: 'merge', contactId: byEmail, by: 'email' };
}
