import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { appendAudit } from '../database/append.js';
import { encounterOf } from '../database/people-of-event.js';
import { reachOf } from '../database/reach.js';
import { unspentReasons } from '../database/reasons.js';
import { refusedFor } from '../database/refused.js';
import { affected, row, rows, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { Queue } from '../queue/queue.service.js';
import { channelOf } from './channel.js';
import type { DebriefPreview } from './events.schemas.js';
import { EVENT_PERSON } from './people.sql.js';

interface Chosen {
  id: string;
  debriefId: string;
  fullName: string;
  zone: string;
  blocked: string | null;
}

interface Counts {
  confirmed: number;
  taken: number;
  remember: number;
  notMet: number;
  undecided: number;
}

/** Tells the owner how many would be written to and whom, and takes their yes to exactly that. */
@Injectable()
export class DebriefService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  /** @throws AppError not-found */
  async preview(ownerId: string, eventId: string): Promise<DebriefPreview> {
    const event = await eventName(this.db, ownerId, eventId);
    const chosen = await this.chosen(this.db, ownerId, eventId);
    const counts = await row<Counts>(this.db, COUNTS, [ownerId, eventId]);
    const write = chosen.filter((person) => person.blocked === null);
    const ids = write.map(({ id }) => id);
    const zones = new Map(write.map(({ id, zone }) => [id, zone]));
    const encounters = await encounterOf(this.db, ownerId, ids, eventId);
    const reach = await reachOf(this.db, ownerId, ids);
    const reasons = await unspentReasons(this.db, ownerId, ids, {
      now: this.clock.now(),
      zoneOf: (id) => zones.get(id) ?? 'UTC',
    });
    return {
      eventId,
      event,
      write: write.length,
      people: write.map(({ id, fullName }) => ({
        contactId: id,
        name: fullName,
        channel: channelOf(reach.get(id)),
        encounter: encounters.get(id)?.kind ?? null,
        again: encounters.get(id)?.again ?? false,
        particular: (reasons.get(id)?.length ?? 0) > 0,
      })),
      blocked: chosen.flatMap(({ id, fullName, blocked }) =>
        blocked === null ? [] : [{ contactId: id, name: fullName, why: blocked }],
      ),
      ...(counts ?? { confirmed: 0, taken: 0, remember: 0, notMet: 0, undecided: 0 }),
    };
  }

  /**
   * The owner's yes to writing to `expect` people: their decisions become the planner's turn.
   * @throws AppError not-found; conflict when it is no longer that many
   */
  async confirm(ownerId: string, eventId: string, expect: number): Promise<number> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      await lockEvent(tx, ownerId, eventId);
      const chosen = await this.chosen(tx, ownerId, eventId);
      const ids = chosen.filter(({ blocked }) => blocked === null).map(({ debriefId }) => debriefId);
      if (ids.length !== expect) throw changed(expect, ids.length);
      if (ids.length === 0) return;
      const moved = await affected(
        tx,
        `UPDATE debrief SET state = 'confirmed'
          WHERE owner_id = $1 AND id = ANY ($2::uuid[]) AND state = 'decided' AND decision = 'write'`,
        [ownerId, ids],
      );
      if (moved !== expect) throw changed(expect, moved);
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'owner',
        what: 'confirmed the debrief',
        subjectKind: 'event',
        subjectId: eventId,
        detail: { people: expect },
      });
    });
    if (expect > 0) await this.queue.wake('plan', {});
    return expect;
  }

  /** Who was chosen and not yet confirmed, each with what stands against writing, if anything does. */
  private chosen(db: Db, ownerId: string, eventId: string): Promise<Chosen[]> {
    return rows<Chosen>(db, CHOSEN, [ownerId, eventId]);
  }
}

/** Debriefs of one event go one after the other: what is confirmed is what was counted. @throws AppError not-found */
export async function lockEvent(db: Db, ownerId: string, eventId: string): Promise<void> {
  const event = await row(db, `SELECT 1 FROM event WHERE owner_id = $1 AND id = $2 FOR NO KEY UPDATE`, [
    ownerId,
    eventId,
  ]);
  if (!event) throw new AppError('not-found', `there is no event ${eventId}`);
}

async function eventName(db: Db, ownerId: string, eventId: string): Promise<string> {
  const event = await row<{ name: string }>(db, `SELECT name FROM event WHERE owner_id = $1 AND id = $2`, [
    ownerId,
    eventId,
  ]);
  if (!event) throw new AppError('not-found', `there is no event ${eventId}`);
  return event.name;
}

function changed(expect: number, now: number): AppError {
  return new AppError(
    'conflict',
    `expect: you were told ${expect}, but now ${now} would be written to; look at the debrief again and confirm ${now}`,
  );
}

/** What stands against writing is what the planner would refuse, as far as it is known now. */
const CHOSEN = `${EVENT_PERSON}
SELECT p.id, p.debrief_id, p.full_name, p.zone,
       CASE WHEN p.do_not_contact_at IS NOT NULL THEN 'you set "do not contact" on this person'
            WHEN EXISTS (SELECT 1 FROM inbound i WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids)
                            AND ${refusedFor('i')}) THEN 'they asked not to be written to'
            WHEN a.every THEN 'nothing may be sent to their address' END AS blocked
  FROM person p
 CROSS JOIN LATERAL (
   SELECT bool_and(EXISTS (SELECT 1 FROM suppression s WHERE s.owner_id = $1 AND s.address = i.canonical
                              AND s.scope IN ('everything', 'automatic') AND s.lifted_at IS NULL)) AS every
     FROM identity i WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids) AND i.kind = 'email') a
 WHERE p.decision = 'write' AND p.state = 'decided'
 ORDER BY p.full_name, p.id`;

const COUNTS = `${EVENT_PERSON}
SELECT count(*) FILTER (WHERE state = 'confirmed')::int AS confirmed,
       count(*) FILTER (WHERE state = 'taken')::int AS taken,
       count(*) FILTER (WHERE state = 'decided' AND decision = 'remember')::int AS remember,
       count(*) FILTER (WHERE state = 'decided' AND decision = 'not-met')::int AS not_met,
       count(*) FILTER (WHERE decision IS NULL)::int AS undecided
  FROM person`;
