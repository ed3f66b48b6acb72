import { z } from 'zod';
import { messageStates } from '../core/states.js';
import { pageQuery } from '../http/page.js';
import { cleanBlock, cleanLine, idSchema, instant, isoInstant, versionSchema } from '../http/schemas.js';

export const draftsQuery = pageQuery.extend({
  state: z.enum(['needs_review', 'withheld']).optional(),
  channel: z.enum(['mail', 'task']).optional(),
});
export type DraftsQuery = z.infer<typeof draftsQuery>;

const source = z
  .object({ kind: z.string(), id: z.string(), words: z.string() })
  .describe('Where words come from: template, contact, event, owner, fact, promise, birthday, encounter.');

const finding = z.object({
  rule: z.string(),
  severity: z.enum(['refuse', 'warn']),
  excerpt: z.string(),
  advice: z.string(),
});

const reason = z.object({
  kind: z.string(),
  id: z.uuid(),
  words: z.string(),
  occurrence: z.string(),
  releasedAt: instant.nullable(),
});

export const draftView = z
  .object({
    id: z.uuid(),
    contactId: z.uuid(),
    contactName: z.string(),
    to: z.string().nullable().describe('Null for a task: no address is known, and none is guessed.'),
    ways: z
      .array(z.object({ kind: z.enum(['linkedin', 'phone']), value: z.string() }))
      .describe('For a task: where else they can be reached.'),
    eventName: z.string().nullable(),
    kind: z.enum(['first', 'follow-up', 'by-hand', 'birthday', 'birthday-reminder']),
    channel: z.enum(['mail', 'task']),
    state: z.enum(messageStates),
    why: z.string().nullable(),
    whyCode: z.string().nullable(),
    subject: z.string().nullable(),
    text: z.string().nullable(),
    edited: z.boolean(),
    paragraphs: z.array(z.object({ id: z.string(), text: z.string(), sources: z.array(source) })),
    reasons: z.array(reason),
    findings: z.array(finding),
    dueAt: instant,
    validUntil: instant.nullable().describe('Its words are true until then; later it is written anew.'),
    onYes: z
      .object({
        does: z.enum(['leaves', 'stops', 'waits', 'rewritten', 'nothing']),
        at: instant.nullable(),
        why: z.string(),
      })
      .describe('What your yes would do now, and when it would leave.'),
    version: versionSchema,
  })
  .meta({ id: 'Draft' });
export type DraftView = z.infer<typeof draftView>;

export const messageView = draftView
  .extend({
    approvedAt: instant.nullable(),
    approvedBy: z.enum(['owner', 'sequence']).nullable(),
    sentAt: instant.nullable(),
    sandbox: z.boolean(),
    serverReply: z.string().nullable(),
    history: z.array(
      z.object({ at: instant, who: z.string(), what: z.string(), detail: z.record(z.string(), z.unknown()) }),
    ),
  })
  .meta({ id: 'MessageWhole' });
export type MessageView = z.infer<typeof messageView>;

export const approveMany = z
  .strictObject({
    drafts: z
      .array(z.strictObject({ id: idSchema, version: versionSchema }))
      .min(1)
      .max(100)
      .describe('Each with the version you read: only what was opened can be approved.'),
  })
  .meta({ id: 'ApproveDrafts' });
export type ApproveMany = z.infer<typeof approveMany>;

export const approvedMany = z
  .object({
    items: z.array(
      z.object({ id: z.uuid(), approved: z.boolean(), code: z.string().nullable(), why: z.string() }),
    ),
  })
  .meta({ id: 'ApprovedDrafts' });
export type ApprovedMany = z.infer<typeof approvedMany>;

export const editDraft = z
  .strictObject({ subject: cleanLine(200).optional(), text: cleanBlock(20_000) })
  .meta({ id: 'EditDraft' });
export type EditDraft = z.infer<typeof editDraft>;

export const giveLine = z
  .strictObject({
    line: cleanBlock(1_000).describe('As in the debrief: `asked: how we test our migrations`.'),
  })
  .meta({ id: 'GiveLine' });
export type GiveLine = z.infer<typeof giveLine>;

export const taskDone = z
  .strictObject({ at: isoInstant.optional().describe('When; now, if left out.') })
  .meta({ id: 'TaskDone' });
export type TaskDone = z.infer<typeof taskDone>;
