/** The header of a table: found by what its cells mean, never by its place. */
import { AMBIGUOUS, headerKey, LIST_SIGNS, meaningOf, SCAN_SIGNS } from './columns.js';
import { canonicalEmail } from './identity.js';
import { SINGLE } from './mapping.js';
import type { Field, TablePlan } from './records.js';

export type Columns = Record<number, Field>;

/** The meaning of each cell of a row, were it the header. */
export function columnsOf(row: readonly string[]): Columns {
  const keys = row.map(headerKey);
  const meanings = row.map(meaningOf);
  const columns: Columns = {};
  const taken = new Set<Field>();
  const assign = (index: number, field: Field): void => {
    if (columns[index] !== undefined || (SINGLE.has(field) && taken.has(field))) return;
    columns[index] = field;
    taken.add(field);
  };
  // "Name" before "Billing Name", "First Name" before "Contact First Name".
  meanings.forEach(({ field, weak, rest }, index) => {
    if (field !== null && !weak && rest === keys[index]) assign(index, field);
  });
  meanings.forEach(({ field }, index) => {
    if (field !== null) assign(index, field);
  });
  // "Birth Year", "Birth Month", "Birth Day".
  if (taken.has('birthMonth')) {
    const day = keys.findIndex((key, index) => key === 'birthday' && columns[index] === 'birthday');
    if (day >= 0) columns[day] = 'birthDay';
  }
  // What depends on the other columns. Outlook's "Title" is Mr or Dr beside a "Job Title", and so is the first of two;
  // Meetup's is a rank in the group.
  const joined = keys.includes('joinedgroupon');
  const titles = meanings.flatMap(({ rest }, index) =>
    columns[index] === undefined && AMBIGUOUS.title.has(rest) ? [index] : [],
  );
  if (!joined) {
    const [first, second] = titles;
    if (first !== undefined && second !== undefined && !taken.has('title')) {
      assign(first, 'prefix');
      assign(second, 'title');
    }
    for (const index of titles) assign(index, taken.has('title') ? 'prefix' : 'title');
  }
  meanings.forEach(({ rest }, index) => {
    if (columns[index] !== undefined || !AMBIGUOUS.name.has(rest)) return;
    assign(index, taken.has('given') ? 'family' : taken.has('family') ? 'given' : 'name');
  });
  keys.forEach((key, index) => {
    if (key === 'secondname' && !taken.has('family') && taken.has('given')) {
      columns[index] = 'family';
      taken.add('family');
    }
  });
  if (!['name', 'given', 'family'].some((field) => taken.has(field as Field))) {
    keys.forEach((key, index) => {
      if (AMBIGUOUS.whole.has(key)) assign(index, 'name');
    });
  }
  keys.forEach((key, index) => {
    if (!taken.has('birthday') && AMBIGUOUS.birthday.has(key)) assign(index, 'birthday');
  });
  // "Status" is whether they came only in a list of who did.
  const listed = keys.some(
    (key) => LIST_SIGNS.test(key) || /^(?:attendee|guest|registration)(?:id|type)/.test(key),
  );
  keys.forEach((key, index) => {
    if (listed && key === 'status') assign(index, 'status');
  });
  const scanned = keys.some((key) => SCAN_SIGNS.test(key));
  keys.forEach((key, index) => {
    if (scanned && AMBIGUOUS.scanAt.has(key)) assign(index, 'scanAt');
  });
  return columns;
}

const fieldsOf = (columns: Columns): Set<Field> => new Set(Object.values(columns));
const PERSONAL: Field[] = ['name', 'given', 'family', 'email'];

function isHeader(row: readonly string[], columns: Columns): boolean {
  const fields = fieldsOf(columns);
  if (!PERSONAL.some((field) => fields.has(field))) return false;
  if (row.some((cell) => cell.length < 300 && cell.includes('@') && canonicalEmail(cell) !== null))
    return false;
  // A row of a log may hold "email" and "user"; no header holds a time.
  if (row.some((cell) => /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/.test(cell))) return false;
  // One word among many others is a coincidence ("Name" in a sentence of cells is rare, "Contact" is not).
  return fields.size > 1 || row.filter((cell) => cell.trim() !== '').length <= 3;
}

/** The row that names most; the first of equals. */
export function findHeader(head: readonly string[][]): { index: number; columns: Columns } | null {
  let best: { index: number; columns: Columns; score: number } | null = null;
  // A table of very many columns has its header near the top.
  const width = Math.max(0, ...head.map((row) => row.length));
  for (const [index, row] of head.slice(0, width > 300 ? 8 : undefined).entries()) {
    const columns = columnsOf(row);
    if (!isHeader(row, columns)) continue;
    const score = fieldsOf(columns).size;
    if (best === null || score > best.score) best = { index, columns, score };
  }
  return best;
}

/** LinkedIn, scan, list or plain table: told by the columns. A scanner at the door of the hall makes a list, no meeting. */
export function formatOf(
  columns: Columns,
  header: readonly string[],
): { format: TablePlan['format']; by: string[] } {
  const fields = fieldsOf(columns);
  const matching = (pattern: RegExp): string[] => header.filter((cell) => pattern.test(headerKey(cell)));
  const named = (field: Field): string[] => header.filter((_cell, index) => columns[index] === field);
  if (fields.has('connectedOn') && (fields.has('given') || fields.has('name'))) {
    return {
      format: 'linkedin-connections',
      by: [...named('name'), ...named('given'), ...named('family'), ...named('connectedOn')],
    };
  }
  const scans = [...new Set([...matching(SCAN_SIGNS), ...named('interaction'), ...named('scanAt')])];
  const lists = [...new Set([...matching(LIST_SIGNS), ...named('status'), ...named('checkedIn')])];
  // Orders alone are a shop's.
  if (lists.every((cell) => headerKey(cell).startsWith('order'))) lists.length = 0;
  const byExhibitor =
    fields.has('interaction') ||
    scans.some((cell) =>
      /^(?:scanner|scannedby|leadcapture|leadrating|capturedby|assignedrep)/.test(headerKey(cell)),
    );
  if (scans.length > 0 && (lists.length === 0 || byExhibitor)) return { format: 'badge-scan', by: scans };
  if (lists.length > 0) return { format: 'attendee-list', by: lists };
  return { format: 'table', by: header.filter((_cell, index) => columns[index] !== undefined) };
}
