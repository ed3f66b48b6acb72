import { z } from 'zod';
import { pageQuery } from '../http/page.js';
import { cleanLine, idSchema, instant, isoDate, versionSchema, zoneSchema } from '../http/schemas.js';

export const createEvent = z
  .strictObject({
    name: cleanLine(200),
    startsOn: isoDate,
    endsOn: isoDate.describe('Its last day.'),
    zone: zoneSchema.optional().describe("Of the place; else the city's, where it is known, else yours."),
    city: cleanLine(120).nullish(),
    sequenceId: idSchema.nullish().describe('What its people go through; else your default sequence.'),
  })
  .meta({ id: 'CreateEvent' });
export type CreateEvent = z.infer<typeof createEvent>;

export const editEvent = z
  .strictObject({
    name: cleanLine(200),
    startsOn: isoDate,
    endsOn: isoDate,
    zone: zoneSchema,
    city: cleanLine(120).nullable(),
    sequenceId: idSchema.nullable(),
  })
  .partial()
  .refine((edit) => Object.keys(edit).length > 0, 'must name something to change')
  .meta({ id: 'EditEvent' });
export type EditEvent = z.infer<typeof editEvent>;

export const eventView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    zone: z.string(),
    city: z.string().nullable(),
    sequenceId: z.uuid().nullable(),
    version: versionSchema,
    createdAt: instant,
  })
  .meta({ id: 'Event' });
export type EventView = z.infer<typeof eventView>;

export const decisions = ['write', 'remember', 'not-met'] as const;

export const peopleQuery = pageQuery.extend({
  decision: z.enum([...decisions, 'undecided']).optional(),
});
export type PeopleQuery = z.infer<typeof peopleQuery>;

const channel = z
  .enum(['mail', 'task'])
  .describe('task: no address is known, the text is made ready for you.');
const encounter = z
  .enum(['met', 'attended'])
  .nullable()
  .describe('What the sources and your word prove; attended: only a list says so.');

export const eventPerson = z
  .object({
    id: z.uuid().describe('The contact.'),
    fullName: z.string(),
    company: z.string().nullable(),
    title: z.string().nullable(),
    channel,
    encounter,
    again: z.boolean().describe('You had met before, at an earlier event.'),
    decision: z.enum(decisions).nullable(),
    state: z.enum(['decided', 'confirmed', 'taken']).nullable(),
    outcome: z.string().nullable().describe('What the planner made of it.'),
    notes: z.array(z.object({ kind: z.string(), at: instant, text: z.string() })),
    known: z.array(z.object({ kind: z.string(), text: z.string() })).describe('Open facts and promises.'),
  })
  .meta({ id: 'PersonOfEvent' });
export type EventPerson = z.infer<typeof eventPerson>;

const debriefDecision = z
  .strictObject({
    contactId: idSchema,
    decision: z.enum(decisions),
    met: z
      .boolean()
      .optional()
      .describe('Your word: true makes it met whatever the lists say, false takes it back.'),
    line: z
      .string()
      .max(2000)
      .optional()
      .describe('"asked: ...", "thanks for: ...", "promise: ... by 2026-12-04"; several separated by " | ".'),
  })
  .meta({ id: 'DebriefDecision' });
export type DebriefDecision = z.infer<typeof debriefDecision>;

export const debriefBody = z
  .strictObject({ decisions: z.array(debriefDecision).min(1).max(500) })
  .meta({ id: 'DebriefDecisions' });
export type DebriefBody = z.infer<typeof debriefBody>;

export const debriefAnswer = z
  .object({
    decided: z.int(),
    facts: z.int().describe('New ones; what was known already is not noted twice.'),
    promises: z.int(),
    remarks: z.array(z.object({ contactId: z.uuid(), remark: z.string() })),
  })
  .meta({ id: 'DebriefAnswer' });
export type DebriefAnswer = z.infer<typeof debriefAnswer>;

export const debriefPreview = z
  .object({
    eventId: z.uuid(),
    event: z.string(),
    write: z.int().describe('How many would be written to once you confirm: the number to confirm.'),
    people: z.array(
      z.object({
        contactId: z.uuid(),
        name: z.string(),
        channel,
        encounter,
        again: z.boolean(),
        particular: z
          .boolean()
          .describe('False: nothing particular is known yet; the draft will ask you for one line.'),
      }),
    ),
    blocked: z
      .array(z.object({ contactId: z.uuid(), name: z.string(), why: z.string() }))
      .describe('Chosen, but not to be written to.'),
    confirmed: z.int().describe('Confirmed earlier, waiting for the planner.'),
    taken: z.int().describe('With the planner already.'),
    remember: z.int(),
    notMet: z.int(),
    undecided: z.int(),
  })
  .meta({ id: 'DebriefPreview' });
export type DebriefPreview = z.infer<typeof debriefPreview>;

export const confirmBody = z
  .strictObject({ expect: z.int().min(0).describe('How many you were told would be written to.') })
  .meta({ id: 'ConfirmDebrief' });
export type ConfirmBody = z.infer<typeof confirmBody>;

export const confirmAnswer = z.object({ confirmed: z.int() }).meta({ id: 'DebriefConfirmed' });
