import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { Command, Option } from 'nest-commander';
import { row } from '../database/rows.js';
import { printedRow, type RowEnd } from '../core/import/printed.js';
import { readDays } from '../imports/event-days.js';
import type { Report } from '../imports/import-report.js';
import {
  type FileView,
  type ImportView,
  type RejectionView,
  uploadFields,
} from '../imports/imports.schemas.js';
import { ImportsService } from '../imports/imports.service.js';
import { MatchService } from '../imports/match.service.js';
import { ProposalsService } from '../imports/proposals.service.js';
import { IntakeService, type Watch } from '../imports/intake.service.js';
import type { Desk } from './desk.js';
import { tellTrouble } from './duplicates.commands.js';
import { Failed, WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { ListingCommand, type ListOptions } from './owned.command.js';
import { pages } from './pages.js';
import { ImportBar } from './progress.js';
import { mappingGiven, type ReadingOptions } from './read.command.js';
import { readAs } from './read-as.js';
import { wholeId } from './short-ids.js';
import { short, table, when } from './table.js';
import { plain, say, sayJson, sayJsonLine, tell } from './terminal.js';

/** Rejected rows shown without `--json`. */
const SHOWN = 50;
/** People up to which a new import is compared while you wait. */
const COMPARED_HERE = 10_000;

interface ImportOptions extends ListOptions, ReadingOptions {
  event?: string;
  on?: string;
  dryRun?: boolean;
}

@Command({
  name: 'import',
  arguments: '<paths...>',
  argsDescription: {
    paths: 'files, folders or ZIPs: LinkedIn, badge scans, attendees, vCards, calendars, any table',
  },
  description: menu.import,
})
export class ImportCommand extends ListingCommand {
  protected readonly examples = [
    'import badges.csv --event DevConf --on 2026-11-18..2026-11-20',
    'import ~/devconf --event "DevConf 2026" --dry-run',
    'import leads.csv --mapping leads.json --json',
  ];

  @Option({ flags: '--event <name>', description: 'the event its people belong to; made if --on is given' })
  readEvent(name: string): string {
    return name;
  }

  @Option({ flags: '--on <days>', description: 'its days: 2026-11-18..2026-11-20, or one day' })
  readOn(days: string): string {
    return days;
  }

  @Option({ flags: '--dry-run', description: 'tell what would come of it, and write nothing' })
  readDryRun(): boolean {
    return true;
  }

  @Option({
    flags: '--mapping <file>',
    description: 'what columns mean: {"columns": {"Header": "given"}}; remembered',
  })
  readMapping(path: string): string {
    return path;
  }

  @Option({ flags: '--dates <order>', description: 'day-first or month-first, where a file leaves it open' })
  readDates(order: string): string {
    return order;
  }

  @Option({ flags: '--json', description: 'one JSON object for each row that means a person' })
  override readJson(): boolean {
    return true;
  }

  async run(
    paths: string[],
    { event, on, dates, mapping, dryRun, ...options }: ImportOptions,
  ): Promise<void> {
    if (on !== undefined && event === undefined)
      throw new WrongUsage('--on: name the event as well, with --event.');
    const days = on === undefined ? null : readDays(on);
    if (days?.kind === 'invalid') throw new WrongUsage(`--on: ${days.reason}.`);
    await mappingGiven({ mapping, dates });
    const fields = readAs(uploadFields, {
      ...(event !== undefined && { event }),
      ...(on !== undefined && { on }),
      ...(dates !== undefined && { dates }),
      ...(mapping !== undefined && { mapping: await readFile(mapping, 'utf8') }),
    });
    const desk = await this.desk(options);
    const bar = new ImportBar();
    const watch: Watch = {
      onProgress: (step) => bar.show(step),
      isStopping: () => this.shell.interrupted,
      ...(options.json && { onRow: printRow }),
    };
    const intake = desk.get(IntakeService);
    let end: { done: Shown; rejections: readonly ShownRejection[] };
    try {
      end = dryRun
        ? await triedOut(intake.tryFiles(desk.ownerId, paths, fields, watch))
        : await taken(desk, intake.importFiles(desk.ownerId, paths, fields, watch), options.json ?? false);
    } finally {
      bar.end();
    }
    const { done } = end;
    if (!options.json) showImport(done, end.rejections);
    if (!dryRun && done.files.some(({ created, merged }) => created + merged > 0))
      await this.shell.hold((signal) => compareNew(desk, signal));
    const refused = done.files.filter(({ state }) => state === 'refused');
    if (options.json)
      for (const { name, why } of refused) await sayJsonLine({ file: name, verdict: 'refused', reason: why });
    if (done.state === 'failed') throw new Failed(done.error ?? 'The import failed.');
    if (refused.length > 0)
      throw new Failed(`${refused.length} of ${done.files.length} files were not taken.`);
  }
}

function printRow(end: RowEnd): void {
  if (end.verdict !== 'ignored') void sayJsonLine(printedRow(end));
}

type ShownFile = Omit<FileView, 'sha256'>;
type ShownRejection = Pick<RejectionView, 'fileId' | 'line' | 'reason'>;
/** An import, or what would become of one. */
interface Shown {
  id: string | null;
  state: ImportView['state'];
  error: string | null;
  event: { name: string } | null;
  files: readonly ShownFile[];
  rejected: number;
}

async function triedOut(
  report: Promise<Report>,
): Promise<{ done: Shown; rejections: readonly ShownRejection[] }> {
  const { event, files, rejections } = await report;
  const rejected = files.reduce((sum, file) => sum + file.rejected, 0);
  return {
    done: { id: null, state: 'done', error: null, event, files, rejected },
    rejections: rejections.slice(0, SHOWN),
  };
}

async function taken(
  desk: Desk,
  importing: Promise<ImportView>,
  json: boolean,
): Promise<{ done: Shown; rejections: readonly ShownRejection[] }> {
  const done = await importing;
  if (json) return { done, rejections: [] };
  const rejections = await pages(
    (page) => desk.get(ImportsService).rejections(desk.ownerId, done.id, page),
    SHOWN,
  );
  return { done, rejections };
}

/** Compared with everybody else at once, where that takes no time; else it is the service's turn. */
async function compareNew(desk: Desk, signal: AbortSignal): Promise<void> {
  const { people } = (await row<{ people: number }>(
    desk.db,
    `SELECT count(*)::int AS people FROM contact WHERE owner_id = $1 AND merged_into IS NULL`,
    [desk.ownerId],
  )) ?? { people: 0 };
  if (people > COMPARED_HERE) return desk.remind('The new people are compared with those you know');
  await desk.get(MatchService).runDue({ newOf: desk.ownerId, signal });
  await tellTrouble(desk);
  const { open: waiting } = await desk.get(ProposalsService).waiting(desk.ownerId);
  if (waiting > 0)
    tell(`${waiting} ${waiting === 1 ? 'pair' : 'pairs'} may be one person: followthrough duplicates`);
}

function showImport(done: Shown, rejections: readonly ShownRejection[]): void {
  for (const file of done.files) {
    say(`${plain(file.name)}: ${fileLine(file)}`);
    for (const ask of file.asks) say(`  asks: ${plain(ask)}`);
    for (const { fileId, line, reason } of rejections) {
      if (fileId === file.id) say(`  line ${line}: ${plain(reason)}`);
    }
  }
  if (done.id === null) return say('Nothing was written: this was a dry run.');
  if (done.rejected > rejections.length) say(`And ${done.rejected - rejections.length} rejected rows more.`);
  if (done.rejected > 0) {
    say(
      `The rejected rows as CSV, to correct and import: followthrough imports ${short(done.id)} --rejected .`,
    );
  }
  if (done.files.some(({ created, merged, state }) => created + merged > 0 || state === 'captured')) {
    say(`To take all of it back: followthrough undo ${short(done.id)}`);
  }
  if (done.event) say(`Now say whom to write to: followthrough debrief "${plain(done.event.name)}"`);
}

const ENDS: Partial<Record<FileView['state'], string>> = {
  refused: 'not taken',
  skipped: 'passed over',
  captured: 'kept to work through (followthrough captures)',
  archive: 'looked into',
  queued: 'waits',
};

function fileLine(file: ShownFile): string {
  const end = ENDS[file.state];
  if (end !== undefined) return `${end}: ${plain(file.why)}`;
  const { rows, created, merged, unchanged, proposed, rejected, ignored } = file;
  const parts = [
    `${created} created`,
    `${merged} merged`,
    `${unchanged} unchanged`,
    ...(proposed > 0 ? [`${proposed} of them proposed as duplicates`] : []),
    `${rejected} rejected`,
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
  ];
  const known = file.why === null ? '' : ` (${plain(file.why)})`;
  const sure = file.confidence === null ? '' : `, ${Math.round(file.confidence * 100)} % sure`;
  return `taken for ${plain(file.format)}${sure}${known}. ${rows} rows: ${parts.join(', ')}.`;
}

interface ImportsOptions extends ListOptions {
  rejected?: string;
}

@Command({
  name: 'imports',
  arguments: '[import]',
  argsDescription: { import: 'one of them, by the end of its id, with its rejected rows' },
  description: menu.imports,
})
export class ImportsCommand extends ListingCommand {
  protected readonly examples = [
    'imports',
    'imports 1a2b3c4d',
    'imports 1a2b3c4d --rejected .',
    'imports --json',
  ];

  @Option({ flags: '--rejected <folder>', description: 'write its rejected rows there, a CSV for each file' })
  readRejected(folder: string): string {
    return folder;
  }

  async run([given]: string[], { rejected, ...options }: ImportsOptions): Promise<void> {
    if (rejected !== undefined && given === undefined)
      throw new WrongUsage('--rejected: name the import as well.');
    const desk = await this.desk(options);
    if (given !== undefined && rejected !== undefined) return writeRejected(desk, given, rejected);
    if (given !== undefined) return showOne(desk, given, options.json ?? false);
    const items = await pages((page) => desk.get(ImportsService).list(desk.ownerId, page));
    if (options.json) return sayJson({ items });
    if (items.length === 0) return say('Nothing was imported yet: followthrough import --help');
    say(
      table(
        [
          'id',
          'when',
          'files',
          'event',
          'state',
          'rows',
          'created',
          'merged',
          'unchanged',
          'proposed',
          'rejected',
        ],
        items.map((one) => [
          short(one.id),
          when(one.createdAt, desk.zone),
          one.files.map(({ name }) => name).join(', '),
          one.event?.name ?? '-',
          one.dryRun ? `${one.state} (dry run)` : one.state,
          one.rows,
          one.created,
          one.merged,
          one.unchanged,
          one.proposed,
          one.rejected,
        ]),
      ),
    );
  }
}

async function showOne(desk: Desk, given: string, json: boolean): Promise<void> {
  const imports = desk.get(ImportsService);
  const one = await imports.get(desk.ownerId, await wholeId(desk, 'import', given));
  const rejections = await pages((page) => imports.rejections(desk.ownerId, one.id, page));
  if (json) return sayJson({ ...one, rejections });
  showImport(one, rejections);
}

async function writeRejected(desk: Desk, given: string, folder: string): Promise<void> {
  const imports = desk.get(ImportsService);
  const { id, files } = await imports.get(desk.ownerId, await wholeId(desk, 'import', given));
  const rejecting = files.filter(({ rejected }) => rejected > 0);
  if (rejecting.length === 0) return say('It has no rejected rows.');
  for (const file of rejecting) {
    const name = `${basename(file.name).replace(/\.(?:csv|tsv|txt|xlsx?|vcf|json)$/i, '')}.rejected.csv`;
    const path = join(folder, name);
    // Never over a file that is there: it may be corrected already.
    await writeFile(path, Readable.from(imports.rejectedCsv(desk.ownerId, id, file.id)), {
      flag: 'wx',
    }).catch((error: unknown) => {
      throw new Failed(`${path}: ${(error as Error).message}`);
    });
    say(`${plain(path)}: ${file.rejected} rows. Correct them and import the file; the reasons may stay.`);
  }
}
