import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** The roles a process may play; by default one process plays all. */
export const roles = ['web', 'worker', 'scheduler'] as const;

const list = <T extends readonly [string, ...string[]]>(of: T) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.enum(of)).min(1));

const seconds = (normal: number) => z.coerce.number().positive().max(86_400).default(normal);

/** Every setting there is. `.env.example` lists the same, and a test holds the two equal. */
export const settingsSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1').describe('Address the API listens on.'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3210)
    .describe('Port the API listens on; 0 takes a free one.'),
  ROLES: list(roles)
    .default([...roles])
    .describe('What this process does: web, worker, scheduler. Split roles need DATABASE_URL.'),
  WORKER_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe('Where a process without the web role answers /health and /metrics, on HOST. Empty: nowhere.'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where others reach this service, without a path. Empty: nobody but this machine.'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('Folder of the embedded Postgres, keys and the sandbox.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('Postgres 15 or newer. Empty: the embedded server.'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('Redis for BullMQ. Empty: BullMQ on Postgres.'),
  API_TOKEN: z
    .string()
    .min(24)
    .optional()
    .describe('Bearer token of the API. Empty: DATA_DIR/api-token, made at first start.'),
  SECRET_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional()
    .describe(
      'Key that seals mailbox passwords, 64 hex digits. Empty: DATA_DIR/secret-key, made at first start.',
    ),
  SECRET_KEY_OLD: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional()
    .describe('The key before SECRET_KEY, while it is changed: followthrough keys rotate.'),
  GOOGLE_CLIENT_ID: z
    .string()
    .min(1)
    .optional()
    .describe('OAuth client to sign in at Google with, see docs/mailboxes.md. Empty: not offered.'),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional().describe('Secret of that client.'),
  MICROSOFT_CLIENT_ID: z
    .string()
    .min(1)
    .optional()
    .describe('OAuth client to sign in at Microsoft with, see docs/mailboxes.md. Empty: not offered.'),
  MICROSOFT_CLIENT_SECRET: z
    .string()
    .min(1)
    .optional()
    .describe('Secret of that client; a public client has none.'),
  MICROSOFT_TENANT: z
    .string()
    .regex(/^[a-z0-9.-]+$/i, 'must be a tenant id or domain')
    .default('common')
    .describe('Whose accounts may sign in there: a tenant, or common, organizations, consumers.'),
  OWNER_NAME: z.string().min(1).optional().describe('With OWNER_EMAIL: the owner made at first start.'),
  OWNER_EMAIL: z.email().optional().describe('Address of the owner made at first start.'),
  OWNER_ZONE: z
    .string()
    .min(1)
    .default('UTC')
    .describe('IANA time zone of that owner, such as Europe/Berlin.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('JSON logs on standard error.'),
  WORKER_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(4)
    .describe('Jobs at once in one worker.'),
  JOB_LOCK_SECONDS: seconds(30).describe('How long a job stays with a worker that no longer gives a sign.'),
  SEND_LEASE_SECONDS: seconds(60).describe('How long a claimed message belongs to a worker.'),
  SMTP_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe('Connections at once to the server of one mailbox; more only where caps and gaps are raised.'),
  SMTP_TIMEOUT_SECONDS: seconds(30).describe('Longest silence of a mail server, shorter than the lease.'),
});

export type Settings = z.infer<typeof settingsSchema>;

export interface Config extends Settings {
  apiToken: string;
  /** Seals what is sealed from now on. */
  secretKey: Buffer;
  /** All that may open something: `secretKey` first, then those of a change under way. */
  secretKeys: readonly Buffer[];
  /** The one that hashes are derived from where no other was kept: while it is changed, still the old one. */
  rootKey: Buffer;
  dataDir: string;
}

/** Injection token of the configuration. */
export const CONFIG = Symbol('config');

/** A wrong setting: one clear line that says what to do. */
export class WrongSetting extends Error {}

/** Reads settings; the only reader of `process.env`. Tests hand in their own. */
export function readConfig(env: Record<string, string | undefined> = environment()): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new WrongSetting(
      `${issue?.path.join('.') ?? 'a setting'}: ${issue?.message ?? 'is wrong'}. See .env.example.`,
    );
  }
  const settings = parsed.data;
  if (settings.SMTP_TIMEOUT_SECONDS >= settings.SEND_LEASE_SECONDS) {
    throw new WrongSetting(
      'SMTP_TIMEOUT_SECONDS: must be shorter than SEND_LEASE_SECONDS, or a slow server looks dead.',
    );
  }
  if (!settings.DATABASE_URL && settings.ROLES.length < roles.length) {
    throw new WrongSetting(
      'ROLES: on the embedded Postgres one process plays all roles; set DATABASE_URL to split them.',
    );
  }
  const dataDir = resolve(settings.DATA_DIR);
  return {
    ...settings,
    dataDir,
    apiToken: settings.API_TOKEN ?? keptSecret(join(dataDir, 'api-token')),
    ...keysOf(settings, dataDir),
  };
}

/** Where the key is kept when SECRET_KEY does not name it. */
export const keyFile = (dataDir: string): string => join(dataDir, 'secret-key');

/** The key that is about to take its place: written before anything is sealed with it, see mail/secrets-rotate.ts. */
export const nextKeyFile = (dataDir: string): string => `${keyFile(dataDir)}.next`;

function keysOf(settings: Settings, dataDir: string): Pick<Config, 'secretKey' | 'secretKeys' | 'rootKey'> {
  const secretKey = Buffer.from(settings.SECRET_KEY ?? keptSecret(keyFile(dataDir)), 'hex');
  const next = nextKeyFile(dataDir);
  const old = settings.SECRET_KEY_OLD === undefined ? [] : [settings.SECRET_KEY_OLD];
  const others = [
    ...old,
    // A change was killed half way: some of it may be sealed with the next key already.
    ...(settings.SECRET_KEY === undefined && existsSync(next) ? [readFileSync(next, 'utf8').trim()] : []),
  ].map((hex) => Buffer.from(hex, 'hex'));
  return {
    secretKey,
    secretKeys: [secretKey, ...others.filter((key) => key.length === 32)],
    rootKey: old[0] === undefined ? secretKey : Buffer.from(old[0], 'hex'),
  };
}

function environment(): Record<string, string | undefined> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** A variable that a command line names; undefined where it is not set or empty. */
export function readVariable(name: string): string | undefined {
  return environment()[name] || undefined;
}

/** True under `npm start`: a shell stands between npm and us then, and passes no signal on. */
export function startedByNpm(): boolean {
  return process.env['npm_lifecycle_event'] !== undefined;
}

/** A secret of 32 random bytes in a 0600 file, made once. */
function keptSecret(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) {
    // Written aside and linked, so that two first starts at once both read one whole secret.
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    writeFileSync(draft, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
    try {
      linkSync(draft, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      unlinkSync(draft);
    }
  }
  chmodSync(path, 0o600);
  return readFileSync(path, 'utf8').trim();
}
