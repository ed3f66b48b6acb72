import { header, type ParsedMail } from './mail.js';
import type { CalendarAnswer } from './verdict.js';

const ANSWERS: Record<string, CalendarAnswer> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
};

/**
 * A meeting answered, asked for or called off (RFC 5546). Only METHOD and PARTSTAT are read, line by line after
 * unfolding (RFC 5545, 3.1), so that a broken calendar still says what it says.
 */
export function calendarAnswer(mail: ParsedMail): CalendarAnswer | null {
  const found = mail.parts.find(
    (part) =>
      /^(?:text\/calendar|application\/ics)\b/i.test(part.contentType.trim()) ||
      (/^text\//i.test(part.contentType) && /^\s{0,8}BEGIN:VCALENDAR/i.test(part.content)),
  )?.content;
  const text = found ?? (/^\s{0,8}BEGIN:VCALENDAR/i.test(mail.text) ? mail.text : '');
  if (text === '') return null;
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
  if (method === 'REPLY') {
    return ANSWERS[valueOf(/^ATTENDEE[;:].{0,1000}?PARTSTAT="?([A-Z-]{1,20})/i) ?? ''] ?? null;
  }
  if (method === 'COUNTER') return 'tentative';
  if (method === 'REQUEST' || method === 'ADD') return 'request';
  return method === 'CANCEL' ? 'cancel' : null;
}
