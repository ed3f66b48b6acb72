import { Command, Option } from 'nest-commander';
import {
  type FileView,
  type ImportView,
  type RejectionView,
  uploadFields,
} from '../imports/imports.schemas.js';
import { ImportsService } from '../imports/imports.service.js';
import { IntakeService } from '../imports/intake.service.js';
import { Failed, WrongUsage } from './exit.js';
import { ListingCommand, type ListOptions } from './owned.command.js';
import { pages } from './pages.js';
import { ImportBar } from './progress.js';
import { readAs } from './read-as.js';
import type { Desk } from './shell.js';
import { wholeId } from './short-ids.js';
import { short, table, when } from './table.js';
import { plain, say, sayJson } from './terminal.js';

/** Rejected rows shown without `--json`. */
const SHOWN = 50;

interface ImportOptions extends ListOptions {
  event?: string;
  on?: string;
}

@Command({
  name: 'import',
  arguments: '<paths...>',
  argsDescription: { paths: 'files or folders: LinkedIn Connections.csv, any CSV of people, vCards' },
  description: 'Take in the people of files or folders. It enrolls nobody.',
})
export class ImportCommand extends ListingCommand {
  protected readonly examples = [
    'import Connections.csv badges.csv --event "DevConf 2026" --on 2026-11-18..2026-11-20',
    'import ~/devconf --event "DevConf 2026"',
    'import contacts.vcf --json',
  ];

  @Option({ flags: '--event <name>', description: 'the event its people belong to; made if --on is given' })
  readEvent(name: string): string {
    return name;
  }

  @Option({ flags: '--on <days>', description: 'its days: 2026-11-18..2026-11-20, or one day' })
  readOn(days: string): string {
    return days;
  }

  async run(paths: string[], { event, on, ...options }: ImportOptions): Promise<void> {
    if (on !== undefined && event === undefined)
      throw new WrongUsage('--on: name the event as well, with --event.');
    const fields = readAs(uploadFields, {
      ...(event !== undefined && { event }),
      ...(on !== undefined && { on }),
    });
    const desk = await this.desk(options);
    const bar = new ImportBar();
    let done: ImportView;
    try {
      done = await desk.get(IntakeService).importFiles(desk.ownerId, paths, fields, (step) => bar.show(step));
    } finally {
      bar.end();
    }
    const imports = desk.get(ImportsService);
    const rejections = await pages(
      (page) => imports.rejections(desk.ownerId, done.id, page),
      options.json ? undefined : SHOWN,
    );
    if (options.json) sayJson({ ...done, rejections });
    else showImport(done, rejections);
    const refused = done.files.filter(({ state }) => state === 'refused').length;
    if (done.state === 'failed') throw new Failed(done.error ?? 'The import failed.');
    if (refused > 0) throw new Failed(`${refused} of ${done.files.length} files were not taken.`);
  }
}

function showImport(done: ImportView, rejections: readonly RejectionView[]): void {
  for (const file of done.files) {
    say(`${plain(file.name)}: ${fileLine(file)}`);
    for (const { fileId, line, reason } of rejections) {
      if (fileId === file.id) say(`  line ${line}: ${plain(reason)}`);
    }
  }
  if (done.rejected > rejections.length) {
    say(
      `And ${done.rejected - rejections.length} rejected rows more: followthrough imports ${short(done.id)} --json`,
    );
  }
  if (done.event) say(`Now say whom to write to: followthrough debrief "${plain(done.event.name)}"`);
}

function fileLine(file: FileView): string {
  if (file.state === 'refused') return `not taken: ${plain(file.why)}`;
  const { rows, created, merged, unchanged, rejected, ignored } = file;
  const parts = [
    `${created} created`,
    `${merged} merged`,
    `${unchanged} unchanged`,
    `${rejected} rejected`,
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
  ];
  const known = file.why === null ? '' : ` (${plain(file.why)})`;
  return `taken for ${plain(file.format)}${known}. ${rows} rows: ${parts.join(', ')}.`;
}

@Command({
  name: 'imports',
  arguments: '[import]',
  argsDescription: { import: 'one of them, by the end of its id, with its rejected rows' },
  description: 'List the imports and how they went.',
})
export class ImportsCommand extends ListingCommand {
  protected readonly examples = ['imports', 'imports 1a2b3c4d', 'imports --json'];

  async run([given]: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    if (given !== undefined) return showOne(desk, given, options.json ?? false);
    const items = await pages((page) => desk.get(ImportsService).list(desk.ownerId, page));
    if (options.json) return sayJson({ items });
    if (items.length === 0) return say('Nothing was imported yet: followthrough import --help');
    say(
      table(
        ['id', 'when', 'files', 'event', 'state', 'rows', 'created', 'merged', 'unchanged', 'rejected'],
        items.map((one) => [
          short(one.id),
          when(one.createdAt, desk.zone),
          one.files.map(({ name }) => name).join(', '),
          one.event?.name ?? '-',
          one.state,
          one.rows,
          one.created,
          one.merged,
          one.unchanged,
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
