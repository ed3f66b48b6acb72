import { Module } from '@nestjs/common';
import { BoundaryCommand, ContactCommand, ContactsCommand } from './contact.commands.js';
import { DaysCommand, SandboxCommand } from './day.commands.js';
import {
  ApproveCommand,
  DiscardCommand,
  DraftsCommand,
  EditCommand,
  LineCommand,
  ReleaseCommand,
  ShowCommand,
} from './draft.commands.js';
import { DebriefCommand, EventsCommand } from './event.commands.js';
import { ImportCommand, ImportsCommand } from './import.commands.js';
import { DebtsCommand, IngestCommand, RepaidCommand } from './inbox.commands.js';
import {
  MailboxAddCommand,
  MailboxCommand,
  MailboxListCommand,
  MailboxResumeCommand,
  MailboxTestCommand,
} from './mailbox.commands.js';
import { FactCommand, KeepCommand, PromisesCommand } from './memory.commands.js';
import { OutboxCommand, SettleCommand, UnknownCommand, WithdrawCommand } from './outbox.commands.js';
import { RatesCommand, WhyCommand } from './outcome.commands.js';
import { OwnerAddCommand, OwnerCommand, OwnerListCommand } from './owner.commands.js';
import { ReviewCommand } from './review.command.js';
import { Root } from './root.js';
import { Shell } from './shell.js';
import { ResumeCommand, StopCommand } from './stop.commands.js';
import { AnsweredCommand, DoneCommand, TasksCommand } from './task.commands.js';

/** The commands, in the order `--help` shows them: the way of the data. The services are opened by the shell on demand. */
@Module({
  providers: [
    Shell,
    Root,
    OwnerCommand,
    OwnerAddCommand,
    OwnerListCommand,
    MailboxCommand,
    MailboxAddCommand,
    MailboxListCommand,
    MailboxTestCommand,
    MailboxResumeCommand,
    ImportCommand,
    ImportsCommand,
    ContactsCommand,
    ContactCommand,
    BoundaryCommand,
    EventsCommand,
    DebriefCommand,
    DraftsCommand,
    ReviewCommand,
    ShowCommand,
    ApproveCommand,
    EditCommand,
    LineCommand,
    ReleaseCommand,
    DiscardCommand,
    TasksCommand,
    DoneCommand,
    AnsweredCommand,
    OutboxCommand,
    UnknownCommand,
    SettleCommand,
    WithdrawCommand,
    IngestCommand,
    DebtsCommand,
    RepaidCommand,
    PromisesCommand,
    KeepCommand,
    FactCommand,
    RatesCommand,
    WhyCommand,
    DaysCommand,
    SandboxCommand,
    StopCommand,
    ResumeCommand,
  ],
})
export class CliModule {}
