import { Command, Option } from 'nest-commander';
import { takeTimeOff } from '../accounts/time-off.schemas.js';
import { TimeOffService } from '../accounts/time-off.service.js';
import { WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { ListingCommand, type ListOptions } from './owned.command.js';
import { pages } from './pages.js';
import { wholeId } from './short-ids.js';
import { short, table } from './table.js';
import { say, sayJson } from './terminal.js';

interface AwayOptions extends ListOptions {
  remove?: string;
}

@Command({
  name: 'away',
  arguments: '[days]',
  description: menu.away,
})
export class AwayCommand extends ListingCommand {
  protected readonly examples = ['away', 'away 2026-12-24..2027-01-06', 'away --remove 1a2b3c4d'];

  @Option({ flags: '--remove <id>', description: 'give these days off up again' })
  readRemove(id: string): string {
    return id;
  }

  async run([days]: string[], options: AwayOptions): Promise<void> {
    const desk = await this.desk(options);
    const timeOff = desk.get(TimeOffService);
    if (options.remove !== undefined) {
      const id = await wholeId(desk, 'time off', options.remove);
      await timeOff.remove(desk.ownerId, id);
      return say('Given up. What waited for it goes on.');
    }
    if (days !== undefined) {
      const [fromOn, untilOn = fromOn] = days.split('..');
      const read = takeTimeOff.safeParse({ fromOn, untilOn });
      if (!read.success) {
        throw new WrongUsage(
          `"${days}": ${read.error.issues[0]?.message ?? 'no days'}. Say 2026-12-24..2027-01-06.`,
        );
      }
      await timeOff.take(desk.ownerId, read.data);
      return say(`Away from ${read.data.fromOn} to ${read.data.untilOn}. Birthdays are still kept.`);
    }
    const items = await pages((page) => timeOff.list(desk.ownerId, page));
    if (options.json) return sayJson({ items });
    if (items.length === 0) return say('No days off. Take some: followthrough away 2026-12-24..2027-01-06');
    say(
      table(
        ['id', 'from', 'to'],
        items.map((one) => [short(one.id), one.fromOn, one.untilOn]),
      ),
    );
  }
}
