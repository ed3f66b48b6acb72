import type { FoldRecord } from '../core/import/fold.js';
import type { Candidate } from '../core/import/records.js';

/**
 * Whether all that is said of a person is the same, so that one record more changes nothing of the contact: neither a
 * value, nor an identity, nor a conflict. The many rows that say again what is known need no folding then.
 */
export function saysNothingNew(records: readonly FoldRecord[]): boolean {
  const [first, ...others] = records;
  if (!first || records.some(({ kind }) => kind === 'owner')) return false;
  return others.every(({ candidate }) => isSameContact(first.candidate, candidate));
}

/** Equal in everything a contact is folded from; when and where the row was seen is no part of it. */
function isSameContact(a: Partial<Candidate>, b: Partial<Candidate>): boolean {
  const { name: one, emails = [], phones = [] } = a;
  const { name: two, emails: otherEmails = [], phones: otherPhones = [] } = b;
  return (
    one?.full === two?.full &&
    one?.given === two?.given &&
    one?.family === two?.family &&
    one?.prefix === two?.prefix &&
    one?.suffix === two?.suffix &&
    isSameList(emails, otherEmails) &&
    isSameList(phones, otherPhones) &&
    a.linkedin === b.linkedin &&
    a.company === b.company &&
    a.title === b.title &&
    a.city === b.city &&
    a.country === b.country &&
    a.birthday === b.birthday &&
    a.language === b.language &&
    a.zone === b.zone &&
    a.notes === b.notes &&
    a.event === b.event &&
    a.consent === b.consent &&
    a.origin === b.origin &&
    a.priority === b.priority &&
    a.form === b.form
  );
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
