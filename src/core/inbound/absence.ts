import { absenceContacts, type AbsenceContacts } from './absence-contacts.js';
import {
  ABSENT,
  DIED,
  KIN,
  LEFT,
  MYSELF,
  NOT_LEFT,
  PAST,
  REASONS,
  RECEIVED,
  TICKET,
  type AbsenceReason,
} from './absence-words.js';
import { shortSentences } from './auto-sentences.js';
import { autoSignal } from './auto-signals.js';
import { isSharedAddress, listMail } from './list.js';
import type { ParsedMail } from './mail.js';
import { returnDate } from './return-date.js';

/** What a machine answered in a person's place. */
export interface Absence extends AbsenceContacts {
  /** `left`: no longer at this address. `received`: a desk or a person confirms that our mail came. */
  subkind: 'away' | 'left' | 'received' | 'other';
  /** First day back, `YYYY-MM-DD`; see `returnDate`. */
  returnDate: string | null;
  reason: AbsenceReason | null;
  /** For the owner: what showed that it is one. */
  why: string;
}

type Subkind = Absence['subkind'];

function says(parts: readonly string[], words: RegExp): boolean {
  return parts.some((part) => words.test(part));
}

/**
 * Left counts before away: "I am out of the office and no longer with the company" is a farewell. A day of return, or a
 * reason to be away, says as much as "I am away" does.
 */
function subkindOf(parts: readonly string[], subject: string, returns: boolean): Subkind {
  const left = (part: string): boolean =>
    (LEFT.test(part) && !NOT_LEFT.test(part)) || (DIED.test(part) && !KIN.test(part));
  // "Away until Friday; meanwhile write to the new address of our desk": who comes back has not left.
  if (parts.some((part) => left(part) && !(returns && ABSENT.test(part)))) return 'left';
  if (says(parts, ABSENT)) return 'away';
  if (says(parts, RECEIVED)) return 'received';
  if (returns || REASONS.some(([, words]) => says(parts, words))) return 'away';
  if (left(subject)) return 'left';
  return ABSENT.test(subject) ? 'away' : 'other';
}

function reasonOf(parts: readonly string[], subject: string, subkind: Subkind): AbsenceReason | null {
  if (subkind === 'left') return 'left';
  if (subkind !== 'away') return null;
  // A sentence that speaks of the absence says why; "thank you for your mail about the conference" does not.
  const absent = parts.filter((part) => ABSENT.test(part));
  for (const said of [absent, parts, [subject]]) {
    const reason = REASONS.find(([, words]) => says(said, words))?.[0];
    if (reason !== undefined) return reason;
  }
  return null;
}

/** Somebody speaks of themselves, or asks. */
function isPersonal(said: string): boolean {
  return /[?？]/u.test(said) || MYSELF.test(said);
}

/** "We have your request #123, somebody will answer": nobody writes so who could answer now. */
function acknowledges(parts: readonly string[], subject: string): boolean {
  return says(parts, RECEIVED) && (TICKET.test(subject) || says(parts, TICKET));
}

/**
 * Whether a machine answered for the person, and what it says; null where a person wrote. A person who tells of an
 * absence, past or present, wrote an answer: without a machine's sign nothing here is believed.
 * @param own the text without quotes and signature.
 */
export function readAbsence(mail: ParsedMail, own: string): Absence | null {
  const listed = listMail(mail) !== null && !isSharedAddress(mail);
  const signal = autoSignal(mail, own, listed);
  // What lists put on everything is no sign of a machine.
  if (listed && signal?.weight !== 'sure') return null;
  // A desk's "reply above this line" stands above all that its machine says.
  const said = own.trim() === '' && signal?.weight === 'sure' ? mail.text : own;
  // An address has dots, and a sentence is read up to its full stop.
  const parts = shortSentences(said).map((part) =>
    part.replace(/[\w.+-]{1,64}@[\w.-]{1,255}\w/gu, 'address'),
  );
  const subject = mail.subject.slice(0, 300);
  // "I got your mail, my order is no. 4711" is a person's answer, unless a machine's sign stands on it.
  const desk = acknowledges(parts, subject) && (signal !== null || !isPersonal(said));
  if (signal === null && !desk) return null;
  const back = returnDate(said, mail.date);
  const stated = subkindOf(parts, subject, back !== null);
  const standing = stated === 'left' ? 'left' : back !== null || says(parts, ABSENT) ? 'away' : 'unsaid';
  const contacts = absenceContacts(said, standing, mail.from?.address ?? '@', mail.to);
  // An address of the writer's elsewhere, and no word of an absence: that is where they are now.
  const subkind = contacts.newAddress === null ? stated : 'left';
  const reason = reasonOf(parts, subject, subkind);
  if (signal?.weight !== 'sure') {
    // A hint needs the body to say the same of the present, or all that a note holds: reason, day and stand-in. Who tells of an absence that is over is back.
    const whole = back !== null && reason !== null && contacts.delegate !== null;
    const absent = (says(parts, ABSENT) || subkind === 'left' || whole) && !says(parts, PAST);
    if (!desk && !(absent && signal !== null)) return null;
  }

  return {
    subkind,
    returnDate: subkind === 'away' ? (back ?? returnDate(subject, mail.date)) : null,
    ...contacts,
    reason,
    why: (signal?.why ?? 'it confirms a request and gives its number').slice(0, 200),
  };
}
