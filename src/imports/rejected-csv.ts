import { parse } from 'csv-parse/sync';
import { REASON_HEADER } from '../core/import/mapping.js';
import { csvRow } from '../core/export/csv.js';

const DELIMITERS = [',', ';', '\t', '|'];

/** The row taken apart as well as it can be: what breaks the rules of CSV is cut at each delimiter, as it stands. */
function cellsOf(raw: string, delimiter: string): string[] {
  try {
    const [cells] = parse(raw, { delimiter, relax_column_count: true });
    return cells ?? [''];
  } catch {
    return raw.split(delimiter);
  }
}

/** Writes rejected rows as a table with their reasons in front: corrected, it can be imported as the file was. */
export class RejectedCsv {
  private readonly delimiter: string | null;

  /** @param header the file's own header as it stands in the file; null where it has none: cards, calendars */
  constructor(private readonly header: string | null) {
    this.delimiter = header === null ? null : delimiterOf(header);
  }

  head(): string {
    if (this.header === null || this.delimiter === null) return csvRow([REASON_HEADER, 'Line', 'Row']);
    return csvRow([REASON_HEADER, ...cellsOf(this.header, this.delimiter)]);
  }

  row({ line, reason, raw }: { line: number; reason: string; raw: string }): string {
    if (this.delimiter === null) return csvRow([reason, String(line), raw]);
    return csvRow([`line ${line}: ${reason}`, ...cellsOf(raw, this.delimiter)]);
  }
}

/** The one that takes the header apart furthest. */
function delimiterOf(header: string): string {
  const [first = ','] = [...DELIMITERS].sort((a, b) => cellsOf(header, b).length - cellsOf(header, a).length);
  return first;
}
