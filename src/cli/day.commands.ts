import { join } from 'node:path';
import { Command, Option } from 'nest-commander';
import { CONFIG, type Config } from '../config.js';
import { listSandbox } from '../mail/sandbox.js';
import { MilestonesService } from '../milestones/milestones.service.js';
import { menu } from './menu.js';
import { HelpfulCommand, ListingCommand, type ListOptions } from './owned.command.js';
import { readCount } from './read-as.js';
import { table, when } from './table.js';
import { say, sayJson } from './terminal.js';

interface DaysOptions extends ListOptions {
  days?: number;
}

@Command({ name: 'days', description: menu.days })
export class DaysCommand extends ListingCommand {
  protected readonly examples = ['days', 'days --days 90 --json'];

  @Option({ flags: '--days <n>', description: 'how many days ahead; 30 by default, 366 at most' })
  readDays(text: string): number {
    return Math.min(366, readCount(text, '--days'));
  }

  async run(_: string[], { days = 30, ...options }: DaysOptions): Promise<void> {
    const desk = await this.desk(options);
    const items = await desk.get(MilestonesService).upcoming(desk.ownerId, days);
    if (options.json) return sayJson({ items });
    if (items.length === 0) return say(`No birthday is known in the next ${days} days.`);
    say(
      table(
        ['on', 'whose', 'turning', 'circle', 'zone'],
        items.map((one) => [one.on, one.name, one.turning?.toString() ?? '-', one.circle, one.zone]),
      ),
    );
  }
}

@Command({ name: 'sandbox', description: menu.sandbox })
export class SandboxCommand extends HelpfulCommand {
  protected readonly examples = ['sandbox', 'sandbox --json'];

  @Option({ flags: '--json', description: 'one JSON document instead of a table' })
  readJson(): boolean {
    return true;
  }

  async run(_: string[], { json }: { json?: boolean }): Promise<void> {
    const { dataDir } = (await this.shell.services()).get<Config>(CONFIG);
    const folder = join(dataDir, 'sandbox');
    const items = await listSandbox(folder);
    if (json) return sayJson({ folder, items });
    if (items.length === 0) return say(`The sandbox is empty (${folder}).`);
    say(
      table(
        ['date (UTC)', 'to', 'subject'],
        items.map((one) => [when(one.date, 'UTC'), one.to.join(', '), one.subject]),
      ),
    );
    say(`The files are in ${folder}`);
  }
}
