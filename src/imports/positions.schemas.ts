import { z } from 'zod';
import { pageQuery } from '../http/page.js';
import { instant } from '../http/schemas.js';

export const positionStates = ['candidate', 'question', 'confirmed', 'dismissed'] as const;

export const positionsQuery = pageQuery.extend({
  state: z.enum(positionStates).optional().describe('By default what waits for you: candidate and question.'),
});
export type PositionsQuery = z.infer<typeof positionsQuery>;

export const positionAnswer = z
  .strictObject({ answer: z.enum(['yes', 'no']).describe('Whether it is so; may be said anew.') })
  .meta({ id: 'PositionAnswer' });
export type PositionAnswer = z.infer<typeof positionAnswer>;

const position = z.object({ company: z.string().nullable(), title: z.string().nullable() });

export const positionView = z
  .object({
    id: z.uuid(),
    createdAt: instant,
    contactId: z.uuid(),
    contactName: z.string(),
    before: position,
    after: position,
    phone: z.string().nullable().describe('Of a mail: a number that was not known.'),
    email: z.string().nullable().describe('Of a mail: where they can be reached from now on.'),
    successor: z.string().nullable().describe('Of the mail of somebody who left: who is there instead.'),
    left: z.boolean().describe('They are no longer where they were.'),
    seenOn: z.string().nullable().describe('The day of the evidence, where the source dates it.'),
    state: z
      .enum(positionStates)
      .describe('candidate: dated evidence of at most 60 days. question: only you can tell.'),
    decidedAt: instant.nullable(),
    importId: z.uuid().nullable(),
    inboundId: z.uuid().nullable().describe('The received mail that says so.'),
    file: z.string().nullable(),
    line: z.int().nullable(),
  })
  .meta({ id: 'PositionChange' });
export type PositionView = z.infer<typeof positionView>;
