import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { encounterOf } from '../database/people-of-event.js';
import { reachOf } from '../database/reach.js';
import { rows } from '../database/rows.js';
import { channelOf } from './channel.js';
import type { EventPerson, PeopleQuery } from './events.schemas.js';
import { EVENT_PERSON, PERSON_IDS } from './people.sql.js';

/** Notes and statements shown of one person, the newest: enough to remember them by. */
const SHOWN = 8;

type Found = Omit<EventPerson, 'channel' | 'encounter' | 'again' | 'notes' | 'known'>;

interface Noted {
  personId: string;
  kind: string;
  at: Date;
  text: string;
}

/** The people of an event, with all that helps the owner to remember each. */
@Injectable()
export class PeopleService {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** One more than the limit, so that the page can tell whether there is a next one. */
  async list(ownerId: string, eventId: string, query: PeopleQuery): Promise<EventPerson[]> {
    const people = await rows<Found>(
      this.db,
      `${EVENT_PERSON}
       SELECT p.id, p.full_name, p.company, p.title, p.decision, p.state, p.outcome FROM person p
        WHERE ($3::uuid IS NULL OR p.id > $3) AND ($4::text IS NULL OR coalesce(p.decision, 'undecided') = $4)
        ORDER BY p.id LIMIT $5`,
      [ownerId, eventId, query.cursor ?? null, query.decision ?? null, query.limit + 1],
    );
    const ids = people.map(({ id }) => id);
    const encounters = await encounterOf(this.db, ownerId, ids, eventId);
    const reach = await reachOf(this.db, ownerId, ids);
    const notes = await this.read(ownerId, ids, NOTES);
    const known = await this.read(ownerId, ids, KNOWN);
    return people.map((person) => ({
      ...person,
      channel: channelOf(reach.get(person.id)),
      encounter: encounters.get(person.id)?.kind ?? null,
      again: encounters.get(person.id)?.again ?? false,
      notes: of(notes, person.id).map(({ kind, at, text }) => ({ kind, at, text })),
      known: of(known, person.id).map(({ kind, text }) => ({ kind, text })),
    }));
  }

  private read(ownerId: string, ids: readonly string[], sql: string): Promise<Noted[]> {
    return rows<Noted>(this.db, sql, [ownerId, ids, SHOWN]);
  }
}

function of(noted: readonly Noted[], personId: string): Noted[] {
  return noted.filter((one) => one.personId === personId);
}

const NOTES = `
SELECT c.id AS person_id, n.kind, n.at, n.text FROM contact c ${PERSON_IDS('c')}
 CROSS JOIN LATERAL (
   SELECT n.kind, n.at, n.text FROM interaction n WHERE n.owner_id = $1 AND n.contact_id = ANY (p.ids)
    ORDER BY n.at DESC LIMIT $3) n
 WHERE c.owner_id = $1 AND c.id = ANY ($2::uuid[]) ORDER BY n.at`;

const KNOWN = `
SELECT c.id AS person_id, k.kind, k.at, k.text FROM contact c ${PERSON_IDS('c')}
 CROSS JOIN LATERAL (
   SELECT f.kind, f.created_at AS at, f.text FROM fact f
    WHERE f.owner_id = $1 AND f.contact_id = ANY (p.ids) AND f.closed_at IS NULL
   UNION ALL
   SELECT 'promise', r.created_at, r.text FROM promise r
    WHERE r.owner_id = $1 AND r.contact_id = ANY (p.ids) AND r.kept_at IS NULL AND r.closed_at IS NULL
   ORDER BY at DESC LIMIT $3) k
 WHERE c.owner_id = $1 AND c.id = ANY ($2::uuid[]) ORDER BY k.at`;
