import { z } from 'zod';
import { messageStates } from '../core/states.js';

const source = z.object({ kind: z.string(), id: z.string(), words: z.string() });

export const whyMessage = z
  .object({
    id: z.uuid(),
    contactId: z.uuid(),
    kind: z.string(),
    channel: z.enum(['mail', 'task']),
    state: z.enum(messageStates),
    why: z.string().nullable(),
    whyCode: z.string().nullable(),
    dueAt: z.date(),
    nextAt: z.date().nullable(),
    sentAt: z.date().nullable(),
    approvedAt: z.date().nullable(),
    sandbox: z.boolean(),
    toAddress: z.string().nullable(),
    attempts: z.number().int(),
    serverReply: z.string().nullable(),
    subject: z.string().nullable(),
    text: z.string().nullable(),
    paragraphs: z
      .array(z.object({ id: z.string(), text: z.string(), sources: z.array(source) }))
      .describe('Each paragraph with what it was written from.'),
    reasons: z.array(z.object({ kind: z.string(), refId: z.string(), words: z.string() })),
  })
  .meta({ id: 'WhyMessage' });
export type WhyMessage = z.infer<typeof whyMessage>;

export const why = z
  .object({
    contact: z.object({ id: z.uuid(), fullName: z.string(), zone: z.string(), zoneSource: z.string() }),
    messages: z.array(whyMessage),
    enrollments: z.array(
      z.object({
        id: z.uuid(),
        sequence: z.string(),
        event: z.string().nullable(),
        state: z.string(),
        why: z.string().nullable(),
        nextAt: z.date().nullable(),
        nextPosition: z.number().int().nullable(),
        nextKind: z.string().nullable(),
      }),
    ),
    inbound: z.array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        at: z.date(),
        subject: z.string(),
        matchedBy: z.string().nullable(),
      }),
    ),
    next: z
      .array(z.object({ what: z.string(), verdict: z.string(), at: z.date().nullable(), why: z.string() }))
      .describe('What would happen next and when, decided now.'),
  })
  .meta({ id: 'Why' });
export type Why = z.infer<typeof why>;
