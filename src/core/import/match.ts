/** A row's person against the people already known, by equal identities alone. */
import { canonicalEmail, isRoleAddress } from './identity.js';
import { fits, foldName } from './name-compare.js';
import { namesClearlyDiffer, sameFullName } from './names.js';
import type { Candidate, PersonName } from './records.js';

export type IdentityKind = 'email' | 'linkedin' | 'phone';
/** By what a row was known to be somebody's: an identity, or our own id in what we exported. */
export type KnownBy = IdentityKind | 'contact';

export interface KnownContact {
  contactId: string;
  name: PersonName;
  identities: { kind: KnownBy; canonical: string; shared: boolean }[];
}

/** A contact left alone in spite of an equal identity: to be asked about. */
export interface Apart {
  contactId: string;
  kind: KnownBy;
  canonical: string;
  /** The two names cannot be one person's. */
  differ: boolean;
  why: string;
}

export type Match =
  /** `also`: other contacts that the same row proves to be this person; they become one. */
  | { kind: 'merge'; contactId: string; by: KnownBy; also: string[]; apart: Apart[] }
  | { kind: 'create'; apart: Apart[] };

/** Whether a shared address may still mean this very contact: both plainly the same full name, or neither has one. */
function isSamePersonAtDesk(candidate: Candidate, known: KnownContact): boolean {
  if (candidate.name.full === '' && known.name.full === '') return true;
  return sameFullName(candidate.name, known.name);
}

/** Whether both names are told whole, and fit: a phone number proves no more than who answers it. */
function namesPlainlyFit(a: PersonName, b: PersonName): boolean {
  if (sameFullName(a, b)) return true;
  if (!a.given || !a.family || !b.given || !b.family) return false;
  const [given] = foldName(a.given).split(/[^\p{L}\p{M}]+/u);
  const [other] = foldName(b.given).split(/[^\p{L}\p{M}]+/u);
  return fits(given ?? '', other ?? '') && fits(foldName(a.family), foldName(b.family));
}

/**
 * An equal LinkedIn profile or e-mail address merges, unless the names clearly differ, or the address is a desk's or
 * shared (then only the same full name merges). A phone number merges only where both names are told and plainly fit,
 * and the number is one person's. A row that holds what two contacts are known by proves them one person, unless their
 * own names clearly differ: the one by LinkedIn stays, then one by e-mail, else the first in the order given.
 */
export function matchByIdentity(candidate: Candidate, known: readonly KnownContact[]): Match {
  if (known.length === 0) return { kind: 'create', apart: [] };
  const apart: Apart[] = [];
  const emails = new Set(candidate.emails.map(canonicalEmail).filter((email) => email !== null));
  const by: Record<KnownBy, KnownContact[]> = { contact: [], linkedin: [], email: [], phone: [] };
  for (const contact of known) {
    const proof = proofOf(candidate, emails, contact);
    if (proof.kind === 'apart') apart.push(...proof.apart);
    else by[proof.by].push(contact);
  }
  const proved = [...by.contact, ...by.linkedin, ...by.email, ...by.phone];
  const [first, ...rest] = proved;
  if (!first) return { kind: 'create', apart };
  const also: string[] = [];
  for (const other of rest) {
    if (!namesClearlyDiffer(first.name, other.name)) also.push(other.contactId);
    else apart.push(...proofOf(candidate, emails, other, 'one row holds what both are known by').apart);
  }
  const kinds = ['contact', 'linkedin', 'email', 'phone'] as const;
  const kind = kinds.find((each) => by[each].length > 0) ?? 'phone';
  // Our own export says which of them it is; what was open before is open still.
  return {
    kind: 'merge',
    contactId: first.contactId,
    by: kind,
    also,
    apart: kind === 'contact' ? [] : apart,
  };
}

type Proof = { kind: 'proved'; by: KnownBy; apart: Apart[] } | { kind: 'apart'; apart: Apart[] };

/** What the equal identities of one contact prove. With `unlike`, they are told as proving nothing, for that reason. */
function proofOf(
  candidate: Candidate,
  emails: ReadonlySet<string>,
  contact: KnownContact,
  unlike?: string,
): Proof {
  const who = contact.name.full === '' ? 'a contact without a name' : contact.name.full;
  const differ =
    candidate.name.full !== contact.name.full && namesClearlyDiffer(candidate.name, contact.name);
  const equal = contact.identities.filter(
    ({ kind, canonical }) =>
      (kind === 'contact' && canonical === candidate.contactId) ||
      (kind === 'linkedin' && canonical === candidate.linkedin) ||
      (kind === 'email' && emails.has(canonical)) ||
      (kind === 'phone' && candidate.phones.includes(canonical)),
  );
  const apart: Apart[] = [];
  let phone = false;
  if (equal.length > 1) equal.sort((a, b) => RANK[a.kind] - RANK[b.kind]);
  for (const { kind, canonical, shared } of equal) {
    if ((kind === 'contact' || kind === 'linkedin') && !differ && unlike === undefined) return PROVED[kind];
    const told = { contactId: contact.contactId, kind, canonical, differ: differ || unlike !== undefined };
    const what = `the ${WHAT[kind]} ${canonical}`;
    if (unlike !== undefined) {
      apart.push({ ...told, why: `${what} is known of ${who}; ${unlike}, but their names clearly differ` });
    } else if (kind === 'phone') {
      // A switchboard is nobody's own, and asking about each of its people would help nobody.
      if (shared || differ) continue;
      if (namesPlainlyFit(candidate.name, contact.name)) phone = true;
      else apart.push({ ...told, why: `${what} is known of ${who}; a phone alone proves nothing` });
    } else if (differ) {
      apart.push({ ...told, why: `${what} is known of ${who}, but the names clearly differ` });
    } else if (
      kind === 'email' &&
      (shared || isRoleAddress(canonical)) &&
      !isSamePersonAtDesk(candidate, contact)
    ) {
      apart.push({ ...told, why: `${what} is shared or a desk's and cannot prove that this is ${who}` });
    } else return PROVED[kind];
  }
  if (phone) return PROVED.phone;
  return { kind: 'apart', apart: apart.slice(0, 1) };
}

const PROVED: Record<KnownBy, Proof> = {
  contact: { kind: 'proved', by: 'contact', apart: [] },
  linkedin: { kind: 'proved', by: 'linkedin', apart: [] },
  email: { kind: 'proved', by: 'email', apart: [] },
  phone: { kind: 'proved', by: 'phone', apart: [] },
};
const RANK: Record<KnownBy, number> = { contact: 0, linkedin: 1, email: 2, phone: 3 };
const WHAT: Record<KnownBy, string> = {
  contact: 'id in our export',
  linkedin: 'LinkedIn profile',
  email: 'address',
  phone: 'number',
};
