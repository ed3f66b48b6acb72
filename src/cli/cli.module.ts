import { Module } from '@nestjs/common';
import { AwayCommand } from './away.commands.js';
import { BackupCommand, RestoreCommand } from './backup.commands.js';
import { CapturesCommand } from './captures.commands.js';
import { ChangesCommand } from './changes.commands.js';
import { ClassifyCommand } from './classify.command.js';
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
import { DuplicatesCommand } from './duplicates.commands.js';
import { ExportCommand } from './export.commands.js';
import { ForgetCommand } from './forget.commands.js';
import { ImportCommand, ImportsCommand } from './import.commands.js';
import {
  DebtsCommand,
  InboxCommand,
  InboxCorrectCommand,
  InboxSeenCommand,
  IngestCommand,
  RepaidCommand,
} from './inbox.commands.js';
import { KeysCommand, KeysRotateCommand } from './keys.commands.js';
import { MailboxAddCommand, MailboxEditCommand } from './mailbox-add.commands.js';
import { MailboxSignInCommand } from './mailbox-sign-in.command.js';
import {
  MailboxCommand,
  MailboxDefaultCommand,
  MailboxListCommand,
  MailboxRemoveCommand,
  MailboxResumeCommand,
  MailboxTestCommand,
} from './mailbox.commands.js';
import { MatchCommand } from './match.command.js';
import { FactCommand, KeepCommand, PromisesCommand } from './memory.commands.js';
import { OutboxCommand, SettleCommand, UnknownCommand, WithdrawCommand } from './outbox.commands.js';
import { RatesCommand, WhyCommand } from './outcome.commands.js';
import { OwnerAddCommand, OwnerCommand, OwnerListCommand } from './owner.commands.js';
import { ReadCommand } from './read.command.js';
import { ReviewCommand } from './review.command.js';
import { Root } from './root.js';
import { Shell } from './shell.js';
import { ResumeCommand, StopCommand } from './stop.commands.js';
import { LiftCommand, SuppressCommand, SuppressionsCommand } from './suppression.commands.js';
import { AnsweredCommand, DoneCommand, TasksCommand } from './task.commands.js';
import { UndoCommand } from './undo.command.js';
import { WroteCommand } from './wrote.command.js';

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
    MailboxSignInCommand,
    MailboxEditCommand,
    MailboxDefaultCommand,
    MailboxResumeCommand,
    MailboxRemoveCommand,
    ReadCommand,
    MatchCommand,
    ImportCommand,
    ImportsCommand,
    UndoCommand,
    DuplicatesCommand,
    ChangesCommand,
    CapturesCommand,
    ContactsCommand,
    ContactCommand,
    BoundaryCommand,
    ForgetCommand,
    ExportCommand,
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
    ClassifyCommand,
    IngestCommand,
    DebtsCommand,
    InboxCommand,
    InboxCorrectCommand,
    InboxSeenCommand,
    RepaidCommand,
    PromisesCommand,
    KeepCommand,
    FactCommand,
    RatesCommand,
    WhyCommand,
    DaysCommand,
    SandboxCommand,
    AwayCommand,
    WroteCommand,
    SuppressionsCommand,
    SuppressCommand,
    LiftCommand,
    StopCommand,
    ResumeCommand,
    BackupCommand,
    RestoreCommand,
    KeysCommand,
    KeysRotateCommand,
  ],
})
export class CliModule {}
