import { type DynamicModule, Module } from '@nestjs/common';
import type { CommandRunner } from 'nest-commander';
import { type CommandName, menu } from './menu.js';
import { Root } from './root.js';
import { Shell } from './shell.js';

/** A command's class, which knows its subcommands. */
type Loaded = Pick<typeof CommandRunner, 'registerWithSubCommands'>;

/** Where a command is found: with its file come the rooms it works in, and no others. */
const commands: Readonly<Record<CommandName, () => Promise<Loaded>>> = {
  owner: async () => (await import('./owner.commands.js')).OwnerCommand,
  mailbox: async () => (await import('./mailbox.commands.js')).MailboxCommand,
  read: async () => (await import('./read.command.js')).ReadCommand,
  match: async () => (await import('./match.command.js')).MatchCommand,
  import: async () => (await import('./import.commands.js')).ImportCommand,
  imports: async () => (await import('./import.commands.js')).ImportsCommand,
  undo: async () => (await import('./undo.command.js')).UndoCommand,
  duplicates: async () => (await import('./duplicates.commands.js')).DuplicatesCommand,
  changes: async () => (await import('./changes.commands.js')).ChangesCommand,
  captures: async () => (await import('./captures.commands.js')).CapturesCommand,
  contacts: async () => (await import('./contact.commands.js')).ContactsCommand,
  contact: async () => (await import('./contact.commands.js')).ContactCommand,
  boundary: async () => (await import('./contact.commands.js')).BoundaryCommand,
  forget: async () => (await import('./forget.commands.js')).ForgetCommand,
  export: async () => (await import('./export.commands.js')).ExportCommand,
  events: async () => (await import('./event.commands.js')).EventsCommand,
  debrief: async () => (await import('./event.commands.js')).DebriefCommand,
  drafts: async () => (await import('./draft.commands.js')).DraftsCommand,
  review: async () => (await import('./review.command.js')).ReviewCommand,
  show: async () => (await import('./draft.commands.js')).ShowCommand,
  approve: async () => (await import('./draft.commands.js')).ApproveCommand,
  edit: async () => (await import('./draft.commands.js')).EditCommand,
  line: async () => (await import('./draft.commands.js')).LineCommand,
  release: async () => (await import('./draft.commands.js')).ReleaseCommand,
  discard: async () => (await import('./draft.commands.js')).DiscardCommand,
  tasks: async () => (await import('./task.commands.js')).TasksCommand,
  done: async () => (await import('./task.commands.js')).DoneCommand,
  answered: async () => (await import('./task.commands.js')).AnsweredCommand,
  outbox: async () => (await import('./outbox.commands.js')).OutboxCommand,
  unknown: async () => (await import('./outbox.commands.js')).UnknownCommand,
  settle: async () => (await import('./outbox.commands.js')).SettleCommand,
  withdraw: async () => (await import('./outbox.commands.js')).WithdrawCommand,
  classify: async () => (await import('./classify.command.js')).ClassifyCommand,
  ingest: async () => (await import('./inbox.commands.js')).IngestCommand,
  debts: async () => (await import('./inbox.commands.js')).DebtsCommand,
  inbox: async () => (await import('./inbox.commands.js')).InboxCommand,
  repaid: async () => (await import('./inbox.commands.js')).RepaidCommand,
  promises: async () => (await import('./memory.commands.js')).PromisesCommand,
  keep: async () => (await import('./memory.commands.js')).KeepCommand,
  fact: async () => (await import('./memory.commands.js')).FactCommand,
  rates: async () => (await import('./outcome.commands.js')).RatesCommand,
  why: async () => (await import('./outcome.commands.js')).WhyCommand,
  days: async () => (await import('./day.commands.js')).DaysCommand,
  sandbox: async () => (await import('./day.commands.js')).SandboxCommand,
  away: async () => (await import('./away.commands.js')).AwayCommand,
  wrote: async () => (await import('./wrote.command.js')).WroteCommand,
  suppressions: async () => (await import('./suppression.commands.js')).SuppressionsCommand,
  suppress: async () => (await import('./suppression.commands.js')).SuppressCommand,
  lift: async () => (await import('./suppression.commands.js')).LiftCommand,
  stop: async () => (await import('./stop.commands.js')).StopCommand,
  resume: async () => (await import('./stop.commands.js')).ResumeCommand,
  backup: async () => (await import('./backup.commands.js')).BackupCommand,
  restore: async () => (await import('./backup.commands.js')).RestoreCommand,
  keys: async () => (await import('./keys.commands.js')).KeysCommand,
};

@Module({})
export class CliModule {
  /** The program with the one command that is called; without any where only its help is asked for. */
  static async for(argv: readonly string[]): Promise<DynamicModule> {
    const [first = '', second = ''] = argv.filter((word) => !word.startsWith('-'));
    const name = first === 'help' ? second : first;
    const called = isCommand(name) ? (await commands[name]()).registerWithSubCommands() : [];
    return { module: CliModule, providers: [Shell, Root, ...called] };
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(menu, name);
}
