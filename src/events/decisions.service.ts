import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { mayBeQuoted } from '../core/facts.js';
import { promiseDueOn } from '../core/promise-due.js';
import { appendEncounter, appendFact, appendPromise, lockPersons } from '../database/append.js';
import { newId } from '../database/ids.js';
import { personsOf, type Person } from '../database/persons.js';
import { affected, row, rows, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { Queue } from '../queue/queue.service.js';
import { lockEvent } from './debrief.service.js';
import { readDecisions, type Known, type ReadDecision } from './decision.js';
import type { DebriefAnswer, DebriefDecision } from './events.schemas.js';

/** What one request writes at. */
interface Place {
  db: Db;
  ownerId: string;
  eventId: string;
  now: Date;
  ownerZone: string;
}

/** Takes down what the owner decided about the people of an event, all of a request or nothing. */
@Injectable()
export class DecisionsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  /**
   * Saying the same again changes nothing. A decision may be changed until it is confirmed.
   * @throws AppError not-found (event); invalid, naming the entry and the person; conflict when it is with the planner
   */
  async decide(
    ownerId: string,
    eventId: string,
    decisions: readonly DebriefDecision[],
  ): Promise<DebriefAnswer> {
    const now = this.clock.now();
    const answer = await this.db.transaction(async (tx) => {
      await lockEvent(tx, ownerId, eventId);
      const contactIds = decisions.map(({ contactId }) => contactId);
      await lockPersons(tx, ownerId, contactIds);
      const persons = await personsOf(tx, ownerId, contactIds);
      const known = await knownOf(tx, ownerId, eventId, [...persons.values()]);
      const read = readDecisions(decisions, persons, known);
      if (read.kind === 'refused') throw new AppError(read.code, read.reason);
      const owner = await row<{ zone: string }>(tx, `SELECT zone FROM owner WHERE id = $1`, [ownerId]);
      const place: Place = { db: tx, ownerId, eventId, now, ownerZone: owner?.zone ?? 'UTC' };
      await writeDecisions(place, read.decisions);
      const total: DebriefAnswer = { decided: read.decisions.length, facts: 0, promises: 0, remarks: [] };
      for (const decision of read.decisions) {
        await writeEncounters(place, decision);
        await writeLines(place, decision, total);
        total.remarks.push(...decision.remarks.map((remark) => ({ contactId: decision.person.id, remark })));
      }
      return total;
    });
    if (answer.facts + answer.promises > 0) await this.queue.wakeLine();
    return answer;
  }
}

/** What is on record about each person at this event, by person. */
async function knownOf(
  db: Db,
  ownerId: string,
  eventId: string,
  persons: readonly Person[],
): Promise<Map<string, Known>> {
  const found = await rows<Known & { personId: string }>(
    db,
    `SELECT s."id" AS person_id, d.id AS debrief_id, d.decision, d.state,
            EXISTS (SELECT 1 FROM encounter x WHERE x.owner_id = $1 AND x.event_id = $2
                       AND x.contact_id = ANY (p.ids)) AS listed,
            EXISTS (SELECT 1 FROM fact f WHERE f.owner_id = $1 AND f.contact_id = ANY (p.ids)
                       AND f.source_kind = 'owner' AND f.source_id = d.id AND f.closed_at IS NULL) AS noted
       FROM jsonb_to_recordset($3::jsonb) AS s("id" uuid, "ids" jsonb)
      CROSS JOIN LATERAL (SELECT array_agg(j.id::uuid) AS ids FROM jsonb_array_elements_text(s."ids") j(id)) p
       LEFT JOIN LATERAL (
         SELECT d.id, d.decision, d.state FROM debrief d
          WHERE d.owner_id = $1 AND d.event_id = $2 AND d.contact_id = ANY (p.ids)
          ORDER BY array_position(ARRAY['taken', 'confirmed', 'decided'], d.state), d.id DESC LIMIT 1) d ON true`,
    [ownerId, eventId, JSON.stringify(persons.map(({ id, ids }) => ({ id, ids })))],
  );
  return new Map(found.map(({ personId, ...known }) => [personId, known]));
}

/** All decisions of a request in one statement each way; those already confirmed stay as they are. */
async function writeDecisions(
  { db, ownerId, eventId, now }: Place,
  all: readonly ReadDecision[],
): Promise<void> {
  for (const decision of all) decision.debriefId ??= newId();
  const subjects = JSON.stringify(
    all.map(({ debriefId, person, decision }) => ({
      debriefId,
      contactId: person.id,
      ids: person.ids,
      decision,
    })),
  );
  await affected(
    db,
    `UPDATE debrief d SET decision = s."decision"
       FROM jsonb_to_recordset($3::jsonb) AS s("ids" jsonb, "decision" text)
      WHERE d.owner_id = $1 AND d.event_id = $2 AND s."ids" ? d.contact_id::text
        AND d.state = 'decided' AND d.decision <> s."decision"`,
    [ownerId, eventId, subjects],
  );
  await affected(
    db,
    `INSERT INTO debrief (id, owner_id, created_at, contact_id, event_id, decision, state)
     SELECT s."debriefId", $1, $4, s."contactId", $2, s."decision", 'decided'
       FROM jsonb_to_recordset($3::jsonb) AS s("debriefId" uuid, "contactId" uuid, "decision" text)
     ON CONFLICT DO NOTHING`,
    [ownerId, eventId, subjects, now],
  );
}

/** The owner's word outweighs scans and connections; a list never becomes a meeting without it. */
async function writeEncounters(
  place: Place,
  { person, met, reopens, debriefId }: ReadDecision,
): Promise<void> {
  const { db, ownerId, eventId, now } = place;
  const scope = [ownerId, eventId, person.ids];
  if (met === false) {
    await affected(
      db,
      `UPDATE encounter SET closed_at = $4 WHERE owner_id = $1 AND event_id = $2 AND contact_id = ANY ($3::uuid[])
          AND kind = 'met' AND closed_at IS NULL`,
      [...scope, now],
    );
  } else if (reopens) {
    await affected(
      db,
      `UPDATE encounter SET closed_at = NULL WHERE owner_id = $1 AND event_id = $2 AND contact_id = ANY ($3::uuid[])
          AND kind = 'met' AND source_kind <> 'owner' AND closed_at IS NOT NULL`,
      scope,
    );
  }
  if (met === true && debriefId !== null) {
    await appendEncounter(db, {
      ownerId,
      contactId: person.id,
      eventId,
      at: now,
      kind: 'met',
      metAt: null,
      sourceKind: 'owner',
      sourceId: debriefId,
    });
  }
}

/** Lines become facts and promises; the owner's typed words are their own source, and are noted once. */
async function writeLines(place: Place, decision: ReadDecision, total: DebriefAnswer): Promise<void> {
  const { db, ownerId, eventId, now, ownerZone } = place;
  const { person, lines, debriefId } = decision;
  const said = { ownerId, contactId: person.id, eventId, at: now, sourceKind: 'owner', sourceId: debriefId };
  for (const line of lines) {
    const table = line.kind === 'fact' ? 'fact' : 'promise';
    const there = await row(
      db,
      `SELECT 1 FROM ${table} WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[]) AND event_id = $3
          AND lower(text) = lower($4) AND closed_at IS NULL${line.kind === 'fact' ? ' AND kind = $5' : ''}`,
      [ownerId, person.ids, eventId, line.text, ...(line.kind === 'fact' ? [line.fact] : [])],
    );
    if (there) continue;
    if (line.kind === 'fact') {
      await appendFact(db, { ...said, kind: line.fact, text: line.text, quotable: mayBeQuoted(line.fact) });
      total.facts += 1;
    } else {
      await appendPromise(db, {
        ...said,
        text: line.text,
        dueOn: line.dueOn ?? promiseDueOn(now, ownerZone),
      });
      total.promises += 1;
    }
  }
}
