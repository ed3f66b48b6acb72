import { Temporal } from 'temporal-polyfill';
import { ABSENT } from './absence-words.js';
import { shortSentences } from './auto-sentences.js';
import { daysIn, type Named, type SlashOrder } from './return-date-forms.js';
import {
  AND_BETWEEN,
  ANSWERS,
  AWAY_FOR_A_DAY,
  BACK,
  BETWEEN_WORD,
  EVENT,
  FROM,
  INCLUSIVE,
  NEGATED,
  RANGE_BETWEEN,
  RANGE_FROM_NUMBER,
  REPEATED,
  TODAY,
  UNTIL,
  WORKING_WEEK,
} from './return-date-words.js';

/** Longest absence believed: parental leave is not longer than this, and a typo in the year is. */
const LONGEST_DAYS = 548;

/** The day hangs on "from" or the like, weekdays and articles between. */
const FROM_BEFORE = new RegExp(`${FROM.source}[^.;]{0,20}$`, 'iu');

/** A day of every week is none of return. */
const EVERY =
  /(?<!\p{L})(?:every|each|jede[nrms]?|immer|chaque|tous|cada|todos|todas|ogni|elke|iedere|varje|każd\p{L}{1,2})(?!\p{L})|毎週|每/iu;

interface Placed extends Named {
  /** Set where the day ends an absence: whether it is still a day of absence. */
  until: boolean | null;
  /** The day ends a stretch without such words: "23.11. - 27.11.". */
  endsRange?: true;
  startsRange: boolean;
  from: boolean;
}

/** Which of 3/4 comes first where this text is written, as far as it lets us see. */
function slashOrder(text: string): SlashOrder {
  const pairs = [...text.matchAll(/(?<![\d/])(\d{1,2})\/(\d{1,2})(?![\d])/gu)];
  const dayFirst = pairs.some((pair) => Number(pair[1]) > 12 && Number(pair[2]) <= 12);
  const monthFirst = pairs.some((pair) => Number(pair[2]) > 12 && Number(pair[1]) <= 12);
  if (dayFirst !== monthFirst) return dayFirst ? 'day-month' : 'month-day';
  if (/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text)) return 'month-day';
  // English is written on both sides of the Atlantic; all our other languages put the day first.
  return /(?<!\p{L})(?:the|will|office|back|away|until)(?!\p{L})/iu.test(text) ? null : 'day-month';
}

/** The days of a sentence, each with the word it hangs on. */
function placed(sentence: string, mail: Temporal.PlainDate, order: SlashOrder, known: boolean): Placed[] {
  const days: Placed[] = daysIn(sentence, mail, order)
    .filter((each) => known || /\d{4}/.test(sentence.slice(each.at, each.end)))
    .map((each) => ({ ...each, until: null, startsRange: false, from: false }));
  days.forEach((each, index) => {
    const before = days[index - 1];
    const lead = sentence.slice(Math.max(before?.end ?? 0, each.at - 60), each.at);
    const between =
      before !== undefined &&
      lead.length < 40 &&
      (RANGE_BETWEEN.test(lead) ||
        (AND_BETWEEN.test(lead) && BETWEEN_WORD.test(sentence.slice(0, before.at))));
    if (between) {
      before.startsRange = true;
      each.endsRange = true;
    } else if (RANGE_FROM_NUMBER.test(lead)) each.endsRange = true;
    each.from = FROM_BEFORE.test(lead);
  });
  const said = INCLUSIVE.test(sentence);
  for (const { cue, after, inclusive } of UNTIL) {
    for (const match of sentence.matchAll(cue)) {
      const end = match.index + match[0].length;
      // "1月1日至3日" has been read as a whole.
      if (days.some((day) => match.index > day.at && end <= day.end)) continue;
      const each = after
        ? days.find((day) => day.at >= end && day.at - end <= 30)
        : days.findLast((day) => day.end <= match.index && match.index - day.end <= 14);
      if (each === undefined || (each.until !== null && after && !inclusive)) continue;
      const nordic = each.endsRange === true && /^til/iu.test(match[0]);
      each.until = inclusive || said || nordic || each.grain === 'closing';
    }
  }
  for (const each of days) if (each.endsRange === true && each.until === null && said) each.until = true;
  return days;
}

/** A clause goes on between a day and the words behind it, as in "am 30.11. bin ich wieder da". */
function sameClause(between: string): boolean {
  return !/[,;:]|(?<!\p{L})(?:and|but|und|aber|et|mais|y|pero|ma|mas|och|men|maar|oraz)(?!\p{L})/iu.test(
    between.replace(/^[\s,.)）]+/u, ''),
  );
}

/** The clause of a sentence in which this stands. */
function clauseAt(sentence: string, at: number): string {
  const begin = Math.max(...[',', ';', '，', '、'].map((sign) => sentence.lastIndexOf(sign, at))) + 1;
  const rest = sentence.slice(at).search(/[,;，、]/u);
  return sentence.slice(begin, rest < 0 ? undefined : at + rest);
}

/** The day the writer says to be back, first behind the words that say so, else before them. */
function backOn(sentence: string, days: Placed[]): Temporal.PlainDate | undefined {
  for (const match of sentence.matchAll(BACK)) {
    const end = match.index + match[0].length;
    const free = (day: Placed): boolean => !day.startsRange && day.endsRange !== true;
    const after = days.find((day) => day.at >= end && day.at - end <= 60 && free(day));
    // "Not back until the 30th" is back on the 30th; "away again until the 30th" is another matter.
    if (after && (after.until === null || !REPEATED.test(match[0]))) return after.date;
    const before = days.findLast((day) => day.end <= match.index && match.index - day.end <= 60);
    if (
      before &&
      free(before) &&
      before.until === null &&
      sameClause(sentence.slice(before.end, match.index))
    )
      return before.date;
  }
  return undefined;
}

/**
 * The first day on which the writer of an absence note is back, `YYYY-MM-DD`, read in seventeen languages (see
 * `return-date-words.ts`). A day said to be the one of return counts before the end of the absence, wherever it stands.
 *
 * What "until the 27th" means is not the same everywhere. English "until", Dutch "tot", Danish and Norwegian "til" and
 * Swedish "till": back on the 27th. "Through", "inclusive", "tot en met", "till och med", and the plain words of German
 * (bis), French (jusqu'au), Spanish (hasta), Italian (fino al), Portuguese (até), Polish and Czech (do), Russian,
 * Japanese (まで) and Chinese (至): the 27th is still a day of absence, so back on the 28th. So it is with the second day of
 * a stretch, "23 to 27 November". The end of a week, month or year always belongs to the absence. "Not before the 27th":
 * back on the 27th, in every language. A day on which something is held or due is none of these.
 *
 * null when no day is stated, when it can be read in two ways (3/4), when it lies more than a day before the mail or
 * more than eighteen months after it. A day without a year is the next one, weekdays are reckoned from the mail.
 * @param sentOn when the note was sent; without it only dates with their year are understood.
 */
export function returnDate(text: string, sentOn: Date | null): string | null {
  const ms = sentOn?.getTime() ?? NaN;
  const known = Math.abs(ms) < 8e15;
  const mail = Temporal.Instant.fromEpochMilliseconds(known ? ms : 0)
    .toZonedDateTimeISO('UTC')
    .toPlainDate();
  if (mail.year < 1970 || mail.year > 9000) return null;
  const likely = (date: Temporal.PlainDate | undefined): Temporal.PlainDate | undefined => {
    const away = date === undefined || !known ? 0 : mail.until(date).days;
    return away >= -1 && away <= LONGEST_DAYS ? date : undefined;
  };
  const order = slashOrder(text.slice(0, 20_000));
  const parts = shortSentences(text).filter(
    (sentence) => !WORKING_WEEK.test(sentence) && !EVENT.test(sentence),
  );
  const reckonedFrom = (day: Temporal.PlainDate): { sentence: string; days: Placed[] }[] =>
    parts.map((sentence) => ({ sentence, days: placed(sentence, day, order, known) }));
  const read = reckonedFrom(mail);
  const first = (
    find: (sentence: string, days: Placed[]) => Temporal.PlainDate | undefined,
    among = read,
  ): Temporal.PlainDate | undefined => {
    for (const { sentence, days } of among) {
      const found = likely(find(sentence, days));
      if (found) return found;
    }
    return undefined;
  };
  const dayAfter = (day: Placed, inclusive: boolean): Temporal.PlainDate =>
    inclusive && day.grain !== 'period' ? day.date.add({ days: 1 }) : day.date;

  const until =
    first((_sentence, days) => {
      const end = days.find((day) => day.until !== null);
      return end && dayAfter(end, end.until === true);
    }) ??
    first((_sentence, days) => {
      const end = days.find((day) => day.endsRange === true);
      return end && dayAfter(end, true);
    });
  const back = first(backOn);
  // "20 July to 14 August. Back on the 17th": that of August.
  const late = back && until && Temporal.PlainDate.compare(back, until) < 0;
  if (late) {
    const then = first(backOn, reckonedFrom(until.subtract({ days: 1 })));
    if (then && until.until(then).days >= 0) return then.toString();
  }
  if (back) return back.toString();

  const answers = first((sentence, days) => {
    const free = days.filter(
      (day) => day.until === null && !day.startsRange && day.endsRange !== true && day.grain !== 'closing',
    );
    const answers = ANSWERS.exec(sentence);
    if (answers === null || NEGATED.test(clauseAt(sentence, answers.index))) return undefined;
    const behind = free.find((day) => day.at > answers.index && day.at - answers.index <= 60);
    const beside = free.findLast(
      (day) => day.end <= answers.index && sameClause(sentence.slice(day.end, answers.index)),
    );
    return (behind ?? beside ?? free.find((day) => day.from) ?? free[0])?.date;
  });
  if (until && answers) {
    const gap = until.until(answers).days;
    return (gap >= 0 && gap <= 14 ? answers : until).toString();
  }
  if (until ?? answers) return (until ?? answers)?.toString() ?? null;

  const stated = first((sentence, days) => {
    const away = AWAY_FOR_A_DAY.exec(sentence)?.index ?? (ABSENT.test(sentence) ? 0 : undefined);
    if (away === undefined) return undefined;
    if (known && days.length === 0 && TODAY.test(sentence)) return mail.add({ days: 1 });
    // "Closed on the 7th and 8th": the last of a few days, all of them days of absence.
    const behind = days.filter((day) => day.at > away);
    const told = behind.length > 0 ? behind : days;
    const [only, last] = [told[0], told.at(-1)];
    const few = only !== undefined && last !== undefined && only.date.until(last.date).days <= 14;
    if (!few || EVERY.test(sentence) || told.some((day) => day.from || day.grain === 'period'))
      return undefined;
    return last.date.add({ days: 1 });
  });
  return stated?.toString() ?? null;
}
