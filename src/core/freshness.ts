/**
 * A draft may wait for its owner until its words are false: "yesterday" is true for a day, "last week" for a week.
 * When in doubt a word counts as relative: a draft written anew costs little, a false word costs trust.
 */
import { addDays, daysBetween, isoWeekday, localDate, startOfDay } from './schedule.js';

type Span = 'day' | 'week' | 'month' | 'year';

/** `text` between characters that are no letters or digits; `\b` knows nothing of umlauts. */
function words(text: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${text})(?![\\p{L}\\p{N}_])`, 'giu');
}

const EN_THIS = '(?:this(?: past| coming)?|last|next|the (?:past|coming))';
const DE_THIS = '(?:dies|letzt|vorig|vergangen|nächst|naechst|kommend)(?:e[nrsm]?)';
const EN_DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const DE_DAYS = ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag|sonnabend', 'sonntag'];
const EN_COUNT = '(?:a|one|two|three|four|five|six|\\d+)';
const DE_COUNT = '(?:einem|einer|zwei|drei|vier|fünf|sechs|\\d+)';

/** Words that make the "Morgen" behind them the morning (or a surname), not the day after. */
const DE_MORNING_AFTER =
  '(?:gute[nr]?|schöne[nr]?|am|jede[mnrs]|eine[ns]|ein|der|den|dem|vom|zum|frühen|nächsten|folgenden|herrn?|frau|dr\\.)\\s+';

const PATTERNS: readonly (readonly [Span, RegExp])[] = [
  ['day', words(`today|yesterday|tomorrow|tonight|this (?:morning|noon|afternoon|evening)|last night`)],
  ['day', words(`${EN_COUNT} days? ago`)],
  ['day', words(`heute|gestern|vorgestern|übermorgen|uebermorgen|letzte nacht|diese nacht`)],
  ['day', words(`diese[nrms] (?:morgen|vormittag|mittag|nachmittag|abend)|vor ${DE_COUNT} tag(?:en)?`)],
  // A greeting stands first and is followed by a comma, a full stop or an exclamation mark.
  ['day', words(`(?<!${DE_MORNING_AFTER})(?!(?<=^\\s*)morgen\\s*[,.!])morgen(?!-)`)],
  ['week', words(`${EN_THIS} (?:week(?! of )|weekend)|${EN_COUNT} weeks? ago`)],
  ['week', words(`${DE_THIS} woche(?! des )|${DE_THIS} wochenende|vor ${DE_COUNT} wochen?`)],
  ['month', words(`${EN_THIS} month|${DE_THIS} monats?`)],
  ['year', words(`${EN_THIS} year|${DE_THIS} jahr(?:es)?`)],
];

const WEEKDAYS = EN_DAYS.map((name, i) => words(`${EN_THIS} ${name}|${DE_THIS} (?:${DE_DAYS[i] ?? name})`));

/** The first local date on which words about the span around `today` are no longer true. */
function dayAfter(span: Span, today: string): string {
  if (span === 'day') return addDays(today, 1);
  if (span === 'week') return addDays(today, 8 - isoWeekday(today));
  if (span === 'year') return `${String(Number(today.slice(0, 4)) + 1).padStart(4, '0')}-01-01`;
  return `${addDays(`${today.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}

/** "This Thursday" holds until Thursday comes, on the day itself to its end, and afterwards until the week ends. */
function dayAfterWeekday(weekday: number, today: string): string {
  const ahead = weekday - isoWeekday(today);
  if (ahead < 0) return dayAfter('week', today);
  return addDays(today, Math.max(ahead, 1));
}

/**
 * The instant at which the first of the text's relative words (English and German) stops being true, as seen from
 * when it was written, in the zone; null when it has none. Weeks begin on Monday. Addresses are not read as words.
 */
export function validUntil(text: string, writtenAt: Date, zone: string): Date | null {
  const tokens = text.normalize('NFC').split(/\s+/u);
  const plain = tokens.filter((token) => !token.includes('://') && !token.includes('@')).join(' ');
  const today = localDate(writtenAt, zone);
  const ends: string[] = [];
  for (const [span, pattern] of PATTERNS) if (plain.search(pattern) >= 0) ends.push(dayAfter(span, today));
  WEEKDAYS.forEach((pattern, i) => {
    if (plain.search(pattern) >= 0) ends.push(dayAfterWeekday(i + 1, today));
  });
  const first = ends.sort()[0];
  return first === undefined ? null : startOfDay(first, zone);
}

/**
 * How long ago an event's last local day was, in words that stay true until the instant given; null when the event
 * is not over or longer past than last week: then its name says more than any word of time.
 */
export function eventWhen(
  endsOn: string,
  now: Date,
  zone: string,
): { words: 'today' | 'yesterday' | 'this week' | 'last week'; until: Date } | null {
  const today = localDate(now, zone);
  const ago = daysBetween(endsOn, today);
  if (ago < 0) return null;
  if (ago <= 1)
    return { words: ago === 0 ? 'today' : 'yesterday', until: startOfDay(addDays(today, 1), zone) };
  const weekStart = addDays(today, 1 - isoWeekday(today));
  const until = startOfDay(addDays(weekStart, 7), zone);
  if (endsOn >= weekStart) return { words: 'this week', until };
  return endsOn >= addDays(weekStart, -7) ? { words: 'last week', until } : null;
}
