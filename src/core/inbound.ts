import { ownWords } from './inbound-text.js';
import { readAbsence, type Absence } from './inbound/absence.js';
import { asksIn } from './inbound/asks.js';
import { deliveryReport } from './inbound/bounce.js';
import { calendarAnswer } from './inbound/calendar.js';
import { isChallenge } from './inbound/challenge.js';
import { complaintIn } from './inbound/complaint.js';
import { isSharedAddress, listMail } from './inbound/list.js';
import type { ParsedMail } from './inbound/mail.js';
import { readOptOut, readUnsubscribeSubject, type OptOutScope } from './inbound/opt-out.js';
import { isReadReceipt } from './inbound/receipt.js';
import type { BounceVerdict, CalendarAnswer, DelayVerdict } from './inbound/verdict.js';

export type { ParsedMail } from './inbound/mail.js';
export type { BounceReason, BounceSeverity, CalendarAnswer } from './inbound/verdict.js';

/** A machine in the person's place. `returnOn`: first day back, `YYYY-MM-DD`; `away` or `left` and so on in `subkind`. */
export type AutoReplyVerdict = { kind: 'auto-reply'; returnOn: string | null } & Omit<Absence, 'returnDate'>;

/** What a mail is, and in `why` by what it was taken for that: a short sentence for the owner. */
export type InboundVerdict =
  /**
   * A human, an assistant too. `asks`: their sentences that ask or request something; `scope`: of what they opt out;
   * `perhaps`: where it is not sure that they do, the sentence that may say so.
   */
  | {
      kind: 'reply';
      optOut: boolean;
      scope: OptOutScope | null;
      asks: string[];
      perhaps?: string;
      why: string;
    }
  | AutoReplyVerdict
  | BounceVerdict
  /** The server is still trying: nothing is lost, nothing is to be done. */
  | DelayVerdict
  /** `token`: what our own List-Unsubscribe address carried. */
  | { kind: 'opt-out'; scope: OptOutScope; token: string | null; why: string }
  /** `recipient`: who complained, where the provider says it. */
  | { kind: 'complaint'; recipient: string | null; why: string }
  /** A machine between us and the person wants proof of a human. Only the owner can give it. */
  | { kind: 'challenge'; why: string }
  | { kind: 'calendar'; answer: CalendarAnswer; why: string }
  | { kind: 'list'; why: string }
  | { kind: 'other'; why: string };

const NO_REPLY = /^(?:no|do-?not)[-_.]?reply[^@]*@|^notifications?@/i;

/** A room that says yes is no person who did: the mail came, and nothing follows from that. */
function answeredByItself(why: string): AutoReplyVerdict {
  const nobody = { delegate: null, delegateName: null, newAddress: null };
  return { kind: 'auto-reply', subkind: 'received', returnOn: null, reason: null, ...nobody, why };
}

/**
 * What an inbound mail is. Never throws. In doubt it is a `reply`: a reply stops what is planned, and stopping is the
 * mistake that harms nobody. Only what the person wrote is read for opt-outs and asks; quotes are stripped.
 */
export function classify(mail: ParsedMail): InboundVerdict {
  const complained = complaintIn(mail);
  if (complained) {
    const { kind, recipient, why } = complained;
    return kind === 'complaint' ? { kind, recipient, why } : { kind, why };
  }
  if (isReadReceipt(mail)) return { kind: 'other', why: 'a read receipt' };
  const unsubscribed = readUnsubscribeSubject(mail.subject);
  if (unsubscribed)
    return {
      kind: 'opt-out',
      scope: 'everything',
      token: unsubscribed.token,
      why: 'the subject unsubscribes',
    };
  const challenged = isChallenge(mail);
  if (challenged !== null) return { kind: 'challenge', why: challenged };
  const report = deliveryReport(mail);
  if (report) return report;

  const own = ownWords(mail.text);
  const answers = mail.inReplyTo !== null || mail.references.length > 0;
  const meeting = calendarAnswer(mail, own);
  if (meeting?.automatic) return answeredByItself(`a calendar that answers by itself: ${meeting.answer}`);
  if (meeting && !(meeting.answer === 'request' && answers && own.trim() !== ''))
    return { kind: 'calendar', answer: meeting.answer, why: `about a meeting: ${meeting.answer}` };
  const listed = listMail(mail);
  const takesNone = NO_REPLY.test(mail.from?.address ?? '');
  const absence = readAbsence(mail, own);
  const told = (absence?.subkind === 'away' || absence?.subkind === 'left') && isSharedAddress(mail);
  if (listed !== null && (!answers || takesNone) && !told) return { kind: 'list', why: listed };
  if (absence) {
    const { returnDate, ...rest } = absence;
    return { kind: 'auto-reply', returnOn: returnDate, ...rest };
  }
  if (mail.from === null) return { kind: 'other', why: 'no sender' };
  if (!answers && takesNone)
    return { kind: 'other', why: 'an address that takes no answers, and no answer itself' };

  const { wants: optOut, scope, why: words, maybe } = readOptOut(own);
  const asks = asksIn(own);
  const short = own.split(/\s+/).length <= 30;
  if (optOut && short && asks.length === 0) {
    return { kind: 'opt-out', scope, token: null, why: `they wrote: ${words}` };
  }
  const human = answers ? 'an answer, with no mark of a machine' : 'no mark of a machine';
  const why = maybe === '' ? human : `${human}; perhaps a wish to be left alone: ${maybe}`;
  const perhaps = maybe === '' ? {} : { perhaps: maybe };
  return { kind: 'reply', optOut, scope: optOut ? scope : null, asks, ...perhaps, why };
}
