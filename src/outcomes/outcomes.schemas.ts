import { z } from 'zod';

export const groupings = ['all', 'event', 'sequence', 'step', 'kind'] as const;
export type Grouping = (typeof groupings)[number];

export const outcomesQuery = z.object({
  by: z.enum(groupings).default('all').describe('What to group the rates by.'),
  minimum: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe('Arrived mails below which no rate is shown.'),
});
export type OutcomesQuery = z.infer<typeof outcomesQuery>;

export const outcomeRow = z
  .object({
    group: z.string(),
    sent: z
      .number()
      .int()
      .describe('Words that went to a person: mails and tasks done by hand; never the sandbox.'),
    arrived: z.number().int().describe('Sent, less those that bounced.'),
    answered: z.number().int().describe('Humans who answered; auto-replies, bounces and opt-outs are none.'),
    optedOut: z.number().int(),
    rate: z
      .object({ value: z.number(), low: z.number(), high: z.number() })
      .nullable()
      .describe('Answered over arrived with its 95 % Wilson interval; null: not enough data.'),
    medianHours: z.number().nullable().describe('Median hours from sending to the answer.'),
    note: z.string().nullable(),
  })
  .meta({ id: 'OutcomeRow' });
export const outcomesAnswer = z.object({ items: z.array(outcomeRow) });
export type OutcomeRow = z.infer<typeof outcomeRow>;
