import { readFile, stat } from 'node:fs/promises';
import { Command, Option, SubCommand } from 'nest-commander';
import { inboundKinds } from '../database/entities/inbound.entity.js';
import { CorrectService } from '../inbox/correct.service.js';
import { correctInbound, type InboundRow } from '../inbox/inbox.schemas.js';
import { InboxService } from '../inbox/inbox.service.js';
import { IngestService } from '../inbox/ingest.service.js';
import { MAIL_LIMIT } from '../mail/parse.js';
import { Failed } from './exit.js';
import { menu } from './menu.js';
import { ListingCommand, OwnedCommand, type ListOptions, type OwnerOption } from './owned.command.js';
import { pages } from './pages.js';
import { readAs } from './read-as.js';
import { contactId, wholeId } from './short-ids.js';
import { short, table, when } from './table.js';
import { plain, readStdin, say, sayJson } from './terminal.js';

@Command({
  name: 'ingest',
  arguments: '<file>',
  argsDescription: { file: 'one raw mail (.eml), or - for standard input' },
  description: menu.ingest,
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

@Command({ name: 'debts', description: menu.debts })
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
  description: menu.repaid,
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

interface CorrectOptions extends ListOptions {
  severity?: string;
  scope?: string;
  subkind?: string;
  back?: string;
  contact?: string;
}

@SubCommand({
  name: 'correct',
  arguments: '<mail> <kind>',
  argsDescription: { mail: 'the end of its id', kind: `what it is: ${inboundKinds.join(', ')}` },
  description: 'Say what a received mail really is; what it did is taken back, and what follows is done.',
})
export class InboxCorrectCommand extends ListingCommand {
  protected readonly examples = [
    'inbox correct 1a2b3c4d reply',
    'inbox correct 1a2b3c4d auto-reply --back 2026-12-07',
    'inbox correct 1a2b3c4d reply --contact "Grace Hop"',
  ];

  @Option({ flags: '--severity <severity>', description: 'of a bounce: hard, soft or blocked' })
  readSeverity(text: string): string {
    return text;
  }

  @Option({
    flags: '--scope <scope>',
    description: 'of an opt-out: everything, automatic, congratulations or often (less often)',
  })
  readScope(text: string): string {
    return text;
  }

  @Option({ flags: '--subkind <subkind>', description: 'of an auto-reply: away, left, received or other' })
  readSubkind(text: string): string {
    return text;
  }

  @Option({ flags: '--back <date>', description: 'of an auto-reply: the first day back, 2026-12-07' })
  readBack(text: string): string {
    return text;
  }

  @Option({ flags: '--contact <who>', description: 'whose it is, where it could not be matched' })
  readContact(text: string): string {
    return text;
  }

  async run([given = '', kind]: string[], options: CorrectOptions): Promise<void> {
    const { severity, scope, subkind, back, contact } = options;
    const said = readAs(
      correctInbound,
      { kind, severity, scope, subkind, returnOn: back },
      { kind: 'kind', returnOn: '--back' },
    );
    const desk = await this.desk(options);
    const id = await wholeId(desk, 'mail', given);
    const whose = contact === undefined ? undefined : await contactId(desk, contact);
    const done = await desk.get(CorrectService).correct(desk.ownerId, id, { ...said, contactId: whose });
    if (options.json) return sayJson(done);
    if (done.effects.length === 0) return say(`It was known as ${done.kind} already; nothing changed.`);
    say(`Now ${done.kind}:`);
    for (const effect of done.effects) say(`  ${plain(effect)}`);
    await desk.remind('What it stops is stopped already; the rest follows');
  }
}

@SubCommand({
  name: 'seen',
  arguments: '<mails...>',
  argsDescription: { mails: 'the ends of their ids' },
  description: 'You have taken note of these; they are not shown as news any more.',
})
export class InboxSeenCommand extends OwnedCommand {
  protected readonly examples = ['inbox seen 1a2b3c4d'];

  async run(given: string[], options: OwnerOption): Promise<void> {
    const desk = await this.desk(options);
    for (const piece of given) {
      await desk.get(CorrectService).seen(desk.ownerId, await wholeId(desk, 'mail', piece));
    }
    say('Noted.');
  }
}

@Command({
  name: 'inbox',
  description: menu.inbox,
  subCommands: [InboxCorrectCommand, InboxSeenCommand],
})
export class InboxCommand extends ListingCommand {
  protected readonly examples = [
    'inbox',
    'inbox --json',
    'inbox correct 1a2b3c4d reply',
    'inbox seen 1a2b3c4d',
  ];

  async run(_: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const news = await desk.get(InboxService).news(desk.ownerId);
    if (options.json) return sayJson(news);
    const mails: [string, InboundRow[]][] = [
      ['Alarms', news.alarms],
      ['Unknown: nobody can tell what they are', news.unknown],
      ['Unmatched: of nobody you know', news.unmatched],
      ['Heeded already', news.notices],
    ];
    if (news.debts.length + mails.reduce((sum, [, items]) => sum + items.length, 0) === 0) {
      return say('Nothing waits for you.');
    }
    if (news.debts.length > 0) {
      const debts = news.debts.map((one) => [
        short(one.id),
        one.contactName,
        one.dueOn,
        one.asks.join(' | '),
      ]);
      say(`Answers you owe\n${table(['id', 'to', 'due', 'they ask'], debts)}`);
      say('When you have answered: followthrough repaid <id>\n');
    }
    for (const [title, items] of mails) {
      if (items.length > 0) say(`${title}\n${mailTable(items, desk.zone)}\n`);
    }
    say('Not so? followthrough inbox correct <id> <kind>. Taken note: followthrough inbox seen <id>');
  }
}

function mailTable(items: readonly InboundRow[], zone: string): string {
  return table(
    ['id', 'from', 'subject', 'kind', 'when', 'why'],
    items.map((one) => [
      short(one.id),
      one.contactName ?? one.fromAddress,
      one.subject,
      [one.kind, one.severity ?? one.subkind].filter((part) => part !== null).join(', '),
      when(one.at, zone),
      one.why,
    ]),
  );
}
