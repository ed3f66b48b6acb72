import { Temporal } from 'temporal-polyfill';
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
  const weekday = WEEKDAYS.get(m[1]?.toLowerCase() ?? '');
  if (weekday !== undefined && (dayFirst.dayOfWeek === weekday) !== (monthFirst.dayOfWeek === weekday))
    return dayFirst.dayOfWeek === weekday ? dayFirst : monthFirst;
  if (order !== null) return order === 'day-month' ? dayFirst : monthFirst;
  if (soon(mail, dayFirst) === soon(mail, monthFirst)) return null;
  return soon(mail, dayFirst) ? dayFirst : monthFirst;
}

const month = (name: string | undefined): number => MONTHS.get(name?.toLowerCase() ?? '') ?? 0;
const ORDINAL = '(?:\\.|st|nd|rd|th|er|ère|º|°|ª|:e|:a|e|\\.?-го)?';
const YEAR = '(?:[\\s,]{1,3}(?:de |del |do |r\\. ?)?(\\d{4})(?!\\d))?';

type Form = [RegExp, (mail: Day, m: RegExpMatchArray, order: SlashOrder) => Day | null];

const DAYS: Form[] = [
  [
    /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/gu,
    (_mail, m) => day(Number(m[1]), Number(m[2]), Number(m[3])),
  ],
  [
    /(?:(?<!\d)(\d{4})\s?年\s?)?(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?[日号號]/gu,
    (mail, m) => dated(mail, m[1], Number(m[2]), Number(m[3])),
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
      `(?:${WEEKDAY}(?:-feira)?,?\\s+(?:the )?)?(?<![\\d/])(\\d{1,2})\\/(\\d{1,2})(?:\\/(\\d{4}|\\d{2}))?(?![\\d/])`,
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

const START =
  '(?:early|beginning of|start of|anfang|début|principios de|inizio|início de|begin|början av|początku)';
const MIDDLE = '(?:mid|middle of|mitte|mi|mediados de|metà|meados de|half|medio|mitten av|połowie|połowy)';
const END =
  '(?:(?:the )?(?:end|rest|remainder) of|rest de[sr]|reste? de|resto (?:de|di|do)|rest van|resten av|late|ende|(?:la )?fin|(?:a )?fina?les de|(?:el |a )?final de|fine|(?:o )?fi[mn](?:al)? de|eind(?:e)?|slutet av|końca|koniec|końcem|konce)';
const BEFORE_MONTH =
  "(?:in|im|en|a|em|i|w|v|ve|в|until|till|til|through|bis|ab|from|von|since|à partir d[e’']|jusqu[’']en|jusqu[’']à|hasta|fino a|até|tot|vanaf|od|do|of|since|next|nächsten|this)";

const PERIODS: Form[] = [
  [WEEK_OF_RETURN, (mail, m) => mondayOfWeek(mail, Number(m[1]))],
  [
    new RegExp(
      `(?<!\\p{L})${START}[\\s-](?:de |d['’]|di )?${MONTH}(?:\\s+(?:de |del )?(\\d{4})(?!\\d))?(?!\\.?\\s?\\d)`,
      'giu',
    ),
    (mail, m) => dated(mail, m[2], month(m[1]), 1),
  ],
  [
    new RegExp(
      `(?<!\\p{L})${MIDDLE}[\\s-](?:de |d['’]|di )?${MONTH}(?:\\s+(?:de |del )?(\\d{4})(?!\\d))?(?!\\.?\\s?\\d)`,
      'giu',
    ),
    (mail, m) => dated(mail, m[2], month(m[1]), 15),
  ],
  [
    new RegExp(
      `(?<=(?<!\\p{L})${BEFORE_MONTH}\\s{1,2})${MONTH}(?:,?\\s+(?:de |del )?(\\d{4})(?!\\d))?(?!\\.?\\s?\\d)`,
      'giu',
    ),
    // "I may be back" is no month.
    (mail, m) => (m[1] === 'may' ? null : dated(mail, m[2], month(m[1]), 1)),
  ],
  [
    /(?:(?<!\d)(\d{4})\s?年\s?)?(?<!\d)(\d{1,2})\s?月(?!\s?\d|[末底曜])(?:上旬|初)?/gu,
    (mail, m) => dated(mail, m[1], Number(m[2]), 1),
  ],
  [
    /(?<!\p{L})(?:next week|nächster? woche|naechster? woche|der kommenden woche|kommende woche|la semaine prochaine|la próxima semana|la semana que viene|la prossima settimana|settimana prossima|(?:na |a )?próxima semana|semana que vem|volgende week|nästa vecka|næste uge|neste uke|ensi viikolla|w przyszłym tygodniu|příští týden|на следующей неделе|gelecek hafta|haftaya)(?!\p{L})|来週|下周(?![一二三四五六日天])|下週(?![一二三四五六日天])|下星期(?![一二三四五六日天])/giu,
    (mail) => monday(mail).add({ days: 7 }),
  ],
  [
    /(?<!\p{L})(?:in the new year|(?:early in )?the new year|im neuen jahr|anfang des (?:neuen|nächsten) jahres|l['’]année prochaine|el próximo año|l['’]anno prossimo|no próximo ano|in het nieuwe jaar|efter nyår|w nowym roku|nästa år)(?!\p{L})|年明け|来年/giu,
    (mail) => mail.with({ month: 1, day: 1 }).add({ years: 1 }),
  ],
];

const CLOSINGS: Form[] = [
  [LAST_WEEK, (mail, m) => mondayOfWeek(mail, Number(m[2] ?? m[1]))?.add({ days: 6 }) ?? null],
  [
    new RegExp(
      `(?<!\\p{L})${END}\\s(?:de |d['’]|di )?${MONTH}(?:\\s+(?:de |del )?(\\d{4})(?!\\d))?(?!\\.?\\s?\\d)`,
      'giu',
    ),
    (mail, m) => {
      const first = dated(mail, m[2], month(m[1]), 1);
      // "End of November", said in November, is not a year away.
      return first === null ? null : lastDay(first);
    },
  ],
  [
    /(?<!\d)(\d{1,2})\s?月(?:末|底|下旬)/gu,
    (mail, m) => {
      const first = dated(mail, undefined, Number(m[1]), 1);
      return first === null ? null : lastDay(first);
    },
  ],
  [
    /(?<!\p{L})(?:(?:the )?(?:end|rest|remainder) of (?:the|this) month|(?:den )?rest des monats|(?:le )?reste du mois|lo que queda de(?:l)? mes|resto (?:del?|do) (?:mese?|mês)|(?:de )?rest van de(?:ze)? maand|this month|diesen monat|ce mois-ci|este mes|questo mese|este mês|deze maand|denna månad|w tym miesiącu|resten av månaden|(?:ende des monats|monatsende|ende dieses monats)|(?:la )?fin (?:du|de ce) mois|(?:a )?(?:fin|final|finales) de(?: este)? mes|fine (?:del )?mese|(?:o )?fi(?:m|nal) do mês|(?:het )?einde? van de(?:ze)? maand|slutet av månaden|końca miesiąca)(?!\p{L})|(?:今)?月末|本月底|月底/giu,
    lastDay,
  ],
  [
    /(?<!\p{L})(?:(?:the )?end of (?:the|this) year|year[- ]end|(?:ende des jahres|jahresende)|(?:la )?fin (?:de l['’]|d['’])année|(?:a )?(?:fin|final|finales) de(?: este)? año|fine (?:dell['’])?anno|(?:o )?fi(?:m|nal) do ano|(?:het )?einde? van het jaar|jaareinde|årsskiftet|slutet av året|końca roku)(?!\p{L})|年末|年底/giu,
    (mail) => mail.with({ month: 12, day: 31 }),
  ],
  [
    /(?<!\p{L})(?:(?:the )?(?:end|rest|remainder) of (?:the|this) week|ende (?:der|dieser) woche|(?:la )?fin de (?:la|cette) semaine|(?:el )?(?:fin|final) de (?:la|esta) semana|fine (?:della )?settimana|(?:o )?fi(?:m|nal) da semana|(?:het )?einde? van de(?:ze)? week|slutet av veckan|końca tygodnia|this week|diese woche|cette semaine|esta semana|questa settimana|deze week|(?:den här|denna) veckan|w tym tygodniu)(?!\p{L})|今週(?:末|いっぱい|中)?|本周(?![一二三四五六日天])|本週(?![一二三四五六日天])/giu,
    (mail) => monday(mail).add({ days: mail.dayOfWeek === 7 ? 13 : 6 }),
  ],
  [
    /(?<!\p{L})(?:(?:the )?end of next week|ende (?:der )?(?:nächster|nächsten|kommenden) woche|(?:la )?fin de la semaine prochaine|(?:het )?einde? van volgende week|slutet av nästa vecka)(?!\p{L})|来週末|下周末/giu,
    (mail) => monday(mail).add({ days: 13 }),
  ],
];

const unit = (word: string): 'days' | 'weeks' | 'months' => {
  if (/^(?:d|t(?!yd|ýd)|j|g|päiv|gün|дн|日|天)/iu.test(word) && !/^(?:du |dw)/iu.test(word)) return 'days';
  return /^(?:w|s|uke|uge|v|t|viik|hafta|нед|週|周|星)/iu.test(word) ? 'weeks' : 'months';
};

const AHEAD: Form[] = [
  [
    new RegExp(
      `(?<!\\p{L})(?:in|within|dans|en|dentro de|tra|fra|em|daqui a|over|om|za|через|sonra)\\s+(?:about |ca\\. |etwa )?${NUMBER}\\s+(days?|weeks?|months?|tage?n?|wochen?|monate?n?|jours?|semaines?|mois|días?|semanas?|mes(?:es)?|giorni|giorno|settiman[ae]|mes[ei]|dias?|mês|dagen|dag|dagar|weken|maanden|maand|veck(?:a|or)|uger?|uker?|månad(?:er)?|måned(?:er)?|dni|tygodni\\p{L}{0,2}|miesi\\p{L}{1,6}|týdn\\p{L}|недел\\p{L}{1,2}|дн\\p{L}{1,2})(?!\\p{L})`,
      'giu',
    ),
    (mail, m) => {
      const count = NUMBERS.get(m[1]?.toLowerCase() ?? '') ?? Number(m[1]);
      return mail.add({ [unit(m[2] ?? '')]: count });
    },
  ],
  [
    /(?<!\d)(\d{1,2})\s?(日|週間|か月|ヶ月|天|周|週|星期|个月|個月)(?:後|后|以後|之後|之后)/gu,
    (mail, m) =>
      mail.add({
        [/[月]/u.test(m[2] ?? '') ? 'months' : /[週周星]/u.test(m[2] ?? '') ? 'weeks' : 'days']: Number(m[1]),
      }),
  ],
  [
    /(?<!\p{L})(?:the day after tomorrow|übermorgen|après-demain|pasado mañana|dopodomani|depois de amanhã|overmorgen|i övermorgon|pojutrze|послезавтра)(?!\p{L})|明後日|后天|後天/giu,
    (mail) => mail.add({ days: 2 }),
  ],
  [
    /(?<!\p{L})(?:(?<!day after )tomorrow|ab morgen|morgen (?:wieder|früh|terug|weer)|demain|(?<!por la |de la |pasado )mañana(?! siguiente)|domani|amanhã|imorgon|i morgen|huomenna|jutro|zítra|завтра|yarın)(?!\p{L})|明日|明天/giu,
    (mail) => mail.add({ days: 1 }),
  ],
];

const CJK_WEEKDAYS = '月火水木金土日';
const HAN_WEEKDAYS = '一二三四五六日';

const NAMED_WEEKDAY = new RegExp(`${WEEKDAY}(?:-feira)?`, 'giu');

function weekdaysIn(sentence: string, mail: Day): Named[] {
  const next = (weekday: number): Day => mail.add({ days: ((weekday - mail.dayOfWeek + 6) % 7) + 1 });
  const spaced = [...sentence.matchAll(NAMED_WEEKDAY)].flatMap((match): Named[] => {
    const weekday = WEEKDAYS.get(match[1]?.toLowerCase() ?? '');
    if (weekday === undefined) return [];
    // The Monday of next week is not always the next Monday.
    const around = sentence.slice(Math.max(0, match.index - 25), match.index + match[0].length + 25);
    const following =
      /next week|nächster? woche|kommenden woche|semaine prochaine|próxima semana|semana que v|prossima settimana|volgende week|nästa vecka/iu.test(
        around,
      );
    const date = following ? monday(mail).add({ days: 6 + weekday }) : next(weekday);
    return [{ at: match.index, end: match.index + match[0].length, date, grain: 'weekday' }];
  });
  const cjk = [
    ...sentence.matchAll(
      /(来週|下下?)?の?(?:(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])|([月火水木金土日])曜日?)/gu,
    ),
  ].map((match): Named => {
    const weekday =
      (match[2] !== undefined
        ? HAN_WEEKDAYS.indexOf(match[2].replace('天', '日'))
        : CJK_WEEKDAYS.indexOf(match[3] ?? '')) + 1;
    const date = match[1] !== undefined ? monday(mail).add({ days: 6 + weekday }) : next(weekday);
    return { at: match.index, end: match.index + match[0].length, date, grain: 'weekday' };
  });
  return [...spaced, ...cjk];
}

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
  take(DAYS, 'day');
  take(CLOSINGS, 'closing');
  take(PERIODS, 'period');
  take(AHEAD, 'day');
  take(NUMBERED, 'day');
  const beside = (each: Named): boolean =>
    found.some(
      (other) => Math.abs(other.at - each.end) <= 6 || (each.at >= other.end && each.at - other.end <= 3),
    );
  const named = weekdaysIn(sentence, mail);
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
