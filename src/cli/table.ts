import { plain } from './terminal.js';

/** Columns wider than this are cut; a terminal line is for scanning, `--json` for everything. */
const WIDEST = 48;

/** East Asian wide characters and emoji take two places; combining marks none. Simple, and right for most names. */
const WIDE =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\uff01-\uff60]/u;
const NONE = /\p{Mark}|\p{Default_Ignorable_Code_Point}/u;

export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += NONE.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}

/** `text` in at most `width` places, the cut shown by an ellipsis. */
export function fit(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const char of text) {
    used += widthOf(char);
    if (used > width - 1) break;
    out += char;
  }
  return `${out.trimEnd()}…`;
}

type Cell = string | number | null;

/** Aligned plain text under headings; numbers to the right. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map((row) => row.map((cell) => fit(plain(cell), WIDEST)));
  const widths = headings.map((heading, column) =>
    Math.max(widthOf(heading), ...cells.map((row) => widthOf(row[column] ?? ''))),
  );
  const numeric = headings.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const gap = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
        return numeric[column] ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  return [line(headings), ...cells.map(line)].join('\n');
}

/** An instant in the owner's zone, `2026-11-24 09:30`; `-` for none. */
export function when(instant: Date | null, zone: string): string {
  if (!instant) return '-';
  return instant.toLocaleString('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
}

/** The end of an id: of those made in one minute, the beginnings are alike. */
export function short(id: string): string {
  return id.slice(-8);
}
