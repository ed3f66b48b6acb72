import { exportEvents, readExportLine } from '../core/import/export-json.js';
import { decoded } from './encoding.js';
import type { FileReading, FileRow, FileSource } from './file-reading.js';
import { oneByOne } from './row-batches.js';
import type { TextLook } from './text-look.js';

/** Characters of one contact; a longer line is no line of ours. */
const MAX_LINE = 4_000_000;

/** Our own JSON export, a contact on each line. */
export function readExport({ open }: FileSource, { encoding, head }: TextLook): FileReading {
  const batches = async function* (): AsyncGenerator<FileRow[], void, undefined> {
    let rest = '';
    let line = 1;
    let isOverlong = false;
    const rowsOf = (lines: string[]): FileRow[] => {
      const rows: FileRow[] = [];
      for (const raw of lines) {
        const reading = isOverlong
          ? ({ kind: 'rejected', reason: `is longer than ${MAX_LINE} characters` } as const)
          : readExportLine(raw);
        isOverlong = false;
        if (reading !== null) rows.push({ line, raw, reading });
        line += 1;
      }
      return rows;
    };
    for await (const text of decoded(open(), encoding)) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      const rows = rowsOf(lines);
      if (rest.length > MAX_LINE) {
        isOverlong = true;
        rest = rest.slice(0, 1_000);
      }
      if (rows.length > 0) yield rows;
    }
    const last = rowsOf([rest]);
    if (last.length > 0) yield last;
  };
  const events = exportEvents(head.split('\n', 1)[0] ?? '');
  return {
    kind: 'people',
    format: 'followthrough',
    confidence: 1,
    why: 'an export of Followthrough, by its first words',
    rows: () => oneByOne(batches()),
    batches,
    ...(events.length > 0 && { events }),
  };
}
