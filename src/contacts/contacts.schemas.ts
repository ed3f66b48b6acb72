import { suppressionScopes } from '../core/way-out-choices.js';
import { z } from 'zod';
import { canonicalEmail, linkedinSlug } from '../core/import/identity.js';
import { parseBirthday } from '../core/milestones.js';
import { pageQuery } from '../http/page.js';
import {
  cleanLine,
  emailSchema,
  idSchema,
  instant,
  isoInstant,
  languageSchema,
  versionSchema,
  zoneSchema,
} from '../http/schemas.js';

export const circles = ['inner', 'active', 'wide'] as const;
export const priorities = ['hot', 'warm', 'cold'] as const;
export const forms = ['informal', 'formal'] as const;

const birthday = z
  .string()
  .refine(
    (text) => parseBirthday(text) !== null,
    'must be a birthday such as 1990-03-15, or --03-15 without a year',
  );
const email = emailSchema.refine((text) => canonicalEmail(text) !== null, 'must be an e-mail address');
const linkedin = cleanLine(2_000).refine(
  (text) => linkedinSlug(text) !== null,
  'must be the address of a LinkedIn profile, or its last part',
);
const phone = cleanLine(60).refine((text) => /(?:\d\D*){4}/.test(text), 'must be a phone number');

const names = {
  fullName: cleanLine(300).optional(),
  givenName: cleanLine(100).optional().describe('What stands after "Hi ".'),
  familyName: cleanLine(200).optional(),
};
const identities = {
  emails: z.array(email).max(20).optional(),
  phones: z.array(phone).max(20).optional(),
  linkedin: linkedin.optional(),
};
const facts = {
  company: cleanLine(300),
  title: cleanLine(300),
  city: cleanLine(200),
  country: cleanLine(100),
  birthday,
  language: languageSchema.describe('BCP 47.'),
  zone: zoneSchema.describe('IANA; otherwise told by city and country, else yours.'),
};

export const createContact = z
  .strictObject({
    ...names,
    ...identities,
    ...z.object(facts).partial().shape,
    circle: z.enum(circles).optional(),
    again: z.literal(true).optional().describe('Make them even if you had them forgotten.'),
  })
  .refine(
    ({ fullName, givenName, familyName, emails }) => fullName ?? givenName ?? familyName ?? emails?.[0],
    {
      path: ['fullName'],
      message: 'a contact needs a name or an e-mail address',
    },
  )
  .meta({ id: 'CreateContact' });
export type CreateContact = z.infer<typeof createContact>;

const clearable = <T extends z.ZodType>(schema: T) => schema.nullable().optional();

export const editContact = z
  .strictObject({
    ...names,
    emails: identities.emails.describe('Added to those known.'),
    phones: identities.phones.describe('Added to those known.'),
    linkedin: identities.linkedin.describe('Added to those known.'),
    company: clearable(facts.company),
    title: clearable(facts.title),
    city: clearable(facts.city),
    country: clearable(facts.country),
    birthday: clearable(facts.birthday),
    language: clearable(facts.language),
    zone: clearable(facts.zone),
    consent: z.boolean().optional().describe('Whether they agreed to be written to; false blocks mail.'),
    priority: z.enum(priorities).optional(),
    form: z.enum(forms).optional().describe('Form of address: informal (du, tu) or formal (Sie, vous).'),
    circle: z.enum(circles).optional(),
    doNotContact: z.boolean().optional().describe('Nothing leaves to this person while it is true.'),
    pausedUntil: isoInstant.nullable().optional().describe('Nothing leaves before; null ends the pause.'),
    noCongratulations: z.boolean().optional(),
  })
  .refine(
    (edit) => Object.values(edit).some((value) => value !== undefined),
    'name at least one thing to change',
  )
  .meta({ id: 'EditContact' });
export type EditContact = z.infer<typeof editContact>;

export const contactsQuery = pageQuery.extend({
  q: cleanLine(200).optional().describe('A part of the name, the company or an address.'),
  circle: z.enum(circles).optional(),
});
export type ContactsQuery = z.infer<typeof contactsQuery>;

export const contactRow = z
  .object({
    id: z.uuid(),
    fullName: z.string(),
    company: z.string().nullable(),
    title: z.string().nullable(),
    circle: z.enum(circles),
    email: z.string().nullable(),
    doNotContactAt: instant.nullable(),
    pausedUntil: instant.nullable(),
  })
  .meta({ id: 'ContactRow' });
export type ContactRow = z.infer<typeof contactRow>;

export const contactView = z
  .object({
    id: z.uuid().describe('Of the person; another one than asked for where contacts were merged.'),
    fullName: z.string(),
    givenName: z.string().nullable(),
    familyName: z.string().nullable(),
    company: z.string().nullable(),
    title: z.string().nullable(),
    city: z.string().nullable(),
    country: z.string().nullable(),
    birthday: z.string().nullable(),
    zone: z.string(),
    zoneSource: z
      .string()
      .describe('contact, city, country, phone, company, or owner: then it is only yours.'),
    language: z.string().nullable(),
    languageSource: z.string().nullable(),
    consent: z.boolean().nullable().describe('As a file or you said; false blocks mail, null: nobody said.'),
    origin: z.string().nullable().describe("How they came to be known, in a file's words."),
    priority: z.enum(priorities).nullable(),
    form: z.enum(forms).nullable(),
    formSource: z.string().nullable(),
    circle: z.enum(circles),
    doNotContactAt: instant.nullable(),
    pausedUntil: instant.nullable(),
    noCongratulations: z.boolean(),
    conflicts: z
      .array(
        z.object({ field: z.string(), values: z.array(z.object({ value: z.string(), sourceId: z.uuid() })) }),
      )
      .describe('Where the sources disagree; the value taken comes first.'),
    identities: z.array(
      z.object({
        kind: z.enum(['email', 'linkedin', 'phone']),
        value: z.string(),
        shared: z.boolean().describe('A role address, or one that several people hold.'),
        suppressed: z.array(z.string()).describe('What must not be sent to it.'),
      }),
    ),
    encounters: z.array(
      z.object({
        id: z.uuid(),
        eventId: z.uuid(),
        event: z.string(),
        startsOn: z.string(),
        kind: z.enum(['met', 'attended']),
        sourceKind: z.string(),
      }),
    ),
    interactions: z.array(z.object({ id: z.uuid(), kind: z.string(), at: z.string(), text: z.string() })),
    facts: z.array(z.object({ id: z.uuid(), kind: z.string(), text: z.string(), quotable: z.boolean() })),
    promises: z
      .array(z.object({ id: z.uuid(), text: z.string(), dueOn: z.string() }))
      .describe('Those that are still open.'),
    positions: z
      .array(
        z.object({
          id: z.uuid(),
          companyBefore: z.string().nullable(),
          titleBefore: z.string().nullable(),
          company: z.string().nullable(),
          title: z.string().nullable(),
          seenOn: z.string().nullable(),
          state: z.enum(['candidate', 'question', 'confirmed', 'dismissed']),
        }),
      )
      .describe('Where company or position differ from what was said before, newest first.'),
    merged: z
      .array(
        z.object({
          id: z.uuid(),
          fullName: z.string(),
          by: z.enum(['row', 'match', 'owner']),
          at: z.string(),
        }),
      )
      .describe('Contacts read through this one; each can be split off again.'),
    sources: z
      .array(
        z.object({
          id: z.uuid(),
          kind: z.enum(['import', 'owner']),
          importId: z.uuid().nullable(),
          file: z.string().nullable(),
          line: z.int().nullable(),
          verdict: z.string(),
          at: z.string(),
        }),
      )
      .describe('What this contact is folded from, newest first; the newest 50.'),
    version: versionSchema,
    createdAt: instant,
  })
  .meta({ id: 'Contact' });
export type ContactView = z.infer<typeof contactView>;

export const suppressionsQuery = pageQuery.extend({
  lifted: z.enum(['true', 'false']).default('false').describe('true: also those that were lifted.'),
});
export type SuppressionsQuery = z.infer<typeof suppressionsQuery>;

export const addSuppression = z
  .strictObject({
    address: email,
    scope: z.enum(suppressionScopes).default('everything'),
    why: cleanLine(500).default('you said so'),
  })
  .meta({ id: 'AddSuppression' });
export type AddSuppression = z.infer<typeof addSuppression>;

export const suppressionView = z
  .object({
    id: z.uuid(),
    address: z.string(),
    scope: z.enum(suppressionScopes),
    why: z.string(),
    sourceKind: z.string(),
    sourceId: idSchema.nullable(),
    createdAt: instant,
    liftedAt: instant.nullable(),
  })
  .meta({ id: 'Suppression' });
export type SuppressionView = z.infer<typeof suppressionView>;
