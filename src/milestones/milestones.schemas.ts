import { z } from 'zod';
import { idSchema, isoDate } from '../http/schemas.js';

export const upcomingQuery = z.strictObject({
  days: z.coerce.number().int().min(0).max(366).default(30).describe('How many days ahead.'),
});
export type UpcomingQuery = z.infer<typeof upcomingQuery>;

export const upcomingAnswer = z
  .object({
    contactId: idSchema,
    name: z.string(),
    kind: z.literal('birthday'),
    on: isoDate.describe('Local date where they live.'),
    turning: z.int().nullable().describe('Only with a year on record; for your eyes, never for a mail.'),
    zone: z.string(),
    circle: z.enum(['inner', 'active', 'wide']),
  })
  .meta({ id: 'Upcoming' });
export type Upcoming = z.infer<typeof upcomingAnswer>;

export const upcomingList = z.object({ items: z.array(upcomingAnswer), next: z.null() });
