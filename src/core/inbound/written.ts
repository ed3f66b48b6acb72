import { markSignature } from './signature-block.js';
import { attributionAt, attributionInside } from './written-attribution.js';
import { headerBlockAt, isDivider, isRule, isTitledRule } from './written-header.js';
import { nextWritten, toLines, type Line } from './written-lines.js';
import { ABOVE_THIS_LINE, NAMED_DIVIDER } from './written-words.js';

export interface Written {
  /** What the person wrote themselves, answers between quotes in their order; '' for a bare forward. */
  text: string;
  /** Signature, "Sent from my iPhone", disclaimers, list footers, as written. */
  signature: string;
  /** Everything they answered to or passed on, with the lines that introduce it. */
  quoted: string;
}

type Part = 'text' | 'signature' | 'quoted';

/**
 * Separates a mail's plain text. Quotes are lines with `>`, and whatever follows a line that says who wrote when, a
 * block of headers, or a divider, in some thirty languages. Where it is unsure a line stays in `text`: a sentence of
 * the person is worth more than a clean cut. Pure, linear, never throws. Line ends become \n.
 */
export function writtenText(text: string): Written {
  const lines = toLines(unarmoured(text));
  const parts = new Array<Part>(lines.length).fill('text');
  markQuotes(lines, parts);
  fillGaps(lines, parts);
  const signed = new Array<boolean>(lines.length).fill(false);
  for (const [from, until] of stretches(parts)) markSignature(lines, from, until, signed);
  for (const [at, is] of signed.entries()) if (is) parts[at] = 'signature';
  if (!parts.some((part, at) => part === 'text' && lines[at]?.bare !== '')) reclaim(lines, parts);
  return {
    text: joined(lines, parts, 'text'),
    signature: joined(lines, parts, 'signature'),
    quoted: joined(lines, parts, 'quoted'),
  };
}

function markQuotes(lines: Line[], parts: Part[]): void {
  const next = nextWritten(lines);
  let written = false;
  const quote = (from: number, until: number): void => {
    parts.fill('quoted', from, until);
  };
  const rest = (from: number): void => {
    // Rules drawn above the quote are part of it.
    let at = from;
    while (
      at > 0 &&
      parts[at - 1] === 'text' &&
      (lines[at - 1]?.bare === '' ||
        isRule(lines[at - 1]?.bare ?? '') ||
        isTitledRule(lines[at - 1]?.bare ?? ''))
    )
      at--;
    quote(at, lines.length);
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (!line || line.code || line.bare === '') {
      written ||= line?.code ?? false;
      continue;
    }
    if (line.depth > 0) {
      parts[at] = 'quoted';
      continue;
    }
    const after = (length: number): Line | undefined => lines[next[at + length] ?? lines.length];
    if (divides(lines, at, next)) {
      if (!after(1)?.depth) return rest(at);
      parts[at] = 'quoted';
      continue;
    }
    const headers = headerBlockAt(lines, at);
    if (headers > 0) {
      if (!after(headers)?.depth) return rest(at);
      quote(at, at + headers);
      at += headers - 1;
      continue;
    }
    const found = attributionAt(lines, at);
    if (found) {
      const below = after(found.length);
      const start = next[at + found.length] ?? lines.length;
      const bars = barred(lines, start) || (written ? 0 : indented(lines, start));
      if (below?.depth || bars > 0 || divides(lines, start, next)) {
        quote(at, at + found.length);
        at += found.length - 1;
        if (bars > 0) {
          quote(start, start + bars);
          at = start + bars - 1;
        }
        continue;
      }
      if (found.sure) {
        // With nothing above it, what follows is as likely their answer below an unmarked quote: it stays.
        if (written || !below) return rest(at);
        quote(at, at + found.length);
        at += found.length - 1;
        continue;
      }
    }
    const inside = after(1)?.depth ? attributionInside(line.bare) : -1;
    if (inside > 0) line.raw = line.bare.slice(0, inside).replace(/[-\s]+$/, '');
    written = true;
  }
}

/** A line below which everything is quoted, unless it is marked line by line. */
function divides(lines: Line[], at: number, next: number[]): boolean {
  const bare = lines[at]?.bare ?? '';
  return (
    isDivider(lines, at, next) ||
    (bare.length < 200 && ABOVE_THIS_LINE.test(bare) && next[at + 1] !== lines.length) ||
    NAMED_DIVIDER.test(bare.slice(0, 200))
  );
}

/** Empty lines between quoted ones are quoted too. */
function fillGaps(lines: Line[], parts: Part[]): void {
  let last = -1;
  for (let at = 0; at < lines.length; at++) {
    if (lines[at]?.bare === '') continue;
    if (parts[at] === 'quoted' && last >= 0 && parts[last] === 'quoted') parts.fill('quoted', last, at);
    last = at;
  }
}

/** How many lines from `at` on are marked with a bar, as some programs quote. */
function barred(lines: Line[], at: number): number {
  let end = at;
  while (end < lines.length && /^\|(?:\s|$)/.test(lines[end]?.bare ?? '')) end++;
  return end - at;
}

/** The same where all the rest is set in by four columns; code among their own lines is followed by such lines. */
function indented(lines: Line[], at: number): number {
  let end = at;
  for (let n = at; n < lines.length; n++) {
    if (/^(?: {4}|\t)/.test(lines[n]?.raw ?? '')) end = n + 1;
    else if (lines[n]?.bare !== '') return 0;
  }
  return end - at;
}

/** Runs of lines that are not quoted. */
function stretches(parts: Part[]): [number, number][] {
  const found: [number, number][] = [];
  let from = -1;
  for (let at = 0; at <= parts.length; at++) {
    const own = parts[at] === 'text';
    if (own && from < 0) from = at;
    if (!own && from >= 0) {
      found.push([from, at]);
      from = -1;
    }
  }
  return found;
}

/** Some write below the signature their program put first: its first paragraph stays one, sentences return. */
function reclaim(lines: Line[], parts: Part[]): void {
  const first = parts.indexOf('signature');
  if (first < 0) return;
  let gap = first;
  while (gap < lines.length && lines[gap]?.bare !== '') gap++;
  const kept = lines.slice(gap);
  const speaks = kept.some(
    ({ bare }, at) =>
      parts[gap + at] === 'signature' &&
      bare.split(/\s+/).length >= 3 &&
      /[.?!。？]$/.test(bare) &&
      bare.length < 400,
  );
  if (!speaks) return;
  for (let at = gap; at < lines.length; at++) if (parts[at] === 'signature') parts[at] = 'text';
  const signed = new Array<boolean>(lines.length).fill(false);
  for (const [from, until] of stretches(parts)) markSignature(lines, from, until, signed);
  for (const [at, is] of signed.entries()) if (is) parts[at] = 'signature';
}

/** The lines of one part. Their own empty lines stay; where something was cut out one is enough. */
function joined(lines: Line[], parts: Part[], part: Part): string {
  const kept: string[] = [];
  let seam = true;
  for (const [at, line] of lines.entries()) {
    if (parts[at] !== part) {
      if (line.bare !== '') seam = true;
      continue;
    }
    const raw = line.bare === '' ? '' : line.raw;
    if (raw === '' && seam && (kept.at(-1) ?? '') === '') continue;
    if (raw !== '') seam = false;
    kept.push(raw);
  }
  let end = kept.length;
  while (end > 0 && kept[end - 1]?.trim() === '') end--;
  let start = 0;
  while (start < end && kept[start]?.trim() === '') start++;
  return kept.slice(start, end).join('\n');
}

/** A signed text without its armour (RFC 9580, section 7): header and signature go, escaped dashes return. */
function unarmoured(text: string): string {
  const begin =
    /^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\r?\n(?:[A-Za-z]{1,30}: .{0,200}\r?\n){0,10}\s{0,4}/m.exec(
      text.slice(0, 100_000),
    );
  if (!begin) return text;
  const body = text.slice(begin.index + begin[0].length);
  const end = body.search(/^-----BEGIN PGP SIGNATURE-----/m);
  const signed = (end < 0 ? body : body.slice(0, end)).replace(/^- /gm, '');
  const below =
    end < 0
      ? ''
      : body.slice(end).replace(/^-----BEGIN PGP SIGNATURE-----[^]*?(?:-----END PGP SIGNATURE-----|$)/, '');
  return `${text.slice(0, begin.index)}${signed}${below}`;
}
