/**
 * The one line of what was said, as the owner types it in the debrief. A prefix says what it is; without one it is
 * what they said. What follows completes a sentence of a mail, so a line that would make a wrong one is refused:
 *
 *     said: the team moves to event sourcing      asked: how we test our migrations
 *     interest: small databases                   thanks for: the introduction to Mira
 *     shared: we both sing in a choir             strength: explaining hard things calmly
 *     news: the move to Porto                     hardship: the layoffs in March
 *     promise: send the slides by 2026-12-04
 *
 * Several lines stand on one, separated by ` | `.
 */
import { statement, type FactKind } from './facts.js';
import { addDays } from './schedule.js';

export type DebriefLine =
  | { kind: 'fact'; fact: FactKind; text: string }
  /** `dueOn`: local ISO date in the owner's zone, null when none was named. */
  | { kind: 'promise'; text: string; dueOn: string | null }
  | { kind: 'refused'; reason: string };

const PREFIXES: ReadonlyMap<string, FactKind | 'promise'> = new Map<string, FactKind | 'promise'>([
  ['said', 'said'],
  ['asked', 'asked'],
  ['interest', 'interest'],
  ['thanks', 'gratitude'],
  ['thanks for', 'gratitude'],
  ['thank you', 'gratitude'],
  ['thank you for', 'gratitude'],
  ['shared', 'shared'],
  ['strength', 'strength'],
  ['news', 'news'],
  ['hardship', 'hardship'],
  ['promise', 'promise'],
  ['promised', 'promise'],
]);

/** One word (or two, or three of thanks) and a colon at the start; `https://` is none. */
const PREFIX = /^(\p{L}[\p{L}-]*|(?:thanks|thank you)(?: for)?)\s*:(?!\/\/)\s*/iu;

/** Words that say what a line is, but without their colon: "asked about prices" is not what they said. */
const COLON_FORGOTTEN = /^(?:(?:said|asked|promised?|thanks|thank you|interested|hardship)\b|i promised?\b)/i;

/** The joining word is the template's: "Thank you for" + "the talk", "I promised to" + "send it". */
const JOINING: Partial<Record<FactKind | 'promise', RegExp>> = { gratitude: /^for\s+/i, promise: /^to\s+/i };

/** One line, read; never throws. */
export function parseDebriefLine(text: string): DebriefLine {
  const line = text.trim();
  const match = PREFIX.exec(line);
  const word = match?.[1]?.toLowerCase().replace(/\s+/g, ' ');
  const what = word === undefined ? 'said' : PREFIXES.get(word);
  if (what === undefined) {
    return refused(
      `"${word}:" is none of said, asked, interest, thanks for, shared, strength, news, hardship, promise; ` +
        'if it belongs to what they said, put "said:" before it',
    );
  }
  if (!match && COLON_FORGOTTEN.test(line)) {
    return refused(
      'say what it is with a colon, e.g. "asked: about prices", "promise: send the slides", "thanks for: the talk"; ' +
        'if it is what they said, put "said:" before it',
    );
  }
  const rest = line.slice(match?.[0].length ?? 0).replace(JOINING[what] ?? '', '');
  const said = statement(rest);
  if (said.kind === 'refused') return said;
  return what === 'promise' ? promise(said.text) : { kind: 'fact', fact: what, text: said.text };
}

/** Several lines separated by ` | `; at least one answer, so that an empty line is told too. */
export function parseDebriefLines(text: string): DebriefLine[] {
  const lines = text.split(/(?:^|[ \t]+)\|(?:[ \t]+|$)/).filter((line) => line.trim() !== '');
  return lines.length === 0 ? [parseDebriefLine('')] : lines.map(parseDebriefLine);
}

function promise(text: string): DebriefLine {
  const due = /\s+by\s+(\d{4}-\d{1,2}-\d{1,2})$/i.exec(text);
  if (!due?.[1]) return { kind: 'promise', text, dueOn: null };
  if (!isDate(due[1])) {
    return refused(`"${due[1]}" is not a date; write it as in "send the slides by 2026-12-04"`);
  }
  const words = statement(text.slice(0, due.index));
  return words.kind === 'refused' ? words : { kind: 'promise', text: words.text, dueOn: due[1] };
}

function isDate(text: string): boolean {
  try {
    return addDays(text, 0) === text;
  } catch {
    return false;
  }
}

function refused(reason: string): DebriefLine {
  return { kind: 'refused', reason };
}
