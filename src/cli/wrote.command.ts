import { Command, Option } from 'nest-commander';
import { InboxService } from '../inbox/inbox.service.js';
import { InteractionsService } from '../memory/interactions.service.js';
import { addInteraction } from '../memory/memory.schemas.js';
import { PromisesService } from '../memory/promises.service.js';
import { menu } from './menu.js';
import { OwnedCommand, type OwnerOption } from './owned.command.js';
import { readAs } from './read-as.js';
import { exactContactId, wholeId } from './short-ids.js';
import { when } from './table.js';
import { say } from './terminal.js';

interface WroteOptions extends OwnerOption {
  about?: string;
  at?: string;
  kept?: string;
}

@Command({
  name: 'wrote',
  arguments: '<contact>',
  argsDescription: { contact: 'the whole name, an address, or the end of an id' },
  description: menu.wrote,
})
export class WroteCommand extends OwnedCommand {
  protected readonly examples = [
    'wrote "Mira Okafor"',
    'wrote mira@example.org --about "the slides" --kept 1a2b3c4d',
  ];

  @Option({ flags: '--about <words>', description: 'what it was about' })
  readAbout(words: string): string {
    return words;
  }

  @Option({ flags: '--at <instant>', description: 'when, such as 2026-11-21T09:00:00Z; now by default' })
  readAt(instant: string): string {
    return instant;
  }

  @Option({ flags: '--kept <promise>', description: 'a promise that you kept with it, by the end of its id' })
  readKept(promise: string): string {
    return promise;
  }

  async run([whom = '']: string[], { about, at, kept, ...options }: WroteOptions): Promise<void> {
    const interaction = readAs(addInteraction, {
      kind: 'mail-by-hand',
      text: about ?? 'written by hand',
      ...(at !== undefined && { at }),
    });
    const desk = await this.desk(options);
    const { ownerId } = desk;
    const contactId = await exactContactId(desk, whom);
    const promise = kept === undefined ? null : await wholeId(desk, 'promise', kept);
    const { at: wroteAt } = await desk.get(InteractionsService).add(ownerId, contactId, interaction);
    if (promise !== null) await desk.get(PromisesService).keep(ownerId, contactId, promise, about ?? null);
    const owed = await desk.get(InboxService).answered(ownerId, contactId, wroteAt);
    say(
      `Noted, ${when(wroteAt, desk.zone)}. A first mail of ours that has not left is taken back, and the next word waits.`,
    );
    if (owed > 0) say(`${owed === 1 ? 'The answer' : `${owed} answers`} you owed: no longer owed.`);
  }
}
