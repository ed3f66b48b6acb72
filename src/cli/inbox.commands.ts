import { readFile, stat } from 'node:fs/promises';
import { Command, Option } from 'nest-commander';
import { InboxService } from '../inbox/inbox.service.js';
import { IngestService } from '../inbox/ingest.service.js';
import { MAIL_LIMIT } from '../mail/parse.js';
import { Failed } from './exit.js';
import { ListingCommand, OwnedCommand, type ListOptions, type OwnerOption } from './owned.command.js';
import { pages } from './pages.js';
import { wholeId } from './short-ids.js';
import { short, table } from './table.js';
import { readStdin, say, sayJson } from './terminal.js';

@Command({
  name: 'ingest',
  arguments: '<file>',
  argsDescription: { file: 'one raw mail (.eml), or - for standard input' },
  description: 'Take in one received mail: a reply, a bounce, an out-of-office.',
})
export class IngestCommand extends ListingCommand {
  protected readonly examples = ['ingest reply.eml', 'ingest - < reply.eml'];

  async run([file = '-']: string[], options: ListOptions): Promise<void> {
    const raw = file === '-' ? await readStdin(MAIL_LIMIT) : await readMail(file);
    if (raw.length > MAIL_LIMIT) throw new Failed(`${file} is larger than ${MAIL_LIMIT / 1024 / 1024} MB.`);
    const desk = await this.desk(options);
    const ingested = await desk.get(IngestService).ingest(desk.ownerId, raw);
    if (options.json) return sayJson(ingested);
    const whose =
      ingested.contactId === null ? 'of nobody we know' : `matched by ${ingested.matchedBy ?? 'hand'}`;
    say(`${ingested.new ? 'Taken in' : 'Known already'}: ${ingested.kind}, ${whose}.`);
    if (ingested.new && ingested.contactId !== null)
      await desk.remind('What it stops is stopped already; the rest follows');
  }
}

async function readMail(file: string): Promise<Buffer> {
  const { size } = await stat(file);
  if (size > MAIL_LIMIT) throw new Failed(`${file} is larger than ${MAIL_LIMIT / 1024 / 1024} MB.`);
  return readFile(file);
}

@Command({ name: 'debts', description: 'List the answers you owe, the most pressing first.' })
export class DebtsCommand extends ListingCommand {
  protected readonly examples = ['debts', 'debts --json'];

  async run(_: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const items = await pages((page) => desk.get(InboxService).debts(desk.ownerId, page));
    if (options.json) return sayJson({ items });
    if (items.length === 0) return say('You owe no answer.');
    say(
      table(
        ['id', 'to', 'due', 'they ask'],
        items.map((one) => [short(one.id), one.contactName, one.dueOn, one.asks.join(' | ')]),
      ),
    );
    say('When you have answered: followthrough repaid <id>');
  }
}

interface RepaidOptions extends OwnerOption {
  needsNone?: boolean;
}

@Command({
  name: 'repaid',
  arguments: '<debt>',
  argsDescription: { debt: 'the end of its id' },
  description: 'You answered by hand, so the answer is no longer owed.',
})
export class RepaidCommand extends OwnedCommand {
  protected readonly examples = ['repaid 1a2b3c4d', 'repaid 1a2b3c4d --needs-none'];

  @Option({ flags: '--needs-none', description: 'no answer is needed; you wrote nothing' })
  readNeedsNone(): boolean {
    return true;
  }

  async run([given = '']: string[], { needsNone, ...options }: RepaidOptions): Promise<void> {
    const desk = await this.desk(options);
    const id = await wholeId(desk, 'debt', given);
    await desk.get(InboxService).closeDebt(desk.ownerId, id, needsNone ? 'needs-none' : 'answered');
    say('No longer owed.');
  }
}
