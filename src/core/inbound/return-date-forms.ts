import { Temporal } from 'temporal-polyfill';
import {
  BEFORE_MONTH,
  DAY_AFTER_TOMORROW,
  END,
  END_OF_MONTH,
  END_OF_NEXT_WEEK,
  END_OF_WEEK,
  END_OF_YEAR,
  FROM_TODAY,
  MIDDLE,
  NEXT_WEEK,
  NEXT_YEAR,
  START,
  THROUGH,
  TOMORROW,
  UNIT,
  unit,
} from './return-date-phrases.js';
import { weekdaysIn } from './return-date-weekdays.js';
import { LAST_WEEK, WEEK_OF_RETURN, mondayOfWeek } from './return-date-weeks.js';
import { MONTH, MONTHS, NUMBER, NUMBERS, WEEKDAY, WEEKDAYS } from './return-date-words.js';

type Day = Temporal.PlainDate;

/** A day named in a sentence, from `at` up to `end`. */
export interface Named {
  at: number;
  end: number;
  date: Day;
  /**
   * `day`: said outright. `weekday`: reckoned from the mail. `period`: the first day of a month or week named.
   * `closing`: the last day of a month, week or year ("end of").
   */
  grain: 'day' | 'weekday' | 'period' | 'closing';
  /** The second day of "July 10-31". */
  endsRange?: true;
}

/** How 3/4 is read: day first, month first, or not known. */
export type SlashOrder = 'day-month' | 'month-day' | null;

/** A note left on since last month is not one for next year. */
const LEFT_ON_DAYS = 45;

function day(year: number, month: number, dayOfMonth: number): Day | null {
  try {
    return Temporal.PlainDate.from({ year, month, day: dayOfMonth }, { overflow: 'reject' });
  } catch {
    return null;
  }
}

const lastDay = (date: Day): Day => date.with({ day: date.daysInMonth });
const monday = (date: Day): Day => date.subtract({ days: date.dayOfWeek - 1 });

/** Without a year: the next such day, but the last one where that was only weeks ago. */
function dated(mail: Day, year: string | undefined, month: number, dayOfMonth: number): Day | null {
  if (year !== undefined && year !== '')
    return day(Number(year) < 100 ? 2000 + Number(year) : Number(year), month, dayOfMonth);
  const years = [mail.year - 1, mail.year, mail.year + 1].flatMap(
    (each) => day(each, month, dayOfMonth) ?? [],
  );
  return years.find((date) => mail.until(date).days >= -LEFT_ON_DAYS) ?? null;
}

const soon = (mail: Day, date: Day): boolean => mail.until(date).days >= -1 && mail.until(date).days <= 90;

/**
 * 3/4 is two dates. The writer's order decides, then the weekday beside it, then which of the two lies in the ninety
 * days after the mail; null where both do.
 */
function slashed(mail: Day, m: RegExpMatchArray, order: SlashOrder): Day | null {
  const [a, b, year] = [Number(m[2]), Number(m[3]), m[4]];
  const dayFirst = dated(mail, year, b, a);
  const monthFirst = dated(mail, year, a, b);
  if (dayFirst === null || monthFirst === null) return dayFirst ?? monthFirst;
  if (dayFirst.equals(monthFirst)) return dayFirst;
  const weekday = WEEKDAYS.get((m[1] ?? m[5])?.toLowerCase() ?? '');
  if (weekday !== undefined && (dayFirst.dayOfWeek === weekday) !== (monthFirst.dayOfWeek === weekday))
    return dayFirst.dayOfWeek === weekday ? dayFirst : monthFirst;
  if (order !== null) return order === 'day-month' ? dayFirst : monthFirst;
  if (soon(mail, dayFirst) === soon(mail, monthFirst)) return null;
  return soon(mail, dayFirst) ? dayFirst : monthFirst;
}

const month = (name: string | undefined): number => MONTHS.get(name?.toLowerCase() ?? '') ?? 0;
const ORDINAL = '(?:\\.|st|nd|rd|th|er|ère|º|°|ª|:e|:a|e|\\.?-го)?';
const YEAR = '(?:[\\s,]{1,3}(?:de |del |do |r\\. ?)?(\\d{4})(?!\\d))?';

/** Years of the Common Era before the first of Reiwa and of the Republic. */
const ERAS = new Map([
  ['令和', 2018],
  ['民國', 1911],
  ['民国', 1911],
]);

function eraYear(era: string | undefined, year: string | undefined): string | undefined {
  const before = ERAS.get(era?.trim() ?? '');
  return before === undefined ? year : String(before + (year === '元' ? 1 : Number(year)));
}

type Form = [RegExp, (mail: Day, m: RegExpMatchArray, order: SlashOrder) => Day | null];

const DAYS: Form[] = [
  [
    /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/gu,
    (_mail, m) => day(Number(m[1]), Number(m[2]), Number(m[3])),
  ],
  [
    /(?:(?<!\d)(令和\s?|民國\s?|民国\s?)?(\d{1,4}|元)\s?年\s?)?(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?[日号號]/gu,
    (mail, m) => dated(mail, eraYear(m[1], m[2]), Number(m[3]), Number(m[4])),
  ],
  [
    /(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})(?!\d|[:.]\d|\s?(?:uhr|h)\b))?/giu,
    (mail, m) => dated(mail, m[3], Number(m[2]), Number(m[1])),
  ],
  [
    /(?<![\d.,])(\d{1,2})\.(\d{1,2})(?![\d.,:]|\s?(?:uhr|h|€|%|eur|am|pm)\b)/giu,
    (mail, m) => dated(mail, undefined, Number(m[2]), Number(m[1])),
  ],
  [/(?<!\d)(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)/gu, (mail, m) => dated(mail, m[3], Number(m[2]), Number(m[1]))],
  [
    new RegExp(
      `(?:${WEEKDAY}(?:-feira)?,?\\s+(?:the )?)?(?<![\\d/])(\\d{1,2})\\/(\\d{1,2})(?:\\/(\\d{4}|\\d{2}))?(?![\\d/])(?:,?\\s?\\(?${WEEKDAY})?`,
      'giu',
    ),
    slashed,
  ],
  [
    new RegExp(
      `(?<![\\d.])(\\d{1,2})${ORDINAL}[\\s-]{1,2}(?:of |day of |de |d['’]|di )?${MONTH}\\.?(?:-(?=\\d))?${YEAR}`,
      'giu',
    ),
    (mail, m) => dated(mail, m[3], month(m[2]), Number(m[1])),
  ],
  [
    new RegExp(
      `(?<!\\p{L})${MONTH}\\.?\\s+(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:]|\\s?[ap]m\\b)${YEAR}`,
      'giu',
    ),
    (mail, m) => dated(mail, m[3], month(m[1]), Number(m[2])),
  ],
];

/** "July 10-31": the second day has no month of its own. "12月1日から5日": neither has it here. */
const SHORT_RANGES: Form[] = [
  [
    new RegExp(
      `(?<!\\p{L})${MONTH}\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?\\s?(?:-|–|—|to|until|through|till|thru|and)\\s?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])${YEAR}`,
      'giu',
    ),
    (mail, m) => dated(mail, m[3], month(m[1]), Number(m[2])),
  ],
  [
    /(?:(?<!\d)(\d{4})\s?年\s?)?(?<!\d)(\d{1,2})\s?月\s?\d{1,2}\s?[日号號]?\s?(?:[(（].{1,3}[)）])?\s?(?:から|より|-|–|~|〜|～|至|到)\s?(\d{1,2})\s?[日号號]/gu,
    (mail, m) => dated(mail, m[1], Number(m[2]), Number(m[3])),
  ],
];

/** The next day of the month with this number, from the mail's own day on. */
function nextNumbered(mail: Day, dayOfMonth: number): Day | null {
  for (let ahead = 0; ahead < 3; ahead++) {
    const first = mail.with({ day: 1 }).add({ months: ahead });
    const found = day(first.year, first.month, dayOfMonth);
    if (found !== null && mail.until(found).days >= 0) return found;
  }
  return null;
}

const NUMBERED: Form[] = [
  [
    /(?<![\p{L}\d])(?:the|until|till|through|back|on|from|by|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun),?) (\d{1,2})(?:st|nd|rd|th)(?![\p{L}\d])/giu,
    (mail, m) => nextNumbered(mail, Number(m[1])),
  ],
  [
    new RegExp(`(?<!\\p{L})(?:dem|zum|am|den) (\\d{1,2})\\.(?!\\s?\\d|\\s?${MONTH}|\\p{L})`, 'giu'),
    (mail, m) => nextNumbered(mail, Number(m[1])),
  ],
  [
    /(?<![\d年]|(?<![本这這])月)(\d{1,2})[日号號](?![間间\d内内以後后前程])/gu,
    (mail, m) => nextNumbered(mail, Number(m[1])),
  ],
  [
    new RegExp(
      `(?:${WEEKDAY}(?:-feira)?,?|(?<!\\p{L})(?:le|au|el día|el|dia|il|den))\\s+(?:le |den |the |dia |de |d\\. )?(\\d{1,2})(?:st|nd|rd|th|er|\\.)?(?![\\d/:.%€]|\\s?(?:h|uhr|am|pm|o['’]clock|${MONTH}))`,
      'giu',
    ),
    (mail, m) => nextNumbered(mail, Number(m[2])),
  ],
];

/** A month behind these words, without a day: which day of it is meant. */
const ofMonth = (lead: string, dayOfMonth: number | 'last'): Form => [
  new RegExp(`(?<!\\p{L})${lead}${MONTH}(?:,?\\s+(?:de |del )?(\\d{4})(?!\\d))?(?!\\.?\\s?\\d)`, 'giu'),
  (mail, m) => {
    // "I may be back" is no month.
    if (m[1] === 'may') return null;
    const found = dated(mail, m[2], month(m[1]), dayOfMonth === 'last' ? 28 : dayOfMonth);
    return dayOfMonth === 'last' && found !== null ? lastDay(found) : found;
  },
];
const OF = "[\\s-](?:de |d['’]|di )?";

const PERIODS: Form[] = [
  [WEEK_OF_RETURN, (mail, m) => mondayOfWeek(mail, Number(m[1]))],
  ofMonth(START + OF, 1),
  ofMonth(MIDDLE + OF, 15),
  ofMonth(`(?<=(?<!\\p{L})${BEFORE_MONTH}\\s{1,2})`, 1),
  [
    /(?:(?<!\d)(\d{4})\s?年\s?)?(?<!\d)(\d{1,2})\s?月(?!\s?\d|[末底曜])(?:上旬|初)?/gu,
    (mail, m) => dated(mail, m[1], Number(m[2]), 1),
  ],
  [NEXT_WEEK, (mail) => monday(mail).add({ days: 7 })],
  [NEXT_YEAR, (mail) => mail.with({ month: 1, day: 1 }).add({ years: 1 })],
];

const CLOSINGS: Form[] = [
  [LAST_WEEK, (mail, m) => mondayOfWeek(mail, Number(m[2] ?? m[1]))?.add({ days: 6 }) ?? null],
  ofMonth(END + OF, 'last'),
  ofMonth(`(?<=(?<!\\p{L})${THROUGH}\\s)`, 'last'),
  [
    /(?<!\d)(\d{1,2})\s?月(?:末|底|下旬)/gu,
    (mail, m) => {
      const found = dated(mail, undefined, Number(m[1]), 28);
      return found === null ? null : lastDay(found);
    },
  ],
  [END_OF_MONTH, lastDay],
  [END_OF_YEAR, (mail) => mail.with({ month: 12, day: 31 })],
  [END_OF_WEEK, (mail) => monday(mail).add({ days: mail.dayOfWeek === 7 ? 13 : 6 })],
  [END_OF_NEXT_WEEK, (mail) => monday(mail).add({ days: 13 })],
];

const after = (mail: Day, count: string | undefined, word: string | undefined): Day =>
  mail.add({ [unit(word ?? '')]: NUMBERS.get(count?.toLowerCase() ?? '') ?? Number(count) });

/** A stretch that begins on the day of the mail; its last day. "For the next two weeks" may have begun long ago. */
const STRETCHES: Form[] = [
  [
    new RegExp(`(?<!\\p{L})${NUMBER}\\s+${UNIT},?\\s+${FROM_TODAY}(?!\\p{L})`, 'giu'),
    (mail, m) => after(mail, m[1], m[2]).subtract({ days: 1 }),
  ],
  [
    new RegExp(
      `(?<!\\p{L})${FROM_TODAY},?\\s+(?:\\p{L}{1,10}\\s+){0,3}?${NUMBER}\\s+${UNIT}(?!\\p{L})`,
      'giu',
    ),
    (mail, m) => after(mail, m[1], m[2]).subtract({ days: 1 }),
  ],
];

const AHEAD: Form[] = [
  [
    new RegExp(
      `(?<!\\p{L})(?:in|within|dans|en|dentro de|tra|fra|em|daqui a|over|om|za|через|sonra)\\s+(?:about |ca\\. |etwa )?${NUMBER}\\s+${UNIT}(?!\\p{L})`,
      'giu',
    ),
    (mail, m) => after(mail, m[1], m[2]),
  ],
  [
    /(?<!\d)(\d{1,2})\s?(日|週間|か月|ヶ月|天|周|週|星期|个月|個月)(?:後|后|以後|之後|之后)/gu,
    (mail, m) =>
      mail.add({
        [/[月]/u.test(m[2] ?? '') ? 'months' : /[週周星]/u.test(m[2] ?? '') ? 'weeks' : 'days']: Number(m[1]),
      }),
  ],
  [DAY_AFTER_TOMORROW, (mail) => mail.add({ days: 2 })],
  [TOMORROW, (mail) => mail.add({ days: 1 })],
];

/**
 * Every day named in a sentence, in order, each stretch of text read once, the fullest form first. Weekdays beside a
 * full date are part of it.
 */
export function daysIn(sentence: string, mail: Day, order: SlashOrder): Named[] {
  const found: Named[] = [];
  const free = (at: number, end: number): boolean =>
    found.every((other) => end <= other.at || at >= other.end);
  const take = (forms: Form[], grain: Named['grain'], more: { endsRange?: true } = {}): void => {
    for (const [form, read] of forms) {
      for (const match of sentence.matchAll(form)) {
        const end = match.index + match[0].length;
        const date = free(match.index, end) ? read(mail, match, order) : null;
        if (date !== null) found.push({ at: match.index, end, date, grain, ...more });
      }
    }
  };
  take(SHORT_RANGES, 'day', { endsRange: true });
  take(STRETCHES, 'day', { endsRange: true });
  take(DAYS, 'day');
  take(CLOSINGS, 'closing');
  take(PERIODS, 'period');
  take(AHEAD, 'day');
  take(NUMBERED, 'day');
  const beside = (each: Named): boolean =>
    found.some(
      (other) => Math.abs(other.at - each.end) <= 6 || (each.at >= other.end && each.at - other.end <= 3),
    );
  const named = weekdaysIn(sentence, mail).map((each): Named => ({ ...each, grain: 'weekday' }));
  // "Next week, on Tuesday" is a Tuesday.
  const vague = (each: Named): boolean =>
    each.grain === 'period' &&
    named.some(
      (other) => other.at >= each.at && other.at - each.end <= 12 && each.date.until(other.date).days < 7,
    );
  const sure = found.filter((each) => !vague(each));
  found.splice(0, found.length, ...sure);
  const weekdays = named
    .filter((each) => free(each.at, each.end) && !beside(each))
    .map((each) => {
      // "Away until 27.11. and back on Monday": the Monday after that.
      const before = found.filter((other) => other.grain === 'day' && other.end <= each.at).at(-1);
      const late = before !== undefined && mail.until(before.date).days > 0 ? before.date : mail;
      const later = late.add({ days: ((each.date.dayOfWeek - late.dayOfWeek + 6) % 7) + 1 });
      return late === mail ? each : { ...each, date: later };
    });
  return [...found, ...weekdays].sort((a, b) => a.at - b.at);
}
