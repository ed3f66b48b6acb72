import { isIP } from 'node:net';
import { z } from 'zod';
import { parseMailbox } from '../core/address.js';
import { pageAnswer } from '../http/page.js';
import { cleanLine, emailSchema, instant, isoDate, versionSchema } from '../http/schemas.js';

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

const tls = z.enum(['implicit', 'starttls', 'none']);
export type Tls = z.infer<typeof tls>;

const server = {
  host: cleanLine(253).refine(
    (host) => isIP(host) !== 0 || HOST.test(host),
    'must be a host name or IP address',
  ),
  port: z.int().min(1).max(65_535),
  tls: tls.describe(
    'implicit (465, 993), starttls (587, 143; required, never a plain fallback), none (this machine or a relay). By the port where left out.',
  ),
  username: cleanLine(320),
  password,
};

const imap = z
  .strictObject({
    host: server.host,
    port: server.port.optional().describe('993 for implicit TLS, else 143.'),
    tls: server.tls.optional(),
    username: server.username.optional().describe('As for SMTP where left out.'),
    password: server.password.optional().describe('As for SMTP where left out.'),
  })
  .meta({ id: 'ImapServer' });

const name = cleanLine(253).refine((text) => HOST.test(text), 'must be a domain name');

const dkim = z
  .strictObject({
    domain: name.describe('The domain of the From address, or one above it.'),
    selector: name,
    key: z
      .string()
      .max(10_000)
      .regex(
        /^-----BEGIN (?:RSA )?PRIVATE KEY-----[\sA-Za-z0-9+/=]+-----END (?:RSA )?PRIVATE KEY-----\s*$/,
        'must be a private key in PEM',
      ) // prettier-ignore
      .describe('Private key in PEM; sealed, and never shown again.'),
  })
  .meta({ id: 'Dkim' });

const ways = {
  auth: z.enum(['password', 'oauth2']),
  oauthProvider: z.enum(['google', 'microsoft']).describe('Where the owner signs in; with auth oauth2.'),
  savesSent: z.boolean().describe('The provider files a copy of what it sends in Sent by itself.'),
  dkim,
};

const pace = {
  dailyCap: z.int().min(1).max(10_000).describe('Mails on one of your days; 20 where nothing is said.'),
  hourlyCap: z.int().min(1).max(10_000).describe('Mails in any hour; 10 where nothing is said.'),
  gapSeconds: z
    .int()
    .min(0)
    .max(86_400)
    .describe('Shortest time between two mails; 180 where nothing is said.'),
  warmUpFrom: isoDate
    .nullable()
    .describe('Sends little at first and more each week from this day on; null: no.'),
};

export const createMailbox = z
  .strictObject({
    address: emailSchema.describe('The From address.'),
    displayName: displayName.optional().describe("The From name; the owner's where left out."),
    host: server.host.optional().describe('SMTP server. Left out, the servers are found from the address.'),
    port: server.port.optional().describe('465 for implicit TLS, else 587.'),
    tls: server.tls.optional(),
    username: server.username.optional(),
    password: server.password.optional(),
    imap: imap.nullable().optional().describe('Where it is read; null: nowhere, even where one is found.'),
    auth: ways.auth.optional(),
    oauthProvider: ways.oauthProvider.optional(),
    savesSent: ways.savesSent.optional(),
    dkim: dkim.optional(),
    dailyCap: pace.dailyCap.optional(),
    hourlyCap: pace.hourlyCap.optional(),
    gapSeconds: pace.gapSeconds.optional(),
    warmUpFrom: pace.warmUpFrom.optional(),
  })
  .refine(
    ({ username, password, host, auth }) =>
      auth === 'oauth2' || host === undefined || (username === undefined) === (password === undefined),
    { path: ['password'], message: 'user name and password belong together: give both or neither' },
  )
  .refine(({ auth, password, imap }) => auth !== 'oauth2' || (password ?? imap?.password) === undefined, {
    path: ['password'],
    message: 'with OAuth there is no password',
  })
  .refine(({ auth, host, oauthProvider }) => auth !== 'oauth2' || host === undefined || oauthProvider, {
    path: ['oauthProvider'],
    message: 'must say where to sign in: google or microsoft',
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
    imap: imap.nullable().describe('null: it is no longer read.'),
    ...ways,
    savesSent: ways.savesSent.nullable(),
    dkim: dkim.nullable(),
    ...pace,
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
    tls,
    username: z.string().nullable(),
    hasPassword: z.boolean(),
    auth: ways.auth,
    oauthProvider: ways.oauthProvider.nullable(),
    signedIn: z.boolean().describe('With OAuth: a grant is kept.'),
    imap: z
      .object({
        host: z.string(),
        port: z.int().nullable(),
        tls,
        username: z.string().nullable(),
        hasPassword: z.boolean().describe('One of its own, not that of SMTP.'),
      })
      .nullable()
      .describe('null: it cannot listen.'),
    savesSent: z.boolean().nullable(),
    dkim: z.object({ domain: z.string(), selector: z.string().nullable() }).nullable(),
    isDefault: z.boolean().describe('New sequences send from it.'),
    state: z.enum(['active', 'paused']),
    pausedWhy: z.string().nullable(),
    pausedUntil: instant.nullable().describe('Tried again then; null while paused: not before you act.'),
    dailyCap: z.int(),
    hourlyCap: z.int(),
    gapSeconds: z.int(),
    warmUpFrom: z.string().nullable(),
    nextSlotAt: instant.nullable().describe('No mail leaves before.'),
    slowedUntil: instant
      .nullable()
      .describe('The provider asked for less: a mail taken after that halves slowFactor.'),
    slowFactor: z.int().describe('Gaps are so many times as long, and caps as much smaller; 1: as usual.'),
    listenWhy: z.string().nullable().describe('Why it cannot listen at present.'),
    readThroughAt: instant
      .nullable()
      .describe('Inbox and Sent were read to the end then; null: it cannot listen.'),
    version: versionSchema,
    createdAt: instant,
  })
  .meta({ id: 'Mailbox' });
export type MailboxAnswer = z.infer<typeof mailboxAnswer>;

export const mailboxPage = pageAnswer(mailboxAnswer).meta({ id: 'MailboxPage' });

const testedServer = z
  .object({
    ok: z.boolean(),
    stage: z
      .string()
      .nullable()
      .describe('Where it failed: dns, connect, tls, greeting, ehlo, auth, folder.'),
    why: z.string().nullable().describe("The server's words, or the network's."),
    advice: z.string().nullable(),
  })
  .meta({ id: 'TestedServer' });
export type TestedServer = z.infer<typeof testedServer>;

export const mailboxTest = z
  .object({
    ok: z.boolean(),
    stage: z.string().nullable().describe('Of the first that failed.'),
    why: z.string().nullable(),
    advice: z.string().nullable(),
    smtp: testedServer.nullable(),
    imap: testedServer
      .extend({
        inbox: z.int().nullable().describe('Mails in the inbox.'),
        sent: z.string().nullable().describe('The folder of sent mail.'),
        idle: z.boolean().nullable().describe('The server tells by itself what came.'),
      })
      .nullable()
      .describe('null: it has no IMAP server.'),
    mailbox: mailboxAnswer,
  })
  .meta({ id: 'MailboxTest' });
export type MailboxTest = z.infer<typeof mailboxTest>;

export const guessAsk = z.strictObject({ address: emailSchema }).meta({ id: 'GuessAsk' });
export type GuessAsk = z.infer<typeof guessAsk>;

const guessedServer = z.object({ host: z.string(), port: z.int(), tls, username: z.string() });

export const guessAnswer = z
  .object({
    found: z.boolean(),
    source: z
      .enum(['provider', 'exchanger', 'srv', 'autoconfig', 'database'])
      .nullable()
      .describe(
        'How: by a table of providers, by who takes in the mail, by what the domain says, by the public collection.',
      ),
    name: z.string().nullable().describe('Of the provider.'),
    smtp: guessedServer.nullable(),
    imap: guessedServer.nullable(),
    oauth: ways.oauthProvider.nullable().describe('By whose OAuth it can be signed in to.'),
    oauthReady: z.boolean().describe('The settings name a client for it.'),
    oauthOnly: z.boolean().describe('It takes no password.'),
    appPassword: z.string().nullable().describe('Where to make the app password it wants.'),
    first: z.string().nullable().describe('What to switch on first.'),
    savesSent: z.boolean().nullable(),
    perDay: z.int().nullable().describe('Recipients a day it allows.'),
    tried: z.array(z.string()).describe('Where nothing was found.'),
  })
  .meta({ id: 'MailboxGuess' });
export type GuessAnswer = z.infer<typeof guessAnswer>;

export const signInAnswer = z
  .object({
    url: z.url().describe('Open it in your browser, within ten minutes.'),
    redirectUri: z.string().describe('Must be registered with the OAuth client, exactly so.'),
  })
  .meta({ id: 'SignIn' });
export type SignInAnswer = z.infer<typeof signInAnswer>;
