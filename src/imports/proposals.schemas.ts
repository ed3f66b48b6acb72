import { z } from 'zod';
import { pageQuery } from '../http/page.js';
import { idSchema, instant, versionSchema } from '../http/schemas.js';

export const proposalStates = ['open', 'later', 'yes', 'no'] as const;

export const proposalsQuery = pageQuery.extend({
  state: z
    .enum(proposalStates)
    .default('open')
    .describe('`later`: what you put off; look at it when `open` is empty.'),
});
export type ProposalsQuery = z.infer<typeof proposalsQuery>;

export const proposalAnswer = z
  .strictObject({
    answer: z
      .enum(['yes', 'no', 'later'])
      .describe('Whether both are one person; remembered over new imports.'),
  })
  .meta({ id: 'DuplicateAnswer' });
export type ProposalAnswer = z.infer<typeof proposalAnswer>;

const side = z
  .object({
    id: z.uuid().describe('Of the person.'),
    fullName: z.string(),
    company: z.string().nullable(),
    title: z.string().nullable(),
    city: z.string().nullable(),
    country: z.string().nullable(),
    birthday: z.string().nullable(),
    identities: z.array(
      z.object({ kind: z.enum(['email', 'linkedin', 'phone']), value: z.string(), shared: z.boolean() }),
    ),
    events: z.array(z.string()).describe('Names of the events you met them at, or saw them listed for.'),
    sources: z.array(
      z.object({
        importId: z.uuid().nullable(),
        file: z.string().nullable().describe('Null: you said so yourself.'),
        line: z.int().nullable().describe('Line of the file, from 1.'),
      }),
    ),
    doNotContact: z.boolean(),
    sent: z.int().describe('Messages sent to them.'),
    version: versionSchema,
  })
  .meta({ id: 'DuplicateSide' });
export type ProposalSide = z.infer<typeof side>;

export const proposalView = z
  .object({
    id: z.uuid(),
    createdAt: instant,
    state: z.enum(proposalStates),
    decidedAt: instant.nullable(),
    settled: z.boolean().describe('Both are one person by now, whatever the answer.'),
    why: z
      .enum(['identity', 'match'])
      .describe('identity: something equal that cannot prove it. match: they were compared.'),
    score: z.number().describe('How probable it is that both are one person, 0 to 1.'),
    evidence: z.array(
      z.object({
        field: z.string(),
        level: z.string(),
        weight: z.number().describe('Bits for it (above 0) or against it.'),
        a: z.string(),
        b: z.string(),
        words: z.string().describe('In plain words: "same family name, a rare one".'),
      }),
    ),
    a: side.describe('The longer known one; it stays when you say yes.'),
    b: side,
    importId: z.uuid().nullable(),
  })
  .meta({ id: 'Duplicate' });
export type ProposalView = z.infer<typeof proposalView>;

export const scanView = z
  .object({
    state: z
      .enum(['never', 'waiting', 'running', 'done', 'failed'])
      .describe(
        'running: new people or all are being compared at this moment. failed: it is tried again by itself.',
      ),
    wantedAt: instant.nullable().describe('Since when the comparison of all waits for its turn.'),
    finishedAt: instant.nullable().describe('Of the last comparison of all, as are the three counts.'),
    people: z.int().nullable().describe('How many people were compared.'),
    merged: z.int().nullable().describe('Merged unasked.'),
    proposed: z.int().nullable().describe('New questions for you.'),
    failures: z.int().describe('How often in a row it failed; new people are not compared meanwhile.'),
    why: z.string().nullable().describe('Why it failed last.'),
    againAt: instant.nullable().describe('Not tried again before; asking for a comparison ends the wait.'),
  })
  .meta({ id: 'DuplicateScan' });
export type ScanView = z.infer<typeof scanView>;

export const mergeBody = z
  .strictObject({ with: idSchema.describe('The contact who is the same person.') })
  .meta({ id: 'MergeContacts' });
export type MergeBody = z.infer<typeof mergeBody>;

export const splitBody = z
  .strictObject({ contactId: idSchema.describe('The contact who is somebody else.') })
  .meta({ id: 'SplitContact' });
export type SplitBody = z.infer<typeof splitBody>;

export const personView = z
  .object({
    id: z.uuid().describe('Of the person.'),
    contactIds: z.array(z.uuid()).describe('All contacts that are this person, itself among them.'),
    version: versionSchema,
  })
  .meta({ id: 'MergedPerson' });
export type PersonView = z.infer<typeof personView>;
