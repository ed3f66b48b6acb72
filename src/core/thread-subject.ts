import { isFreeMailDomain } from './free-mail.js';
import { canBeName } from './speaker.js';

/** Answers without References come from old programs and new tickets; after this nobody remembers the subject. */
export const SUBJECT_DAYS = 60;

/** What a mail that we sent says, as far as its subject may be found again. */
export interface SentSubject {
  id: string;
  /** The person, read through merges. */
  contactId: string;
  fullName: string;
  /** Canonical. */
  to: string;
  subject: string;
  sentAt: Date;
}

const PREFIX =
  /^\s*(?:(?:re|aw|antw(?:ort)?|sv|vs|ref|rif|res|r|odp|yn?t|回复|回覆|答复|返信|fwd?|fw|wg|tr|rv|enc|i|doorst|vb|vl|pd|转发|轉寄|転送|auto(?:matic)? ?reply|automatische antwort|auto|abwesenheitsnotiz|out of (?:the )?office|réponse automatique|respuesta automática|risposta automatica|resposta automática|automatisch antwoord|autosvar|autorespuesta)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]|\[[^\]\s]{1,30}\])\s*/iu;

/** A subject without what programs and languages put before it, in lower case and single spaces; empty for a bare one. */
export function plainSubject(subject: string): string {
  let plain = subject.slice(0, 500).replace(/\s+/gu, ' ').trim();
  for (let turn = 0; turn < 10 && PREFIX.test(plain); turn++) plain = plain.replace(PREFIX, '');
  return plain.normalize('NFKC').toLowerCase();
}

/** The domain of a bare address in lower case; empty where there is none. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** One short word is everybody's subject. */
export function isTelling(plain: string): boolean {
  return plain.length >= 8;
}

/**
 * Whose thread an unknown sender goes on by its subject alone: of somebody at the company we wrote to lately, or of the
 * person who bears their name, and writes from another account. Null where nobody got a mail with that subject, or more
 * than one person did: a colleague of both speaks for neither.
 */
export function matchSubject(
  mail: { from: string; name: string; subject: string; at: Date },
  sent: readonly SentSubject[],
): SentSubject | null {
  const domain = domainOf(mail.from);
  const wanted = plainSubject(mail.subject);
  if (!isTelling(wanted) || domain === '') return null;
  const company = isFreeMailDomain(domain) ? null : domain;
  const fitting = sent.filter(
    ({ to, fullName, subject, sentAt }) =>
      (domainOf(to) === company || canBeName(mail.name, fullName)) &&
      plainSubject(subject) === wanted &&
      sentAt <= mail.at &&
      mail.at.getTime() - sentAt.getTime() <= SUBJECT_DAYS * 86_400_000,
  );
  const [first] = fitting;
  if (!first || fitting.some(({ contactId }) => contactId !== first.contactId)) return null;
  return fitting.reduce((latest, one) => (one.sentAt > latest.sentAt ? one : latest), first);
}
