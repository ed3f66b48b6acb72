import { z } from 'zod';
import { messageStates } from '../core/states.js';
import { pageQuery } from '../http/page.js';

export const outboxQuery = pageQuery.extend({ state: z.enum(messageStates).optional() });
export type OutboxQuery = z.infer<typeof outboxQuery>;

export const outboxRow = z
  .object({
    id: z.uuid(),
    contactId: z.uuid(),
    contactName: z.string(),
    toAddress: z.string().nullable(),
    subject: z.string().nullable(),
    kind: z.string(),
    state: z.enum(messageStates),
    why: z.string().nullable(),
    whyCode: z.string().nullable(),
    nextAt: z.date().nullable(),
    sentAt: z.date().nullable(),
    attempts: z.number().int(),
    sandbox: z.boolean(),
    serverReply: z.string().nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'OutboxRow' });
export type OutboxRow = z.infer<typeof outboxRow>;

export const settleBody = z
  .strictObject({ was: z.enum(['sent', 'not-sent']).describe('What you found when you looked into Sent.') })
  .meta({ id: 'SettleUnknown' });
export type SettleBody = z.infer<typeof settleBody>;
