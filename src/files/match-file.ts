/** Finds the people that a table has twice; without any database. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { matchPeople, type MatchPair } from '../core/matching/match-people.js';
import type { MatchPerson } from '../core/matching/person.js';
import { personOf, planColumns } from '../core/matching/table-people.js';
import { decoded, EncodingScan } from './encoding.js';

export type FileMatch =
  | {
      kind: 'matched';
      records: number;
      /** Whether records are named by a column, or by the line they begin on. */
      namedBy: string | null;
      /** What each column was taken for; null: left out. */
      columns: { header: string; field: string | null }[];
      pairs: MatchPair[];
    }
  | { kind: 'refused'; reason: string };

type Table = { kind: 'table'; header: string[]; rows: { line: number; cells: string[] }[] } | { kind: 'refused'; reason: string }; // prettier-ignore

const DELIMITERS = [',', ';', '\t', '|'];
const MAX_ROWS = 1_000_000;

/** Every problem with the file is told as `refused`; only a disk that fails in the middle throws. */
export async function matchFile(path: string): Promise<FileMatch> {
  const table = await readTable(path);
  if (table.kind === 'refused') return table;
  const { header, rows } = table;
  const plan = planColumns(
    header,
    rows.map(({ cells }) => cells),
  );
  if (plan.kind === 'refused') return plan;
  const people = rows.map(({ line, cells }): MatchPerson => personOf(plan, cells, line));
  const { pairs } = matchPeople(people, { follow: true });
  return {
    kind: 'matched',
    records: rows.length,
    namedBy: plan.idColumn === null ? null : (header[plan.idColumn] ?? ''),
    columns: header.map((cell, index) => ({ header: cell, field: plan.meanings[index] ?? null })),
    pairs,
  };
}

async function readTable(path: string): Promise<Table> {
  const about = await stat(path).catch(() => null);
  if (!about) return { kind: 'refused', reason: `${path}: there is no such file` };
  if (about.isDirectory()) return { kind: 'refused', reason: `${path}: it is a folder; name a CSV file` };
  const scan = new EncodingScan();
  let head = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    scan.push(chunk);
    if (head.length < 65_536) head = Buffer.concat([head, chunk]);
  }
  const encoding = scan.end();
  const start = new TextDecoder(encoding).decode(head);
  if (start.trim() === '') return { kind: 'refused', reason: `${path}: the file is empty` };
  if (start.includes('\0')) return { kind: 'refused', reason: `${path}: this is no table of text` };
  const [firstLine = ''] = start.split(/[\r\n]/).filter((line) => line.trim() !== '');
  if (/^\s*(?:<|BEGIN:|[{[])/.test(firstLine))
    return { kind: 'refused', reason: `${path}: this is no CSV table` };
  const delimiter = DELIMITERS.reduce((best, one) =>
    firstLine.split(one).length > firstLine.split(best).length ? one : best,
  );
  const parser = Readable.from(decoded(createReadStream(path), encoding)).pipe(
    parse({
      delimiter,
      bom: true,
      trim: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      // All of them: of two tables put together, each may end its lines in its own way.
      record_delimiter: ['\r\n', '\n', '\r'],
      info: true,
      max_record_size: 4_000_000,
    }),
  );
  let header: string[] | null = null;
  const rows: { line: number; cells: string[] }[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (header === null) header = record;
      else if (record.some((cell) => cell !== '')) rows.push({ line: info.lines, cells: record });
      if (rows.length > MAX_ROWS)
        return { kind: 'refused', reason: `${path}: more than ${MAX_ROWS} rows at once are too many` };
    }
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code?.startsWith('CSV_') !== true) throw error;
    return { kind: 'refused', reason: `${path}: ${message}` };
  }
  if (header === null || rows.length === 0)
    return { kind: 'refused', reason: `${path}: there is no row below the header` };
  return { kind: 'table', header, rows };
}
