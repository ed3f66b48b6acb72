import { Injectable } from '@nestjs/common';
import { CommandRunner, Option } from 'nest-commander';
import type { Desk } from './desk.js';
import { WrongUsage } from './exit.js';
import { Shell } from './shell.js';
import { plain, tell } from './terminal.js';

/** commander's own `Command`, which nest-commander builds on. */
export type CommanderCommand = Parameters<CommandRunner['setCommand']>[0];

/** A command with examples in its help, and whose wrong use is an exception for `cli.ts` to end the process by. */
@Injectable()
export abstract class HelpfulCommand extends CommandRunner {
  /** As typed after `followthrough`. */
  protected abstract readonly examples: readonly string[];

  constructor(protected readonly shell: Shell) {
    super();
  }

  override setCommand(command: CommanderCommand): this {
    command
      .exitOverride((error) => {
        throw error;
      })
      .allowExcessArguments(false)
      // `inbox correct` has an --owner as `inbox` has: what stands behind a subcommand is its own.
      .enablePositionalOptions()
      .addHelpText(
        'after',
        () => `\nExamples:\n${this.examples.map((one) => `  followthrough ${one}`).join('\n')}`,
      );
    return super.setCommand(command);
  }
}

export interface OwnerOption {
  owner?: string;
}

/** More would push the answer out of sight. */
const ALARMS_SHOWN = 3;

/** A command that acts for an owner: the only one, or `--owner`. */
@Injectable()
export abstract class OwnedCommand extends HelpfulCommand {
  @Option({
    flags: '--owner <who>',
    description: 'e-mail address or id of the owner; the only one by default',
  })
  readOwner(who: string): string {
    return who;
  }

  /** Whatever the command is about, an alarm stands at its head: on standard error, for answers are read by programs. */
  protected async desk(options: OwnerOption): Promise<Desk> {
    const desk = await this.shell.desk(options.owner);
    const alarms = await desk.alarms();
    for (const { text, command } of alarms.slice(0, ALARMS_SHOWN)) {
      tell(`! ${plain(text)} (followthrough ${command})`);
    }
    if (alarms.length > ALARMS_SHOWN) tell(`! and ${alarms.length - ALARMS_SHOWN} more: followthrough inbox`);
    return desk;
  }
}

export interface ListOptions extends OwnerOption {
  json?: boolean;
}

/** A command that lists something. */
@Injectable()
export abstract class ListingCommand extends OwnedCommand {
  @Option({ flags: '--json', description: 'one JSON document instead of a table' })
  readJson(): boolean {
    return true;
  }
}

/** A command that only gathers others: `owner add`, `owner list`. */
@Injectable()
export abstract class GroupCommand extends HelpfulCommand {
  override setCommand(command: CommanderCommand): this {
    super.setCommand(command);
    command.allowExcessArguments();
    return this;
  }

  run([said]: string[]): Promise<void> {
    const group = this.command.name();
    const names = this.command.commands.map((one) => one.name()).join(', ');
    const unknown = said === undefined ? '' : `There is no "${group} ${plain(said)}". `;
    return Promise.reject(new WrongUsage(`${unknown}Say which: ${group} ${names}.`));
  }
}
