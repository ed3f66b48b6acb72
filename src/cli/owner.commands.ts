import { Command, Option, SubCommand } from 'nest-commander';
import { createOwner } from '../accounts/accounts.schemas.js';
import { OwnersService } from '../accounts/owners.service.js';
import { menu } from './menu.js';
import { GroupCommand, HelpfulCommand } from './owned.command.js';
import { pages } from './pages.js';
import { readAs } from './read-as.js';
import { say, sayJson } from './terminal.js';
import { short, table } from './table.js';

@SubCommand({ name: 'add', description: 'Add an owner, with a sandbox mailbox and the default sequence.' })
export class OwnerAddCommand extends HelpfulCommand {
  protected readonly examples = ['owner add --name Ada --email ada@example.org --zone Asia/Seoul'];

  @Option({ flags: '--name <name>', description: 'the name mails are signed with', required: true })
  readName(name: string): string {
    return name;
  }

  @Option({ flags: '--email <address>', description: 'their address', required: true })
  readEmail(email: string): string {
    return email;
  }

  @Option({ flags: '--zone <zone>', description: 'IANA time zone, such as Europe/Berlin', required: true })
  readZone(zone: string): string {
    return zone;
  }

  @Option({ flags: '--language <tag>', description: 'language tag, such as en or de; en by default' })
  readLanguage(language: string): string {
    return language;
  }

  async run(
    _: string[],
    given: { name: string; email: string; zone: string; language?: string },
  ): Promise<void> {
    const wanted = readAs(createOwner, given);
    const services = await this.shell.services();
    const owner = await services.get(OwnersService).add(wanted);
    say(`Added ${owner.name} <${owner.email}> (${short(owner.id)}).`);
    say('Mail goes to the sandbox until you add a mailbox: followthrough mailbox add --help');
  }
}

@SubCommand({ name: 'list', description: 'List the owners.' })
export class OwnerListCommand extends HelpfulCommand {
  protected readonly examples = ['owner list', 'owner list --json'];

  @Option({ flags: '--json', description: 'one JSON document instead of a table' })
  readJson(): boolean {
    return true;
  }

  async run(_: string[], { json }: { json?: boolean }): Promise<void> {
    const owners = (await this.shell.services()).get(OwnersService);
    const items = await pages((page) => owners.list(page));
    if (json) return sayJson({ items });
    if (items.length === 0) {
      return say('There is no owner yet. Add yourself: followthrough owner add --name … --email … --zone …');
    }
    say(
      table(
        ['id', 'name', 'e-mail', 'zone', 'stopped'],
        items.map((one) => [short(one.id), one.name, one.email, one.zone, one.stoppedAt ? 'yes' : 'no']),
      ),
    );
  }
}

@Command({
  name: 'owner',
  description: menu.owner,
  subCommands: [OwnerAddCommand, OwnerListCommand],
})
export class OwnerCommand extends GroupCommand {
  protected readonly examples = ['owner add --help', 'owner list'];
}
