import { Injectable } from '@nestjs/common';
import { InjectCommander } from 'nest-commander';
import { menu } from './menu.js';
import type { CommanderCommand } from './owned.command.js';

/** The program itself, under which nest-commander hangs the commands. */
@Injectable()
export class Root {
  constructor(@InjectCommander() private readonly program: CommanderCommand) {}

  describe(version: string): void {
    this.program
      .name('followthrough')
      .enablePositionalOptions()
      .description('Personal follow-up after conferences, from your own mailbox.')
      .version(version, '-V, --version', 'say the version')
      .addHelpText(
        'after',
        '\nExit codes: 0 done, 1 it failed (one line says why), 2 wrong usage,' +
          '\n3 nothing found, 130 interrupted.' +
          '\nOne command in detail: followthrough <command> --help',
      );
    const loaded = new Set(this.program.commands.map((one) => one.name()));
    for (const [name, says] of Object.entries(menu)) {
      if (!loaded.has(name)) this.program.command(name).description(says);
    }
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
