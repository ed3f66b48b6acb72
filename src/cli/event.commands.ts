import { Command, Option } from 'nest-commander';
import type { DebriefPreview, EventPerson, EventView } from '../events/events.schemas.js';
import { DebriefService } from '../events/debrief.service.js';
import { EventsService } from '../events/events.service.js';
import { PeopleService } from '../events/people.service.js';
import { pageOf } from '../http/page.js';
import { decideAnswers, readAnswers } from './debrief-answers.js';
import { askPeople } from './debrief-pass.js';
import type { Desk } from './desk.js';
import { menu } from './menu.js';
import { ListingCommand, type ListOptions } from './owned.command.js';
import { pages } from './pages.js';
import { wholeId } from './short-ids.js';
import { short, table } from './table.js';
import { askYes, isInteractive, say, sayJson } from './terminal.js';

@Command({ name: 'events', description: menu.events })
export class EventsCommand extends ListingCommand {
  protected readonly examples = ['events', 'events --json'];

  async run(_: string[], options: ListOptions): Promise<void> {
    const desk = await this.desk(options);
    const events = desk.get(EventsService);
    const items = await pages(async (page) => pageOf(await events.list(desk.ownerId, page), page.limit));
    if (options.json) return sayJson({ items });
    if (items.length === 0) return say('No event yet: an import names one, followthrough import --help');
    say(
      table(
        ['id', 'name', 'from', 'to', 'zone'],
        items.map((one) => [short(one.id), one.name, one.startsOn, one.endsOn, one.zone]),
      ),
    );
  }
}

interface DebriefOptions extends ListOptions {
  answers?: string;
  yes?: boolean;
  all?: boolean;
}

@Command({
  name: 'debrief',
  arguments: '<event>',
  argsDescription: { event: 'its name, or the end of its id' },
  description: menu.debrief,
})
export class DebriefCommand extends ListingCommand {
  protected readonly examples = [
    'debrief "DevConf 2026"',
    'debrief "DevConf 2026" --answers debrief.csv --yes',
    'debrief "DevConf 2026" --json',
  ];

  @Option({
    flags: '--answers <file>',
    description: 'decisions from a CSV: name-or-email,decision,met,lines',
  })
  readAnswers(file: string): string {
    return file;
  }

  @Option({ flags: '--yes', description: 'confirm the people to write to without being asked' })
  readYes(): boolean {
    return true;
  }

  @Option({ flags: '--all', description: 'go through those already decided, too' })
  readAll(): boolean {
    return true;
  }

  async run([given = '']: string[], options: DebriefOptions): Promise<void> {
    const desk = await this.desk(options);
    const event = await eventOf(desk, given);
    const people = await peopleOf(desk, event);
    if (options.answers !== undefined) {
      const answers = await readAnswers(desk, options.answers, people);
      const decided = await decideAnswers(desk, event.id, answers);
      if (!options.json) {
        say(`${decided.decided} decided, ${decided.facts} facts and ${decided.promises} promises noted.`);
        for (const { contactId, remark } of decided.remarks) say(`  ${nameOf(people, contactId)}: ${remark}`);
      }
    } else if (isInteractive() && !options.json) {
      const open = people.filter(
        ({ decision, state }) => decision === null || (options.all === true && state === 'decided'),
      );
      if (open.length === 0) say(`Everybody of ${event.name} is decided; --all goes through them again.`);
      else if (!(await askPeople(desk, event, open))) return say('Kept; go on whenever you like.');
    }
    await this.conclude(desk, event, options);
  }

  /** Says how many and whom, and takes the yes to exactly that. */
  private async conclude(desk: Desk, event: EventView, { yes, json }: DebriefOptions): Promise<void> {
    const debrief = desk.get(DebriefService);
    const preview = await debrief.preview(desk.ownerId, event.id);
    const confirm = async (): Promise<number> => debrief.confirm(desk.ownerId, event.id, preview.write);
    if (json) {
      const confirmed = yes && preview.write > 0 ? await confirm() : 0;
      return sayJson({ event, people: await peopleOf(desk, event), preview, confirmed });
    }
    showPreview(preview);
    if (preview.write === 0) return;
    if (!yes && !isInteractive()) {
      return say(`Nobody is written to until you say yes: followthrough debrief "${event.name}" --yes`);
    }
    if (!yes && !(await askYes(`Write to these ${preview.write}?`))) {
      return say('Nobody is written to. Your decisions are kept.');
    }
    say(`Confirmed: ${await confirm()}. Each draft waits for your approval: followthrough drafts`);
    await desk.remind('The drafts are written');
  }
}

function showPreview(preview: DebriefPreview): void {
  const { write, remember, notMet, undecided, confirmed, taken } = preview;
  say(
    `${preview.event}: ${write} to write to, ${remember} to remember, ${notMet} not met, ${undecided} undecided.`,
  );
  if (confirmed + taken > 0) say(`${confirmed + taken} were confirmed before.`);
  if (write > 0) {
    const marks = (one: DebriefPreview['people'][number]): string =>
      [
        one.again ? 'met before' : (one.encounter ?? 'not known to have met'),
        one.channel === 'task' ? 'no address: a task for you' : '',
        one.particular ? '' : 'nothing particular yet: you will be asked for a line',
      ]
        .filter((mark) => mark !== '')
        .join('; ');
    for (const one of preview.people) say(`  ${one.name} (${marks(one)})`);
  }
  for (const { name, why } of preview.blocked) say(`  not ${name}: ${why}`);
}

function nameOf(people: readonly EventPerson[], contactId: string): string {
  return people.find(({ id }) => id === contactId)?.fullName ?? contactId;
}

async function eventOf(desk: Desk, given: string): Promise<EventView> {
  const events = desk.get(EventsService);
  try {
    return await events.find(desk.ownerId, given);
  } catch (error) {
    if (!/^[0-9a-f-]{6,36}$/i.test(given)) throw error;
    return events.get(desk.ownerId, await wholeId(desk, 'event', given));
  }
}

function peopleOf(desk: Desk, event: EventView): Promise<EventPerson[]> {
  const people = desk.get(PeopleService);
  return pages(async (page) => pageOf(await people.list(desk.ownerId, event.id, page), page.limit));
}
