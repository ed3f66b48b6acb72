import { Command, Option } from 'nest-commander';
import { classifyFiles } from './classify-files.js';
import { Failed } from './exit.js';
import { menu } from './menu.js';
import { HelpfulCommand } from './owned.command.js';

@Command({
  name: 'classify',
  arguments: '<files...>',
  argsDescription: { files: 'mails (.eml), mailbox files, folders of mails, or - for standard input' },
  description: menu.classify,
})
export class ClassifyCommand extends HelpfulCommand {
  protected readonly examples = [
    'classify bounce.eml',
    'classify ~/Maildir | jq -r .kind | sort | uniq -c',
    'classify - < reply.eml',
  ];

  @Option({ flags: '--json', description: 'one JSON object for each mail; it is the only form' })
  readJson(): boolean {
    return true;
  }

  async run(paths: string[]): Promise<void> {
    const trouble = await classifyFiles(paths);
    if (trouble !== null) throw new Failed(trouble);
  }
}
