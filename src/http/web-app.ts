import { type DynamicModule, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Log } from '../log.js';
import { configureHttp } from './http.setup.js';

/** The application with its API, initialised but not listening. What is wrong at the start is thrown, nothing left open. */
export async function createWebApp(module: DynamicModule, log: Log): Promise<NestExpressApplication> {
  // Bodies are parsed by what configureHttp says, and files and mail not at all.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest's options are a class in name only
  const options: NestApplicationOptions = { logger: log, abortOnError: false, bodyParser: false };
  const app = await NestFactory.create<NestExpressApplication>(module, options);
  try {
    configureHttp(app);
    return await app.init();
  } catch (error) {
    await app.close().catch(() => undefined);
    throw error;
  }
}
