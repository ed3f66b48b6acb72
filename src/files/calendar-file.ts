import { readCalendar } from '../core/import/calendar.js';
import { decodedText } from './encoding.js';
import type { FileReading, FileSource } from './file-reading.js';
import { ofMemory } from './row-batches.js';
import { MEGABYTE, wholeOf } from './source-bytes.js';
import { toldEncoding, type TextLook } from './text-look.js';

/** A calendar is read whole. */
const MAX_CALENDAR = 32 * MEGABYTE;

export function isCalendar({ head }: TextLook): boolean {
  return /^\s*BEGIN:VCALENDAR\s/i.test(head);
}

/** Birthdays and conferences of an iCalendar file. @throws AppError too-large */
export async function readCalendarFile(source: FileSource, { encoding }: TextLook): Promise<FileReading> {
  const text = decodedText(await wholeOf(source, MAX_CALENDAR), encoding);
  const calendar = readCalendar(text);
  if (calendar.kind === 'refused') return calendar;
  const { people, events, why } = calendar;
  if (people.length === 0 && events.length === 0) return { kind: 'skipped', reason: why };
  return {
    kind: 'people',
    format: 'icalendar',
    confidence: 0.99,
    why: why + toldEncoding(encoding),
    ...ofMemory(people),
    ...(events.length > 0 && { events }),
  };
}
