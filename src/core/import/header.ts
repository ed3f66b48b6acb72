/** The header of a table: found by what its cells mean, never by its place. */
import { AMBIGUOUS, fieldOf, headerKey, LIST_SIGNS, SCAN_SIGNS } from './columns.js';
import { canonicalEmail } from './identity.js';
import type { Field, TablePlan } from './records.js';

type Columns = Record<number, Field>;

/** Fields of which one column is enough; of the others each column adds its values. */
const SINGLE = new Set<Field>(['name', 'given', 'middle', 'family', 'prefix', 'suffix', 'birthday', 'connectedOn', 'scanAt', 'interaction', 'checkedIn', 'status', 'language', 'zone']); // prettier-ignore

/** The meaning of each cell of a row, were it the header. */
export function columnsOf(row: readonly string[]): Columns {
  const keys = row.map(headerKey);
  const columns: Columns = {};
  const taken = new Set<Field>();
  const assign = (index: number, field: Field): void => {
    if (SINGLE.has(field) && taken.has(field)) return;
    columns[index] = field;
    taken.add(field);
  };
  keys.forEach((key, index) => {
    const field = fieldOf(key);
    if (field !== null) assign(index, field);
  });
  // What depends on the other columns. Outlook's "Title" is Mr or Dr beside a "Job Title"; Meetup's is a rank in the group.
  const joined = keys.includes('joinedgroupon');
  keys.forEach((key, index) => {
    if (columns[index] !== undefined) return;
    if (AMBIGUOUS.title.has(key) && !joined) assign(index, taken.has('title') ? 'prefix' : 'title');
    if (AMBIGUOUS.name.has(key))
      assign(index, taken.has('given') ? 'family' : taken.has('family') ? 'given' : 'name');
  });
  const scanned = keys.some((key) => SCAN_SIGNS.test(key));
  keys.forEach((key, index) => {
    if (columns[index] === undefined && scanned && AMBIGUOUS.scanAt.has(key)) assign(index, 'scanAt');
  });
  return columns;
}

const fieldsOf = (columns: Columns): Set<Field> => new Set(Object.values(columns));

function isHeader(row: readonly string[], columns: Columns): boolean {
  const fields = fieldsOf(columns);
  if (!['name', 'given', 'family', 'email'].some((field) => fields.has(field as Field))) return false;
  if (row.some((cell) => cell.length < 300 && canonicalEmail(cell) !== null)) return false;
  // One word among many others is a coincidence ("Name" in a sentence of cells is rare, "Contact" is not).
  return fields.size > 1 || row.filter((cell) => cell.trim() !== '').length <= 3;
}

/** The row that names most; the first of equals. */
export function findHeader(head: readonly string[][]): { index: number; columns: Columns } | null {
  let best: { index: number; columns: Columns; score: number } | null = null;
  for (const [index, row] of head.entries()) {
    const columns = columnsOf(row);
    if (!isHeader(row, columns)) continue;
    const score = fieldsOf(columns).size;
    if (best === null || score > best.score) best = { index, columns, score };
  }
  return best;
}

/**
 * Corrections by content. "Name" beside "Vorname" is the family name, unless it holds the given one too; an unnamed
 * column of distinct addresses is the e-mail column; a check-in column in which nobody is checked in says nothing.
 */
export function settleByContent(
  columns: Columns,
  header: readonly string[],
  rows: readonly string[][],
): Columns {
  const settled = { ...columns };
  const find = (field: Field): number | undefined => {
    const entry = Object.entries(settled).find(([, each]) => each === field);
    return entry && Number(entry[0]);
  };
  const cell = (row: readonly string[], index: number): string => (row[index] ?? '').trim();
  const name = find('name');
  const given = find('given');
  const family = find('family');
  const other = given ?? family;
  if (name !== undefined && other !== undefined && (given === undefined || family === undefined)) {
    const holdsBoth = rows.some((row) => {
      const part = cell(row, other).toLowerCase();
      const whole = cell(row, name).toLowerCase();
      return part !== '' && whole !== part && whole.includes(part);
    });
    if (!holdsBoth) settled[name] = given === undefined ? 'given' : 'family';
  }
  if (find('email') === undefined) {
    for (const index of header.keys()) {
      if ((header[index] ?? '').trim() !== '' || settled[index] !== undefined) continue;
      const values = rows.map((row) => cell(row, index)).filter((value) => value !== '');
      const distinct = new Set(values);
      if (
        distinct.size >= 2 &&
        distinct.size === values.length &&
        values.every((value) => canonicalEmail(value) !== null)
      ) {
        settled[index] = 'email';
        break;
      }
    }
  }
  const checkedIn = find('checkedIn');
  if (checkedIn !== undefined && rows.every((row) => cell(row, checkedIn) === '')) {
    return Object.fromEntries(Object.entries(settled).filter(([index]) => Number(index) !== checkedIn));
  }
  return settled;
}

/** LinkedIn, scan, list or plain table: told by the columns. A scanner at the door of the hall makes a list, no meeting. */
export function formatOf(
  columns: Columns,
  header: readonly string[],
): { format: TablePlan['format']; by: string[] } {
  const fields = fieldsOf(columns);
  const matching = (pattern: RegExp): string[] => header.filter((cell) => pattern.test(headerKey(cell)));
  const named = (field: Field): string[] => header.filter((_cell, index) => columns[index] === field);
  if (fields.has('connectedOn') && fields.has('given') && fields.has('family')) {
    return {
      format: 'linkedin-connections',
      by: [...named('given'), ...named('family'), ...named('connectedOn')],
    };
  }
  const scans = [...new Set([...matching(SCAN_SIGNS), ...named('interaction'), ...named('scanAt')])];
  const lists = [...new Set([...matching(LIST_SIGNS), ...named('status'), ...named('checkedIn')])];
  const byExhibitor =
    fields.has('interaction') ||
    scans.some((cell) =>
      /^(?:scanner|scannedby|leadcapture|leadrating|capturedby|assignedrep)/.test(headerKey(cell)),
    );
  if (scans.length > 0 && (lists.length === 0 || byExhibitor)) return { format: 'badge-scan', by: scans };
  if (lists.length > 0) return { format: 'attendee-list', by: lists };
  return { format: 'table', by: header.filter((_cell, index) => columns[index] !== undefined) };
}
