/** Dates -> occurrences: birthdays with or without a year, 29 February, and the day where the contact lives. */
import { addDays, localDate } from './schedule.js';

export interface Birthday {
  /** Null when only month and day are known. */
  year: number | null;
  month: number;
  day: number;
}

const HOUR = 3_600_000;
/** The days of each month in a leap year: a birthday without a year may be 29 February. */
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/**
 * '1990-03-15', or '--03-15' where the year is unknown (RFC 6350, 4.3.1); null for anything that is no date.
 * Address books that cannot leave the year out write 1604 or 0000: that is no year.
 */
export function parseBirthday(text: string): Birthday | null {
  const match = /^(?:(\d{4})|-)-(\d\d)-(\d\d)$/.exec(text.trim());
  if (!match) return null;
  const year = match[1] === undefined || match[1] === '1604' || match[1] === '0000' ? null : Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (day < 1 || day > (MONTH_DAYS[month - 1] ?? 0)) return null;
  if (year !== null && month === 2 && day === 29 && !isLeap(year)) return null;
  return { year, month, day };
}

/** The month-days ('MM-DD') whose birthdays are kept on a local date: 28 February takes in the 29th in a common year. */
export function monthDaysOn(localDate: string): string[] {
  const monthDay = localDate.slice(5);
  return monthDay === '02-28' && !isLeap(Number(localDate.slice(0, 4))) ? ['02-28', '02-29'] : [monthDay];
}

/**
 * Every 'MM-DD' that may be kept somewhere on earth (UTC-12 to UTC+14) from now until `daysAhead` days later,
 * for a look-up by index; the zone of each contact then decides.
 */
export function monthDaysAhead(now: Date, daysAhead: number): string[] {
  const last = addDays(localDate(new Date(now.getTime() + 14 * HOUR), 'UTC'), daysAhead);
  const found = new Set<string>();
  let date = localDate(new Date(now.getTime() - 12 * HOUR), 'UTC');
  for (; date <= last; date = addDays(date, 1)) for (const monthDay of monthDaysOn(date)) found.add(monthDay);
  return [...found];
}

/** The local date on which a birthday is kept in a year. Computed from the birthday itself, so it cannot drift. */
function keptOn(birthday: Birthday, year: number): string {
  const day = birthday.month === 2 && birthday.day === 29 && !isLeap(year) ? 28 : birthday.day;
  return [
    String(year).padStart(4, '0'),
    String(birthday.month).padStart(2, '0'),
    String(day).padStart(2, '0'),
  ].join('-');
}

/**
 * The next local date, today included, on which the birthday is kept in the zone; null when the text is no date.
 * `turning` is known only with a year that has passed, and is for the owner's eyes, never for a mail.
 */
export function nextBirthday(
  birthday: string,
  now: Date,
  zone: string,
): { on: string; turning: number | null } | null {
  const parsed = parseBirthday(birthday);
  if (parsed === null) return null;
  const today = localDate(now, zone);
  const thisYear = Number(today.slice(0, 4));
  const year = keptOn(parsed, thisYear) >= today ? thisYear : thisYear + 1;
  const turning = parsed.year !== null && parsed.year < year ? year - parsed.year : null;
  return { on: keptOn(parsed, year), turning };
}

/** Whether a birthday is kept on a local date: false once it was corrected or taken away. */
export function isKeptOn(birthday: string | null, on: string): boolean {
  const parsed = birthday === null ? null : parseBirthday(birthday);
  return parsed !== null && keptOn(parsed, Number(on.slice(0, 4))) === on;
}

/** Where an occurrence stands now in the contact's zone: before its local day, on it, or past, and then never sent. */
export function occurrencePhase(on: string, now: Date, zone: string): 'early' | 'today' | 'past' {
  const today = localDate(now, zone);
  if (today < on) return 'early';
  return today === on ? 'today' : 'past';
}
