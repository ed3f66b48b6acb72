import type { FileRow } from './file-reading.js';

export async function* oneByOne(batches: AsyncIterable<FileRow[]>): AsyncGenerator<FileRow, void, undefined> {
  for await (const batch of batches) for (const row of batch) yield row;
}

/** Rows that are in memory already. */
export function ofMemory(rows: FileRow[]): {
  rows: () => AsyncGenerator<FileRow, void, undefined>;
  batches: () => AsyncGenerator<FileRow[], void, undefined>;
} {
  // eslint-disable-next-line @typescript-eslint/require-await
  const batches = async function* () {
    if (rows.length > 0) yield rows;
  };
  return { batches, rows: () => oneByOne(batches()) };
}
