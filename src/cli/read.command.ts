import { readFile as readText } from 'node:fs/promises';
import { Command, Option } from 'nest-commander';
import { readMappingFile } from '../core/import/mapping.js';
import { printedRow } from '../core/import/printed.js';
import type { Mapping } from '../core/import/records.js';
import { diskSource } from '../files/disk-source.js';
import type { FileReading, FileSource } from '../files/file-reading.js';
import { findFiles } from '../files/find-files.js';
import { readAll } from '../files/walk-files.js';
import { Failed, WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { HelpfulCommand } from './owned.command.js';
import { plain, say, sayJsonLine } from './terminal.js';

export interface ReadingOptions {
  json?: boolean;
  mapping?: string;
  dates?: string;
}

/** Rejected rows shown of one file without `--json`. */
const SHOWN = 20;

@Command({
  name: 'read',
  arguments: '<paths...>',
  argsDescription: { paths: 'files or folders; ZIPs are looked into' },
  description: menu.read,
})
export class ReadCommand extends HelpfulCommand {
  protected readonly examples = [
    'read Connections.csv',
    'read ~/devconf --json',
    'read leads.csv --mapping leads.json',
  ];

  @Option({ flags: '--json', description: 'one JSON object for each row that means a person' })
  readJson(): boolean {
    return true;
  }

  @Option({
    flags: '--mapping <file>',
    description: 'what the columns mean: {"columns": {"Header": "given"}}',
  })
  readMapping(path: string): string {
    return path;
  }

  @Option({
    flags: '--dates <order>',
    description: 'day-first or month-first, where the file leaves it open',
  })
  readDates(order: string): string {
    return order;
  }

  async run(paths: string[], options: ReadingOptions): Promise<void> {
    const mapping = await mappingGiven(options);
    const files = await findFiles(paths);
    let refused = 0;
    let seen = 0;
    for (const { path, name, bytes } of files) {
      const walk = readAll(diskSource(path, name, bytes), { ...(mapping && { mapping }) });
      for await (const { source, reading } of walk) {
        if (reading.kind !== 'archive') seen += 1;
        if (reading.kind === 'refused') refused += 1;
        await (options.json ? printRows(source, reading) : showReading(source, reading));
      }
    }
    if (refused > 0) throw new Failed(`${refused} of ${seen} files could not be read.`);
  }
}

/** What `--mapping` and `--dates` say together; undefined where neither is given. */
export async function mappingGiven({ mapping, dates }: ReadingOptions): Promise<Mapping | undefined> {
  const monthFirst = dates === undefined ? null : orderOf(dates);
  if (mapping === undefined) return monthFirst === null ? undefined : { header: '', columns: {}, monthFirst };
  const read = readMappingFile(await readText(mapping, 'utf8'));
  if (read.kind === 'refused') throw new WrongUsage(`--mapping: ${mapping}: ${read.reason}`);
  return { ...read.mapping, ...(monthFirst !== null && { monthFirst }) };
}

function orderOf(dates: string): boolean {
  if (dates === 'month-first') return true;
  if (dates === 'day-first') return false;
  throw new WrongUsage('--dates: say day-first or month-first.');
}

async function printRows({ name }: FileSource, reading: FileReading): Promise<void> {
  if (reading.kind === 'archive') return;
  if (reading.kind !== 'people') {
    const verdict = reading.kind === 'capture' ? 'captured' : reading.kind;
    return sayJsonLine({ file: name, verdict, reason: 'reason' in reading ? reading.reason : reading.why });
  }
  for await (const { line, reading: row } of reading.rows()) {
    if (row.kind === 'ignored') continue;
    const { format } = reading;
    await sayJsonLine(
      row.kind === 'person'
        ? printedRow({
            file: name,
            line,
            format,
            verdict: 'read',
            ...(row.remark !== undefined && { reason: row.remark }),
            candidate: row.candidate,
          })
        : printedRow({ file: name, line, format, verdict: 'rejected', reason: row.reason }),
    );
  }
}

async function showReading({ name }: FileSource, reading: FileReading): Promise<void> {
  if (reading.kind === 'archive') return say(`${plain(name)}: ${plain(reading.why)}`);
  if (reading.kind === 'capture') return say(`${plain(name)}: kept to work through: ${plain(reading.why)}`);
  if (reading.kind !== 'people') {
    const end = reading.kind === 'refused' ? 'not taken' : 'passed over';
    return say(`${plain(name)}: ${end}: ${plain(reading.reason)}`);
  }
  const counts = { person: 0, rejected: 0, ignored: 0 };
  const refused: string[] = [];
  for await (const { line, reading: row } of reading.rows()) {
    counts[row.kind] += 1;
    if (row.kind === 'rejected' && refused.length < SHOWN)
      refused.push(`  line ${line}: ${plain(row.reason)}`);
  }
  const sure = `${Math.round(reading.confidence * 100)} % sure`;
  say(`${plain(name)}: ${plain(reading.format)}, ${sure} (${plain(reading.why)}).`);
  say(`  ${counts.person} people, ${counts.rejected} rejected, ${counts.ignored} ignored.`);
  for (const event of reading.events ?? []) {
    say(
      `  event: ${plain(event.name)}, ${event.startsOn}${event.endsOn === event.startsOn ? '' : `..${event.endsOn}`}`,
    );
  }
  const columns = (reading.columns ?? []).filter(({ header }) => header !== '');
  if (columns.length > 0) {
    say(`  columns: ${columns.map(({ header, field }) => `${plain(header)} = ${field ?? '-'}`).join(', ')}`);
  }
  for (const ask of reading.asks ?? []) say(`  asks: ${plain(ask)}`);
  for (const line of refused) say(line);
  if (counts.rejected > refused.length) say(`  and ${counts.rejected - refused.length} more: --json`);
}
