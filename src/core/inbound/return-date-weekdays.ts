import { Temporal } from 'temporal-polyfill';
import { WEEKDAY, WEEKDAYS } from './return-date-words.js';

type Day = Temporal.PlainDate;

/** A weekday in a sentence, from `at` up to `end`. */
interface NamedWeekday {
  at: number;
  end: number;
  date: Day;
}

const monday = (date: Day): Day => date.subtract({ days: date.dayOfWeek - 1 });

const CJK_WEEKDAYS = '月火水木金土日';
const HAN_WEEKDAYS = '一二三四五六日';

const NAMED_WEEKDAY = new RegExp(`${WEEKDAY}(?:-feira)?`, 'giu');
/** "Back Wed": short forms are weekdays only where a word says so. */
const SHORT_WEEKDAY =
  /(?<=(?<!\p{L})(?:back|until|till?|returning|ab|bis|wieder)(?: on)? )(?:(mon?)|(tues?|di)|(wed|mi)|(thu(?:rs?)?|do)|(fri?)|(sat?)|(sun))(?![\p{L}\d]|\.?\s\d)/giu;

/** Every weekday named in a sentence, reckoned from the mail. */
export function weekdaysIn(sentence: string, mail: Day): NamedWeekday[] {
  const next = (weekday: number): Day => mail.add({ days: ((weekday - mail.dayOfWeek + 6) % 7) + 1 });
  const spaced = [...sentence.matchAll(NAMED_WEEKDAY)].flatMap((match): NamedWeekday[] => {
    const weekday = WEEKDAYS.get(match[1]?.toLowerCase() ?? '');
    if (weekday === undefined) return [];
    // The Monday of next week is not always the next Monday.
    const around = sentence.slice(Math.max(0, match.index - 25), match.index + match[0].length + 25);
    const following =
      /next week|nächster? woche|kommenden woche|semaine prochaine|próxima semana|semana que v|prossima settimana|volgende week|nästa vecka/iu.test(
        around,
      );
    const date = following ? monday(mail).add({ days: 6 + weekday }) : next(weekday);
    return [{ at: match.index, end: match.index + match[0].length, date }];
  });
  const cjk = [
    ...sentence.matchAll(
      /(来週|下下?)?の?(?:(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])|([月火水木金土日])曜日?)/gu,
    ),
  ].map((match): NamedWeekday => {
    const weekday =
      (match[2] !== undefined
        ? HAN_WEEKDAYS.indexOf(match[2].replace('天', '日'))
        : CJK_WEEKDAYS.indexOf(match[3] ?? '')) + 1;
    const date = match[1] !== undefined ? monday(mail).add({ days: 6 + weekday }) : next(weekday);
    return { at: match.index, end: match.index + match[0].length, date };
  });
  const short = [...sentence.matchAll(SHORT_WEEKDAY)].map((match): NamedWeekday => {
    const weekday = match.slice(1).findIndex((each) => each !== undefined) + 1;
    return { at: match.index, end: match.index + match[0].length, date: next(weekday) };
  });
  return [...spaced, ...cjk, ...short];
}
