import { z } from 'zod';
import { pageQuery } from '../http/page.js';
import { cleanLine, idSchema, instant, versionSchema } from '../http/schemas.js';

/** The text fields of an upload; they may stand before or after the files. */
export const uploadFields = z
  .strictObject({
    eventId: idSchema.optional().describe('The event its people belong to.'),
    event: cleanLine(200).optional().describe('Or its name; made where there is none and `on` is given.'),
    on: cleanLine(40).optional().describe('Its days: 2026-11-18..2026-11-20, or one day.'),
    mapping: z
      .string()
      .max(200_000)
      .optional()
      .describe(
        'What columns mean, as JSON: {"columns": {"Header": "given"}, "dates": "day-first"}. Remembered.',
      ),
    dates: z
      .enum(['day-first', 'month-first'])
      .optional()
      .describe('How 03/04/2026 is meant, where a file leaves it open.'),
    dryRun: z.enum(['true', 'false']).optional().describe('true: only tells what would come of it.'),
  })
  .meta({ id: 'ImportUpload' });
export type UploadFields = z.infer<typeof uploadFields>;

const counts = {
  rows: z.int().describe('Rows read so far.'),
  created: z.int(),
  merged: z.int(),
  unchanged: z.int().describe('Rows that had been imported before.'),
  proposed: z.int().describe('Rows left apart in spite of an equal identity, and proposed as duplicates.'),
  rejected: z.int(),
  ignored: z.int().describe('Rows that mean nobody: blank, totals, people who declined.'),
};

const fileView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    bytes: z.number(),
    sha256: z.string().nullable(),
    state: z
      .enum(['queued', 'running', 'done', 'archive', 'captured', 'skipped', 'refused'])
      .describe(
        'archive: its members stand for it; captured: kept to work through; skipped: nothing of people.',
      ),
    parentId: z.uuid().nullable().describe('The archive it came in.'),
    format: z.string().nullable().describe('What it was taken for.'),
    confidence: z.number().nullable().describe('0 to 1.'),
    why: z.string().nullable().describe('By what it was known, or why it was refused.'),
    columns: z
      .array(z.object({ header: z.string(), field: z.string().nullable() }))
      .nullable()
      .describe('Of a table: what each column was taken for.'),
    asks: z.array(z.string()).describe('What only you can decide.'),
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
    dryRun: z.boolean().describe('Nothing but this report was written.'),
    undoneAt: instant.nullable(),
    undo: z.record(z.string(), z.unknown()).nullable().describe('What the undo took back, and what it left.'),
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
