import { z } from 'zod';
import { instant } from '../http/schemas.js';

/** What a mapping file says as well; which fields there are is told where one is wrong. */
export const mappingBody = z
  .strictObject({
    columns: z
      .record(z.string().max(1_000), z.string().max(40).nullable())
      .refine((columns) => Object.keys(columns).length <= 1_000, 'must be 1,000 columns at most')
      .describe(
        'Every column of the header as written -> its meaning, such as "given"; null: take nothing of it.',
      ),
    dates: z
      .enum(['day-first', 'month-first'])
      .optional()
      .describe('Whether 03/04/2026 is 3 April or 4 March.'),
  })
  .meta({ id: 'MappingBody' });
export type MappingBody = z.infer<typeof mappingBody>;

export const mappingView = z
  .object({
    id: z.uuid(),
    createdAt: instant,
    header: z.string().describe('By what the same header is known again.'),
    columns: z.record(z.string(), z.string().nullable()),
    dates: z.enum(['day-first', 'month-first']).nullable(),
  })
  .meta({ id: 'Mapping' });
export type MappingView = z.infer<typeof mappingView>;

export const mappingList = z.object({ items: z.array(mappingView) });
