import { z } from 'zod';

/** Persons named in a report; there may be more, and the counts tell. */
export const MOST_NAMED = 200;

const named = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(['kept', 'hidden']).describe('kept: to be seen as before; hidden: out of sight.'),
  why: z.string(),
});

export const undoReport = z
  .object({
    importId: z.uuid(),
    contacts: z.object({
      removed: z.int().describe('People whom only this import knew.'),
      others: z.int().describe('People whom others know too: without what this import said of them.'),
      kept: z.int().describe('People who stay because you changed something since, or they wrote to you.'),
      hidden: z.int().describe('People who stay out of sight because mail was sent to them.'),
      named: z.array(named).describe(`Who was kept or hidden, the first ${MOST_NAMED}.`),
    }),
    records: z.int().describe('Rows of files that say nothing any more.'),
    encounters: z.int(),
    notes: z.int(),
    facts: z.int(),
    positions: z.int(),
    proposals: z.int(),
    captures: z.int(),
    mergesSplit: z.int(),
    decisions: z.int().describe('Decisions about people of an event that they are no longer people of.'),
    enrollmentsStopped: z.int(),
    messagesCancelled: z.int(),
    messagesUnderWay: z.int().describe('With a mail server, or of unknown end: they cannot be taken back.'),
    addressesKept: z.int().describe('Addresses that stay known because mail went there.'),
    events: z.object({
      removed: z.array(z.string()),
      kept: z.array(z.object({ name: z.string(), why: z.string() })),
    }),
  })
  .meta({ id: 'UndoReport' });
export type UndoReport = z.infer<typeof undoReport>;
