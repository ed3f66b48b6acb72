import { Command, Option } from 'nest-commander';
import type { PositionView } from '../imports/positions.schemas.js';
import { PositionsService } from '../imports/positions.service.js';
import { askChanges, nowLine, positionLine } from './changes-pass.js';
import type { Desk } from './desk.js';
import { keyboard } from './duplicates-pass.js';
import { menu } from './menu.js';
import { ListingCommand, type ListOptions } from './owned.command.js';
import { pages } from './pages.js';
import { wholeId } from './short-ids.js';
import { short, table } from './table.js';
import { isInteractive, plain, say, sayJson } from './terminal.js';

interface ChangesOptions extends ListOptions {
  list?: boolean;
  yes?: string[];
  no?: string[];
}

@Command({
  name: 'changes',
  description: menu.changes,
})
export class ChangesCommand extends ListingCommand {
  protected readonly examples = ['changes', 'changes --list --json', 'changes --yes 1a2b3c4d --no 5e6f7a8b'];

  @Option({ flags: '--list', description: 'list them instead of asking' })
  readList(): boolean {
    return true;
  }

  @Option({ flags: '--yes <ids...>', description: 'these are so' })
  readYes(id: string, ids: string[] = []): string[] {
    return [...ids, id];
  }

  @Option({ flags: '--no <ids...>', description: 'these are not so' })
  readNo(id: string, ids: string[] = []): string[] {
    return [...ids, id];
  }

  async run(_: string[], options: ChangesOptions): Promise<void> {
    const desk = await this.desk(options);
    if (options.yes ?? options.no) return answerThese(desk, options);
    const positions = desk.get(PositionsService);
    const items = await pages((page) => positions.list(desk.ownerId, page));
    if (options.json) return sayJson({ items });
    if (items.length === 0) {
      return say('Nobody is known to have changed company or position. Imports that say so ask here.');
    }
    if (!options.list && isInteractive()) {
      return askChanges(items, (id, answer) => positions.answer(desk.ownerId, id, answer), keyboard());
    }
    say(
      table(
        ['id', 'who', 'before', 'now', 'seen on', 'read in'],
        items.map((one) => [
          short(one.id),
          one.contactName,
          positionLine(one.before),
          nowLine(one),
          one.seenOn ?? '-',
          one.inboundId === null
            ? one.file === null
              ? '-'
              : `${one.file}, line ${one.line ?? '-'}`
            : 'a mail of theirs',
        ]),
      ),
    );
    say('One by one: followthrough changes. By id: --yes <id>, --no <id>.');
  }
}

async function answerThese(desk: Desk, { yes = [], no = [], json }: ChangesOptions): Promise<void> {
  const items: PositionView[] = [];
  const wanted: ['yes' | 'no', string][] = [];
  for (const piece of yes) wanted.push(['yes', await wholeId(desk, 'change', piece)]);
  for (const piece of no) wanted.push(['no', await wholeId(desk, 'change', piece)]);
  for (const [answer, id] of wanted) {
    const done = await desk.get(PositionsService).answer(desk.ownerId, id, answer);
    items.push(done);
    if (!json) say(`${plain(done.contactName)}: ${done.state}.`);
  }
  if (json) sayJson({ items });
}
