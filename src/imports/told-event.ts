import type { CalendarEvent } from '../core/import/records.js';
import { daysBetween } from '../core/schedule.js';
import { oneLine } from '../core/text.js';
import { isZone } from '../core/zone.js';
import { eventById, findOrMakeEvent, type EventDays } from '../database/find-event.js';
import { LONGEST_DAYS } from './event-days.js';
import type { LookedAt, Work } from './work.js';

/**
 * An import without an event takes the one its files tell of, which is made where there is none. Where they tell of
 * several none is made, and the owner is asked. Decided once, before any row is taken.
 */
export async function eventTold(
  work: Work,
  looked: readonly LookedAt[],
  now: Date,
): Promise<EventDays | null> {
  const { ownerId, importId } = work;
  const told = new Map<string, { event: CalendarEvent; by: LookedAt }>();
  for (const by of looked) {
    const events = by.reading.kind === 'people' ? (by.reading.events ?? []) : [];
    for (const event of events) told.set(`${event.name.toLowerCase()} ${event.startsOn}`, { event, by });
  }
  const [only, ...others] = told.values();
  if (!only) return null;
  const ask = (by: LookedAt, text: string): null => {
    by.asks.push(text);
    return null;
  };
  const { event, by } = only;
  if (others.length > 0) {
    const names = [...told.values()].slice(0, 5).map((one) => `"${oneLine(one.event.name).slice(0, 60)}"`);
    const more = told.size > names.length ? ` and ${told.size - names.length} more` : '';
    return ask(
      by,
      `the files tell of ${told.size} events (${names.join(', ')}${more}), and none was made; import again with the one these people belong to`,
    );
  }
  const { startsOn, endsOn } = event;
  const name = oneLine(event.name).slice(0, 200);
  const length = daysBetween(startsOn, endsOn) + 1;
  if (name === '' || length < 1 || length > LONGEST_DAYS) {
    return ask(by, `"${name}" lasts ${length} days, which is no conference; no event was made of it`);
  }
  return work.db.transaction(async (tx) => {
    const found = await findOrMakeEvent(tx, ownerId, { name, days: { startsOn, endsOn } }, now);
    if (found.kind !== 'event') {
      return ask(by, `there are several events named "${name}"; import again with the one it is`);
    }
    const zone = event.zone !== undefined && isZone(event.zone) ? event.zone : null;
    if (found.made) {
      await tx.query(
        `UPDATE event SET import_id = $3, zone = coalesce($4, zone) WHERE owner_id = $1 AND id = $2`,
        [ownerId, found.event.id, importId, zone],
      );
    }
    await tx.query(`UPDATE import SET event_id = $3 WHERE owner_id = $1 AND id = $2`, [
      ownerId,
      importId,
      found.event.id,
    ]);
    return eventById(tx, ownerId, found.event.id);
  });
}
