import { open } from 'node:fs/promises';
import { Command, Option } from 'nest-commander';
import { captureDone } from '../imports/captures.schemas.js';
import { CapturesService } from '../imports/captures.service.js';
import type { Desk } from './desk.js';
import { Failed, WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { ListingCommand, type ListOptions } from './owned.command.js';
import { pages } from './pages.js';
import { readAs } from './read-as.js';
import { exactContactId, wholeId } from './short-ids.js';
import { short, table, when } from './table.js';
import { plain, say, sayJson } from './terminal.js';

interface CapturesOptions extends ListOptions {
  all?: boolean;
  note?: string;
  contact?: string;
}

@Command({
  name: 'captures',
  arguments: '[action] [capture] [file]',
  argsDescription: {
    action: 'list (the default), save or done',
    capture: 'the end of its id',
    file: 'where to save it; it must not be there yet',
  },
  description: menu.captures,
})
export class CapturesCommand extends ListingCommand {
  protected readonly examples = [
    'captures',
    'captures save 1a2b3c4d note.m4a',
    'captures done 1a2b3c4d --note "slides" --contact "Grace Hopper"',
  ];

  @Option({ flags: '--all', description: 'list those you have worked through as well' })
  readAll(): boolean {
    return true;
  }

  @Option({ flags: '--note <text>', description: 'done: what you made of it' })
  readNote(text: string): string {
    return text;
  }

  @Option({
    flags: '--contact <whom>',
    description: 'done: whom the note is about (whole name, address or id); kept with them too',
  })
  readContact(whom: string): string {
    return whom;
  }

  async run([action = 'list', capture, file]: string[], options: CapturesOptions): Promise<void> {
    if (action === 'list' && capture === undefined) return list(await this.desk(options), options);
    if (action === 'save' && capture !== undefined && file !== undefined) {
      return save(await this.desk(options), capture, file);
    }
    if (action === 'done' && capture !== undefined && file === undefined) {
      if (options.contact !== undefined && options.note === undefined) {
        throw new WrongUsage('--contact: say with --note what is to be noted about them.');
      }
      return done(await this.desk(options), capture, options);
    }
    throw new WrongUsage('Say: captures list, captures save <capture> <file>, or captures done <capture>.');
  }
}

async function list(desk: Desk, { all, json }: CapturesOptions): Promise<void> {
  const captures = desk.get(CapturesService);
  const items = await pages((page) =>
    captures.list(desk.ownerId, { ...page, ...(!all && { state: 'open' as const }) }),
  );
  if (json) return sayJson({ items });
  if (items.length === 0) {
    return say('No photo or voice note waits for you. Those found in imported folders are kept here.');
  }
  say(
    table(
      ['id', 'when', 'name', 'kind', 'kB', 'state', 'note'],
      items.map((one) => [
        short(one.id),
        when(one.createdAt, desk.zone),
        one.name,
        one.mediaType,
        Math.ceil(one.bytes / 1000),
        one.state,
        one.note,
      ]),
    ),
  );
  say('To see or hear one: followthrough captures save <id> <file>. Then: followthrough captures done <id>');
}

async function save(desk: Desk, given: string, path: string): Promise<void> {
  const captures = desk.get(CapturesService);
  const capture = await captures.get(desk.ownerId, await wholeId(desk, 'capture', given));
  // Never over a file that is there.
  const file = await open(path, 'wx').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new Failed(`${path} is there already: name another file.`);
  });
  try {
    for await (const bytes of captures.content(desk.ownerId, capture.id)) await file.write(bytes);
  } finally {
    await file.close();
  }
  say(`${plain(capture.name)} (${capture.mediaType}) saved as ${plain(path)}.`);
}

async function done(desk: Desk, given: string, { note, contact, json }: CapturesOptions): Promise<void> {
  const id = await wholeId(desk, 'capture', given);
  const read = readAs(captureDone, {
    ...(note !== undefined && { note }),
    ...(contact !== undefined && { contactId: await exactContactId(desk, contact) }),
  });
  const kept = await desk.get(CapturesService).done(desk.ownerId, id, read);
  if (json) return sayJson(kept);
  say(`${plain(kept.name)}: worked through.`);
}
