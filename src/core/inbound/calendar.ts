import { header, type ParsedMail } from './mail.js';
import type { CalendarAnswer } from './verdict.js';

const ANSWERS: Record<string, CalendarAnswer> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
};

/** A meeting answered, asked for or called off. `automatic`: a room, or a calendar that answers by itself. */
export interface CalendarReading {
  answer: CalendarAnswer;
  automatic: boolean;
}

/** What Outlook writes before the subject where the answer itself (TNEF) was lost on the way. */
const SUBJECTS: readonly [CalendarAnswer, RegExp][] = [
  [
    'accepted',
    /^(?:accepted|zugesagt|angenommen|akzeptiert|acceptée?|aceptad[oa]|accettat[oa]|aceite|aceit[oa]|geaccepteerd|accepterat|accepteret|godtatt|hyväksytty|zaakceptowano|承諾(?:済み)?|已接受)\s?[:：]/iu,
  ],
  [
    'declined',
    /^(?:declined|abgelehnt|refusée?|rechazad[oa]|rifiutat[oa]|recusad[oa]|geweigerd|afgewezen|avböjt|afvist|avslått|hylätty|odrzucono|辞退(?:済み)?|已(?:拒绝|拒絕|谢绝|謝絕))\s?[:：]/iu,
  ],
  [
    'tentative',
    /^(?:tentative|tentatively accepted|mit vorbehalt|unter vorbehalt|vorläufig|provisoire|provisional|provvisorio|provisório|tentativ[oa]|voorlopig|preliminärt?|foreløbig|wstępnie zaakceptowano|仮承諾|仮の予定|暂定|暫定)\s?[:：]/iu,
  ],
  [
    'cancel',
    /^(?:cancell?ed|abgesagt|annulée?|cancelad[oa]|annullat[oa]|geannuleerd|inställt|odwołano|キャンセル済み|已取消)\s?[:：]/iu,
  ],
];

/**
 * What a mail says of a meeting (RFC 5546). Only METHOD and PARTSTAT are read, line by line after unfolding (RFC 5545,
 * 3.1), so that a broken calendar still says what it says; without any, the subject of a mail with no other words.
 * @param own the text without quotes and signature.
 */
export function calendarAnswer(mail: ParsedMail, own: string): CalendarReading | null {
  const found = mail.parts.find(
    (part) =>
      /^(?:text\/calendar|application\/ics)\b/i.test(part.contentType.trim()) ||
      (/^text\//i.test(part.contentType) && /^\s{0,8}BEGIN:VCALENDAR/i.test(part.content)),
  )?.content;
  const text = found ?? (/^\s{0,8}BEGIN:VCALENDAR/i.test(mail.text) ? mail.text : '');
  if (text === '') {
    const answer =
      own.trim() === '' ? SUBJECTS.find(([, words]) => words.test(mail.subject))?.[0] : undefined;
    return answer === undefined ? null : { answer, automatic: isMachines(mail, '') };
  }
  const lines = text
    .slice(0, 200_000)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n');
  const valueOf = (name: RegExp): string | undefined =>
    lines
      .map((line) => name.exec(line.slice(0, 4000))?.[1])
      .find((value) => value !== undefined)
      ?.toUpperCase();
  const method =
    valueOf(/^METHOD(?:;[^:]{0,80})?:\s{0,4}([A-Z]{1,20})/i) ??
    /method="?([a-z]{1,20})/i.exec(header(mail, 'content-type'))?.[1]?.toUpperCase();
  if (method === 'REQUEST' || method === 'ADD') return { answer: 'request', automatic: false };
  if (method === 'CANCEL') return { answer: 'cancel', automatic: false };
  const stated = ANSWERS[valueOf(/^ATTENDEE[;:].{0,1000}?PARTSTAT="?([A-Z-]{1,20})/i) ?? ''];
  const answer = method === 'COUNTER' ? 'tentative' : method === 'REPLY' ? stated : undefined;
  const attendee = valueOf(/^(ATTENDEE[;:].{0,1000}?PARTSTAT=.{0,1000})/i) ?? '';
  return answer === undefined ? null : { answer, automatic: isMachines(mail, attendee) };
}

/**
 * Whether nobody pressed the button: a room or a thing answers (CUTYPE, RFC 5545, 3.2.3), Exchange says that it did, or the
 * mail is `auto-replied` (RFC 3834). `auto-generated` alone is what several calendars put on what a person decided.
 */
function isMachines(mail: ParsedMail, attendee: string): boolean {
  const submitted = header(mail, 'auto-submitted');
  return (
    /CUTYPE="?(?:ROOM|RESOURCE)/.test(attendee) ||
    header(mail, 'x-ms-exchange-generated-message-source') !== '' ||
    /^auto-replied/i.test(submitted) ||
    (/^auto-generated/i.test(submitted) && /\ball\b/i.test(header(mail, 'x-auto-response-suppress')))
  );
}
