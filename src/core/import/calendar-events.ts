/** One event of a calendar -> its days, as they are where it takes place. */
import type ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { oneLine } from '../text.js';
import type { Blocks } from './calendar-blocks.js';
import { calendarZone } from './calendar-zones.js';
import type { CalendarEvent } from './records.js';

/** Days. What lasts longer is a season, a project or a lease, and no event at which one meets people. */
const LONGEST = 31;
const MIDNIGHT = Temporal.PlainTime.from('00:00');

export const isMidnight = (time: Temporal.PlainTime): boolean => time.equals(MIDNIGHT);

/** ical.js looks at a value only when asked for it, and throws at a wrong one. */
export function valueIn(property: ICAL.Property | null): unknown {
  try {
    return property?.getFirstValue();
  } catch {
    return undefined;
  }
}

export const valueOf = (event: ICAL.Component, name: string): string => {
  const value = valueIn(event.getFirstProperty(name));
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return typeof value === 'object' && value !== null ? (value as ICAL.Time).toString() : '';
};

interface Moment {
  date: Temporal.PlainDate;
  /** Null for a whole day. */
  time: Temporal.PlainTime | null;
  zone: string | undefined;
}

/** A date or a time as it is on the event's own wall; UTC is turned to the calendar's zone, where that is known. */
export function momentOf(event: ICAL.Component, name: string, blocks: Blocks, isDay = false): Moment | null {
  const property = event.getFirstProperty(name);
  const time = valueIn(property) as Partial<ICAL.Time> | null | undefined;
  if (!property || !time || typeof time !== 'object' || time.year === undefined) return null;
  const calendar = calendarZone(blocks.properties.get('X-WR-TIMEZONE') ?? '');
  const tzid = String(property.getParameter('tzid') ?? '');
  const zone = calendarZone(tzid) ?? calendarZone(blocks.zones.get(tzid) ?? '');
  try {
    const date = Temporal.PlainDate.from(
      { year: time.year, month: time.month ?? 0, day: time.day ?? 0 },
      { overflow: 'reject' },
    );
    if (time.isDate) return { date, time: null, zone: calendar };
    const clock = Temporal.PlainTime.from({ hour: time.hour ?? 0, minute: time.minute ?? 0 });
    const isUtc = tzid === '' && /Z$/.test(String(time));
    if (!isUtc) return { date, time: clock, zone: zone ?? (tzid === '' ? calendar : undefined) };
    // Some write a whole day as midnight in UTC.
    const isWhole = isDay && isMidnight(clock);
    if (calendar === undefined || isWhole) return { date, time: clock, zone: undefined };
    const local = date.toZonedDateTime({ timeZone: 'UTC', plainTime: clock }).withTimeZone(calendar);
    return { date: local.toPlainDate(), time: local.toPlainTime(), zone: calendar };
  } catch {
    return null;
  }
}

/** The last day, itself included: DTEND is the first moment after (RFC 5545, 3.6.1). */
function lastDay(event: ICAL.Component, start: Moment, blocks: Blocks): Temporal.PlainDate {
  const end = momentOf(event, 'dtend', blocks);
  if (end) {
    const day = end.time === null || isMidnight(end.time) ? end.date.subtract({ days: 1 }) : end.date;
    return Temporal.PlainDate.compare(day, start.date) < 0 ? start.date : day;
  }
  try {
    const duration = Temporal.Duration.from(valueOf(event, 'duration'));
    const from = start.date.toPlainDateTime(start.time ?? undefined);
    const until = from.add(duration).subtract({ seconds: 1 });
    return Temporal.PlainDateTime.compare(until, from) < 0 ? start.date : until.toPlainDate();
  } catch {
    return start.date;
  }
}

export function eventOf(event: ICAL.Component, blocks: Blocks): CalendarEvent | null {
  const name = oneLine(valueOf(event, 'summary').slice(0, 500));
  const start = momentOf(event, 'dtstart', blocks);
  if (name === '' || !start) return null;
  const end = lastDay(event, start, blocks);
  if (start.date.until(end).days >= LONGEST) return null;
  const uid = oneLine(valueOf(event, 'uid').slice(0, 500));
  const location = oneLine(valueOf(event, 'location').slice(0, 500));
  return {
    ...(uid === '' ? {} : { uid }),
    name,
    startsOn: start.date.toString(),
    endsOn: end.toString(),
    ...(start.zone === undefined ? {} : { zone: start.zone }),
    ...(location === '' ? {} : { location }),
  };
}
