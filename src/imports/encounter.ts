import { Temporal } from 'temporal-polyfill';
import type { Candidate, ImportFormat } from '../core/import/records.js';
import { localDate } from '../core/schedule.js';
import type { EventDays } from '../database/find-event.js';

/** Days after the event on which a LinkedIn request from there may still be answered. */
const GRACE_DAYS = 3;

export interface RowEncounter {
  kind: 'met' | 'attended';
  sourceKind: 'scan' | 'connection' | 'listed';
  at: Date | null;
}

/**
 * What a row proves about the event it was imported with. A scan is a meeting; so is a LinkedIn connection of the event's
 * days or the three days after, while any other connection has nothing to do with it. Every other row is a list. Whoever
 * is on an attendee list and never checked in was not seen there.
 */
export function encounterOf(
  candidate: Candidate,
  format: ImportFormat,
  event: EventDays,
): RowEncounter | null {
  const { sign } = candidate;
  const at = sign?.at === undefined ? null : momentOf(sign.at, event.zone);
  if (sign?.kind === 'scan') return { kind: 'met', sourceKind: 'scan', at };
  if (sign?.kind === 'connection') {
    const day = at && localDate(at, event.zone);
    const last = Temporal.PlainDate.from(event.endsOn).add({ days: GRACE_DAYS }).toString();
    const isWithin = day !== null && event.startsOn <= day && day <= last;
    return isWithin ? { kind: 'met', sourceKind: 'connection', at } : null;
  }
  if (!sign && format === 'attendee-list') return null;
  return { kind: 'attended', sourceKind: 'listed', at };
}

/** An instant as it is; a local date as the noon of that day in the zone. */
export function momentOf(at: string, zone: string): Date {
  if (at.length > 10) return new Date(at);
  const noon = Temporal.PlainDate.from(at).toZonedDateTime({ timeZone: zone, plainTime: '12:00' });
  return new Date(noon.epochMilliseconds);
}
