import { Temporal } from 'temporal-polyfill';

type Day = Temporal.PlainDate;

const NAME =
  '(?:kw|kalenderwochen?|weeks?|wk|semaines?|settiman[ae]|semanas?|vecka|veckorna|veckor|v\\.|uke|ukene|uge|ugerne|tydzień|tygodni\\p{L}{0,2}|viikk?o\\p{L}{0,2})';
const AND =
  '(?:-|–|bis(?: einschl\\.?| einschließlich)?|und|u\\.|&|\\+|\\/|and|to|et|y|e|en|t\\/m|tot en met|och|till|og|til|i)';
/** What makes the week named the one of return. */
const FROM =
  '(?:ab|seit|from|back in|back|return(?:ing)? in|vanaf|terug in|från(?: och med)?|åter|tillbaka|fra(?: og med)?|dès(?: la)?|à partir de(?: la)?|a partir de(?: la)?|dalla|od|zurück in|wieder(?: da)? in)';

/** "KW 49", "weeks 48 and 49" as people of the North and of Germany name them (ISO 8601): the last of those named. */
export const LAST_WEEK = new RegExp(
  `(?<![\\p{L}\\d])(?<!(?<!\\p{L})${FROM}\\s(?:der\\s)?)${NAME}\\s?(\\d{1,2})(?:\\s?${AND}\\s?(?:kw\\s?)?(\\d{1,2}))?(?![\\d.:/]\\d|\\d|\\p{L})`,
  'giu',
);
/** "Ab KW 50", "from week 50". */
export const WEEK_OF_RETURN = new RegExp(
  `(?<=(?<!\\p{L})${FROM}\\s(?:der\\s)?)${NAME}\\s?(\\d{1,2})(?![\\d.:/]\\d|\\d|\\p{L})`,
  'giu',
);

/** Monday of the ISO week with this number that is nearest to come; one of last month is not one of next year. */
export function mondayOfWeek(mail: Day, week: number): Day | null {
  if (week < 1 || week > 53) return null;
  const mondays = [-1, 0, 1].map((ahead) => {
    const fourth = Temporal.PlainDate.from({ year: mail.year + ahead, month: 1, day: 4 });
    return fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 });
  });
  return mondays.find((monday) => mail.until(monday).days >= -45) ?? null;
}
