import { Injectable } from '@nestjs/common';
import { InjectCommander } from 'nest-commander';
import type { CommanderCommand } from './owned.command.js';

/** The program itself, under which nest-commander hangs the commands. */
@Injectable()
export class Root {
  constructor(@InjectCommander() private readonly program: CommanderCommand) {}

  describe(): void {
    this.program
      .name('followthrough')
      .description('Personal follow-up after conferences, from your own mailbox.')
      .addHelpText(
        'after',
        '\nExit codes: 0 done, 1 it failed (one line says why), 2 wrong usage, 3 nothing found.' +
          '\nOne command in detail: followthrough <command> --help',
      );
  }

  /** The command that was meant, as far as it can be told: what its help is asked by. */
  helpOf(argv: readonly string[]): string {
    const words = ['followthrough'];
    let at: CommanderCommand | undefined = this.program;
    for (const word of argv) {
      at = at.commands.find((one) => one.name() === word);
      if (!at) break;
      words.push(word);
    }
    return [...words, '--help'].join(' ');
  }
}
