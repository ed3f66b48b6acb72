import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MailboxesService } from '../accounts/mailboxes.service.js';
import { OwnersService } from '../accounts/owners.service.js';
import type { SteppedClock } from '../clock.js';
import { ComposingService } from '../composing/composing.service.js';
import { DraftsService } from '../composing/drafts.service.js';
import { TasksService } from '../composing/tasks.service.js';
import { ContactEditsService } from '../contacts/contact-edits.service.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { DebriefService } from '../events/debrief.service.js';
import { DecisionsService } from '../events/decisions.service.js';
import { EventsService } from '../events/events.service.js';
import type { EventView } from '../events/events.schemas.js';
import { InboxService } from '../inbox/inbox.service.js';
import { IngestService } from '../inbox/ingest.service.js';
import { PromisesService } from '../memory/promises.service.js';
import { Queue } from '../queue/queue.service.js';
import { Ticker } from '../queue/ticker.js';
import { DemoOwner } from './demo-owner.js';
import { People } from './people.js';
import { CLOSE, EVENT, OWNER, START, type Samples } from './samples.js';
import { TimeLapse, type Actor } from './time-lapse.js';
import { Town } from './town.js';

/** The demo's scene, set: an owner with a mailbox at the town's server, the conference, and those who act. */
export interface Scene {
  ownerId: string;
  event: EventView;
  town: Town;
  owner: DemoOwner;
  lapse: TimeLapse;
  people: People;
  /** Kinds of mail that came in so far. */
  cameIn: Map<string, number>;
}

/** Opens the town's server and makes owner, mailbox and event. Close the town when done. */
export async function setScene(
  app: INestApplicationContext,
  clock: SteppedClock,
  samples: Samples,
): Promise<Scene> {
  const db = app.get(DataSource);
  const { id: ownerId } = await app.get(OwnersService).add(OWNER);
  const event = await app.get(EventsService).ensure(ownerId, EVENT);
  const people = new People(db, ownerId);
  const town = new Town(
    () => clock.now(),
    (canonical) => people.zoneOf(canonical),
  );
  await town.open();
  await app.get(MailboxesService).add(ownerId, {
    address: OWNER.email,
    host: '127.0.0.1',
    port: town.port,
    tls: 'none',
  });
  const owner = new DemoOwner(
    ownerId,
    OWNER.zone,
    {
      drafts: app.get(DraftsService),
      composing: app.get(ComposingService),
      tasks: app.get(TasksService),
      promises: app.get(PromisesService),
      inbox: app.get(InboxService),
    },
    people,
    { kept: [...samples.kept], later: [...samples.later] },
    START,
  );
  const cameIn = new Map<string, number>();
  const postman = deliverTo(app.get(IngestService), ownerId, town, cameIn);
  const lapse = new TimeLapse(clock, db, app.get(Queue), app.get(Ticker), postman, owner);
  return { ownerId, event, town, owner, lapse, people, cameIn };
}

/** Brings the town's mail in as it falls due, through the same door as everybody's. */
function deliverTo(ingest: IngestService, ownerId: string, town: Town, cameIn: Map<string, number>): Actor {
  return {
    nextAt: () => town.nextAt(),
    act: async (now) => {
      for (const { raw } of await town.arrivedBy(now)) {
        const { kind } = await ingest.ingest(ownerId, raw);
        cameIn.set(kind, (cameIn.get(kind) ?? 0) + 1);
      }
    },
  };
}

/** Answers the debrief from the samples and agrees to what it says; answers how many will be written to. */
export async function debrief(
  app: INestApplicationContext,
  { ownerId, event, people }: Scene,
  samples: Samples,
): Promise<{ written: number; byHand: number; remember: number; notMet: number; undecided: number }> {
  const decisions = [];
  for (const { who, decision, met, lines } of samples.debrief) {
    decisions.push({
      contactId: await people.find(who),
      decision,
      ...(met !== '' && { met: met === 'yes' }),
      ...(lines !== '' && { line: lines }),
    });
  }
  const close = await app.get(ContactsService).get(ownerId, await people.find(CLOSE));
  await app.get(ContactEditsService).edit(ownerId, close.id, close.version, { circle: 'active' });
  await app.get(DecisionsService).decide(ownerId, event.id, decisions);
  const service = app.get(DebriefService);
  const preview = await service.preview(ownerId, event.id);
  await service.confirm(ownerId, event.id, preview.write);
  return {
    written: preview.write,
    byHand: preview.people.filter(({ channel }) => channel === 'task').length,
    remember: preview.remember,
    notMet: preview.notMet,
    undecided: preview.undecided,
  };
}
