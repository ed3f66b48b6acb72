/** Dates as files write them. What could be read two ways is not read. */
import { Temporal } from 'temporal-polyfill';
import { parseBirthday } from '../milestones.js';

/** Month names by their beginnings, in the languages our headers are read in; folded, lower case. */
const MONTHS: string[] = [
  'jan gen ene janv',
  'feb fev fevr',
  'mar mrz marz maerz mars marzo maart mrt',
  'apr abr avr avril',
  'may mai mayo mag mei maio',
  'jun juin giu',
  'jul juil lug',
  'aug aou aout ago',
  'sep sept set',
  'oct okt ott out',
  'nov',
  'dec dez dic',
];

function monthByName(word: string): number | null {
  const folded = word
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();
  if (folded.length < 3) return null;
  let best: { month: number; length: number } | undefined;
  for (const [index, names] of MONTHS.entries()) {
    for (const name of names.split(' ')) {
      if (folded.startsWith(name) && name.length > (best?.length ?? 0))
        best = { month: index + 1, length: name.length };
    }
  }
  return best?.month ?? null;
}

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

function parse(value: string, monthFirst: boolean | null): Parts | null {
  const text = value.normalize('NFKC').trim();
  if (text === '' || text.length > 60) return null;
  const iso = /^(\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d)|[/.](\d{1,2})[/.](\d{1,2}))(?!\d)(.*)$/s.exec(text);
  if (iso) {
    const month = Number(iso[2] ?? iso[4] ?? iso[6]);
    return {
      year: Number(iso[1]),
      short: null,
      month,
      day: Number(iso[3] ?? iso[5] ?? iso[7]),
      rest: iso[8] ?? '',
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
  // 27 Mar 2026, 27. März 2026, 27 de marzo de 2026, Mar 27, 2026
  const dayFirst =
    /^(?:\p{L}{2,12}\.?,?\s+)?(\d{1,2})(?:\.|st|nd|rd|th|er)?[\s-]+(?:de\s+)?(\p{L}{3,12})\.?[\s,-]+(?:de\s+)?(\d{4})(?!\d)(.*)$/su.exec(
      text,
    );
  const nameFirst = dayFirst
    ? null
    : /^(?:\p{L}{2,12}\.?,\s+)?(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)(.*)$/su.exec(
        text,
      );
  const named = dayFirst ?? nameFirst;
  if (!named) return null;
  const [, first = '', second = '', year = '', rest = ''] = named;
  const month = monthByName(dayFirst ? second : first);
  return month === null
    ? null
    : { year: Number(year), short: null, month, day: Number(dayFirst ? first : second), rest };
}

function isoDate(year: number, month: number, day: number): string | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
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
  const offset = /^[+-]/.test(written) ? written : 'Z';
  const half = clock[4]?.toLowerCase();
  const hour = (Number(clock[1]) % (half === undefined ? 24 : 12)) + (half === 'p' ? 12 : 0);
  if (Number(clock[1]) > (half === undefined ? 23 : 12)) return date;
  try {
    const time = `${String(hour).padStart(2, '0')}:${clock[2] ?? '00'}:${clock[3] ?? '00'}`;
    return Temporal.Instant.from(`${date}T${time}${offset}`).toString();
  } catch {
    return date;
  }
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
    : parse(text, monthFirst);
  if (!parts) return null;
  const year = parts.year !== null && parts.year > 1880 && parts.year < 2100 ? parts.year : null;
  if (year === null && parts.year !== null && parts.year !== 1604 && parts.year !== 0) return null;
  const monthDay = `${String(parts.month).padStart(2, '0')}-${String(parts.day).padStart(2, '0')}`;
  const birthday = year === null ? `--${monthDay}` : `${String(year)}-${monthDay}`;
  return parseBirthday(birthday) === null ? null : birthday;
}
