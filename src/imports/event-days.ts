import { daysBetween } from '../core/schedule.js';
import { isoDate } from '../http/schemas.js';

/** Whoever connected during the event's days has met there: more days than this are a slip of the pen. */
export const LONGEST_DAYS = 60;

export type ReadDays =
  { kind: 'days'; startsOn: string; endsOn: string } | { kind: 'invalid'; reason: string };

/** `2026-11-18..2026-11-20`, both days included, or one day. */
export function readDays(text: string): ReadDays {
  const [startsOn = '', endsOn = startsOn, ...more] = text.trim().split(/\s*\.\.\s*/);
  if (more.length > 0 || !isoDate.safeParse(startsOn).success || !isoDate.safeParse(endsOn).success) {
    return {
      kind: 'invalid',
      reason: `"${text.slice(0, 60)}" are no days; write them as 2026-11-18..2026-11-20`,
    };
  }
  const days = daysBetween(startsOn, endsOn);
  if (days < 0)
    return { kind: 'invalid', reason: `the last day ${endsOn} lies before the first, ${startsOn}` };
  return days < LONGEST_DAYS
    ? { kind: 'days', startsOn, endsOn }
    : { kind: 'invalid', reason: `an event lasts ${LONGEST_DAYS} days at most, this one ${days + 1}` };
}
