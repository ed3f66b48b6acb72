import type { Line } from './written-lines.js';
import {
  BARE_DIVIDER,
  DIVIDER,
  GROUPWISE,
  headerKey,
  headersInside,
  JOINED_DIVIDER,
  type HeaderKey,
} from './written-words.js';

const MOST_LINES = 16;
const ADDRESS = /[^\s<>@]@[^\s<>@]/;
const CLOCK = /\d{1,2}[:.hH時时]\d{2}/;

const known = new WeakMap<Line, HeaderKey | null>();

/** Asked for the same line from many places; read once. */
function keyOf(line: Line | undefined): HeaderKey | null {
  if (!line) return null;
  let key = known.get(line);
  if (key === undefined) known.set(line, (key = headerKey(line.bare)));
  return key;
}

/**
 * Lines of a block of headers as Outlook and others put above a quote (From, Sent, To, Subject in any language, bold
 * or not, wrapped or double spaced); 0 when `at` begins none. "From 10:00, to 12:00" and a lone "Date:" are none.
 */
export function headerBlockAt(lines: Line[], at: number, afterDivider = false): number {
  const first = lines[at];
  if (!first || first.code || first.depth > 0) return 0;
  const begin = keyOf(first);
  if (begin === null || begin === 'other' || begin === 'cc') return 0;
  const keys = new Set<HeaderKey>();
  let words = '';
  let end = at;
  let loose = 0;
  for (let n = at; n < Math.min(lines.length, at + MOST_LINES); n++) {
    const line = lines[n];
    if (!line || line.depth > 0) break;
    const key = keyOf(line);
    if (key !== null) {
      keys.add(key);
      if (headersInside(line.bare) >= 1) keys.add('subject').add('to');
      end = n;
      loose = 0;
    } else if (line.bare === '') {
      // Double spaced by a converter: the very next line is a header again.
      if (keyOf(lines[n + 1]) === null) break;
      continue;
    } else if (++loose > 2) break;
    if (words.length < 4_000) words += ` ${line.bare.slice(0, 500)}`;
  }
  const block = words;
  const address = ADDRESS.test(block);
  const told = keys.size - (keys.has('other') ? 1 : 0);
  const sender = keys.has('from') || keys.has('date');
  const dated =
    keys.has('from') &&
    keys.has('date') &&
    CLOCK.test(block) &&
    /\d{4}/.test(block) &&
    !/\d/.test(first.bare);
  const whole = sender && told >= 3 && (keys.has('subject') || address || dated);
  const short = sender && told >= 2 && address && (CLOCK.test(block) || keys.has('subject') || afterDivider);
  return whole || short || (afterDivider && told >= 2 && keys.has('subject')) ? end - at + 1 : 0;
}

/** "-----Original Message-----", "Begin forwarded message:" and their like in other languages. */
export function isDivider(lines: Line[], at: number, next: number[]): boolean {
  const line = lines[at];
  if (!line || line.code || line.depth > 0) return false;
  if (JOINED_DIVIDER.test(line.bare.slice(0, 200)) || joinsHeaders(line.bare)) return true;
  if (line.bare.length > 200) return false;
  if (DIVIDER.test(line.bare) || GROUPWISE.test(line.bare)) return true;
  if (!BARE_DIVIDER.test(line.bare)) return false;
  const after = next[at + 1] ?? lines.length;
  return (lines[after]?.depth ?? 0) > 0 || headerBlockAt(lines, after, true) > 0;
}

/** "-------- Proslijeđena poruka --------": words between rules. What they say is known by what stands below. */
export function isTitledRule(bare: string): boolean {
  return bare.length <= 120 && /^[-–—=_*]{3,60}\s?[^-–—=_*\s][^=_*]{1,60}?\s?[-–—=_*]{3,60}$/.test(bare);
}

/** The same, and behind it in the same line the first header: a converter lost the line break. */
function joinsHeaders(bare: string): boolean {
  const title = /^[-–—=_*]{4,60}\s?[^-–—=_*\s][^=_*]{1,60}?\s?[-–—=_*]{4,60}\s?/.exec(bare.slice(0, 200));
  return (
    title !== null && headerKey(bare.slice(title[0].length)) !== null && ADDRESS.test(bare.slice(0, 400))
  );
}

/** A line that only separates: underscores, dashes, drawn lines and shapes. */
export function isRule(bare: string): boolean {
  return bare.length >= 2 && bare.length <= 200 && /^[-_=*#~+–—‐― \u2500-\u25ff★☆＿]+$/.test(bare);
}
