import type { Line } from './written-lines.js';
import { BEFORE_DATE, OWN_VOICE, WROTE, YOUR_VOICE } from './written-words.js';

/** How sure a line is one a program wrote above a quote: `sure` needs no mark below it. */
export type Attribution = { length: number; sure: boolean };

const MOST_LINES = 6;
const MOST_CHARACTERS = 420;
const ADDRESS = /[^\s<>@()[\]"]{1,128}@[^\s<>@()[\]"]{1,255}/;
const CLOCK =
  /(?<!\d)\d{1,2}\s?[:.hH時时点點시]\s?\d{2}(?!\d)|(?<!\d)\d{1,2}\s?(?:[ap]\.?m\.?|uhr)(?!\p{L})/iu;
const DATE =
  /\d{4}\s?[-/.年년]\s?\d{1,2}|(?<!\d)\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}|(?<!\d)\d{1,2}(?!\d)[^\d]{1,30}(?<!\d)(?:19|20)\d{2}(?!\d)|(?:19|20)\d{2}[^\d]{1,30}\d{1,2}(?!\d)/;
const DECORATION = /^[-–—*_#\s]+|[-–—*_#\s]+$/g;
/** Gmail's old form, "2016-03-03 17:21 GMT+01:00 Ada Lovelace", with nothing after it. */
const GMAIL_STAMP = /^\d{4}-\d\d-\d\d \d{1,2}:\d\d (?:GMT|UTC)(?:[+-]\d\d:?\d\d)? \S/;
const ISO_NAME_ADDRESS = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}.{0,120}<[^<>\s]+@[^<>\s]+>$/;
/** Words of some programs that say "quoting" rather than "wrote". */
const QUOTING =
  /^(?:quoting|zitat von|citando(?: a)?|citerar|quota|citation de|wiadomość napisana przez|in (?:article|message)) \S/iu;
const ENDS = /[:：]$/;
const WROTE_LAST = new RegExp(`(?:${WROTE.source})$`, 'iu');
/** A person's colon is followed by one space. */
const GOES_ON = new RegExp(`(?:>|${WROTE.source})\\s?[:：](?=\\s{2,}\\S|[^\\s/])`, 'iu');

/** The lines from `at` on that say who wrote what is quoted below; null when they do not. Looks at six lines at most. */
export function attributionAt(lines: Line[], at: number): Attribution | null {
  const first = plain(lines[at]);
  if (quotesOn(lines[at]?.bare ?? '')) return { length: 1, sure: true };
  if (first === '' || first.length > MOST_CHARACTERS) return null;
  const dated = begins(first, plain(lines[at + 1]));
  if (!dated && !(ENDS.test(first) && first.length <= 100 && WROTE.test(first))) return null;
  let joined = '';
  let found: Attribution | null = null;
  for (let length = 1; length <= MOST_LINES; length++) {
    const line = lines[at + length - 1];
    if (!line || line.code) break;
    if (length > 1 && !continues(joined, line, lines[at + length])) break;
    // A later line that begins one of its own: what stands above it is the person's.
    if (
      length > 1 &&
      line.bare !== '' &&
      !WROTE.test(joined) &&
      DATE.test(plain(line)) &&
      ownBeginning(plain(line))
    )
      break;
    // A client that breaks the line within "< ada@example.org>".
    joined = `${joined} ${line.bare}`.trim().replace(/<\s+(?=\S{1,64}@)/u, '<');
    if (joined.length > MOST_CHARACTERS) break;
    const sure = judge(joined.replace(DECORATION, ''), line.bare, apart(lines, at, length));
    // Only "Ada wrote:", and nothing of a sentence before it.
    if (!dated) return subjectIsName(joined) ? { length, sure: false } : null;
    if (sure === null) continue;
    found = { length: length + nameBelow(joined, lines[at + length]), sure };
    break;
  }
  return found;
}

/** "On Mon, Nov 30, 2026 at 10:00, Ada<ada@example.org> wrote:   Hi Tom," of telephones: the quote is in that line. */
function quotesOn(bare: string): boolean {
  const colon = GOES_ON.exec(bare.slice(0, MOST_CHARACTERS));
  const head = colon ? bare.slice(0, colon.index + colon[0].length) : '';
  return ownBeginning(head) && DATE.test(head) && CLOCK.test(head) && judge(head, head, true) === true;
}

/** "... om 12:09 schreef", and the name with its colon on the next line: 1; otherwise 0. */
function nameBelow(joined: string, line: Line | undefined): number {
  if (ENDS.test(joined) || !line || line.depth > 0 || !ENDS.test(line.bare) || line.bare.length > 120)
    return 0;
  return ADDRESS.test(line.bare) || nameLike(line.bare.replace(ENDS, '')) ? 1 : 0;
}

function plain(line: Line | undefined): string {
  const bare = line?.bare ?? '';
  return bare.length > MOST_CHARACTERS ? bare : bare.replace(DECORATION, '');
}

/** Could a line of this kind begin so? A date near its start, an address, or a name above one. */
function begins(first: string, second: string): boolean {
  return (
    ownBeginning(first) ||
    QUOTING.test(first) ||
    nameBeforeVerb(first) ||
    nameBeforeAddress(first) ||
    (/^<?[^\s<>]+@[^\s<>]+/.test(second.slice(0, 200)) && nameLike(first))
  );
}

function ownBeginning(first: string): boolean {
  const near = first.slice(0, 36);
  if (!/\d/.test(near) || /^\S{0,64}@/.test(first)) return false;
  if (BEFORE_DATE.test(first)) return true;
  if (/^[[("“]?\d/.test(first)) return DATE.test(first) || CLOCK.test(first);
  // A weekday or month, then the number.
  return (
    /^[\p{L}\p{M}-]{2,20}[.,，]{0,2}\s?(?:[\p{L}\p{M}]{1,14}[.,]?\s?)?\d/u.test(first) &&
    (DATE.test(first) || CLOCK.test(first))
  );
}

/** "Ada schrieb am 3. Mai 2026 um 10:00:" */
function nameBeforeVerb(first: string): boolean {
  const verb = WROTE.exec(first.slice(0, 100));
  return verb !== null && /\d/.test(first.slice(verb.index)) && nameLike(first.slice(0, verb.index));
}

/** "Ada Lovelace <ada@example.org> wrote:"; a sentence that names an address begins otherwise. */
function nameBeforeAddress(first: string): boolean {
  const head = /^(.{0,80}?)[<([]?(?:mailto:)?[^\s<>@()[\]"]{1,64}@[^\s<>@]/.exec(first.slice(0, 200))?.[1];
  return head !== undefined && (head === '' || nameLike(head.replace(/["'“”,;:<([\s]+$/g, '')));
}

function apart(lines: Line[], at: number, length: number): boolean {
  return at > 0 && lines[at - 1]?.bare === '' && lines[at + length]?.bare === '';
}

function nameLike(words: string): boolean {
  const given = words.replace(/["'“”]/g, '').trim();
  return (
    given !== '' &&
    given.length <= 70 &&
    given.split(/\s+/).length <= (/^\p{Ll}/u.test(given) ? 5 : 7) &&
    !/[.!?:]$/.test(given)
  );
}

function continues(joined: string, line: Line, after: Line | undefined): boolean {
  const open = joined.split('<').length > joined.split('>').length;
  // "<ada@example.org" and on the next line ">:".
  if (line.depth > 0) return open && /^>\s*(?:[\p{L}(),]+\s?){0,5}[:：]?$/u.test(line.bare);
  if (line.bare !== '') return true;
  return /^<\s*(?:mailto:.{0,120})?$/.test(after?.bare ?? '');
}

/** null: not finished, or none. Otherwise whether it needs no `>` below. */
function judge(joined: string, last: string, alone: boolean): boolean | null {
  const address = ADDRESS.test(joined);
  const clock = CLOCK.test(joined);
  const date = DATE.test(joined);
  if (ENDS.test(joined)) {
    const wrote = WROTE.test(joined);
    // "..., Ada <ada@example.org>:" with a date, whatever the language.
    const addressLast = /[<([]\s?[^\s<>()[\]]{1,128}@[^\s<>]{1,255}[>)\]]?\s?[>)\]]?[:：]$/.test(
      joined.slice(-400),
    );
    if (addressLast && (date || clock)) return true;
    if (address && clock && / sent[:：]$/i.test(joined)) return true;
    // Who, when and a colon: with a mark below it that says enough in any language.
    const stamped = address && clock && date;
    if (!wrote) return QUOTING.test(joined) && address ? true : stamped ? false : null;
    if (OWN_VOICE.test(joined)) return stamped ? false : null;
    const yours = YOUR_VOICE.test(joined);
    if (address && !yours) return date || clock || !/^\p{Ll}{3,}(?!\S*@)/u.test(joined);
    // A date to the year, on a line of its own, is no way to begin a sentence.
    if (date || clock) return (clock && !yours) || (date && alone);
    return subjectIsName(joined) ? false : null;
  }
  if (GMAIL_STAMP.test(joined)) return /[:>]$|^[^<]*$/.test(joined) ? true : null;
  if (ISO_NAME_ADDRESS.test(joined)) return true;
  return (address || date) && clock && WROTE_LAST.test(joined) && last.length < 200 ? true : null;
}

function subjectIsName(joined: string): boolean {
  const name = joined.replace(WROTE, '').replace(/[:：\s]+$/, '');
  return name.split(/\s+/).length <= 5 && nameLike(name) && !/(?:^|\s)\p{Ll}{3,}/u.test(name);
}

/** Text and attribution in one line: "Yes! On Wed, 4 Apr 2012 at 15:59, ada@example.org wrote:". Its start, or -1. */
export function attributionInside(bare: string): number {
  if (bare.length > MOST_CHARACTERS || !ENDS.test(bare) || !WROTE.test(bare)) return -1;
  const at = bare.search(
    /(?:\s|-{2,})(?:On|Am|Le|El|Il|Em|Op|Den)\s(?:\p{L}{2,10}[.,]?\s)?(?:\p{L}{2,10}[.,]?\s)?\d/u,
  );
  const rest = at < 0 ? '' : bare.slice(at);
  return ADDRESS.test(rest) && (CLOCK.test(rest) || DATE.test(rest)) ? at : -1;
}
