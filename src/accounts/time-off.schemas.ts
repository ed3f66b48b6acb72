import { z } from 'zod';
import { pageAnswer } from '../http/page.js';
import { isoDate } from '../http/schemas.js';

/** Five years off is a mistake of the year. */
const LONGEST_DAYS = 366;

export const takeTimeOff = z
  .strictObject({
    fromOn: isoDate.describe('First day off, in your zone.'),
    untilOn: isoDate.describe('Last day off, in your zone.'),
  })
  .refine(({ fromOn, untilOn }) => fromOn <= untilOn, {
    path: ['untilOn'],
    error: 'must not be before the first day',
  })
  .refine(({ fromOn, untilOn }) => Date.parse(untilOn) - Date.parse(fromOn) < LONGEST_DAYS * 86_400_000, {
    path: ['untilOn'],
    error: 'must be within a year of the first day',
  })
  .meta({ id: 'TakeTimeOff' });
export type TakeTimeOff = z.infer<typeof takeTimeOff>;

export const timeOffAnswer = z
  .object({ id: z.uuid(), fromOn: z.string(), untilOn: z.string() })
  .meta({ id: 'TimeOff' });
export type TimeOffAnswer = z.infer<typeof timeOffAnswer>;

export const timeOffPage = pageAnswer(timeOffAnswer);
