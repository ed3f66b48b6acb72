import { Injectable } from '@nestjs/common';
import { CommandRunner, Option } from 'nest-commander';
import { WrongUsage } from './exit.js';
import { Shell, type Desk } from './shell.js';

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

  protected desk(options: OwnerOption): Promise<Desk> {
    return this.shell.desk(options.owner);
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
  run(): Promise<void> {
    const names = this.command.commands.map((one) => one.name()).join(', ');
    return Promise.reject(new WrongUsage(`Say which: ${this.command.name()} ${names}.`));
  }
}
