import { Command, Option } from 'nest-commander';
import { addSuppression, type SuppressionView } from '../contacts/contacts.schemas.js';
import { SuppressionsService } from '../contacts/suppressions.service.js';
import { canonicalEmail } from '../core/import/identity.js';
import { suppressionScopes, type SuppressionScope } from '../core/way-out-choices.js';
import type { Desk } from './desk.js';
import { NothingFound, WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { ListingCommand, OwnedCommand, type ListOptions, type OwnerOption } from './owned.command.js';
import { pages } from './pages.js';
import { wholeId } from './short-ids.js';
import { short, table, when } from './table.js';
import { plain, say, sayJson } from './terminal.js';

const MEANING: Readonly<Record<SuppressionScope, string>> = {
  everything: 'nothing at all',
  automatic: 'only what you write by hand',
  congratulations: 'no congratulations',
  often: 'at most one mail a month',
};

function listed(desk: Desk): Promise<SuppressionView[]> {
  return pages((page) => desk.get(SuppressionsService).list(desk.ownerId, { ...page, lifted: 'false' }));
}

@Command({ name: 'suppressions', description: menu.suppressions })
export class SuppressionsCommand extends ListingCommand {
  protected readonly examples = ['suppressions', 'suppressions --json'];

  async run(_: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const items = await listed(desk);
    if (options.json) return sayJson({ items });
    if (items.length === 0) return say('No address is spared. Spare one: followthrough suppress <address>');
    say(
      table(
        ['id', 'address', 'scope', 'since', 'why'],
        items.map((one) => [short(one.id), one.address, one.scope, when(one.createdAt, desk.zone), one.why]),
      ),
    );
    say('When you know better: followthrough lift <id or address>');
  }
}

interface SuppressOptions extends OwnerOption {
  scope?: SuppressionScope;
}

@Command({
  name: 'suppress',
  arguments: '<address>',
  description: menu.suppress,
})
export class SuppressCommand extends OwnedCommand {
  protected readonly examples = [
    'suppress grace@example.com',
    'suppress grace@example.com --scope congratulations',
  ];

  @Option({ flags: '--scope <scope>', description: `of what: ${suppressionScopes.join(', ')}` })
  readScope(given: string): SuppressionScope {
    const scope = suppressionScopes.find((one) => one === given);
    if (!scope) throw new WrongUsage(`"${plain(given)}" is no scope: say ${suppressionScopes.join(', ')}.`);
    return scope;
  }

  async run([address = '']: string[], options: SuppressOptions): Promise<void> {
    const desk = await this.desk(options);
    const read = addSuppression.safeParse({ address, ...(options.scope && { scope: options.scope }) });
    if (!read.success) throw new WrongUsage(`"${plain(address)}" is no e-mail address.`);
    const added = await desk.get(SuppressionsService).add(desk.ownerId, read.data);
    say(`${plain(added.address)} gets ${MEANING[added.scope]}. Undo: followthrough lift ${short(added.id)}`);
  }
}

@Command({
  name: 'lift',
  arguments: '<which>',
  argsDescription: { which: 'the end of its id, or an address: then all of its suppressions' },
  description: menu.lift,
})
export class LiftCommand extends OwnedCommand {
  protected readonly examples = ['lift 1a2b3c4d', 'lift grace@example.com'];

  async run([which = '']: string[], options: OwnerOption): Promise<void> {
    const desk = await this.desk(options);
    const ids = which.includes('@') ? await idsOf(desk, which) : [await wholeId(desk, 'suppression', which)];
    for (const id of ids) {
      const { address, scope } = await desk.get(SuppressionsService).lift(desk.ownerId, id);
      say(`Lifted: ${plain(address)} (${scope}).`);
    }
    say('What was stopped stays stopped; from now on it may be written to.');
  }
}

async function idsOf(desk: Desk, given: string): Promise<string[]> {
  const address = canonicalEmail(given) ?? given.toLowerCase();
  const ids = (await listed(desk)).flatMap((one) => (one.address === address ? [one.id] : []));
  if (ids.length === 0) throw new NothingFound(`${plain(given)} is not spared of anything.`);
  return ids;
}
