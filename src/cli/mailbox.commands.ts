import { Command, Option, SubCommand } from 'nest-commander';
import { createMailbox, type MailboxAnswer } from '../accounts/mailboxes.schemas.js';
import { MailboxesService } from '../accounts/mailboxes.service.js';
import { Failed, WrongUsage } from './exit.js';
import {
  GroupCommand,
  ListingCommand,
  OwnedCommand,
  type ListOptions,
  type OwnerOption,
} from './owned.command.js';
import { pages } from './pages.js';
import { readAs } from './read-as.js';
import type { Desk } from './shell.js';
import { wholeId } from './short-ids.js';
import { short, table } from './table.js';
import { askSecret, isInteractive, readStdin, say, sayJson } from './terminal.js';

interface AddOptions extends OwnerOption {
  address: string;
  host: string;
  port?: string;
  tls?: string;
  username?: string;
  displayName?: string;
  passwordStdin?: boolean;
}

@SubCommand({ name: 'add', description: 'Connect an SMTP account to send from; the password is asked.' })
export class MailboxAddCommand extends OwnedCommand {
  protected readonly examples = [
    'mailbox add --address ada@example.org --host smtp.example.org --username ada',
    'mailbox add --address ada@example.org --host smtp.example.org --tls implicit --username ada --password-stdin < secret',
    'mailbox add --address ada@example.org --host 127.0.0.1 --port 25 --tls none',
  ];

  @Option({ flags: '--address <address>', description: 'the From address', required: true })
  readAddress(text: string): string {
    return text;
  }

  @Option({ flags: '--host <host>', description: 'SMTP server', required: true })
  readHost(text: string): string {
    return text;
  }

  @Option({ flags: '--port <port>', description: '465 for implicit TLS, else 587' })
  readPort(text: string): string {
    return text;
  }

  @Option({ flags: '--tls <way>', description: 'starttls (the default), implicit or none' })
  readTls(text: string): string {
    return text;
  }

  @Option({ flags: '--username <name>', description: 'to sign in with; without it nobody signs in' })
  readUsername(text: string): string {
    return text;
  }

  @Option({ flags: '--display-name <name>', description: "the From name; the owner's by default" })
  readDisplayName(text: string): string {
    return text;
  }

  @Option({ flags: '--password-stdin', description: 'read the password from standard input' })
  readPasswordStdin(): boolean {
    return true;
  }

  async run(_: string[], { owner, passwordStdin, port, ...server }: AddOptions): Promise<void> {
    const password = server.username === undefined ? undefined : await readPassword(passwordStdin ?? false);
    if (server.username === undefined && passwordStdin) {
      throw new WrongUsage('--password-stdin: a password wants --username too.');
    }
    const given = { ...server, password, ...(port !== undefined && { port: Number(port) }) };
    const wanted = readAs(createMailbox, given, { displayName: '--display-name', password: 'the password' });
    const desk = await this.desk({ owner });
    const mailbox = await desk.get(MailboxesService).add(desk.ownerId, wanted);
    say(
      `Added ${mailbox.address} (${short(mailbox.id)}). Try it: followthrough mailbox test ${short(mailbox.id)}`,
    );
  }
}

async function readPassword(fromStdin: boolean): Promise<string> {
  const password = fromStdin
    ? (await readStdin(2000)).toString('utf8').replace(/\r?\n$/, '')
    : isInteractive()
      ? await askSecret('Password (not shown): ')
      : null;
  if (password === null) throw new WrongUsage('Nobody is there to type the password: use --password-stdin.');
  if (password === '') throw new WrongUsage('The password is empty.');
  return password;
}

@SubCommand({ name: 'list', description: 'List the mailboxes and how they are.' })
export class MailboxListCommand extends ListingCommand {
  protected readonly examples = ['mailbox list', 'mailbox list --json'];

  async run(_: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const items = await pages((page) => desk.get(MailboxesService).list(desk.ownerId, page));
    if (options.json) return sayJson({ items });
    say(
      table(
        ['id', 'kind', 'address', 'server', 'state', 'why'],
        items.map((one) => [short(one.id), one.kind, one.address, serverOf(one), one.state, one.pausedWhy]),
      ),
    );
  }
}

function serverOf({ host, port, tls }: MailboxAnswer): string {
  return host === null ? '-' : `${host}:${port ?? ''} (${tls})`;
}

async function mailboxOf(desk: Desk, given: string): Promise<string> {
  if (!given.includes('@')) return wholeId(desk, 'mailbox', given);
  const all = await pages((page) => desk.get(MailboxesService).list(desk.ownerId, page));
  const named = all.filter((one) => one.address.toLowerCase() === given.toLowerCase());
  // The sandbox stands beside a real one under the same address.
  const one = named.find(({ kind }) => kind === 'smtp') ?? named[0];
  if (!one) throw new Failed(`There is no mailbox ${given}: followthrough mailbox list`);
  return one.id;
}

@SubCommand({
  name: 'test',
  arguments: '<mailbox>',
  argsDescription: { mailbox: 'its address, or the end of its id' },
  description: 'Connect and sign in, without sending anything.',
})
export class MailboxTestCommand extends OwnedCommand {
  protected readonly examples = ['mailbox test ada@example.org'];

  async run([given = '']: string[], options: OwnerOption): Promise<void> {
    const desk = await this.desk(options);
    const id = await mailboxOf(desk, given);
    const tested = await desk.get(MailboxesService).test(desk.ownerId, id);
    if (!tested.ok) {
      const said = [
        `It failed at ${tested.stage ?? 'an unknown stage'}: ${tested.why ?? 'no reason given'}.`,
      ];
      throw new Failed([...said, tested.advice ?? ''].join(' ').trim());
    }
    say(`${tested.mailbox.address} works.${tested.advice === null ? '' : ` ${tested.advice}`}`);
  }
}

@SubCommand({
  name: 'resume',
  arguments: '<mailbox>',
  argsDescription: { mailbox: 'its address, or the end of its id' },
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

@Command({
  name: 'mailbox',
  description: 'The accounts you send from.',
  subCommands: [MailboxAddCommand, MailboxListCommand, MailboxTestCommand, MailboxResumeCommand],
})
export class MailboxCommand extends GroupCommand {
  protected readonly examples = ['mailbox list', 'mailbox add --help'];
}
