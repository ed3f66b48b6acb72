import type { Reading, TablePlan } from '../core/import/records.js';
import { dateColumns, decideDateOrder, planTable, readRow } from '../core/import/table.js';
import { readMoment } from '../core/import/dates.js';
import { CardSplitter, readCard } from '../core/import/vcard.js';
import type { FileReading, FileRow, FileSource, OpenBytes, ReadOptions } from './file-reading.js';
import { decoded, EncodingScan, type Encoding } from './encoding.js';
import { TableSplitter, type TableRecord } from './table-splitter.js';

const HEAD_BYTES = 256 * 1024;
const HEAD_ROWS = 50;
const DELIMITERS = [',', ';', '\t'];

/** Knows a file by its content, never by its name. Needs no database; memory does not grow with the file. */
export async function readFile(source: FileSource, _options: ReadOptions = {}): Promise<FileReading> {
  const { open } = source;
  const { encoding, head, isWhole } = await lookOver(open);
  if (head.trim() === '' && isWhole) return { kind: 'refused', reason: 'the file is empty' };
  if (/^\s*BEGIN:VCARD\s*$/im.test(head.trimStart().slice(0, 200))) {
    const why = 'vCards, by the line BEGIN:VCARD';
    return { kind: 'people', format: 'vcard', confidence: 0.99, why, rows: () => cardRows(open, encoding) };
  }
  const table = openTable(head, isWhole);
  if (table.kind === 'refused') return table;
  const { delimiter } = table;
  const plan = await withDateOrder(open, encoding, delimiter, table.plan);
  const why = encoding === 'windows-1252' ? `${plan.why}; the text is in Windows-1252` : plan.why;
  return {
    kind: 'people',
    format: plan.format,
    confidence: plan.confidence,
    why,
    async *rows() {
      for await (const record of tableRecords(open, encoding, delimiter, plan)) yield rowOf(plan, record);
    },
  };
}

async function lookOver(open: OpenBytes): Promise<{ encoding: Encoding; head: string; isWhole: boolean }> {
  const scan = new EncodingScan();
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of open()) {
    scan.push(chunk);
    if (size < HEAD_BYTES) kept.push(chunk);
    size += chunk.length;
  }
  const encoding = scan.end();
  const bytes = Buffer.concat(kept).subarray(0, HEAD_BYTES);
  const isWhole = size <= HEAD_BYTES;
  return { encoding, head: new TextDecoder(encoding).decode(bytes, { stream: !isWhole }), isWhole };
}

type OpenedTable =
  { kind: 'table'; delimiter: string; plan: TablePlan } | { kind: 'refused'; reason: string };

/** The delimiter under which the header tells most. */
function openTable(head: string, isWhole: boolean): OpenedTable {
  let best: { delimiter: string; plan: TablePlan; score: number } | null = null;
  let refusal = { reason: 'the file is empty', columns: 0 };
  for (const delimiter of DELIMITERS) {
    const splitter = new TableSplitter(delimiter);
    const records = splitter.push(head);
    if (isWhole || records.length === 0) records.push(...splitter.end());
    const cells = records.slice(0, HEAD_ROWS).map((record) => record.cells);
    const planning = planTable(cells);
    const columns = Math.max(0, ...cells.map((row) => row.length));
    if (planning.kind === 'plan') {
      const score = Object.keys(planning.plan.columns).length;
      if (best === null || score > best.score) best = { delimiter, plan: planning.plan, score };
    } else if (columns > refusal.columns) refusal = { reason: planning.reason, columns };
  }
  return best === null ? { kind: 'refused', reason: refusal.reason } : { kind: 'table', ...best };
}

async function* tableRecords(
  open: OpenBytes,
  encoding: Encoding,
  delimiter: string,
  plan: TablePlan,
): AsyncGenerator<TableRecord, void, undefined> {
  const { headerIndex, header } = plan;
  const splitter = new TableSplitter(delimiter, { headerIndex, width: header.length });
  let index = 0;
  for await (const text of decoded(open(), encoding)) {
    for (const record of splitter.push(text)) if (index++ > headerIndex) yield record;
  }
  for (const record of splitter.end()) if (index++ > headerIndex) yield record;
}

function rowOf(plan: TablePlan, { line, raw, cells, broken }: TableRecord): FileRow {
  const reading: Reading = broken === undefined ? readRow(plan, cells) : { kind: 'rejected', reason: broken };
  return { line, raw, reading };
}

/** Where the head leaves it open whether the month or the day stands first, the whole columns decide. */
async function withDateOrder(
  open: OpenBytes,
  encoding: Encoding,
  delimiter: string,
  plan: TablePlan,
): Promise<TablePlan> {
  const columns = dateColumns(plan);
  if (plan.monthFirst !== null || columns.length === 0) return plan;
  const orders = new Set<boolean>();
  let looked = 0;
  let isOpen = false;
  for await (const { cells } of tableRecords(open, encoding, delimiter, plan)) {
    for (const index of columns) {
      const value = cells[index] ?? '';
      if (value === '') continue;
      looked += 1;
      const order = decideDateOrder([value]);
      if (order !== null) orders.add(order);
      isOpen ||= readMoment(value, null) === null && readMoment(value, true) !== null;
    }
    // Dates that can be read in one way only, such as LinkedIn's: nothing is to be decided.
    if (looked >= HEAD_ROWS && !isOpen && orders.size === 0) break;
    if (orders.size > 1) break;
  }
  const [only] = orders;
  return { ...plan, monthFirst: orders.size === 1 && only !== undefined ? only : null };
}

async function* cardRows(open: OpenBytes, encoding: Encoding): AsyncGenerator<FileRow, void, undefined> {
  const splitter = new CardSplitter();
  const read = ({ line, text, refused }: { line: number; text: string; refused?: string }): FileRow => ({
    line,
    raw: text,
    reading: refused === undefined ? readCard(text) : { kind: 'rejected', reason: refused },
  });
  for await (const text of decoded(open(), encoding)) yield* splitter.push(text).map(read);
  yield* splitter.end().map(read);
}
