import { z } from 'zod';
import { allFactKinds, factKinds, statement } from '../core/facts.js';
import { pageQuery } from '../http/page.js';
import { cleanBlock, idSchema, instant, isoDate, isoInstant, queryBoolean } from '../http/schemas.js';

/** Words that will complete a sentence of a mail: one line without the marks that end it. */
const words = (completes: string) =>
  z
    .string()
    .max(2000)
    .transform((text, context) => {
      const said = statement(text);
      if (said.kind === 'text') return said.text;
      context.addIssue({ code: 'custom', message: said.reason });
      return z.NEVER;
    })
    .describe(`Completes "${completes}".`);

export const addFact = z
  .strictObject({
    kind: z.enum(factKinds),
    text: words('What you told me stayed with me: ..., You asked ..., Thank you for ..., and so on by kind'),
    quotable: z.boolean().optional().describe('May stand in a mail; yes by default, a hardship never.'),
    eventId: idSchema.nullish(),
  })
  .refine(({ kind, quotable }) => kind !== 'hardship' || quotable !== true, {
    path: ['quotable'],
    message: 'must not be true: a hardship never stands in a mail',
  })
  .meta({ id: 'AddFact' });
export type AddFact = z.infer<typeof addFact>;

export const factView = z
  .object({
    id: z.uuid(),
    contactId: z.uuid(),
    eventId: z.uuid().nullable(),
    kind: z.enum(allFactKinds),
    text: z.string(),
    quotable: z.boolean(),
    sourceKind: z.string(),
    sourceId: z.uuid().nullable(),
    createdAt: instant,
    closedAt: instant.nullable(),
    spentIn: z.uuid().nullable().describe('The message that cites it.'),
  })
  .meta({ id: 'Fact' });
export type FactView = z.infer<typeof factView>;

export const addPromise = z
  .strictObject({
    text: words('I promised to ...'),
    dueOn: isoDate.optional().describe('In your zone; five working days from now where none is given.'),
    eventId: idSchema.nullish(),
  })
  .meta({ id: 'AddPromise' });
export type AddPromise = z.infer<typeof addPromise>;

export const keepPromise = z
  .strictObject({ with: words('As promised, ...').optional() })
  .meta({ id: 'KeepPromise' });
export type KeepPromise = z.infer<typeof keepPromise>;

export const promiseView = z
  .object({
    id: z.uuid(),
    contactId: z.uuid(),
    contactName: z.string(),
    eventId: z.uuid().nullable(),
    text: z.string(),
    dueOn: z.iso.date(),
    state: z.enum(['open', 'kept', 'released']),
    overdue: z.boolean().describe('Open, and its day has passed in your zone.'),
    keptAt: instant.nullable(),
    keptWith: z.string().nullable(),
    closedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Promise' });
export type PromiseView = z.infer<typeof promiseView>;

/** What happened with a person and is no message of ours; `met` comes from imports only. */
export const addInteraction = z
  .strictObject({
    kind: z.enum(['note', 'call', 'meeting', 'mail-by-hand']),
    text: cleanBlock(5000),
    at: isoInstant.optional().describe('When it happened; now where it is not given.'),
  })
  .meta({ id: 'AddInteraction' });
export type AddInteraction = z.infer<typeof addInteraction>;

export const interactionView = z
  .object({
    id: z.uuid(),
    contactId: z.uuid(),
    kind: z.enum(['met', 'note', 'call', 'meeting', 'mail-by-hand']),
    at: instant,
    text: z.string(),
    sourceKind: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'Interaction' });
export type InteractionView = z.infer<typeof interactionView>;

/** Open ones only, unless `all=true`. */
export const memoryQuery = pageQuery.extend({ all: queryBoolean.optional() });
export type MemoryQuery = z.infer<typeof memoryQuery>;
