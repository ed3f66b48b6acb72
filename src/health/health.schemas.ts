import { z } from 'zod';

const parts = z.record(z.string(), z.object({ status: z.enum(['up', 'down']) }));

export const healthAnswer = z
  .object({ status: z.enum(['ok', 'error', 'shutting_down']), details: parts })
  .meta({ id: 'Health' });
export type HealthAnswer = z.infer<typeof healthAnswer>;
