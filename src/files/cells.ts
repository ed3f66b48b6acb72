/** Rows of cells that come from something else than text, as a file of text: so that all tables are read in one way. */
import type { FileReading, FileSource, ReadOptions } from './file-reading.js';
import { memorySource } from './source-bytes.js';
import { readTable } from './table-file.js';
import { lookOver } from './text-look.js';

/** A line of the text for each row, so that lines are counted as rows are; line ends in cells become U+2028, which cleaning undoes. */
export function cellsSource(
  name: string,
  rows: readonly (readonly string[])[],
  about: Partial<FileSource> = {},
): FileSource {
  const text = rows.map((row) => row.map(written).join(',')).join('\n');
  return memorySource(name, text, about);
}

export async function readCells(source: FileSource, options: ReadOptions): Promise<FileReading> {
  return readTable(source, await lookOver(source), options);
}

function written(cell: string): string {
  const line = cell.replace(/\r\n?|\n/g, '\u2028');
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
