import { z } from 'zod';
import { parseMailbox } from '../core/address.js';
import { cleanText, oneLine } from '../core/text.js';
import { isZone } from '../core/zone.js';

/** The pieces all schemas are made of. Text is cleaned here, at the door, once. */

export const idSchema = z.uuid('must be an id (a UUID)');

/** One line, cleaned and trimmed, 1 to `max` characters. */
export const cleanLine = (max: number) => z.string().overwrite(oneLine).min(1, 'must not be empty').max(max);

/** Text of several lines, cleaned and trimmed, 1 to `max` characters. */
export const cleanBlock = (max: number) =>
  z
    .string()
    .overwrite((text) => cleanText(text).trim())
    .min(1, 'must not be empty')
    .max(max);

/** A local date that exists, `YYYY-MM-DD`. */
export const isoDate = z.iso.date('must be a date that exists, as YYYY-MM-DD');

/** An instant in a request, ISO 8601 with offset or Z, read as `Date`. */
export const isoInstant = z.iso
  .datetime({ offset: true, error: 'must be an instant such as 2026-11-21T09:00:00Z' })
  .transform((text) => new Date(text));

/** An instant in an answer: a `Date` here, ISO 8601 in UTC on the wire. */
export const instant = z.date();

/** An IANA time zone; a fixed offset is none. */
export const zoneSchema = cleanLine(64).refine(isZone, 'must be an IANA time zone such as Europe/Berlin');

/** A BCP 47 language tag, such as `en` or `de-CH`. */
export const languageSchema = z
  .string()
  .regex(/^[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language tag such as en or de-CH');

/** One bare e-mail address, exactly as strict as sending is. */
export const emailSchema = z
  .string()
  .overwrite((text) => oneLine(text))
  .superRefine((address, context) => {
    const parsed = parseMailbox({ address });
    if (parsed.kind === 'refused') context.addIssue({ code: 'custom', message: parsed.reason });
  })
  .meta({ format: 'email' });

/** Of a row that can be edited; also its ETag. */
export const versionSchema = z.int();

/** A yes or no in a query: `?open=true`. */
export const queryBoolean = z.enum(['true', 'false']).transform((text) => text === 'true');
