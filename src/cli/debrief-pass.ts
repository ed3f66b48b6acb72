import type { DebriefDecision, EventPerson, EventView } from '../events/events.schemas.js';
import { DecisionsService } from '../events/decisions.service.js';
import { AppError } from '../http/errors.js';
import type { Desk } from './desk.js';
import { askKey, askLine, plain, say } from './terminal.js';

const GRAMMAR = `  One line of what was said, several separated by " | ". What it is comes first:
    said: they move to event sourcing    asked: how we test migrations
    interest: small databases            thanks for: the introduction
    shared: we both sing in a choir      promise: send the slides by 2026-12-04`;

/** Where in a request it stood: here there is only the one just answered. */
const PLACE = /^decisions\.0 (?:\(.*?\): )?/;

const DECISIONS = { w: 'write', r: 'remember', n: 'not-met' } as const;

/** Goes through the people one by one; each decision is kept at once. False when the owner quit before the end. */
export async function askPeople(
  desk: Desk,
  event: EventView,
  people: readonly EventPerson[],
): Promise<boolean> {
  say(`${event.name}: ${people.length} people. w write, r remember, n not met, s skip, b back, q quit.`);
  say(GRAMMAR);
  let index = 0;
  for (;;) {
    const person = people[index];
    if (!person) return true;
    introduce(person, `${index + 1}/${people.length}`);
    const key = await askKey('  [w r n s b q] ', 'wrnsbq');
    if (key === 'q') return false;
    if (key === 'b') {
      index = Math.max(0, index - 1);
      continue;
    }
    if (key === 'w' || key === 'r' || key === 'n') await decideOne(desk, event, person, DECISIONS[key]);
    index += 1;
  }
}

function introduce(person: EventPerson, place: string): void {
  const work = [person.title, person.company].filter((part) => part !== null).join(', ');
  const how = person.again ? 'you had met before' : person.encounter === 'met' ? 'met' : 'only on the list';
  say(`\n${place}  ${plain(person.fullName)}${work === '' ? '' : `, ${plain(work)}`} (${how})`);
  if (person.channel === 'task') say('  no e-mail address is known');
  for (const { kind, text } of [...person.notes, ...person.known]) say(`  ${kind}: ${plain(text)}`);
  if (person.decision !== null) say(`  decided before: ${person.decision}`);
}

async function decideOne(
  desk: Desk,
  event: EventView,
  person: EventPerson,
  decision: DebriefDecision['decision'],
): Promise<void> {
  const asks = decision !== 'not-met' && person.encounter !== 'met';
  const met = asks ? (await askKey('  Did you meet? [y n] ', 'yn')) === 'y' : undefined;
  for (;;) {
    const line = decision === 'not-met' ? '' : (await askLine('  What was said (Enter: nothing): ')).trim();
    try {
      const given = {
        contactId: person.id,
        decision,
        ...(met !== undefined && { met }),
        ...(line !== '' && { line }),
      };
      const { remarks } = await desk.get(DecisionsService).decide(desk.ownerId, event.id, [given]);
      for (const { remark } of remarks) say(`  ${remark}`);
      return;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      say(`  ${error.message.replace(PLACE, '')}`);
      // Another line may be understood; without one, asking again would not end.
      if (line === '') return;
    }
  }
}
