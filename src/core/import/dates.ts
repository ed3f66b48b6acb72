/** Dates as files write them. What could be read two ways is not read. */
import { parseBirthday } from '../milestones.js';
import { monthByName } from './months.js';

interface Parts {
  /** Null where the year has two digits only or is left out; `short` then holds the two. */
  year: number | null;
  short: number | null;
  month: number;
  day: number;
  /** What follows the date: a time, a zone. */
  rest: string;
}

const NUMERIC = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(.*)$/s;

type Numeric = { a: number; b: number; separator: string; year: string; rest: string };

function numericParts(text: string): Numeric | null {
  const match = NUMERIC.exec(text);
  if (!match) return null;
  const [, a, separator, b, year, rest] = match;
  return { a: Number(a), b: Number(b), separator: separator ?? '', year: year ?? '', rest: rest ?? '' };
}

/** True: month first by its own value; false: day first; null: open. `24-11-02` may begin with the year: open too. */
function ownOrder({ a, b, separator, year }: Numeric): boolean | null {
  // Dots are written day first wherever dots are written (CLDR).
  if (separator === '.') return false;
  if (b > 12 && a <= 12) return true;
  if (a > 12 && b <= 12) return separator === '-' && year.length === 2 ? null : false;
  return null;
}

/**
 * Whether a column of dates like 03/04/2026 has the month first: true or false where its values tell, null where
 * none does or they contradict each other. Give it the whole column.
 */
export function decideDateOrder(values: readonly string[]): boolean | null {
  const orders = new Set<boolean>();
  for (const value of values) {
    const parts = numericParts(value.trim().slice(0, 40));
    // Dotted dates tell nothing about slashed ones.
    const order = parts && parts.separator !== '.' ? ownOrder(parts) : null;
    if (order !== null) orders.add(order);
  }
  const [only] = orders;
  return orders.size === 1 && only !== undefined ? only : null;
}

/** Year first: 2026-03-27, 20260327, 2026/3/27, "2026. 3. 27.", 2026年3月27日. */
const YEAR_FIRST =
  /^(\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d)|([/.]|\.\s|년\s?|年)(\d{1,2})(?:[/.]|\.\s|월\s?|月)(\d{1,2})[.日일]?)(?!\d)(.*)$/s;
/** 27 Mar 2026, 27. März 2026, 27 de marzo de 2026, 27-Mar-2026. */
const DAY_NAME =
  /^(?:[\p{L}\p{M}]{2,12}\.?,?\s+)?(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[\s-]+(?:de\s+|of\s+)?([\p{L}\p{M}]{3,14})[.׳]?[\s,-]+(?:del?\s+)?(\d{4})(?!\d)(.*)$/su;
/** Mar 27, 2026. */
const NAME_DAY =
  /^(?:[\p{L}\p{M}]{2,12}\.?,\s+)?([\p{L}\p{M}]{3,14})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)(.*)$/su;
/** 2026. március 27. */
const YEAR_NAME = /^(\d{4})\.?\s+([\p{L}\p{M}]{3,14})\.?\s+(\d{1,2})(?!\d)(.*)$/su;
/** 27 tháng 3, 2026 */
const VIETNAMESE = /^(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})(.*)$/su;

/** Without full-width digits, marks of direction, and spaces after dots: "27. 11. 2026". */
function plain(value: string): string {
  const text = /^[\x20-\x7e]*$/.test(value) ? value : value.normalize('NFKC').replace(/[\u200e\u200f]/g, '');
  return (text.includes('. ') ? text.replace(/(\d\.)\s(?=\d)/g, '$1') : text).trim();
}

function parse(value: string, monthFirst: boolean | null): Parts | null {
  const text = plain(value);
  if (text === '' || text.length > 60) return null;
  const iso = YEAR_FIRST.exec(text);
  if (iso) {
    const [, year, m1, d1, m2, d2, , m3, d3, rest = ''] = iso;
    return {
      year: Number(year),
      short: null,
      month: Number(m1 ?? m2 ?? m3),
      day: Number(d1 ?? d2 ?? d3),
      rest,
    };
  }
  const numeric = numericParts(text);
  if (numeric) {
    const { a, b, year, rest } = numeric;
    const own = ownOrder(numeric);
    const suspicious = numeric.separator === '-' && year.length === 2 && a > 12 && b <= 12;
    const order = own ?? (suspicious ? null : monthFirst);
    if (order === null && (a !== b || suspicious)) return null;
    const full = year.length === 4 ? Number(year) : null;
    const [month, day] = order === true ? [a, b] : [b, a];
    return { year: full, short: full === null ? Number(year) : null, month, day, rest };
  }
  return named(text);
}

/** Dates whose month is a word. */
function named(text: string): Parts | null {
  const vietnamese = VIETNAMESE.exec(text);
  if (vietnamese) {
    const [, day, month, year, rest = ''] = vietnamese;
    return { year: Number(year), short: null, month: Number(month), day: Number(day), rest };
  }
  const yearName = YEAR_NAME.exec(text);
  const dayName = yearName ? null : DAY_NAME.exec(text);
  const found = yearName ?? dayName ?? NAME_DAY.exec(text);
  if (!found) return null;
  const [, a = '', b = '', c = '', rest = ''] = found;
  const [year, word, day] = yearName ? [a, b, c] : dayName ? [c, b, a] : [c, a, b];
  const month = monthByName(word);
  return month === null ? null : { year: Number(year), short: null, month, day: Number(day), rest };
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** By hand: a million rows have a date each, and Temporal takes fifty times as long. */
function isoDate(year: number, month: number, day: number): string | null {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
  return day < 1 || day > days ? null : `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

const CLOCK =
  /^[,T\s]*(\d{1,2})[:.](\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i;

/**
 * A day on which something happened: an ISO instant where the file tells time and zone (`zone` 'UTC' when the
 * header does), else an ISO local date; null where the text is no date or could be two. Two-digit years are 20xx.
 */
export function readMoment(value: string, monthFirst: boolean | null, zone?: 'UTC'): string | null {
  const parts = parse(value, monthFirst);
  if (!parts) return null;
  const year = parts.year ?? 2000 + (parts.short ?? 0);
  const date = year < 1900 || year > 2200 ? null : isoDate(year, parts.month, parts.day);
  if (date === null) return null;
  const clock = CLOCK.exec(parts.rest.trim());
  const written = clock?.[5]?.toUpperCase() ?? zone;
  if (!clock || written === undefined) return date;
  const half = clock[4]?.toLowerCase();
  if (Number(clock[1]) > (half === undefined ? 23 : 12)) return date;
  const hour = (Number(clock[1]) % (half === undefined ? 24 : 12)) + (half === 'p' ? 12 : 0);
  const minute = Number(clock[2]);
  const second = Number(clock[3] ?? 0);
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(written) ?? [];
  if (minute > 59 || second > 59 || Number(hours) > 23 || Number(minutes) > 59) return date;
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const instant = Date.UTC(year, parts.month - 1, parts.day, hour, minute - ahead, second);
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

/** "15 March", "March 15th", "15. März": a day that comes every year. */
function dayAndMonth(text: string): { year: null; month: number; day: number } | null {
  if (text.length > 30) return null;
  const [, day, word] =
    /^(\d{1,2})(?:\.|st|nd|rd|th)?[\s-]+(?:de\s+)?([\p{L}\p{M}]{3,14})\.?$/u.exec(text) ?? [];
  const [, first, second] = /^([\p{L}\p{M}]{3,14})\.?\s+(\d{1,2})(?:st|nd|rd|th)?$/u.exec(text) ?? [];
  const month = monthByName(word ?? first ?? '');
  return month === null ? null : { year: null, month, day: Number(day ?? second) };
}

/** A birthday out of three columns; null where the day or the month is missing. The month may be a word. */
export function birthdayOfParts(year: string, month: string, day: string): string | null {
  const number = /^\d{1,2}$/.test(month) ? Number(month) : monthByName(month);
  if (number === null || !/^\d{1,2}$/.test(day)) return null;
  const written = /^\d{4}$/.test(year) ? `${year}-` : '--';
  return readBirthday(`${written}${two(number)}-${two(Number(day))}`, null);
}

/**
 * A birthday, '1990-03-15' or '--03-15'; null where the text is none or could be two. A year of 1604, 0000 or two
 * digits is no year: the day is kept and the year left open.
 */
export function readBirthday(value: string, monthFirst: boolean | null): string | null {
  const text = value.trim();
  const yearless = /^--(\d\d)-?(\d\d)$/.exec(text);
  const parts = yearless
    ? { year: null, month: Number(yearless[1]), day: Number(yearless[2]) }
    : (parse(text, monthFirst) ?? dayAndMonth(text));
  if (!parts) return null;
  const year = parts.year !== null && parts.year > 1880 && parts.year < 2100 ? parts.year : null;
  if (year === null && parts.year !== null && parts.year !== 1604 && parts.year !== 0) return null;
  const monthDay = `${two(parts.month)}-${two(parts.day)}`;
  const birthday = year === null ? `--${monthDay}` : `${String(year)}-${monthDay}`;
  return parseBirthday(birthday) === null ? null : birthday;
}
