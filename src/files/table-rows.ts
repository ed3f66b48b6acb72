/** Rows at the beginning of a text, in the two ways of the table splitter: exactly by RFC 4180, and forgivingly by csv-parse. */
import { parse, type Options } from 'csv-parse/sync';

/** A row with its line end. */
export interface Piece {
  cells: string[];
  raw: string;
}

/**
 * The row that begins at a place, where every quotation mark in it is as RFC 4180 has it: around a whole cell, doubled
 * inside. Null where one is not, or where the row does not end in this text.
 */
export function wellFormed(
  text: string,
  from: number,
  delimiter: string,
): { cells: string[]; end: number; lines: number } | null {
  const cells: string[] = [];
  let at = from;
  let lines = 1;
  let newline = text.indexOf('\n', at);
  if (newline < 0) newline = text.length;
  for (;;) {
    if (text.charCodeAt(at) === 0x22) {
      const { close, isDoubled } = closingQuote(text, at + 1);
      if (close < 0) return null;
      const cell = text.slice(at + 1, close);
      for (; newline < close; lines += 1) newline = nextLine(text, newline);
      cells.push(isDoubled ? cell.replaceAll('""', '"') : cell);
      at = close + 1;
      if (at === newline) return { cells, end: at, lines };
      if (text[at] !== delimiter) return null;
      at += 1;
    } else {
      let end = at;
      for (; end < newline && text[end] !== delimiter; end += 1)
        if (text.charCodeAt(end) === 0x22) return null;
      cells.push(text.slice(at, end));
      if (end === newline) return { cells, end, lines };
      at = end + 1;
    }
  }
}

function nextLine(text: string, newline: number): number {
  const next = text.indexOf('\n', newline + 1);
  return next < 0 ? text.length : next;
}

function closingQuote(text: string, from: number): { close: number; isDoubled: boolean } {
  let isDoubled = false;
  for (let at = text.indexOf('"', from); ; at = text.indexOf('"', at + 2)) {
    if (at < 0 || text.charCodeAt(at + 1) !== 0x22) return { close: at, isDoubled };
    isDoubled = true;
  }
}

interface Raw {
  record: string[];
  raw: string;
}

/** The whole rows at the beginning of a text, stray quotation marks let through, and how many of its characters they take. */
export function split(text: string, delimiter: string): { found: Piece[]; used: number } {
  const relaxed: Options = {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: false,
    relax_quotes: true,
    raw: true,
  };
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
