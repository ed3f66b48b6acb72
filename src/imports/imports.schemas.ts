import { z } from 'zod';
import { pageQuery } from '../http/page.js';
import { cleanLine, idSchema, instant, versionSchema } from '../http/schemas.js';

/** The text fields of an upload; they may stand before or after the files. */
export const uploadFields = z
  .strictObject({
    eventId: idSchema.optional().describe('The event its people belong to.'),
    event: cleanLine(200).optional().describe('Or its name; made where there is none and `on` is given.'),
    on: cleanLine(40).optional().describe('Its days: 2026-11-18..2026-11-20, or one day.'),
  })
  .meta({ id: 'ImportUpload' });
export type UploadFields = z.infer<typeof uploadFields>;

const counts = {
  rows: z.int().describe('Rows read so far.'),
  created: z.int(),
  merged: z.int(),
  unchanged: z.int().describe('Rows that had been imported before.'),
  rejected: z.int(),
  ignored: z.int().describe('Rows that mean nobody: blank, totals, people who declined.'),
};

const fileView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    bytes: z.number(),
    sha256: z.string().nullable(),
    state: z.enum(['queued', 'running', 'done', 'refused']),
    format: z.string().nullable().describe('What it was taken for.'),
    why: z.string().nullable().describe('By what it was known, or why it was refused.'),
    ...counts,
  })
  .meta({ id: 'ImportFile' });
export type FileView = z.infer<typeof fileView>;

export const importView = z
  .object({
    id: z.uuid(),
    state: z.enum(['receiving', 'queued', 'running', 'done', 'failed', 'undone']),
    createdAt: instant,
    finishedAt: instant.nullable(),
    error: z.string().nullable(),
    event: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    ...counts,
    files: z.array(fileView),
    version: versionSchema,
  })
  .meta({ id: 'Import' });
export type ImportView = z.infer<typeof importView>;

export const rejectionsQuery = pageQuery.extend({ fileId: idSchema.optional() });
export type RejectionsQuery = z.infer<typeof rejectionsQuery>;

export const rejectionView = z
  .object({
    id: z.uuid(),
    fileId: z.uuid(),
    file: z.string(),
    line: z.int().describe('Line of the file, from 1.'),
    reason: z.string(),
    raw: z.string().describe('The row itself, its first 2,000 characters.'),
  })
  .meta({ id: 'ImportRejection' });
export type RejectionView = z.infer<typeof rejectionView>;
