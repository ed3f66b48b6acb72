import { join } from 'node:path';
import type { AppParts } from './app.module.js';
import { Clock, SystemClock } from './clock.js';
import { type Config, readConfig, WrongSetting } from './config.js';
import { isZone } from './core/zone.js';
import { ensureDatabase, explainConnectionTrouble } from './database/embedded/ensure-database.js';
import { type EmbeddedServer, enterEmbeddedServer } from './database/embedded/server.js';
import { codeOf, DatabaseUnavailable } from './database/embedded/unavailable.js';
import { migrate } from './database/migrate.js';
import { checkOutsideDatabase } from './database/outside.js';
import { type ServiceLock, takeServiceLock } from './database/service-lock.js';
import { Log } from './log.js';
import { redisProblem } from './queue/check-redis.js';

/** The name of our database on the embedded server. */
export const DATABASE = 'followthrough';

/** Why we do not start: foreseen, one line, no stack. */
export class StartRefused extends Error {}

/** The line to print for a failure that was foreseen; null for a surprise. */
export function foreseen(error: unknown): string | null {
  const known =
    error instanceof WrongSetting || error instanceof DatabaseUnavailable || error instanceof StartRefused;
  return known ? error.message : null;
}

export interface Booted {
  parts: AppParts;
  /** Tells others on this database where we listen. */
  announce(address: string): Promise<void>;
  /** After the application has closed: gives the place back and leaves the embedded server. Again does nothing. */
  leave(): Promise<void>;
}

/**
 * Everything before the application: settings, a database that answers and is migrated, and, for a service, its place in
 * it. Whoever only passes by (a command) asks for no place and works beside a running service.
 * @throws an error that `foreseen` has words for; nothing is left running then
 */
export async function bootParts(options: {
  /** A service that stays. On the embedded server there is one at a time. */
  service: boolean;
  env?: Record<string, string | undefined>;
  clock?: Clock;
  /** Told what the owner should know at the start, a sentence each. */
  say?: (line: string) => void;
  /** The service's place went to another process while the database was away: end. */
  onLost?: () => void;
}): Promise<Booted> {
  const say = options.say ?? (() => undefined);
  const config = settings(options.env);
  if (config.REDIS_URL) {
    const problem = await redisProblem(config.REDIS_URL);
    if (problem !== null) throw new StartRefused(problem);
  }
  const server = config.DATABASE_URL
    ? null
    : await enterEmbeddedServer({ dataDir: join(config.dataDir, 'postgres-18') });
  let lock: ServiceLock | null = null;
  const leave = async (): Promise<void> => {
    await lock?.release();
    await server?.leave();
  };
  try {
    for (const notice of server?.notices ?? []) say(notice);
    const databaseUrl = await reach(config, server);
    if (options.service) {
      lock = await place(() => server?.url(DATABASE) ?? databaseUrl, server !== null, options.onLost);
    }
    await migrate(databaseUrl).catch((error: unknown) => {
      throw explainConnectionTrouble(error, databaseUrl);
    });
    return {
      parts: {
        config,
        databaseUrl,
        clock: options.clock ?? new SystemClock(),
        log: new Log(config.LOG_LEVEL),
      },
      announce: async (address) => lock?.announce(address),
      leave,
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

function settings(env: Record<string, string | undefined> | undefined): Config {
  let config: Config;
  try {
    config = readConfig(env);
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST'].includes(codeOf(error))) {
      throw new StartRefused(
        `DATA_DIR cannot be used (${(error as Error).message}): correct its owner, or name another folder.`,
      );
    }
    throw error;
  }
  if (config.apiToken.length < 24) {
    throw new StartRefused(
      `${join(config.dataDir, 'api-token')} holds no token: remove the file to have one made, or set API_TOKEN.`,
    );
  }
  if (config.secretKey.length !== 32) {
    throw new StartRefused(
      `${join(config.dataDir, 'secret-key')} is not 64 hexadecimal digits: bring it back as it was, or set SECRET_KEY.`,
    );
  }
  if (!isZone(config.OWNER_ZONE)) {
    throw new WrongSetting(`OWNER_ZONE: "${config.OWNER_ZONE}" is no IANA time zone. Europe/Berlin is one.`);
  }
  if ((config.OWNER_NAME === undefined) !== (config.OWNER_EMAIL === undefined)) {
    throw new WrongSetting('OWNER_NAME and OWNER_EMAIL belong together: set both or neither.');
  }
  return config;
}

async function reach(config: Config, server: EmbeddedServer | null): Promise<string> {
  if (server) {
    await ensureDatabase(server.url('postgres'), DATABASE);
    return server.url(DATABASE);
  }
  const url = config.DATABASE_URL ?? '';
  await checkOutsideDatabase(url);
  return url;
}

async function place(
  url: () => string,
  alone: boolean,
  onLost: (() => void) | undefined,
): Promise<ServiceLock> {
  const attempt = await takeServiceLock(url, { alone, onLost: onLost ?? (() => undefined) });
  if (attempt.kind === 'held') return attempt.lock;
  const { pid = '?', address = '' } = attempt.by ?? {};
  const where = address === '' ? '' : `, ${address}`;
  throw new StartRefused(
    `Followthrough is already running on this data (process ${pid}${where}): use that one, stop it first, or set DATA_DIR.`,
  );
}
