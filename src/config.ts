import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** The roles a process may play; by default one process plays all. */
export const roles = ['web', 'worker', 'scheduler'] as const;
export type Role = (typeof roles)[number];

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
  SEND_LEASE_SECONDS: seconds(60).describe('How long a claimed message belongs to a worker.'),
  SMTP_TIMEOUT_SECONDS: seconds(30).describe('Longest silence of a mail server, shorter than the lease.'),
});

export type Settings = z.infer<typeof settingsSchema>;

export interface Config extends Settings {
  apiToken: string;
  secretKey: Buffer;
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
    secretKey: Buffer.from(settings.SECRET_KEY ?? keptSecret(join(dataDir, 'secret-key')), 'hex'),
  };
}

function environment(): Record<string, string | undefined> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
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
