import { parse, type Options } from 'csv-parse/sync';

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
const UNCLOSED = 'opens a quotation mark (") that is never closed';

/**
 * Cuts a stream of text into the rows of a table, by csv-parse. A stray quotation mark costs the line it stands on and
 * not the lines after it: where a row swallowed others, or never ends, only its first line is given up. Memory stays
 * below one line and one row, whatever the file.
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
    const text = (this.endsInCr ? '\r' : '') + chunk;
    this.endsInCr = text.endsWith('\r');
    this.rest += (this.endsInCr ? text.slice(0, -1) : text).replace(/\r\n?/g, '\n');
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
      const { found, used } = split(block, this.delimiter);
      for (const one of found) this.add(records, one);
      block = block.slice(used);
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
    if (isSound(raw, this.delimiter)) return null;
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

interface Piece {
  cells: string[];
  raw: string;
}

/** What every parse has in common. */
const options = (delimiter: string): Options => ({
  delimiter,
  record_delimiter: '\n',
  relax_column_count: true,
  skip_empty_lines: false,
});

/** Whether the quotation marks of a row are as they should be. */
function isSound(raw: string, delimiter: string): boolean {
  try {
    parse(raw, options(delimiter));
    return raw.split('"').length % 2 === 1;
  } catch {
    return false;
  }
}

interface Raw {
  record: string[];
  raw: string;
}

/** The whole rows at the beginning of a text, and how many of its characters they take. */
function split(text: string, delimiter: string): { found: Piece[]; used: number } {
  const relaxed: Options = { ...options(delimiter), relax_quotes: true, raw: true };
  const piece = ({ record, raw }: Raw): Piece => ({ cells: record, raw });
  try {
    const whole = parse(text, relaxed) as unknown as Raw[];
    return { found: whole.map(piece), used: text.length };
  } catch (error) {
    if ((error as { code?: string }).code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
  }
  // Asking for each row as it comes is slower, but keeps those before the end that is missing.
  const found: Piece[] = [];
  const keep = (given: unknown): null => {
    found.push(piece(given as Raw));
    return null;
  };
  try {
    parse(text, { ...relaxed, on_record: keep });
  } catch {
    // The same error as before.
  }
  return { found, used: found.reduce((sum, { raw }) => sum + raw.length, 0) };
}

const withoutEnd = (raw: string): string => (raw.endsWith('\n') ? raw.slice(0, -1) : raw);
