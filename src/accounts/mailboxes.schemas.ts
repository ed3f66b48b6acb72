import { isIP } from 'node:net';
import { z } from 'zod';
import { parseMailbox } from '../core/address.js';
import { pageAnswer } from '../http/page.js';
import { cleanLine, emailSchema, instant, versionSchema } from '../http/schemas.js';

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?)*$/i;

const displayName = cleanLine(200).refine(
  (name) => parseMailbox({ name, address: 'someone@example.org' }).kind === 'ok',
  'must be a plain name, without angle brackets or an address in it',
);

/** A password is kept to the letter; what could break the conversation's lines is no password. */
const password = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => !/[\0\r\n]/.test(text), 'must not hold line breaks');

const server = {
  host: cleanLine(253).refine(
    (host) => isIP(host) !== 0 || HOST.test(host),
    'must be a host name or IP address',
  ),
  port: z.int().min(1).max(65_535),
  tls: z
    .enum(['implicit', 'starttls', 'none'])
    .describe(
      'implicit (465), starttls (587, required, never a plain fallback), none (this machine or a relay).',
    ),
  username: cleanLine(320),
  password,
};

export const createMailbox = z
  .strictObject({
    address: emailSchema.describe('The From address.'),
    displayName: displayName.optional().describe("The From name; the owner's where left out."),
    host: server.host,
    port: server.port.optional().describe('465 for implicit TLS, else 587.'),
    tls: server.tls.default('starttls'),
    username: server.username.optional(),
    password: server.password.optional(),
  })
  .refine(({ username, password }) => (username === undefined) === (password === undefined), {
    path: ['password'],
    message: 'user name and password belong together: give both or neither',
  })
  .meta({ id: 'CreateMailbox' });
export type CreateMailbox = z.infer<typeof createMailbox>;

export const editMailbox = z
  .strictObject({
    displayName,
    host: server.host,
    port: server.port,
    tls: server.tls,
    username: server.username.nullable().describe('null: no sign-in; forgets the password too.'),
    password: server.password,
  })
  .partial()
  .refine((edit) => Object.keys(edit).length > 0, 'names nothing to change')
  .meta({ id: 'EditMailbox' });
export type EditMailbox = z.infer<typeof editMailbox>;

/** The password never leaves; `hasPassword` says whether there is one. */
export const mailboxAnswer = z
  .object({
    id: z.uuid(),
    kind: z.enum(['smtp', 'sandbox']),
    address: z.string(),
    displayName: z.string(),
    host: z.string().nullable(),
    port: z.int().nullable(),
    tls: z.enum(['implicit', 'starttls', 'none']),
    username: z.string().nullable(),
    hasPassword: z.boolean(),
    state: z.enum(['active', 'paused']),
    pausedWhy: z.string().nullable(),
    pausedUntil: instant.nullable().describe('Tried again then; null while paused: not before you act.'),
    readThroughAt: instant
      .nullable()
      .describe('Inbox and Sent were read to the end then; null: it cannot listen.'),
    version: versionSchema,
    createdAt: instant,
  })
  .meta({ id: 'Mailbox' });
export type MailboxAnswer = z.infer<typeof mailboxAnswer>;

export const mailboxPage = pageAnswer(mailboxAnswer).meta({ id: 'MailboxPage' });

export const mailboxTest = z
  .object({
    ok: z.boolean(),
    stage: z
      .string()
      .nullable()
      .describe('Where the conversation failed: connect, tls, greeting, ehlo, auth.'),
    why: z.string().nullable(),
    advice: z.string().nullable(),
    mailbox: mailboxAnswer,
  })
  .meta({ id: 'MailboxTest' });
export type MailboxTest = z.infer<typeof mailboxTest>;
