import { GROUPWISE } from './written-words.js';

/** Longer than any mail a person writes; what follows is not looked at. Characters. */
const TEXT_LIMIT = 100_000;
/** Marks of direction and invisible joints, which stand before names and dates of some programs. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad\u1427]/g;

export interface Line {
  /** As written, without white space at its end; a no-break space is a space. */
  raw: string;
  /** For comparing: trimmed, without invisible marks. */
  bare: string;
  /** Depth of `>` marks; 0 for none. */
  depth: number;
  /** Inside a ``` fence: code, where no mark means anything. */
  code: boolean;
}

/** The lines of a text. Line ends of every kind count. */
export function toLines(text: string): Line[] {
  const lines = text
    .slice(0, TEXT_LIMIT)
    .split(/\r\n?|\n|\u2028|\u2029/)
    .map((given): Line => {
      const raw = given.replace(/[\u00a0\u202f]/g, ' ').trimEnd();
      const bare = latinDigits(raw.replace(INVISIBLE, '').trim());
      return { raw, bare, depth: depthOf(bare, raw), code: false };
    });
  fence(lines);
  initials(lines);
  mend(lines);
  return lines;
}

/** Arabic, Persian and full-width digits as ASCII ones. */
function latinDigits(words: string): string {
  return words.replace(/[٠-٩۰-۹０-９]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

function depthOf(bare: string, raw: string): number {
  const mark = /^[>＞](?:[ \t]{0,2}[>＞]){0,40}/.exec(bare);
  // ">>> see here <<<" shouts, and code is indented.
  if (
    !mark ||
    GROUPWISE.test(bare.slice(0, 200)) ||
    (mark[0].length > 1 &&
      /<<\s*$/.test(bare) &&
      bare.length > mark[0].length + 3 &&
      !/^[> ]*<+$/.test(bare)) ||
    /^ {4}|^\t/.test(raw)
  )
    return 0;
  return mark[0].replace(/[ \t]/g, '').length;
}

function fence(lines: Line[]): void {
  const marks = lines.flatMap(({ bare }, at) => (bare.startsWith('```') ? [at] : []));
  for (let n = 0; n + 1 < marks.length; n += 2) {
    for (let at = marks[n] ?? 0; at <= (marks[n + 1] ?? 0); at++) {
      const line = lines[at];
      if (line) Object.assign(line, { code: true, depth: 0 });
    }
  }
}

const INITIALS = /^([A-Z]{1,4}|\p{Lu}\p{Ll}{1,15}|\p{Lo}{1,8})>(?=\s|$)/u;

/** "AL> ..." or "Ada> ..." of old programs, when the same letters mark two lines or more. */
function initials(lines: Line[]): void {
  const marked = new Map<string, Line[]>();
  for (const line of lines) {
    const letters = line.code || line.depth > 0 ? undefined : INITIALS.exec(line.bare)?.[1];
    if (letters === undefined) continue;
    const those = marked.get(letters) ?? [];
    those.push(line);
    marked.set(letters, those);
  }
  for (const those of marked.values()) if (those.length > 1) for (const line of those) line.depth = 1;
}

/** Corrects marks that are none, and finds the lines a quote lost to wrapping. */
function mend(lines: Line[]): void {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (!line || line.code) continue;
    const before = lines[at - 1];
    const after = lines[at + 1];
    if (line.depth > 0) {
      const alone = !before?.depth && !after?.depth;
      // mbox writes ">From" for a line of the person's own that begins with "From".
      if (alone && line.raw.startsWith('>From ')) {
        Object.assign(line, { raw: line.raw.slice(1), bare: line.bare.slice(1), depth: 0 });
      }
      // A shell or Python prompt in prose: `>>> print(1)`.
      else if (line.depth === 3 && alone && /^>>> [a-z_]+[\w.]*(?:\(| =|$| import )/.test(line.bare))
        line.depth = 0;
      continue;
    }
    if (!before?.depth || line.bare === '') continue;
    if (tornLink(before.bare, line.bare) || (after?.depth && tornOff(before, line)))
      line.depth = before.depth;
  }
}

/** The rest of a link that a converter broke out of a quote. */
function tornLink(before: string, bare: string): boolean {
  if (/[(<](?:https?:|mailto:)[^\s)>]{0,300}$/.test(before.slice(-310))) return !/\s\S{3,}/.test(bare);
  return (
    /^[(<[]?https?:\/\/\S{1,500}$/.test(bare.slice(0, 502).replace(/[>)\]\s]+$/, '')) &&
    /[)>\]]/.test(bare.slice(-1))
  );
}

/** A quoted line broken before the margin, its rest unmarked: it goes on in lower case, mid-sentence. */
function tornOff(before: Line, line: Line): boolean {
  return (
    before.raw.length >= 66 &&
    !/[.!?:;…"”»)\]]$/.test(before.bare) &&
    /^\p{Ll}/u.test(line.bare) &&
    line.bare.length < 70
  );
}

/** Index of the next line at or after each one that is not empty; the number of lines where there is none. */
export function nextWritten(lines: Line[]): number[] {
  const next = new Array<number>(lines.length + 1).fill(lines.length);
  for (let at = lines.length - 1; at >= 0; at--) next[at] = lines[at]?.bare === '' ? (next[at + 1] ?? 0) : at;
  return next;
}
