import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { AppModule } from '../app.module.js';
import { bootParts } from '../boot.js';
import { runningService } from '../database/service-lock.js';
import { Log } from '../log.js';
import { tell } from './terminal.js';

export interface OpenServices {
  nest: INestApplicationContext;
  /** Whether a service runs on this database: then what is left to do is done by it. */
  serviceRuns(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * The same services as the API's, in a process that plays no role: it neither listens nor works nor ticks, and stands
 * beside a running service or alone.
 */
export async function openServices(): Promise<OpenServices> {
  const booted = await bootParts({ service: false, say: tell });
  const { parts } = booted;
  // A service tells what it does; a command says that itself, and only trouble is worth a log line.
  const level = parts.config.LOG_LEVEL === 'info' ? 'warn' : parts.config.LOG_LEVEL;
  const log = new Log(level);
  try {
    const module = AppModule.of({ ...parts, log, config: { ...parts.config, ROLES: [] } });
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest's options are a class in name only
    const options: NestApplicationContextOptions = { logger: log, abortOnError: false };
    const nest = await NestFactory.createApplicationContext(module, options);
    return {
      nest,
      serviceRuns: async () => (await runningService(parts.databaseUrl)) !== null,
      close: async () => {
        await nest.close();
        await booted.leave();
      },
    };
  } catch (error) {
    await booted.leave();
    throw error;
  }
}
