import { z } from 'zod';
import { suppressionScopes } from '../core/way-out-choices.js';
import { inboundKinds } from '../database/entities/inbound.entity.js';
import { pageQuery } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import { alarmKinds } from './alarms.js';

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
    why: z.string().nullable().describe('What showed that it is of this kind.'),
    firstKind: z.enum(inboundKinds).nullable().describe('What we took it for, where you corrected the kind.'),
    by: z.string().nullable().describe('Who wrote it: person, assistant, colleague or other.'),
    byName: z.string().nullable(),
    subkind: z.string().nullable().describe('Of an auto-reply: away, left, received or other.'),
    reason: z.string().nullable(),
    recipient: z.string().nullable().describe('Of a report: whom it is about.'),
    seenAt: z.date().nullable(),
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

/** What waits for the owner. At most 50 of each; the rest is in the lists. */
export const inboxNews = z
  .object({
    debts: z.array(debtRow).describe('Answers you owe, the most pressing first.'),
    alarms: z
      .array(inboundRow)
      .describe('Complaints, wishes to stop, refusals by policy, and machines that want proof of a human.'),
    unknown: z.array(inboundRow).describe('Matched or not, nobody can tell what they are.'),
    unmatched: z.array(inboundRow).describe('Of nobody you know, as far as can be told.'),
    notices: z.array(inboundRow).describe('Bounces, delays, farewells, appointments: heeded already.'),
  })
  .meta({ id: 'InboxNews' });
export type InboxNews = z.infer<typeof inboxNews>;

export const alarmList = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(alarmKinds),
        text: z.string().describe('Who and why, in words.'),
        command: z.string().describe('What to do about it: a command line, without the program.'),
      }),
    ),
  })
  .meta({ id: 'Alarms' });

export const correctInbound = z
  .strictObject({
    kind: z.enum(inboundKinds).describe('What it is.'),
    severity: z.enum(['hard', 'soft', 'blocked']).optional().describe('Of a bounce.'),
    scope: z.enum(suppressionScopes).optional().describe('Of an opt-out.'),
    subkind: z.enum(['away', 'left', 'received', 'other']).optional().describe('Of an auto-reply.'),
    returnOn: z.iso.date().optional().describe('Of an auto-reply: the first day back.'),
    contactId: idSchema.optional().describe('Whose it is, where it could not be matched.'),
  })
  .meta({ id: 'CorrectInbound' });
export type CorrectInbound = z.infer<typeof correctInbound>;

export const corrected = z
  .object({
    id: z.uuid(),
    kind: z.enum(inboundKinds),
    firstKind: z.enum(inboundKinds).nullable(),
    contactId: z.uuid().nullable(),
    effects: z.array(z.string()).describe('What follows from it, in words; empty where nothing changed.'),
  })
  .meta({ id: 'Corrected' });
export type Corrected = z.infer<typeof corrected>;
