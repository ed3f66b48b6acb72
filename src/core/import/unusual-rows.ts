/** Rows under a header that are no person's. */
import { oneLine } from '../text.js';
import type { CompiledPlan } from './compiled-plan.js';
import { canonicalEmail } from './identity.js';
import type { Reading } from './records.js';

/** Characters. A longer cell is a slipped quote, not a name. */
export const MAX_CELL = 2_000;

export const rejected = (reason: string): Reading => ({ kind: 'rejected', reason });
export const ignored = (reason: string): Reading => ({ kind: 'ignored', reason });

function isBlank(cell: string): boolean {
  if (cell === '') return true;
  const first = cell.charCodeAt(0);
  return !(first > 0x20 && first < 0x7f) && oneLine(cell.slice(0, MAX_CELL)) === '';
}

/** Why a row is not read as a person's; null for nearly every row. */
export function unusual(
  plan: { header: readonly string[] },
  compiled: CompiledPlan,
  row: readonly string[],
): Reading | null {
  let filled = 0;
  let last = -1;
  for (let index = 0; index < row.length; index++) {
    if (isBlank(row[index] ?? '')) continue;
    filled += 1;
    last = index;
  }
  if (filled === 0) return ignored('a blank row');
  const width = plan.header.length;
  if (last >= width && !isTailOpen(compiled, row, width))
    return rejected(`has ${row.length} cells where the header has ${width}`);
  const { named } = compiled;
  if (
    filled > 1 &&
    filled === named.length &&
    named.every(({ index, text }) => isSame(row[index] ?? '', text))
  ) {
    return ignored('the header again');
  }
  return filled <= 4 ? footer(row, named.length) : null;
}

/**
 * Whether the cells too many come of commas in the last column, a free text that nobody put in quotes: all that is read
 * stands before it, and a good address in its own column proves that nothing has slipped there.
 */
function isTailOpen({ all, of }: CompiledPlan, row: readonly string[], width: number): boolean {
  const anchor = Math.max(
    -1,
    ...(of.email ?? []).flatMap(({ index }) =>
      canonicalEmail((row[index] ?? '').trim()) === null ? [] : [index],
    ),
  );
  return all.every(({ index, field }) => index <= anchor || (index === width - 1 && field === 'notes'));
}

const isSame = (cell: string, header: string): boolean =>
  cell === header || (cell.length < MAX_CELL && oneLine(cell) === oneLine(header));

/** Totals and notes under the table. */
function footer(row: readonly string[], columns: number): Reading | null {
  const filled = row.map((cell) => oneLine(cell.slice(0, MAX_CELL))).filter((cell) => cell !== '');
  if (filled.some((cell) => cell.includes('@'))) return null;
  const [first = ''] = filled;
  if (
    /^(?:grand |sub-?)?(?:total|totals|totaal|totale|summe|gesamt|sum|somme|suma|count|anzahl)\b[^\p{L}]*(?:contacts?|people|rows?|records?|attendees?|guests?)?[^\p{L}]*$/iu.test(
      first,
    ) &&
    filled.every((cell, index) => index === 0 || /^[^\p{L}]*$/u.test(cell))
  ) {
    return ignored('a total under the table');
  }
  if (
    filled.length === 1 &&
    columns > 2 &&
    (first.split(' ').length > 5 || /https?:|^[^:]{1,40}:\s|©/.test(first))
  ) {
    return ignored('a note under the table');
  }
  return null;
}
