/** Tables of people: rows of cells -> a plan, and a plan with a row -> what it tells. */
import { cleanText, oneLine } from '../text.js';
import { decideDateOrder } from './dates.js';
import { findHeader, formatOf, settleByContent } from './header.js';
import type { Field, TablePlan } from './records.js';

export { decideDateOrder } from './dates.js';
export { readRow } from './row.js';

export type Planning = { kind: 'plan'; plan: TablePlan } | { kind: 'refused'; reason: string };

const MAX_COLUMNS = 2_000;
const DATES = new Set<Field>(['birthday', 'connectedOn', 'scanAt', 'checkedIn']);

/** How archives, PDFs, pictures and old Office files begin, also where decoding has replaced their first byte. */
// prettier-ignore
// eslint-disable-next-line no-control-regex
const BINARY = /^(?:PK\u0003\u0004|%PDF-|[\u0089\ufffd]PNG|\u00d0\u00cf\u0011\u00e0|GIF8|\u001f[\u008b\ufffd])/;

/** The columns (from 0) whose values decide `monthFirst`; a caller who can read the whole file decides from all of them. */
export function dateColumns(plan: Pick<TablePlan, 'columns'>): number[] {
  return Object.entries(plan.columns)
    .filter(([, field]) => DATES.has(field))
    .map(([index]) => Number(index));
}

/** What is no table at all, by how it begins. */
function refusalOf(head: readonly string[][]): string | null {
  const rows = head.filter((row) => row.some((cell) => cell.slice(0, 10_000).trim() !== ''));
  if (rows.length === 0) return 'the file is empty';
  const widest = Math.max(...head.map((row) => row.length));
  if (widest > MAX_COLUMNS) return `the table has ${widest} columns; more than ${MAX_COLUMNS} are not read`;
  const sample = rows.map((row) => row.slice(0, 50).map((cell) => cell.slice(0, 500)).join(' ')).join(' ').slice(0, 4_000); // prettier-ignore
  const start = sample.replace(/^\ufeff/, '').trimStart();
  if (/^(?:<!doctype html|<html|<head|<body|<script)/i.test(start)) {
    return 'this is a web page, not a table: perhaps the download was a sign-in page';
  }
  if (/^BEGIN:(?:VCARD|VCALENDAR)/i.test(start)) return 'this is a vCard or calendar file, not a table';
  // eslint-disable-next-line no-control-regex
  const odd = sample.match(/[\u0000-\u0008\u000e-\u001f\u007f\ufffd]|\p{Cs}/gu)?.length ?? 0;
  if (BINARY.test(start) || odd > sample.length / 20) return 'this is a binary file, not a table of text';
  return null;
}

function quoted(cells: readonly string[]): string {
  const shown = cells.map((cell) => oneLine(cell.slice(0, 60))).filter((cell) => cell !== '');
  return shown.slice(0, 6).map((cell) => `"${cell}"`).join(', ') + (shown.length > 6 ? ', ...' : ''); // prettier-ignore
}

/**
 * How to read a table, from its first rows (up to 50 are looked at). The date order is decided from these rows; with
 * the whole file at hand, decide it again from `dateColumns` and put it into the plan.
 */
export function planTable(head: string[][]): Planning {
  const rows = head.slice(0, 50);
  const reason = refusalOf(rows);
  if (reason !== null) return { kind: 'refused', reason };
  const found = findHeader(rows);
  if (!found) {
    const first = rows.find((row) => row.filter((cell) => cell.trim() !== '').length > 1) ?? rows.find((row) => row.some((cell) => cell.trim() !== '')); // prettier-ignore
    return {
      kind: 'refused',
      reason: `no row is a header with a column for a name or an e-mail address; the first row is ${quoted(first ?? [])}`,
    };
  }
  const header = (rows[found.index] ?? []).map((cell) => cleanText(cell.slice(0, 500)).trim());
  const body = rows.slice(found.index + 1);
  const columns = settleByContent(found.columns, header, body);
  const { format, by } = formatOf(columns, header);
  const values = dateColumns({ columns }).flatMap((index) => body.map((row) => row[index] ?? ''));
  const fields = new Set(Object.values(columns)).size;
  const confidence = format === 'linkedin-connections' ? 0.98 : Math.min(0.95, 0.3 + 0.12 * fields);
  const why = `${NAMES[format]}, by the columns ${quoted(by)} in row ${found.index + 1}`;
  return {
    kind: 'plan',
    plan: {
      format,
      headerIndex: found.index,
      columns,
      header,
      confidence,
      why,
      monthFirst: decideDateOrder(values),
    },
  };
}

const NAMES: Record<TablePlan['format'], string> = {
  'linkedin-connections': 'LinkedIn connections',
  'linkedin-messages': 'LinkedIn messages',
  'linkedin-invitations': 'LinkedIn invitations',
  'badge-scan': 'badge scans',
  'attendee-list': 'an attendee list',
  table: 'a table of people',
};
