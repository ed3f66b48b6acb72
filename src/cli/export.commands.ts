import { chmod, rename, rm, stat } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'nest-commander';
import { ExportService, type ExportWish } from '../contacts/export.service.js';
import { EXPORT_FILES, exportFormats, type ExportFormat } from '../core/export/exported.js';
import { Failed, WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { OwnedCommand, type OwnerOption } from './owned.command.js';
import { plain, tell } from './terminal.js';

interface ExportOptions extends OwnerOption {
  format?: ExportFormat;
  event?: string;
  force?: boolean;
}

@Command({
  name: 'export',
  arguments: '[file]',
  argsDescription: { file: 'where to; standard output by default' },
  description: menu.export,
})
export class ExportCommand extends OwnedCommand {
  protected readonly examples = [
    'export people.csv',
    'export people.vcf --event "DevConf 2026"',
    'export --format json > people.json',
  ];

  @Option({
    flags: '--format <format>',
    description: 'csv, vcard or json; by default what the file is called',
  })
  readFormat(format: string): ExportFormat {
    const known = exportFormats.find((one) => one === format);
    if (!known) throw new WrongUsage(`--format: "${format}" is none of ${exportFormats.join(', ')}.`);
    return known;
  }

  @Option({ flags: '--event <name>', description: 'only the people of this event' })
  readEvent(name: string): string {
    return name;
  }

  @Option({ flags: '--force', description: 'write over a file that is there' })
  readForce(): boolean {
    return true;
  }

  async run([file]: string[], { format, event, force, ...options }: ExportOptions): Promise<void> {
    const wish: ExportWish = {
      format: format ?? formatOf(file),
      ...(event !== undefined && { event: plain(event) }),
    };
    if (file !== undefined && !force && (await isThere(file))) {
      throw new Failed(`${file} is there already: name another file, or add --force to write over it.`);
    }
    const desk = await this.desk(options);
    let count = 0;
    const exported = desk.get(ExportService).export(desk.ownerId, wish);
    const pieces = async function* (): AsyncGenerator<string> {
      for (;;) {
        const piece = await exported.next();
        if (piece.done) {
          count = piece.value;
          return;
        }
        if (piece.value !== '') yield piece.value;
      }
    };
    if (file === undefined) await pipeline(Readable.from(pieces()), process.stdout, { end: false });
    else await writeAside(file, pieces());
    tell(`${count} contacts${file === undefined ? '' : ` in ${file}`}.`);
  }
}

function formatOf(file: string | undefined): ExportFormat {
  const ending = extname(file ?? '').slice(1).toLowerCase(); // prettier-ignore
  const known = exportFormats.find((one) => EXPORT_FILES[one].ending === ending);
  if (!known) throw new WrongUsage(`Say the format: --format ${exportFormats.join(', --format ')}.`);
  return known;
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** People's data, for this user's eyes; the name appears only with the whole content. */
async function writeAside(file: string, pieces: AsyncIterable<string>): Promise<void> {
  const aside = `${file}.partial`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(aside, { mode: 0o600 }));
    await chmod(aside, 0o600);
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
