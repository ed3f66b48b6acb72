/** Tables of people: rows of cells -> a plan, and a plan with a row -> what it tells. */
import { cleanText, oneLine } from '../text.js';
import { headerless, isOfFirms, linkedinByShape, settleByContent } from './content.js';
import { dateColumns, DateOrders } from './date-orders.js';
import { headerKey } from './columns.js';
import { columnsOf, findHeader, formatOf, type Columns } from './header.js';
import { applyMapping, mappedHeader } from './mapping.js';
import { isSkillList, ofNobody, OUR_EXPORT, productOf, type Product } from './products.js';
import type { Field, Mapping, TablePlan } from './records.js';
import { regionOfTable } from './table-region.js';

export { decideDateOrder } from './dates.js';
export { asksOf, dateColumns, DateOrders } from './date-orders.js';
export { readRow } from './row.js';

export type Planning =
  | { kind: 'plan'; plan: TablePlan }
  /** Understood, and tells nothing of people to write to. */
  | { kind: 'skipped'; reason: string }
  | { kind: 'refused'; reason: string };

/** What is known beside the table itself. */
export interface PlanOptions {
  /** The owner's mappings; the one for the table's header counts. */
  mappings?: readonly Mapping[];
  /** A mapping for this very import, for every table that has one of its columns; it wins over the others. */
  mapping?: Mapping;
  /** A country for phone numbers that name none: the event's. */
  region?: string;
}

const MAX_COLUMNS = 2_000;
/** Rows looked at, and rows among which a header that is no table of people is looked for. */
const HEAD = 50;
const TOP = 10;

/** How archives, PDFs, pictures and old Office files begin, also where decoding has replaced their first byte. */
// prettier-ignore
// eslint-disable-next-line no-control-regex
const BINARY = /^(?:PK\u0003\u0004|%PDF-|[\u0089\ufffd]PNG|\u00d0\u00cf\u0011\u00e0|GIF8|\u001f[\u008b\ufffd])/;

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

interface Found {
  index: number;
  columns: Columns;
  by: 'header' | 'shape' | 'content' | 'mapping';
  mapping?: Mapping;
}

function find(rows: readonly string[][], options: PlanOptions): Found | null {
  const mapped = mappedHeader(rows, options);
  if (mapped) {
    const { index, mapping } = mapped;
    return { index, columns: columnsOf(rows[index] ?? []), by: 'mapping', mapping };
  }
  const found = findHeader(rows);
  if (found && Object.values(found.columns).includes('connectedOn')) return { ...found, by: 'header' };
  const shape = linkedinByShape(rows);
  if (shape) return { ...shape, by: 'shape' };
  if (found) return { ...found, by: 'header' };
  const content = headerless(rows);
  return content && { ...content, by: 'content' };
}

/** LinkedIn's messages and invitations have no columns for one person; their rows are read by their own rules. */
function conversation(rows: readonly string[][]): Planning | null {
  for (const [index, row] of rows.slice(0, TOP).entries()) {
    const product = productOf(row);
    if (product?.format !== 'linkedin-messages' && product?.format !== 'linkedin-invitations') continue;
    const header = headerCells(row);
    const fields: Record<string, Field> = { from: 'name', to: 'name', senderprofileurl: 'linkedin', recipientprofileurls: 'linkedin', inviterprofileurl: 'linkedin', inviteeprofileurl: 'linkedin', message: 'notes' }; // prettier-ignore
    const columns: Columns = {};
    header.forEach((cell, column) => {
      const field = fields[cell.toLowerCase().replace(/[^a-z]/g, '')];
      if (field !== undefined) columns[column] = field;
    });
    const why = `${product.name}, by the columns ${quoted(header)} in row ${index + 1}`;
    const plan: TablePlan = { format: product.format, headerIndex: index, columns, header, confidence: 0.98, why, monthFirst: null, product: product.name }; // prettier-ignore
    return { kind: 'plan', plan };
  }
  return null;
}

const headerCells = (row: readonly string[]): string[] =>
  row.map((cell) => cleanText(cell.slice(0, 500)).trim());

/**
 * How to read a table, from its first rows (up to 50 are looked at). The date order is decided from these rows; with
 * the whole file at hand, decide it again with `DateOrders`.
 */
export function planTable(head: string[][], options: PlanOptions = {}): Planning {
  const rows = head.slice(0, HEAD);
  const reason = refusalOf(rows);
  if (reason !== null) return { kind: 'refused', reason };
  const found = find(rows, options);
  if (found?.by !== 'mapping') {
    const talk = conversation(rows);
    if (talk) return talk;
    for (const row of rows.slice(0, TOP)) {
      const what = ofNobody(row);
      if (what !== null) return { kind: 'skipped', reason: `${what}: nothing of other people` };
    }
  }
  if (!found) return { kind: 'refused', reason: unknown(rows) };
  const body = rows.slice(found.index + 1);
  const header = widened(found.index < 0 ? [] : headerCells(rows[found.index] ?? []), body);
  if (found.by !== 'mapping' && isSkillList(header, body)) {
    return { kind: 'skipped', reason: 'your skills: nothing of other people' };
  }
  if (found.by === 'header' && isOfFirms(found.columns, header, body)) {
    return { kind: 'refused', reason: 'this is a table of companies or places; no column is of people' };
  }
  return planned(found, header, body, options);
}

/** A header shorter than most of its rows lacks cells at its end. */
function widened(header: string[], body: readonly string[][]): string[] {
  const widths = body
    .map((row) => row.findLastIndex((cell) => cell.trim() !== '') + 1)
    .filter((width) => width > 0);
  const wider = widths.filter((width) => width > header.length);
  if (wider.length * 2 <= widths.length) return header;
  const width = Math.max(...wider);
  return [...header, ...new Array<string>(width - header.length).fill('')];
}

function unknown(rows: readonly string[][]): string {
  const first = rows.find((row) => row.filter((cell) => cell.trim() !== '').length > 1) ?? rows.find((row) => row.some((cell) => cell.trim() !== '')); // prettier-ignore
  return `no row is a header with a column for a name or an e-mail address; the first row is ${quoted(first ?? [])}`;
}

/** Address books have columns called "Priority" that rate no lead. */
const ADDRESS_BOOKS = new Set(['Google Contacts', 'Outlook contacts', 'Thunderbird address book']);

function planned(found: Found, header: string[], body: string[][], options: PlanOptions): Planning {
  const product = found.index < 0 ? null : productOf(header);
  let columns = found.by === 'header' || found.by === 'mapping' ? settleByContent(found.columns, header, body) : found.columns; // prettier-ignore
  if (product && ADDRESS_BOOKS.has(product.name)) {
    columns = Object.fromEntries(Object.entries(columns).filter(([, field]) => field !== 'priority'));
  }
  if (product?.name === OUR_EXPORT) {
    const id = header.findIndex((cell) => headerKey(cell) === 'id');
    if (id >= 0) columns = { ...columns, [id]: 'contactId' };
  }
  const { mapping } = found;
  if (mapping) columns = applyMapping(columns, header, mapping);
  const read = new Set(Object.values(columns));
  if (!(['name', 'given', 'family', 'email', 'linkedin'] as const).some((field) => read.has(field))) {
    if (!mapping) return { kind: 'refused', reason: unknown([header]) };
    return {
      kind: 'refused',
      reason: `the mapping names no column for a name or an e-mail address; the header is ${quoted(header)}`,
    };
  }
  const { format, by } = formatOf(columns, header);
  const plan: TablePlan = {
    format: product?.format ?? (found.by === 'shape' ? 'linkedin-connections' : format),
    headerIndex: found.index,
    columns,
    header,
    confidence: confidenceOf(found, product, format, read.size),
    why: '',
    monthFirst: mapping?.monthFirst ?? null,
  };
  const name = product?.name ?? (plan.format === 'linkedin-connections' ? NAMES[plan.format] : undefined);
  if (name !== undefined) plan.product = name;
  if (mapping) plan.mapped = true;
  if (mapping && mapping.monthFirst !== null) plan.datesSaid = true;
  // Said for the whole import, whatever its columns are called.
  const order = options.mapping?.monthFirst;
  if (order !== undefined && order !== null && !plan.datesSaid) {
    plan.monthFirst = order;
    plan.datesSaid = true;
  }
  // Where the people live tells more of their numbers than where they met.
  const region = regionOfTable(header, body) ?? options.region;
  if (region !== undefined) plan.region = region;
  plan.why = whyOf(plan, found, by);
  if (found.by === 'content') plan.asks = [NO_HEADER];
  return { kind: 'plan', plan: withDates(plan, body) };
}

const NO_HEADER =
  'No row names the columns, so they were told by what they hold: look at the people with --dry-run, and say it with --mapping where it is wrong';

function confidenceOf(
  found: Found,
  product: Product | null,
  format: TablePlan['format'],
  fields: number,
): number {
  if (found.by === 'mapping') return 1;
  if (found.by === 'content') return 0.4;
  if (found.by === 'shape') return 0.85;
  if (format === 'linkedin-connections') return 0.98;
  return product ? (product.confidence ?? 0.95) : Math.min(0.9, 0.3 + 0.12 * fields);
}

function whyOf(plan: TablePlan, found: Found, by: readonly string[]): string {
  const what = plan.product ?? NAMES[plan.format];
  if (found.by === 'content') {
    const held = Object.entries(plan.columns).map(
      ([index, field]) => `${field} in column ${Number(index) + 1}`,
    );
    return `${what} without a header we know, by what its columns hold: ${held.join(', ')}`;
  }
  if (found.by === 'shape')
    return `${what}, by profiles and dates under ${quoted(plan.header)} in row ${found.index + 1}`;
  const said = plan.mapped === true ? ', read as you mapped them' : '';
  const named = by.length > 0 ? by : plan.header.filter((_cell, index) => plan.columns[index] !== undefined);
  return `${what}, by the columns ${quoted(named)} in row ${found.index + 1}${said}`;
}

/** The order as far as the first rows tell; questions are asked when the whole table was seen. */
function withDates(plan: TablePlan, body: readonly string[][]): TablePlan {
  if (plan.datesSaid === true || dateColumns(plan).length === 0) return plan;
  const orders = new DateOrders(plan);
  for (const row of body) orders.add(row);
  const decided = { ...orders.end() };
  delete decided.asks;
  return plan.asks === undefined ? decided : { ...decided, asks: plan.asks };
}

const NAMES: Record<TablePlan['format'], string> = {
  'linkedin-connections': 'LinkedIn connections',
  'linkedin-messages': 'LinkedIn messages',
  'linkedin-invitations': 'LinkedIn invitations',
  'badge-scan': 'badge scans',
  'attendee-list': 'an attendee list',
  table: 'a table of people',
};
