import { z } from 'zod';
import { supports, type Support } from '../core/compose.js';
import { windowProblem } from '../core/schedule.js';
import { enrollmentStates } from '../core/states.js';
import { cleanBlock, cleanLine, idSchema, instant, languageSchema, versionSchema } from '../http/schemas.js';
import { pageQuery } from '../http/page.js';

const window = z
  .strictObject({
    from: z.string().describe('Local time the window opens, such as 08:00.'),
    to: z.string().describe('Local time it closes, such as 17:00.'),
    weekdays: z.array(z.int()).max(7).describe('1 is Monday, 7 is Sunday.'),
    onHolidays: z
      .boolean()
      .optional()
      .describe('Also on the public holidays of the country they are in; else not.'),
  })
  .superRefine((given, context) => {
    const problem = windowProblem(given);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({ id: 'SendWindow' });

const approval = z
  .enum(['each', 'after-ten'])
  .describe(
    'Who says yes: the owner to each, or itself after ten yeses; back at each, what has not left is asked about.',
  );
const days = z.int().min(0).max(365);

export const createStep = z
  .strictObject({
    kind: z.enum(['first', 'follow-up', 'by-hand']),
    position: z.int().min(1).max(1000).optional().describe('Its place, from 1; left out: the last.'),
    offsetDays: days
      .min(1)
      .describe('Working days after the event (first) or the sending of the one before.'),
    spreadDays: days.default(0).describe('Spread over this many working days more.'),
    askAfterDays: days
      .nullable()
      .default(null)
      .describe('Days after the event; later the owner is asked first.'),
    templateId: idSchema,
  })
  .meta({ id: 'CreateStep' });
export type CreateStep = z.infer<typeof createStep>;

export const editStep = z
  .strictObject({
    position: z.int().min(1).max(1000).optional(),
    offsetDays: days.min(1).optional(),
    spreadDays: days.optional(),
    askAfterDays: days.nullable().optional(),
    templateId: idSchema.optional(),
  })
  .meta({ id: 'EditStep' });
export type EditStep = z.infer<typeof editStep>;

export const createSequence = z
  .strictObject({
    name: cleanLine(100),
    approval: approval.default('each'),
    window: window.optional(),
    steps: z.array(createStep).max(20).default([]),
  })
  .meta({ id: 'CreateSequence' });
export type CreateSequence = z.infer<typeof createSequence>;

export const editSequence = z
  .strictObject({
    name: cleanLine(100).optional(),
    approval: approval.optional(),
    window: window.optional(),
    isDefault: z.literal(true).optional().describe('Makes it the one that events without their own take.'),
  })
  .meta({ id: 'EditSequence' });
export type EditSequence = z.infer<typeof editSequence>;

const need = z.enum([...supports, ...supports.map((one): `!${Support}` => `!${one}`)]);

const paragraph = z
  .strictObject({
    id: cleanLine(50),
    text: cleanBlock(2000).describe('Liquid text.'),
    needs: z.array(need).max(10).describe('What must be known for it to stand; "!x": only without x.'),
  })
  .meta({ id: 'TemplateParagraph' });

const paragraphs = z
  .array(paragraph)
  .min(1)
  .max(40)
  .refine(
    (all) => new Set(all.map(({ id }) => id)).size === all.length,
    'each paragraph needs an id of its own',
  );

export const createTemplate = z
  .strictObject({
    name: cleanLine(100),
    language: languageSchema.default('en'),
    subject: cleanLine(200),
    paragraphs,
  })
  .meta({ id: 'CreateTemplate' });
export type CreateTemplate = z.infer<typeof createTemplate>;

export const editTemplate = z
  .strictObject({
    name: cleanLine(100).optional(),
    language: languageSchema.optional(),
    subject: cleanLine(200).optional(),
    paragraphs: paragraphs.optional(),
  })
  .meta({ id: 'EditTemplate' });
export type EditTemplate = z.infer<typeof editTemplate>;

export const stepAnswer = z
  .object({
    id: idSchema,
    position: z.int(),
    kind: z.enum(['first', 'follow-up', 'by-hand']),
    offsetDays: z.int(),
    spreadDays: z.int(),
    askAfterDays: z.int().nullable(),
    templateId: idSchema,
    version: versionSchema,
  })
  .meta({ id: 'Step' });
export type StepAnswer = z.infer<typeof stepAnswer>;

export const sequenceAnswer = z
  .object({
    id: idSchema,
    name: z.string(),
    isDefault: z.boolean(),
    approval,
    window: z.object({
      from: z.string(),
      to: z.string(),
      weekdays: z.array(z.int()),
      onHolidays: z.boolean().optional(),
    }),
    steps: z.array(stepAnswer),
    version: versionSchema,
  })
  .meta({ id: 'Sequence' });
export type SequenceAnswer = z.infer<typeof sequenceAnswer>;

export const templateAnswer = z
  .object({
    id: idSchema,
    name: z.string(),
    language: z.string(),
    subject: z.string(),
    paragraphs: z.array(z.object({ id: z.string(), text: z.string(), needs: z.array(z.string()) })),
    version: versionSchema,
  })
  .meta({ id: 'Template' });
export type TemplateAnswer = z.infer<typeof templateAnswer>;

export const enrollmentQuery = pageQuery.extend({
  contactId: idSchema.optional(),
  state: z.enum(enrollmentStates).optional(),
});
export type EnrollmentQuery = z.infer<typeof enrollmentQuery>;

export const enrollmentAnswer = z
  .object({
    id: idSchema,
    contactId: idSchema,
    sequenceId: idSchema,
    eventId: idSchema.nullable(),
    state: z.enum(enrollmentStates),
    why: z.string().nullable(),
    nextStepId: idSchema.nullable(),
    nextAt: instant.nullable(),
    startedAt: instant,
    version: versionSchema,
  })
  .meta({ id: 'Enrollment' });
export type EnrollmentAnswer = z.infer<typeof enrollmentAnswer>;
