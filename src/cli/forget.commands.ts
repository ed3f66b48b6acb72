import { Command, Option } from 'nest-commander';
import { ForgetService } from '../contacts/forget.service.js';
import { WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { OwnedCommand, type OwnerOption } from './owned.command.js';
import { exactContactId } from './short-ids.js';
import { askYes, isInteractive, plain, say, tell } from './terminal.js';

interface ForgetOptions extends OwnerOption {
  yes?: boolean;
}

@Command({
  name: 'forget',
  arguments: '<contact>',
  argsDescription: { contact: 'the whole name, an e-mail address, or the end of an id' },
  description: menu.forget,
})
export class ForgetCommand extends OwnedCommand {
  protected readonly examples = ['forget mira@example.org', 'forget "Mira Okafor" --yes'];

  @Option({ flags: '--yes', description: 'do not ask' })
  readYes(): boolean {
    return true;
  }

  async run([whom = '']: string[], { yes, ...options }: ForgetOptions): Promise<void> {
    const desk = await this.desk(options);
    const forgetting = desk.get(ForgetService);
    const id = await exactContactId(desk, whom);
    const found = await forgetting.preview(desk.ownerId, id);
    if (!yes) {
      if (!isInteractive()) throw new WrongUsage('Nobody can be asked here: add --yes.');
      say(
        `${plain(found.name)}: ${found.messages} messages to them and ${found.mails} mails from them go, with every note, fact, promise and encounter.`,
      );
      if (!(await askYes('This cannot be taken back. Erase them?'))) return say('Nothing was changed.');
    }
    const done = await forgetting.forget(desk.ownerId, found.id, null);
    say(
      `${plain(done.name)} is forgotten: ${done.messages} messages, ${done.mails} mails, all that was known. Left is a keyed hash of ${done.addresses} addresses, so that no import brings them back.`,
    );
    for (const address of done.kept)
      say(`${plain(address)} is another contact's as well and stays with them.`);
    if (done.sandbox > 0) say(`${done.sandbox} mails to them in the sandbox folder are removed.`);
    if (done.sandboxTrouble !== null)
      tell(
        `The sandbox folder could not be looked through (${plain(done.sandboxTrouble)}): remove what is theirs by hand.`,
      );
    say(
      'Not touched: what you noted about others and which names them, mail of others that does, and photos and voice notes you kept.',
    );
    say(
      'Out of our reach: backups and exports made before, files you imported, the sandbox folder of another machine, and the mailboxes themselves.',
    );
  }
}
