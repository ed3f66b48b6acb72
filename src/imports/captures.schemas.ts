import { z } from 'zod';
import { pageQuery } from '../http/page.js';
import { cleanBlock, idSchema, instant } from '../http/schemas.js';

export const captureStates = ['open', 'done'] as const;

export const capturesQuery = pageQuery.extend({
  state: z.enum(captureStates).optional().describe('By default both.'),
});
export type CapturesQuery = z.infer<typeof capturesQuery>;

export const captureDone = z
  .strictObject({
    note: cleanBlock(5_000).optional().describe('What you made of it.'),
    contactId: idSchema.optional().describe('Whom the note is about; it is then kept with them as well.'),
  })
  .refine(({ note, contactId }) => contactId === undefined || note !== undefined, {
    path: ['note'],
    message: 'say what is to be noted about them',
  })
  .meta({ id: 'CaptureDone' });
export type CaptureDone = z.infer<typeof captureDone>;

export const captureView = z
  .object({
    id: z.uuid(),
    createdAt: instant,
    importId: z.uuid(),
    name: z.string(),
    mediaType: z.string(),
    bytes: z.number(),
    sha256: z.string(),
    state: z.enum(captureStates),
    note: z.string().nullable(),
  })
  .meta({ id: 'Capture' });
export type CaptureView = z.infer<typeof captureView>;
