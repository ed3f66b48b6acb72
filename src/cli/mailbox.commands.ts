import { Command, Option, SubCommand } from 'nest-commander';
import { MailboxTestService } from '../accounts/mailbox-test.service.js';
import type { MailboxAnswer } from '../accounts/mailboxes.schemas.js';
import { MailboxesService } from '../accounts/mailboxes.service.js';
import { Failed } from './exit.js';
import { MailboxAddCommand, MailboxEditCommand } from './mailbox-add.commands.js';
import { mailboxOf, serverLine, testLine } from './mailbox-lines.js';
import { MailboxSignInCommand } from './mailbox-sign-in.command.js';
import { menu } from './menu.js';
import {
  GroupCommand,
  ListingCommand,
  OwnedCommand,
  type ListOptions,
  type OwnerOption,
} from './owned.command.js';
import { pages } from './pages.js';
import { short, table } from './table.js';
import { say, sayJson } from './terminal.js';

const MAILBOX = { mailbox: 'its address, or the end of its id' };

@SubCommand({ name: 'list', description: 'List the mailboxes and how they are.' })
export class MailboxListCommand extends ListingCommand {
  protected readonly examples = ['mailbox list', 'mailbox list --json'];

  async run(_: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const items = await pages((page) => desk.get(MailboxesService).list(desk.ownerId, page));
    if (options.json) return sayJson({ items });
    say(
      table(
        ['id', 'kind', 'address', 'sends by', 'listens at', 'a day', 'an hour', 'state'],
        items.map((one) => [
          short(one.id),
          one.isDefault ? `${one.kind}, default` : one.kind,
          one.address,
          serverLine(one),
          listens(one),
          one.kind === 'sandbox' ? '-' : one.dailyCap,
          one.kind === 'sandbox' ? '-' : one.hourlyCap,
          one.slowFactor > 1 ? `${one.state}, slowed` : one.state,
        ]),
      ),
    );
    // Never cut short: it says what to do.
    for (const { address, pausedWhy, listenWhy } of items) {
      if (pausedWhy !== null) say(`\n${address} is paused: ${pausedWhy}`);
      if (listenWhy !== null) say(`\n${address} is not read at present: ${listenWhy}`);
    }
  }
}

function listens({ imap, listenWhy }: MailboxAnswer): string {
  if (imap === null) return 'nowhere';
  return listenWhy === null ? serverLine(imap) : `${imap.host}: not wholly`;
}

@SubCommand({
  name: 'test',
  arguments: '<mailbox>',
  argsDescription: MAILBOX,
  description: 'Sign in at SMTP and IMAP, without sending or changing anything.',
})
export class MailboxTestCommand extends OwnedCommand {
  protected readonly examples = ['mailbox test ada@example.org', 'mailbox test ada@example.org --json'];

  @Option({ flags: '--json', description: 'one JSON document instead of sentences' })
  readJson(): boolean {
    return true;
  }

  async run([given = '']: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const id = await mailboxOf(desk, given);
    const tested = await desk.get(MailboxTestService).test(desk.ownerId, id);
    const { ok, smtp, imap, advice, mailbox } = tested;
    if (options.json) sayJson(tested);
    const inbox = imap?.inbox === 1 ? 'one mail' : `${imap?.inbox ?? 0} mails`;
    const seen = `we may read: ${inbox} in the inbox${imap?.sent ? `, sent mail in ${imap.sent}` : ''}.`;
    const lines = [
      ...(smtp ? [testLine('SMTP', smtp, 'we may send.')] : []),
      ...(imap ? [testLine('IMAP', imap, seen)] : []),
    ];
    if (!ok) {
      if (smtp?.ok) lines.push('Until it can be read, answers are not seen and no follow-up leaves.');
      throw new Failed(options.json ? `${mailbox.address} does not work.` : lines.join('\n'));
    }
    if (options.json) return;
    for (const line of lines) say(line);
    say(`${mailbox.address} works.${advice === null ? '' : ` ${advice}`}`);
    if (smtp && imap === null) say('It has no IMAP server, so answers are not seen: followthrough mailbox edit --help'); // prettier-ignore
    if (mailbox.state === 'paused') say(`It stays paused: ${mailbox.pausedWhy ?? ''}`);
  }
}

@SubCommand({
  name: 'resume',
  arguments: '<mailbox>',
  argsDescription: MAILBOX,
  description: 'Let a paused mailbox send again.',
})
export class MailboxResumeCommand extends OwnedCommand {
  protected readonly examples = ['mailbox resume ada@example.org'];

  async run([given = '']: string[], options: OwnerOption): Promise<void> {
    const desk = await this.desk(options);
    const mailbox = await desk.get(MailboxesService).resume(desk.ownerId, await mailboxOf(desk, given));
    say(`${mailbox.address} is ${mailbox.state}.`);
    await desk.remind('What waits for it is sent');
  }
}

@SubCommand({
  name: 'default',
  arguments: '<mailbox>',
  argsDescription: MAILBOX,
  description: 'Let new sequences send from this mailbox; running ones stay with theirs.',
})
export class MailboxDefaultCommand extends OwnedCommand {
  protected readonly examples = ['mailbox default ada@example.org'];

  async run([given = '']: string[], options: OwnerOption): Promise<void> {
    const desk = await this.desk(options);
    const mailbox = await desk.get(MailboxesService).prefer(desk.ownerId, await mailboxOf(desk, given));
    say(`New sequences send from ${mailbox.address}.`);
  }
}

@SubCommand({
  name: 'remove',
  arguments: '<mailbox>',
  argsDescription: MAILBOX,
  description: 'Remove a mailbox that nobody is written to from, such as one with a slip in its address.',
})
export class MailboxRemoveCommand extends OwnedCommand {
  protected readonly examples = ['mailbox remove ada@example.org'];

  async run([given = '']: string[], options: OwnerOption): Promise<void> {
    const desk = await this.desk(options);
    const mailboxes = desk.get(MailboxesService);
    const { id, version, address } = await mailboxes.get(desk.ownerId, await mailboxOf(desk, given));
    await mailboxes.remove(desk.ownerId, id, version);
    say(`Removed ${address}.`);
  }
}

@Command({
  name: 'mailbox',
  description: menu.mailbox,
  subCommands: [
    MailboxAddCommand,
    MailboxListCommand,
    MailboxTestCommand,
    MailboxSignInCommand,
    MailboxEditCommand,
    MailboxDefaultCommand,
    MailboxResumeCommand,
    MailboxRemoveCommand,
  ],
})
export class MailboxCommand extends GroupCommand {
  protected readonly examples = ['mailbox add ada@example.org', 'mailbox list', 'mailbox add --help'];
}
