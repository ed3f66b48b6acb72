/** Our own JSON export (core/export/json.ts), line by line -> what it tells. */
import { z } from 'zod';
import { parseBirthday } from '../milestones.js';
import { cleanText, oneLine } from '../text.js';
import { canonicalEmail, linkedinSlug } from './identity.js';
import type { CalendarEvent, Candidate, Reading } from './records.js';
import { languageTag, zoneName } from './regions.js';
import { isContactId } from './row.js';

/** Of a frame and of a contact; a newer one is refused rather than half understood. */
const VERSION = 1;
const HEAD = /^\ufeff?\s*\{\s*"followthrough"\s*:\s*(\d+)/;
const FRAME = /^(?:\{\s*"followthrough"\s*:.*\[|\]\s*\})$/s;

/** Whether a file that begins so is an export of ours, of whatever version. */
export function isExport(head: string): boolean {
  return HEAD.test(head.slice(0, 1_000));
}

const line = (max: number) => z.string().max(max).overwrite(oneLine);
const text = (max: number) => line(max).min(1);
const email = text(320).refine((value) => canonicalEmail(value) !== null, 'is no e-mail address');
const slug = text(2_000).refine((value) => linkedinSlug(value) === value, 'is no LinkedIn profile');
const zone = text(64).refine((value) => zoneName(value) !== undefined, 'is no IANA zone');
const instant = z.iso.datetime();

const eventSchema = z.strictObject({
  uid: text(500).optional(),
  name: text(300),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  zone: zone.optional(),
  location: text(300).optional(),
});

const contactSchema = z.strictObject({
  id: z.uuid(),
  name: z.strictObject({
    full: line(2_000),
    given: text(2_000).optional(),
    family: text(2_000).optional(),
    prefix: text(2_000).optional(),
    suffix: text(2_000).optional(),
  }),
  emails: z.array(email).max(1_000),
  phones: z.array(text(60)).max(1_000),
  linkedin: z.array(slug).max(1_000),
  company: text(2_000).optional(),
  title: text(2_000).optional(),
  city: text(2_000).optional(),
  country: text(2_000).optional(),
  birthday: z
    .string()
    .refine((value) => parseBirthday(value) !== null, 'is no birthday such as 1990-03-15 or --03-15')
    .optional(),
  language: z
    .string()
    .refine((value) => languageTag(value) !== undefined, 'is no language tag')
    .optional(),
  zone: zone.optional(),
  form: z.enum(['informal', 'formal']).optional(),
  consent: z.boolean().optional(),
  origin: text(2_000).optional(),
  priority: z.enum(['hot', 'warm', 'cold']).optional(),
  notes: z
    .string()
    .max(200_000)
    .overwrite((value) => cleanText(value).trim())
    .min(1)
    .optional(),
  circle: z.string().max(20),
  doNotContactAt: instant.optional(),
  pausedUntil: instant.optional(),
  noCongratulations: z.literal(true).optional(),
  encounters: z
    .array(
      z.strictObject({
        event: text(300),
        startsOn: z.iso.date(),
        endsOn: z.iso.date(),
        zone,
        kind: z.enum(['met', 'attended']),
        at: instant.optional(),
      }),
    )
    .max(1_000),
});

/** The events that the first line tells of, if any; our own export names them with the people alone. */
export function exportEvents(firstLine: string): CalendarEvent[] {
  const [, written] = /"events"\s*:\s*(\[.*\])\s*,\s*"contacts"/s.exec(firstLine) ?? [];
  try {
    const parsed = z.array(eventSchema).safeParse(JSON.parse(written ?? '[]'));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

const rejected = (reason: string): Reading => ({ kind: 'rejected', reason });

/** What one line of the document says; null for a line of its frame. Never throws. */
export function readExportLine(written: string): Reading | null {
  const trimmed = written.replace(/^\ufeff/, '').trim().replace(/,$/, ''); // prettier-ignore
  const version = HEAD.exec(trimmed)?.[1];
  if (version !== undefined && Number(version) !== VERSION) {
    return rejected(`was exported by another Followthrough (format ${version}): bring this one up to date`);
  }
  if (trimmed === '' || FRAME.test(trimmed)) return null;
  let json: unknown;
  try {
    json = JSON.parse(trimmed);
  } catch {
    return rejected('is no JSON: one contact must stand whole on its line');
  }
  const parsed = contactSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return rejected(`${issue?.path.map(String).join('.') || 'the contact'}: ${issue?.message ?? 'is wrong'}`);
  }
  const candidate = candidateOf(parsed.data);
  if (candidate.name.full === '' && candidate.emails.length === 0 && candidate.linkedin === undefined) {
    return rejected('has neither a name nor an e-mail address');
  }
  return { kind: 'person', candidate };
}

function candidateOf(contact: z.infer<typeof contactSchema>): Candidate {
  const { name, emails, phones, linkedin, doNotContactAt } = contact;
  const said = ['company', 'title', 'city', 'country', 'birthday', 'language', 'zone', 'form', 'consent', 'origin', 'priority', 'notes'] as const; // prettier-ignore
  const entries = said.map((field) => [field, contact[field]]).filter(([, value]) => value !== undefined);
  const candidate: Candidate = {
    name,
    emails,
    phones,
    ...(Object.fromEntries(entries) as Partial<Candidate>),
  };
  if (isContactId(contact.id)) candidate.contactId = contact.id;
  if (linkedin[0] !== undefined) candidate.linkedin = linkedin[0];
  if (doNotContactAt !== undefined) candidate.consent = false;
  if (contact.encounters.length > 0) candidate.encounters = contact.encounters;
  return candidate;
}
