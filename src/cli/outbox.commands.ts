import { Command, Option } from 'nest-commander';
import { messageStates } from '../core/states.js';
import type { OutboxRow } from '../delivery/delivery.schemas.js';
import { DeliveryService } from '../delivery/delivery.service.js';
import type { Desk } from './desk.js';
import { WrongUsage } from './exit.js';
import { menu } from './menu.js';
import { ListingCommand, OwnedCommand, type ListOptions, type OwnerOption } from './owned.command.js';
import { pages } from './pages.js';
import { readCount } from './read-as.js';
import { wholeId } from './short-ids.js';
import { short, table, when } from './table.js';
import { say, sayJson } from './terminal.js';

interface OutboxOptions extends ListOptions {
  state?: OutboxRow['state'];
  limit?: number;
}

/** Shown unless `--limit` says otherwise; the newest come first. */
const SHOWN = 100;

@Command({ name: 'outbox', description: menu.outbox })
export class OutboxCommand extends ListingCommand {
  protected readonly examples = ['outbox', 'outbox --state approved', 'outbox --limit 1000 --json'];

  @Option({ flags: '--state <state>', description: `one of ${messageStates.join(', ')}` })
  readState(text: string): OutboxRow['state'] {
    const state = messageStates.find((one) => one === text);
    if (!state) throw new WrongUsage(`--state: "${text}" is none of ${messageStates.join(', ')}.`);
    return state;
  }

  @Option({ flags: '--limit <n>', description: `how many at most; ${SHOWN} by default` })
  readLimit(text: string): number {
    return readCount(text, '--limit');
  }

  async run(_: string[], { state, limit = SHOWN, ...options }: OutboxOptions): Promise<void> {
    const desk = await this.desk(options);
    const items = await outbox(desk, state, limit);
    if (options.json) return sayJson({ items });
    if (items.length === 0) return say('Nothing here yet.');
    showMessages(desk, items);
  }
}

@Command({ name: 'unknown', description: menu.unknown })
export class UnknownCommand extends ListingCommand {
  protected readonly examples = ['unknown', 'unknown --json'];

  async run(_: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const items = await outbox(desk, 'unknown', Number.POSITIVE_INFINITY);
    if (options.json) return sayJson({ items });
    if (items.length === 0) return say('None: of every message it is known what became of it.');
    showMessages(desk, items);
    say('Look into your Sent folder, then say: followthrough settle <message> sent|not-sent');
  }
}

function outbox(desk: Desk, state: OutboxRow['state'] | undefined, most: number): Promise<OutboxRow[]> {
  const delivery = desk.get(DeliveryService);
  return pages((page) => delivery.outbox(desk.ownerId, { ...page, state }), most);
}

function showMessages(desk: Desk, items: readonly OutboxRow[]): void {
  say(
    table(
      ['id', 'to', 'subject', 'state', 'when', 'why'],
      items.map((one) => [
        short(one.id),
        one.contactName,
        one.subject,
        one.sandbox ? `${one.state} (sandbox)` : one.state,
        when(one.sentAt ?? one.nextAt, desk.zone),
        one.why,
      ]),
    ),
  );
}

@Command({
  name: 'settle',
  arguments: '<message> <was>',
  argsDescription: { message: 'the end of its id', was: 'what you found: sent or not-sent' },
  description: menu.settle,
})
export class SettleCommand extends OwnedCommand {
  protected readonly examples = ['settle 1a2b3c4d sent', 'settle 1a2b3c4d not-sent'];

  async run([given = '', was]: string[], options: OwnerOption): Promise<void> {
    if (was !== 'sent' && was !== 'not-sent') throw new WrongUsage('Say what you found: sent or not-sent.');
    const desk = await this.desk(options);
    const id = await wholeId(desk, 'message', given);
    const message = await desk.get(DeliveryService).settleUnknown(desk.ownerId, id, was);
    say(`${message.contactName}: ${message.state}.`);
    if (was === 'not-sent') await desk.remind('It is sent');
  }
}

@Command({
  name: 'withdraw',
  arguments: '<message>',
  argsDescription: { message: 'the end of its id' },
  description: menu.withdraw,
})
export class WithdrawCommand extends OwnedCommand {
  protected readonly examples = ['withdraw 1a2b3c4d'];

  async run([given = '']: string[], options: OwnerOption): Promise<void> {
    const desk = await this.desk(options);
    const id = await wholeId(desk, 'message', given);
    const message = await desk.get(DeliveryService).withdraw(desk.ownerId, id);
    say(`${message.contactName}: ${message.state}. It does not leave.`);
  }
}
