import { Temporal } from 'temporal-polyfill';
import type { Candidate, ImportFormat } from '../core/import/records.js';
import { localDate } from '../core/schedule.js';
import type { EventDays } from '../database/find-event.js';

/** Days after the event on which a LinkedIn request from there may still be answered. */
const GRACE_DAYS = 3;

/** Files that tell of people, and nothing of where they were. */
const TELLS_NO_PLACE = new Set<ImportFormat>([
  'linkedin-messages',
  'linkedin-invitations',
  'icalendar',
  'followthrough',
]);

export interface RowEncounter {
  kind: 'met' | 'attended';
  sourceKind: 'scan' | 'connection' | 'listed' | 'exported';
  at: Date | null;
}

/**
 * What a row proves about the event it was imported with. A scan is a meeting; so is a LinkedIn connection of the event's
 * days or the three days after, while any other connection has nothing to do with it. Messages, invitations, calendars and
 * our own export prove nothing. Every other row is a list. Whoever is on an attendee list and never checked in was not
 * seen there.
 */
export function encounterOf(
  candidate: Candidate,
  format: ImportFormat,
  event: EventDays,
): RowEncounter | null {
  const { sign } = candidate;
  if (TELLS_NO_PLACE.has(format)) return null;
  const at = sign?.at === undefined ? null : momentOf(sign.at, event.zone);
  if (sign?.kind === 'scan') return { kind: 'met', sourceKind: 'scan', at };
  if (sign?.kind === 'connection') {
    const day = sign.at !== undefined && sign.at.length <= 10 ? sign.at : at && localDate(at, event.zone);
    const isWithin = day !== null && event.startsOn <= day && day <= lastDay(event.endsOn);
    return isWithin ? { kind: 'met', sourceKind: 'connection', at } : null;
  }
  if (!sign && format === 'attendee-list') return null;
  return { kind: 'attended', sourceKind: 'listed', at };
}

/** A file has few days and many rows. */
const kept = new Map<string, unknown>();
function once<T>(key: string, make: () => T): T {
  if (kept.has(key)) return kept.get(key) as T;
  const made = make();
  if (kept.size >= 1_000) kept.clear();
  kept.set(key, made);
  return made;
}

function lastDay(endsOn: string): string {
  return once(`last ${endsOn}`, () => Temporal.PlainDate.from(endsOn).add({ days: GRACE_DAYS }).toString());
}

/** An instant as it is; a local date as the noon of that day in the zone. */
export function momentOf(at: string, zone: string): Date {
  if (at.length > 10) return new Date(at);
  return once(`noon ${at} ${zone}`, () => {
    const noon = Temporal.PlainDate.from(at).toZonedDateTime({ timeZone: zone, plainTime: '12:00' });
    return new Date(noon.epochMilliseconds);
  });
}
