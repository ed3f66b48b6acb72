import { fit, widthOf } from './table.js';
import { plain } from './terminal.js';

/** One thing about two people; several values stand below each other. */
export interface SideRow {
  label: string;
  a: readonly string[];
  b: readonly string[];
  /** Whether it is said of the person, so that a difference counts: not so of where it was read. */
  compared: boolean;
}

/** Values of one row that are shown; the rest is counted. */
const MOST = 4;

/**
 * Two people in two columns. Before the label: `=` where something is the same, `≠` where both say something and nothing
 * of it is. Rows of which neither says anything are left out.
 * @param width places of the whole, as on a terminal
 */
export function sideBySide(rows: readonly SideRow[], width: number): string {
  const told = rows.filter(({ a, b }) => a.length > 0 || b.length > 0);
  const label = Math.max(0, ...told.map((row) => widthOf(row.label)));
  const column = Math.max(12, Math.floor((width - label - 7) / 2));
  const lines: string[] = [];
  for (const row of told) {
    const [left, right] = [shown(row.a), shown(row.b)];
    for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
      const head = at === 0 ? `${markOf(row)} ${pad(row.label, label)}` : ' '.repeat(label + 2);
      const cells = `${pad(fit(left[at] ?? '', column), column)} | ${fit(right[at] ?? '', column)}`;
      lines.push(`${head}  ${cells}`.trimEnd());
    }
  }
  return lines.join('\n');
}

function shown(values: readonly string[]): string[] {
  if (values.length === 0) return ['-'];
  const some = values.slice(0, MOST).map(plain);
  return values.length > MOST ? [...some, `and ${values.length - MOST} more`] : some;
}

function markOf({ a, b, compared }: SideRow): string {
  if (!compared || a.length === 0 || b.length === 0) return ' ';
  const said = new Set(a.map(sameness));
  return b.some((value) => said.has(sameness(value))) ? '=' : '≠';
}

function sameness(value: string): string {
  return value.toLowerCase().replace(/\s+/g, ' ').trim();
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
