import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
  backupHeader,
  BackupRefused,
  END_OF_ROWS,
  TRAILER,
  VERSION,
  type BackupHeader,
} from './backup-format.js';

/** A row, a header: beyond this it is no backup. Postgres itself ends at 1 GB. */
const MAX_LINE = 1_100_000_000;
const MAX_HEADER = 10_000_000;
const LINE_FEED = 10;
/** Bytes unpacked at once. */
const CHUNK = 1_048_576;

/** What is told while a backup is read. The reader waits for each answer, so memory does not grow. */
export interface BackupReader {
  header?: (header: BackupHeader) => Promise<void>;
  /** Whole lines of a table's rows, as COPY wants them. */
  rows?: (table: BackupHeader['tables'][number], lines: Buffer) => Promise<void>;
  tableEnd?: (table: BackupHeader['tables'][number], rows: number) => Promise<void>;
}

/**
 * Reads a backup from beginning to end and holds it to what it says of itself: every table, every count, the hash of all.
 * @throws BackupRefused, where anything is not as it was written; what the reader was told before is then void
 */
export async function readBackup(file: string, reader: BackupReader = {}): Promise<BackupHeader> {
  const hash = createHash('sha256');
  let header = null as BackupHeader | null;
  /** Index of the table whose rows, or whose count, are next. */
  let index = 0;
  let rows = 0;
  let expects = 'header' as 'header' | 'rows' | 'count' | 'trailer' | 'nothing';

  const takeLine = async (line: Buffer): Promise<void> => {
    if (expects === 'nothing') throw damaged('something stands after its end');
    if (expects === 'trailer') {
      if (line.toString('latin1') !== `${TRAILER}${hash.digest('hex')}`) throw damaged('its hash is another');
      expects = 'nothing';
      return;
    }
    hash.update(line).update('\n');
    if (expects === 'header') {
      header = headerOf(line);
      await reader.header?.(header);
      expects = header.tables.length > 0 ? 'rows' : 'trailer';
      return;
    }
    const table = header?.tables[index];
    if (!table) throw damaged('it has more tables than it says');
    if (line.toString('latin1') !== String(rows)) throw damaged(`${table.name} is not whole`);
    await reader.tableEnd?.(table, rows);
    rows = 0;
    index += 1;
    expects = index < (header?.tables.length ?? 0) ? 'rows' : 'trailer';
  };

  let rest = Buffer.alloc(0);
  // The loop hears of trouble with the file as of trouble with what is in it.
  const bytes = createGunzip({ chunkSize: CHUNK });
  pipeline(createReadStream(file), bytes, () => undefined);
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      let block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (;;) {
        if (expects === 'rows') {
          const { lines, used, count, ended } = rowsIn(block);
          const table = header?.tables[index];
          if (lines.length > 0 && table) {
            hash.update(lines);
            rows += count;
            await reader.rows?.(table, lines);
          }
          block = block.subarray(used);
          if (!ended) break;
          hash.update(`${END_OF_ROWS}\n`);
          expects = 'count';
        }
        const end = block.indexOf(LINE_FEED);
        if (end < 0) break;
        await takeLine(block.subarray(0, end));
        block = block.subarray(end + 1);
      }
      if (block.length > (expects === 'rows' ? MAX_LINE : MAX_HEADER))
        throw damaged('a line of it never ends');
      rest = Buffer.from(block);
    }
  } catch (error) {
    throw readable(error, file);
  }
  if (expects !== 'nothing' || rest.length > 0 || header === null) throw damaged('it is cut off');
  return header;
}

/** The rows at the beginning of a block: whole lines up to the mark, and whether the mark was there. */
function rowsIn(block: Buffer): { lines: Buffer; used: number; count: number; ended: boolean } {
  let from = 0;
  let count = 0;
  for (let end = block.indexOf(LINE_FEED); end >= 0; end = block.indexOf(LINE_FEED, from)) {
    // `\.`
    if (end === from + 2 && block[from] === 92 && block[from + 1] === 46) {
      return { lines: block.subarray(0, from), used: end + 1, count, ended: true };
    }
    from = end + 1;
    count += 1;
  }
  return { lines: block.subarray(0, from), used: from, count, ended: false };
}

function headerOf(line: Buffer): BackupHeader {
  let json: unknown;
  try {
    json = JSON.parse(line.toString('utf8'));
  } catch {
    throw new BackupRefused('This is no backup of Followthrough.');
  }
  const version = (json as { version?: unknown } | null)?.version;
  const parsed = backupHeader.safeParse(json);
  if (typeof version === 'number' && version > VERSION) {
    throw new BackupRefused(
      `This backup was written by a newer Followthrough (format ${version}): update first.`,
    );
  }
  if (!parsed.success) throw new BackupRefused('This is no backup of Followthrough.');
  return parsed.data;
}

function damaged(how: string): BackupRefused {
  return new BackupRefused(`This backup is damaged (${how}). Nothing was written; take another copy of it.`);
}

/** zlib says by its codes that a file is cut off, changed, or no gzip at all. */
function readable(error: unknown, file: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') return damaged('it is cut off');
  if (message === 'incorrect header check')
    return new BackupRefused(`${file} is no backup of Followthrough.`);
  return typeof code === 'string' && code.startsWith('Z_') ? damaged(message) : error;
}
