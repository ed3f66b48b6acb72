import type { Reading, TablePlan } from '../core/import/records.js';
import { Conversations } from '../core/import/messages.js';
import { DateOrders, planTable, readRow } from '../core/import/table.js';
import { decoded, type Encoding } from './encoding.js';
import type { FileReading, FileRow, FileSource, ReadOptions } from './file-reading.js';
import { ofMemory, oneByOne } from './row-batches.js';
import { TableSplitter, type TableRecord } from './table-splitter.js';
import { toldEncoding, type TextLook } from './text-look.js';

const EMPTY = 'the file is empty';
const HEAD_ROWS = 50;
const DELIMITERS = [',', ';', '\t', '|'];
/** The line by which Excel is told the delimiter. */
const SEPARATOR_LINE = /^"?sep=([,;\t|])"?\r?(?:\n|$)/i;

interface OpenTable {
  source: FileSource;
  encoding: Encoding;
  delimiter: string;
  plan: TablePlan;
}

/** A file of rows and columns. `refused`: there is no header of people in it, under any delimiter. */
export async function readTable(
  source: FileSource,
  look: TextLook,
  options: ReadOptions,
): Promise<FileReading> {
  const opened = openTable(look, options);
  if (opened.kind !== 'table') return opened;
  const { delimiter, records } = opened;
  const { headerIndex } = opened.plan;
  const isEmpty = !records.slice(headerIndex + 1).some(({ raw }) => raw.trim() !== '');
  if (look.isWhole && headerIndex >= 0 && isEmpty) {
    return { kind: 'skipped', reason: `has a header and no rows (${opened.plan.why})` };
  }
  const { encoding } = look;
  const plan = await withDates({ source, encoding, delimiter, plan: opened.plan });
  const table: OpenTable = { source, encoding, delimiter, plan };
  const header = records[headerIndex]?.raw;
  const said = {
    kind: 'people',
    format: plan.format,
    confidence: plan.confidence,
    why: plan.why + toldEncoding(encoding),
    columns: plan.header.map((cell, index) => ({ header: cell, field: plan.columns[index] ?? null })),
    ...(header !== undefined && { header }),
    ...(plan.asks && plan.asks.length > 0 && { asks: plan.asks }),
  } as const;
  if (plan.format === 'linkedin-messages') {
    const { rows, left } = await messageRows(table);
    return { ...said, why: said.why + left, ...ofMemory(rows) };
  }
  const batches = () => tableBatches(table);
  return { ...said, rows: () => oneByOne(batches()), batches };
}

/** Whole columns decide whether the month or the day stands first; the first rows only seldom can. */
async function withDates(table: OpenTable): Promise<TablePlan> {
  const orders = new DateOrders(table.plan);
  if (orders.isSettled) return orders.end();
  for await (const records of recordBatches(table)) {
    for (const { cells } of records) orders.add(cells);
    if (orders.isSettled) break;
  }
  return orders.end();
}

/** One row for each person written to; what is kept of them is small, however long the conversations. */
async function messageRows(table: OpenTable): Promise<{ rows: FileRow[]; left: string }> {
  const conversations = new Conversations(table.plan);
  const rows: FileRow[] = [];
  for await (const records of recordBatches(table)) {
    for (const record of records) {
      if (record.broken === undefined) conversations.add(record);
      else rows.push(rowOf(table.plan, record));
    }
  }
  const { partners, left } = conversations.end();
  for (const { line, raw, candidate } of partners)
    rows.push({ line, raw, reading: { kind: 'person', candidate } });
  const told = left.map(({ reason, conversations: count }) => `${count} (${reason})`).join(', ');
  return {
    rows: rows.sort((a, b) => a.line - b.line),
    left: told === '' ? '' : `; conversations left aside: ${told}`,
  };
}

type Opened =
  | { kind: 'table'; delimiter: string; plan: TablePlan; records: TableRecord[] }
  | { kind: 'skipped' | 'refused'; reason: string };

/** The delimiter under which the header tells most. */
function openTable({ head, isWhole }: TextLook, options: ReadOptions): Opened {
  let best: (Extract<Opened, { kind: 'table' }> & { score: number }) | null = null;
  let other: { kind: 'skipped' | 'refused'; reason: string; columns: number } | null = null;
  const said = SEPARATOR_LINE.exec(head)?.[1];
  for (const delimiter of said === undefined ? DELIMITERS : [said]) {
    const splitter = new TableSplitter(delimiter);
    const records = splitter.push(head);
    if (isWhole || records.length === 0) records.push(...splitter.end());
    const cells = records.slice(0, HEAD_ROWS).map((record) => record.cells);
    const planning = planTable(cells, options);
    const columns = Math.max(0, ...cells.map((row) => row.length));
    if (planning.kind === 'plan') {
      const { plan } = planning;
      const score = Object.keys(plan.columns).length + plan.confidence / 2;
      if (best === null || score > best.score) best = { kind: 'table', delimiter, plan, records, score };
    } else if (other === null || columns > other.columns) other = { ...planning, columns };
  }
  // A header that is known to tell of nobody is not one of people under another delimiter.
  const isSurer = other?.kind === 'skipped' && (best === null || best.plan.headerIndex < 0 || other.columns > best.plan.header.length); // prettier-ignore
  if (other?.reason === EMPTY && head.trim() !== '') other.reason = 'all cells of the table are empty';
  const { kind, reason } = other ?? { kind: 'refused', reason: EMPTY };
  return best === null || isSurer ? { kind, reason } : best;
}

/** Batch by batch, as the bytes come; everything after the header. */
async function* recordBatches(table: OpenTable): AsyncGenerator<TableRecord[], void, undefined> {
  const { headerIndex, header } = table.plan;
  const splitter = new TableSplitter(table.delimiter, { headerIndex, width: header.length });
  let passed = 0;
  const after = (records: TableRecord[]): TableRecord[] => {
    const skip = Math.max(0, Math.min(records.length, headerIndex + 1 - passed));
    passed += records.length;
    return skip === 0 ? records : records.slice(skip);
  };
  for await (const text of decoded(table.source.open(), table.encoding)) {
    const records = after(splitter.push(text));
    if (records.length > 0) yield records;
  }
  const last = after(splitter.end());
  if (last.length > 0) yield last;
}

async function* tableBatches(table: OpenTable): AsyncGenerator<FileRow[], void, undefined> {
  for await (const records of recordBatches(table)) yield records.map((record) => rowOf(table.plan, record));
}

function rowOf(plan: TablePlan, { line, raw, cells, broken }: TableRecord): FileRow {
  const reading: Reading = broken === undefined ? readRow(plan, cells) : { kind: 'rejected', reason: broken };
  return { line, raw, reading };
}
