import { createRequire } from 'node:module';
import { getTimezone } from 'countries-and-timezones';
import type Holidays from 'date-holidays';

const DAY = 86_400_000;
let calendarClass: typeof Holidays | undefined;

/** The holidays of all countries are 20 MB in memory: loaded when a day is first asked about, which an import never does. */
function calendarsOfTheWorld(): typeof Holidays {
  calendarClass ??= createRequire(import.meta.url)('date-holidays') as typeof Holidays;
  return calendarClass;
}

const calendars = new Map<string, Holidays | null>();
const years = new Map<string, ReadonlySet<string>>();
const countries = new Map<string, string | null>();

/**
 * The country a zone lies in, ISO 3166-1 alpha-2; null for zones of none (`Etc/UTC`). Of several that share one the tables
 * name first the one it is called after, where nearly all of its people live.
 */
export function countryOfZone(zone: string): string | null {
  const known = countries.get(zone);
  if (known !== undefined) return known;
  const country = getTimezone(zone)?.countries[0] ?? null;
  countries.set(zone, country);
  return country;
}

/** Where Friday and Saturday are the weekend, or Friday alone (CLDR, weekData). */
const FRIDAY_OFF = new Set('BH DZ EG IL IQ IR JO KW LY OM QA SA SD SY YE'.split(' '));

/** Whether the working week begins on Sunday where a zone lies, and ends on Thursday. */
export function weekBeginsOnSunday(zone: string): boolean {
  return FRIDAY_OFF.has(countryOfZone(zone) ?? '');
}

/**
 * The public holidays that hold in the whole of a country (ISO 3166-1 alpha-2), as local ISO dates; empty where the country
 * is unknown. Holidays of a single state or canton are not among them: where somebody lives is rarely known that well.
 */
export function publicHolidays(country: string, year: number): ReadonlySet<string> {
  const key = `${country} ${year}`;
  const known = years.get(key);
  if (known) return known;
  const days = new Set<string>();
  for (const { type, date, start, end } of calendarOf(country)?.getHolidays(year) ?? []) {
    if (type !== 'public') continue;
    const first = Date.parse(date.slice(0, 10));
    const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
    for (let day = 0; day < length; day += 1)
      days.add(new Date(first + day * DAY).toISOString().slice(0, 10));
  }
  years.set(key, days);
  return days;
}

/** Whether a local ISO date is a public holiday in the country a zone lies in. */
export function isPublicHoliday(date: string, zone: string): boolean {
  const country = countryOfZone(zone);
  return country !== null && publicHolidays(country, Number(date.slice(0, 4))).has(date);
}

function calendarOf(country: string): Holidays | null {
  const known = calendars.get(country);
  if (known !== undefined) return known;
  const Calendar = calendarsOfTheWorld();
  const isKnown = /^[A-Z]{2}$/.test(country) && country in new Calendar().getCountries();
  const calendar = isKnown ? new Calendar(country) : null;
  calendars.set(country, calendar);
  return calendar;
}
