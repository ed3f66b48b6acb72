import { daysBetween } from '../core/schedule.js';
import type { SaidEncounter } from '../core/import/records.js';
import { findOrMakeEvent, type EventDays } from '../database/find-event.js';
import { rows, type Db } from '../database/rows.js';
import type { Batch } from './batch.js';
import { LONGEST_DAYS } from './event-days.js';
import type { PlannedRecord } from './plan-batch.js';
import type { NewEncounter } from './sayings.js';

interface Told {
  record: PlannedRecord;
  said: SaidEncounter;
  event: EventDays;
}

/**
 * Where our own export says that people were met: unlike a name in a row of any table it tells the event whole, so that
 * one which is not known here is made, and goes again when the import is undone. What is known already, also of people
 * who were merged since or of whom the owner said "not after all", is not said again.
 */
export async function exportedEncounters(
  tx: Db,
  batch: Batch,
  records: readonly PlannedRecord[],
): Promise<NewEncounter[]> {
  const events = new Map<string, EventDays | null>();
  const told: Told[] = [];
  for (const record of records) {
    for (const said of record.candidate.encounters ?? []) {
      const key = `${said.event.toLowerCase()} ${said.startsOn} ${said.endsOn}`;
      const event = events.has(key) ? events.get(key) : await eventOf(tx, batch, said);
      events.set(key, event ?? null);
      if (event) told.push({ record, said, event });
    }
  }
  if (told.length === 0) return [];
  const known = await knownEncounters(tx, batch, told);
  const encounters: NewEncounter[] = [];
  for (const { record, said, event } of told) {
    const key = keyOf(record.contactId, event.id, said.kind);
    if (known.has(key)) continue;
    known.add(key);
    const at = said.at === undefined ? null : new Date(said.at);
    encounters.push({ kind: said.kind, sourceKind: 'exported', at, contactId: record.contactId, sourceId: record.id, event }); // prettier-ignore
  }
  return encounters;
}

const keyOf = (person: string, event: string, kind: string): string => `${person} ${event} ${kind}`;

/** Null where the days are none of a conference, or several events of that name have them. */
async function eventOf(
  tx: Db,
  { ownerId, importId, now }: Batch,
  said: SaidEncounter,
): Promise<EventDays | null> {
  const { event: name, startsOn, endsOn, zone } = said;
  const length = daysBetween(startsOn, endsOn) + 1;
  if (length < 1 || length > LONGEST_DAYS) return null;
  const found = await findOrMakeEvent(tx, ownerId, { name, days: { startsOn, endsOn } }, now);
  if (found.kind !== 'event') return null;
  if (!found.made) return found.event;
  await tx.query(`UPDATE event SET import_id = $3, zone = $4 WHERE owner_id = $1 AND id = $2`, [
    ownerId,
    found.event.id,
    importId,
    zone,
  ]);
  return { ...found.event, zone };
}

/**
 * What the log holds of these people and events, read through merges. What another export told stands beside what this
 * one tells: undoing one leaves the other's.
 */
async function knownEncounters(
  tx: Db,
  { ownerId, importId }: Batch,
  told: readonly Told[],
): Promise<Set<string>> {
  const found = await rows<{ person: string; event: string; kind: string }>(
    tx,
    `SELECT c.id AS person, e.event_id AS event, e.kind
       FROM contact c
       JOIN contact k ON k.owner_id = $1 AND (k.id = c.id OR k.merged_into = coalesce(c.merged_into, c.id) OR k.id = c.merged_into)
       JOIN encounter e ON e.owner_id = $1 AND e.contact_id = k.id AND e.event_id = ANY ($3::uuid[])
       AND (e.source_kind <> 'exported' OR e.closed_at IS NOT NULL OR e.import_id = $4)
      WHERE c.owner_id = $1 AND c.id = ANY ($2::uuid[])`,
    [
      ownerId,
      told.map(({ record }) => record.contactId),
      [...new Set(told.map(({ event }) => event.id))],
      importId,
    ],
  );
  return new Set(found.map(({ person, event, kind }) => keyOf(person, event, kind)));
}
