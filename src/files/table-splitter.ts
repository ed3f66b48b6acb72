import { split, wellFormed, type Piece } from './table-rows.js';

/** One row of a table as it stands in the file. */
export interface TableRecord {
  /** Line of the file, from 1, on which the row begins. */
  line: number;
  cells: string[];
  raw: string;
  /** Set where the row cannot be taken apart, with the reason; `cells` is then empty. */
  broken?: string;
}

/** Characters of one line; what goes beyond is passed over. */
const MAX_LINE = 4_000_000;
/** Characters of one row of several lines: beyond them, a quotation mark was opened by mistake. */
const MAX_RECORD = 2_000_000;
/** Lines that the slower, forgiving parser takes at a time. */
const FORGIVING_LINES = 32;
const UNCLOSED = 'opens a quotation mark (") that is never closed';

/**
 * Cuts a stream of text into the rows of a table. A stray quotation mark costs the line it stands on and not the lines
 * after it: where a row swallowed others, or never ends, only its first line is given up. Memory stays below one line
 * and one row, whatever the file.
 */
export class TableSplitter {
  private rest = '';
  private endsInCr = false;
  private line = 1;
  private count = 0;
  private overlong: string | null = null;

  /**
   * @param table what is known of the table: the index from 0 of its header among the rows, and its number of columns.
   *   Without it, swallowed lines are not looked for.
   */
  constructor(
    private readonly delimiter: string,
    private readonly table: { headerIndex: number; width: number } | null = null,
  ) {}

  push(chunk: string): TableRecord[] {
    const text = this.endsInCr ? `\r${chunk}` : chunk;
    this.endsInCr = text.endsWith('\r');
    this.rest += withLineFeeds(this.endsInCr ? text.slice(0, -1) : text);
    return this.take(false);
  }

  end(): TableRecord[] {
    if (this.endsInCr) this.rest += '\n';
    this.endsInCr = false;
    return this.take(true);
  }

  private take(atEnd: boolean): TableRecord[] {
    const records: TableRecord[] = [];
    this.passOver(records, atEnd);
    const cut = atEnd ? this.rest.length : this.rest.lastIndexOf('\n') + 1;
    let block = this.rest.slice(0, cut);
    const tail = this.rest.slice(cut);
    while (block !== '') {
      block = block.slice(this.takeWellFormed(records, block));
      if (block === '') break;
      const { found, used } = this.splitNext(block);
      for (const one of found) this.add(records, one);
      block = block.slice(used);
      if (used > 0) continue;
      if (block === '' || (!atEnd && block.length <= MAX_RECORD)) break;
      const end = block.indexOf('\n') + 1 || block.length;
      this.giveUp(records, block.slice(0, end), UNCLOSED);
      block = block.slice(end);
    }
    this.rest = block + tail;
    if (tail.length > MAX_LINE) {
      this.overlong = this.rest.slice(0, MAX_RECORD);
      this.rest = '';
    }
    return records;
  }

  /** The rows whose quotation marks are all as they should be, nearly always all: much faster. Returns what they take. */
  private takeWellFormed(records: TableRecord[], block: string): number {
    let from = 0;
    let line = this.line;
    let quote = block.indexOf('"');
    while (from < block.length) {
      const newline = block.indexOf('\n', from);
      const end = newline < 0 ? block.length : newline;
      if (quote >= 0 && quote < from) quote = block.indexOf('"', from);
      if (quote < 0 || quote >= end) {
        const raw = block.slice(from, end);
        records.push({ line, cells: raw.split(this.delimiter), raw });
        line += 1;
        from = end + 1;
      } else {
        const piece = wellFormed(block, from, this.delimiter);
        if (piece === null) break;
        records.push({ line, cells: piece.cells, raw: block.slice(from, piece.end) });
        line += piece.lines;
        from = piece.end + 1;
      }
      this.count += 1;
    }
    this.line = line;
    return Math.min(from, block.length);
  }

  /** The rows of the next few lines, or of more where a cell goes on beyond them. */
  private splitNext(block: string): { found: Piece[]; used: number } {
    let end = -1;
    for (let line = 0; line < FORGIVING_LINES; line += 1) {
      end = block.indexOf('\n', end + 1);
      if (end < 0) return split(block, this.delimiter);
    }
    const near = split(block.slice(0, end + 1), this.delimiter);
    return near.used > 0 ? near : split(block, this.delimiter);
  }

  /** A line without end is dropped as it comes; only its beginning is kept, to be shown. */
  private passOver(records: TableRecord[], atEnd: boolean): void {
    if (this.overlong === null) return;
    const end = this.rest.indexOf('\n');
    if (end < 0 && !atEnd) {
      this.rest = '';
      return;
    }
    const shown = this.overlong;
    this.overlong = null;
    this.rest = end < 0 ? '' : this.rest.slice(end + 1);
    this.giveUp(records, `${shown.slice(0, 10_000)}\n`, `is longer than ${MAX_LINE} characters`);
    this.line += shown.split('\n').length - 1;
  }

  private add(records: TableRecord[], one: Piece): void {
    const swallowed = this.swallowed(one);
    if (!swallowed) {
      this.place(records, one);
      return;
    }
    for (const each of swallowed) {
      if (each.broken) this.giveUp(records, each.raw, UNCLOSED);
      else this.add(records, each);
    }
  }

  private place(records: TableRecord[], { cells, raw }: Piece): void {
    records.push({ line: this.line, cells, raw: withoutEnd(raw) });
    this.advance(raw);
  }

  private giveUp(records: TableRecord[], raw: string, broken: string): void {
    records.push({ line: this.line, cells: [], raw: withoutEnd(raw), broken });
    this.advance(raw);
  }

  private advance(raw: string): void {
    this.count += 1;
    for (let at = raw.indexOf('\n'); at >= 0; at = raw.indexOf('\n', at + 1)) this.line += 1;
  }

  /**
   * The lines of a row that has swallowed others, or null. In a sound row quotation marks come in pairs and stand at the
   * ends of cells; after one that was opened by mistake, each further line is a row by itself.
   */
  private swallowed({ raw }: Piece): (Piece & { broken: boolean })[] | null {
    const first = raw.indexOf('\n') + 1;
    if (first === 0 || first === raw.length) return null;
    if (!this.table || this.count <= this.table.headerIndex || this.table.width < 3) return null;
    if (wellFormed(raw, 0, this.delimiter) !== null) return null;
    const { width } = this.table;
    const lines = [{ cells: [], raw: raw.slice(0, first), broken: true }] as (Piece & { broken: boolean })[];
    for (let rest = raw.slice(first); rest !== '';) {
      const { found, used } = split(rest, this.delimiter);
      if (found.some(({ cells }) => cells.length !== width)) return null;
      lines.push(...found.map((piece) => ({ ...piece, broken: false })));
      rest = rest.slice(used);
      if (rest === '') break;
      const end = rest.indexOf('\n') + 1 || rest.length;
      const line = rest.slice(0, end);
      if (line.split(this.delimiter).length !== width) return null;
      lines.push({ cells: [], raw: line, broken: true });
      rest = rest.slice(end);
    }
    return lines;
  }
}

/** CRLF and CR become LF. */
function withLineFeeds(text: string): string {
  if (!text.includes('\r')) return text;
  const unix = text.replaceAll('\r\n', '\n');
  return unix.includes('\r') ? unix.replaceAll('\r', '\n') : unix;
}

const withoutEnd = (raw: string): string => (raw.endsWith('\n') ? raw.slice(0, -1) : raw);
