import { z } from 'zod';
import { pageQuery } from '../http/page.js';

export const inboundKinds = ['reply', 'auto-reply', 'bounce', 'opt-out', 'complaint', 'other'] as const;

export const ingested = z
  .object({
    id: z.uuid(),
    kind: z.enum(inboundKinds),
    contactId: z.uuid().nullable(),
    messageId: z.uuid().nullable().describe('The message of ours it answers.'),
    matchedBy: z.string().nullable(),
    new: z.boolean().describe('False when this very mail had come in before.'),
  })
  .meta({ id: 'Ingested' });
export type Ingested = z.infer<typeof ingested>;

export const inboundQuery = pageQuery.extend({ kind: z.enum(inboundKinds).optional() });
export type InboundQuery = z.infer<typeof inboundQuery>;

export const inboundRow = z
  .object({
    id: z.uuid(),
    kind: z.enum(inboundKinds),
    at: z.date(),
    contactId: z.uuid().nullable(),
    contactName: z.string().nullable(),
    messageId: z.uuid().nullable(),
    matchedBy: z.string().nullable(),
    fromAddress: z.string().nullable(),
    subject: z.string(),
    text: z.string().nullable(),
    returnOn: z.string().nullable(),
    severity: z.string().nullable(),
  })
  .meta({ id: 'InboundRow' });
export type InboundRow = z.infer<typeof inboundRow>;

export const debtRow = z
  .object({
    id: z.uuid(),
    contactId: z.uuid(),
    contactName: z.string(),
    inboundId: z.uuid(),
    dueOn: z.string(),
    asks: z.array(z.string()),
  })
  .meta({ id: 'ReplyDebt' });
export type DebtRow = z.infer<typeof debtRow>;
