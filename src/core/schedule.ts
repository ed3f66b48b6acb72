/**
 * Cadence + send window + zone -> instant.
 *
 * A window is a set of wall-clock times, so it is always asked in the zone itself and per date: the weekday
 * is the local one, and 09:00 stays 09:00 when the clocks change. Between two clock changes a zone is a fixed
 * offset, where plain arithmetic is exact; only a change in between sends us back to the zone's rules.
 */
import { Temporal } from 'temporal-polyfill';
import { isPublicHoliday, weekBeginsOnSunday } from './holidays.js';

/**
 * Local times 'HH:MM' ('24:00' may end a window), ISO weekdays 1=Mon..7=Sun; the window is [from, to). Weekdays are those of
 * a week that begins on Monday: where the weekend is Friday and Saturday, each means the day before, and Monday to Friday is
 * Sunday to Thursday.
 */
export interface SendWindow {
  from: string;
  to: string;
  weekdays: number[];
  /** Open on the public holidays of the zone's country too; by default they are closed. */
  onHolidays?: boolean;
}

export const DEFAULT_WINDOW: SendWindow = { from: '08:00', to: '17:00', weekdays: [1, 2, 3, 4, 5] };
/** For congratulations: a birthday on a Sunday is kept on Sunday. */
export const EVERY_DAY_WINDOW: SendWindow = {
  ...DEFAULT_WINDOW,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  onHolidays: true,
};

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Mornings are answered best: a batch is spread over this many minutes after the opening. */
const SPREAD_MINUTES = 180;
/** Ten years without one working day: the window cannot be meant. */
const SEARCH_DAYS = 3_660;

/** Milliseconds of the local day. */
interface Hours {
  from: number;
  to: number;
  weekdays: readonly number[];
}

/** 'HH:MM' as milliseconds of the day, or null. */
function timeOfDay(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!match) return text === '24:00' ? DAY : null;
  return (Number(match[1]) * 60 + Number(match[2])) * MINUTE;
}

/** What is wrong with the window, in words for its owner; null when nothing is. */
export function windowProblem(w: SendWindow): string | null {
  const from = timeOfDay(w.from);
  const to = timeOfDay(w.to);
  if (from === null) return `"${w.from}" is not a time of day such as 08:00`;
  if (to === null) return `"${w.to}" is not a time of day such as 17:00`;
  if (from >= to) return `the window must open before it closes, and ${w.from} is not before ${w.to}`;
  if (w.weekdays.length === 0) return 'the window needs at least one weekday';
  const wrong = w.weekdays.find((day) => !Number.isInteger(day) || day < 1 || day > 7);
  return wrong === undefined ? null : `${wrong} is not a weekday from 1 (Monday) to 7 (Sunday)`;
}

function hoursOf(window: SendWindow, zone: string): Hours {
  const problem = windowProblem(window);
  if (problem !== null) throw new RangeError(problem);
  const weekdays = weekBeginsOnSunday(zone)
    ? window.weekdays.map((day) => (day === 1 ? 7 : day - 1))
    : window.weekdays;
  return { from: timeOfDay(window.from) ?? 0, to: timeOfDay(window.to) ?? DAY, weekdays };
}

/** Days since 1970-01-01 of an ISO date. @throws RangeError when the text is no date. */
function epochDay(date: string): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(date) : NaN;
  if (Number.isNaN(at) || isoDate(at / DAY) !== date) throw new RangeError(`"${date}" is not a date`);
  return at / DAY;
}

function isoDate(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** ISO weekday, 1=Mon..7=Sun; 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** ISO weekday of a local date, 1=Mon..7=Sun. */
export function isoWeekday(date: string): number {
  return weekdayOf(epochDay(date));
}

function zoned(ms: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
}

/** What each zone was asked last: a batch asks about many people at one moment. */
const asked = new Map<string, { minute: number; offset: number }>();

/** Local clock minus UTC at an instant, in milliseconds. Since 1973 clocks change on whole minutes only. */
function offsetAt(ms: number, zone: string): number {
  const minute = Math.floor(ms / MINUTE);
  const known = asked.get(zone);
  if (known?.minute === minute) return known.offset;
  const offset = zoned(ms, zone).offsetNanoseconds / 1e6;
  asked.set(zone, { minute, offset });
  return offset;
}

/** Milliseconds from a wall-clock reading to the next one inside the window; 0 when it is inside. */
function waitUntilOpen(wall: number, hours: Hours): number {
  const day = Math.floor(wall / DAY);
  const time = wall - day * DAY;
  for (let ahead = 0; ; ahead++) {
    if (!hours.weekdays.includes(weekdayOf(day + ahead))) continue;
    if (ahead > 0 || time < hours.from) return ahead * DAY + hours.from - time;
    if (time < hours.to) return 0;
  }
}

/** @throws RangeError for an impossible window, date or zone. */
export function isInWindow(at: Date, zone: string, window: SendWindow): boolean {
  if (isClosed(localDate(at, zone), zone, window)) return false;
  return waitUntilOpen(at.getTime() + offsetAt(at.getTime(), zone), hoursOf(window, zone)) === 0;
}

function isClosed(date: string, zone: string, window: SendWindow): boolean {
  return window.onHolidays !== true && isPublicHoliday(date, zone);
}

/**
 * The first instant >= `notBefore` inside the window in the zone; `notBefore` itself when it is inside.
 * Where a clock change swallows the opening this is the first instant of the window that exists that day,
 * and where it swallows the whole window, the next day's opening. Public holidays there are passed over.
 * @throws RangeError for an impossible window, date or zone, or when no day is open.
 */
export function nextInWindow(notBefore: Date, zone: string, window: SendWindow): Date {
  const hours = hoursOf(window, zone);
  let at = nextOpening(notBefore, zone, hours);
  for (let day = 0; day <= SEARCH_DAYS; day++) {
    const date = localDate(at, zone);
    if (!isClosed(date, zone, window)) return at;
    at = nextOpening(startOfDay(addDays(date, 1), zone), zone, hours);
  }
  throw new RangeError(`no day is open after ${localDate(notBefore, zone)}`);
}

function nextOpening(notBefore: Date, zone: string, hours: Hours): Date {
  let at = notBefore.getTime();
  for (;;) {
    const offset = offsetAt(at, zone);
    const wait = waitUntilOpen(at + offset, hours);
    if (wait === 0) return at === notBefore.getTime() ? notBefore : new Date(at);
    // A wait is a week at most, and since 2001 no zone changed its clocks and back within one: with equal
    // offsets no change lies between.
    if (offsetAt(at + wait, zone) === offset) return new Date(at + wait);
    const change = zoned(at, zone).getTimeZoneTransition('next');
    if (change === null) throw new RangeError(`the zone ${zone} changes its offset without a transition`);
    at = change.epochMilliseconds;
  }
}

/** The spread place on the local day, else the first instant of the window there, or null: there is none. */
function placeOn(day: number, zone: string, window: SendWindow, minuteOfDay: number): Date | null {
  const date = isoDate(day);
  const plainTime = new Temporal.PlainTime(Math.floor(minuteOfDay / 60), minuteOfDay % 60);
  const wanted = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime });
  const at = new Date(wanted.epochMilliseconds);
  if (localDate(at, zone) === date && isInWindow(at, zone, window)) return at;
  const first = nextInWindow(startOfDay(date, zone), zone, window);
  return localDate(first, zone) === date ? first : null;
}

/**
 * The instant `days` working days (the window's weekdays without the public holidays of the zone) after the local date
 * `from`, placed by `spread` in the window's first three hours, to the minute. With 0 days it is `from` itself,
 * or the next working day when `from` is none. A day the zone leaves out (Apia, 2011-12-30) gives way to the next.
 * @throws RangeError for an impossible window, date, zone, count or spread, or when no working day is left.
 */
export function afterWorkingDays(input: {
  /** Local ISO date of the real sending (or of the event's end) to count from. */
  from: string;
  days: number;
  zone: string;
  window: SendWindow;
  /** In [0, 1); see `seededFraction`. */
  spread: number;
}): Date {
  const { days, zone, window, spread } = input;
  const hours = hoursOf(window, zone);
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`${days} is not a number of working days`);
  if (!(spread >= 0 && spread < 1)) throw new RangeError(`the spread ${spread} is not in [0, 1)`);
  const room = Math.min(SPREAD_MINUTES, (hours.to - hours.from) / MINUTE);
  const minuteOfDay = hours.from / MINUTE + Math.floor(spread * room);
  const start = epochDay(input.from);
  const last = start + days * 7 + SEARCH_DAYS;
  let left = Math.max(days, 1);
  for (let day = days === 0 ? start : start + 1; day <= last; day++) {
    if (!hours.weekdays.includes(weekdayOf(day)) || isClosed(isoDate(day), zone, window)) continue;
    left -= 1;
    const place = left <= 0 ? placeOn(day, zone, window, minuteOfDay) : null;
    if (place !== null) return place;
  }
  throw new RangeError(`no working day is left after ${input.from}`);
}

/** Local ISO date of an instant in a zone. @throws RangeError for an impossible instant or zone. */
export function localDate(at: Date, zone: string): string {
  return isoDate(Math.floor((at.getTime() + offsetAt(at.getTime(), zone)) / DAY));
}

/** The first instant of a local date: midnight, or when the clocks skip it, the first that exists after it. */
export function startOfDay(date: string, zone: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds);
}

/** The ISO date `days` calendar days later (earlier when negative). @throws RangeError when it is no date. */
export function addDays(date: string, days: number): string {
  return isoDate(epochDay(date) + days);
}

/** Calendar days from one local date to another; negative when `toDate` is the earlier one. */
export function daysBetween(fromDate: string, toDate: string): number {
  return epochDay(toDate) - epochDay(fromDate);
}

/**
 * A fraction in [0, 1) that depends on the text alone and is the same on every machine: FNV-1a over UTF-16 code
 * units, then the 32-bit finaliser of MurmurHash3, because neighbouring ids must not land beside each other.
 */
export function seededFraction(seed: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
