import { z } from 'zod';
import {
  cleanLine,
  emailSchema,
  instant,
  languageSchema,
  versionSchema,
  zoneSchema,
} from '../http/schemas.js';
import { pageAnswer } from '../http/page.js';

export const createOwner = z
  .strictObject({
    name: cleanLine(200).describe('The name mails are signed with.'),
    email: emailSchema,
    zone: zoneSchema.default('UTC'),
    language: languageSchema.default('en'),
  })
  .meta({ id: 'CreateOwner' });
export type CreateOwner = z.infer<typeof createOwner>;

export const editOwner = z
  .strictObject({
    name: cleanLine(200),
    zone: zoneSchema,
    language: languageSchema,
    draftsPerDay: z.int().min(0).max(100).describe('Drafts put before the owner on one of their days.'),
  })
  .partial()
  .refine((edit) => Object.keys(edit).length > 0, 'names nothing to change')
  .meta({ id: 'EditOwner' });
export type EditOwner = z.infer<typeof editOwner>;

export const ownerAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    zone: z.string(),
    language: z.string(),
    stoppedAt: instant.nullable().describe('Set while everything is stopped.'),
    draftsPerDay: z.int(),
    version: versionSchema,
    createdAt: instant,
  })
  .meta({ id: 'Owner' });
export type OwnerAnswer = z.infer<typeof ownerAnswer>;

export const ownerPage = pageAnswer(ownerAnswer).meta({ id: 'OwnerPage' });

export const stopAnswer = z
  .object({
    stoppedAt: instant.nullable(),
    underWay: z.int().describe('Mails already on the wire: these cannot be called back.'),
  })
  .meta({ id: 'StopAnswer' });
export type StopAnswer = z.infer<typeof stopAnswer>;
