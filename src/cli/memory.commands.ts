import { Command, Option } from 'nest-commander';
import { parseDebriefLines } from '../core/debrief-line.js';
import { row } from '../database/rows.js';
import { pageOf } from '../http/page.js';
import { FactsService } from '../memory/facts.service.js';
import { addFact, addPromise, keepPromise } from '../memory/memory.schemas.js';
import { PromisesService } from '../memory/promises.service.js';
import { NothingFound, WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { ListingCommand, OwnedCommand, type ListOptions, type OwnerOption } from './owned.command.js';
import { pages } from './pages.js';
import { readAs } from './read-as.js';
import { exactContactId, wholeId } from './short-ids.js';
import { short, table } from './table.js';
import { say, sayJson } from './terminal.js';

@Command({
  name: 'promises',
  description: menu.promises,
})
export class PromisesCommand extends ListingCommand {
  protected readonly examples = ['promises', 'promises --json'];

  async run(_: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const promises = desk.get(PromisesService);
    const items = await pages(async (page) => pageOf(await promises.open(desk.ownerId, page), page.limit));
    if (options.json) return sayJson({ items });
    if (items.length === 0) return say('No promise is open.');
    say(
      table(
        ['id', 'to', 'due', 'I promised to'],
        items.map((one) => [
          short(one.id),
          one.contactName,
          one.overdue ? `${one.dueOn} (overdue)` : one.dueOn,
          one.text,
        ]),
      ),
    );
  }
}

interface KeepOptions extends OwnerOption {
  with?: string;
}

@Command({
  name: 'keep',
  arguments: '<promise>',
  argsDescription: { promise: 'the end of its id' },
  description: menu.keep,
})
export class KeepCommand extends OwnedCommand {
  protected readonly examples = [
    'keep 1a2b3c4d',
    'keep 1a2b3c4d --with "the slides: https://example.org/slides"',
  ];

  @Option({ flags: '--with <words>', description: 'what you gave; completes "As promised, …"' })
  readWith(words: string): string {
    return words;
  }

  async run([given = '']: string[], { with: words, ...options }: KeepOptions): Promise<void> {
    const read = readAs(keepPromise, words === undefined ? {} : { with: words });
    const desk = await this.desk(options);
    const id = await wholeId(desk, 'promise', given);
    const made = await row<{ contactId: string }>(
      desk.db,
      'SELECT contact_id FROM promise WHERE owner_id = $1 AND id = $2',
      [desk.ownerId, id],
    );
    if (!made) throw new NothingFound(`There is no promise "${given}".`);
    const kept = await desk.get(PromisesService).keep(desk.ownerId, made.contactId, id, read.with ?? null);
    say(`Kept: ${kept.text} (${kept.contactName}).`);
  }
}

@Command({
  name: 'fact',
  arguments: '<contact> <line>',
  argsDescription: {
    contact: 'the whole name, an address, or the end of an id',
    line: 'what you know: "said: …", "asked: …", "promise: … by 2026-12-04"',
  },
  description: menu.fact,
})
export class FactCommand extends OwnedCommand {
  protected readonly examples = [
    'fact "Mira Okafor" "asked: how we test our migrations"',
    'fact mira@example.org "promise: send the slides by 2026-12-04"',
  ];

  async run([whom = '', line = '']: string[], options: OwnerOption): Promise<void> {
    const lines = parseDebriefLines(line);
    for (const one of lines) if (one.kind === 'refused') throw new WrongUsage(`line: ${one.reason}.`);
    const desk = await this.desk(options);
    const id = await exactContactId(desk, whom);
    for (const one of lines) {
      if (one.kind === 'fact') {
        const fact = readAs(addFact, { kind: one.fact, text: one.text });
        const added = await desk.get(FactsService).add(desk.ownerId, id, fact);
        say(`Noted (${added.kind}): ${added.text}`);
      } else if (one.kind === 'promise') {
        const promise = readAs(addPromise, {
          text: one.text,
          ...(one.dueOn !== null && { dueOn: one.dueOn }),
        });
        const added = await desk.get(PromisesService).add(desk.ownerId, id, promise);
        say(`Promised to ${added.text}, by ${added.dueOn}.`);
      }
    }
  }
}
