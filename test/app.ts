import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { OwnersService } from '../src/accounts/owners.service.js';
import { AppModule } from '../src/app.module.js';
import { SteppedClock } from '../src/clock.js';
import { readConfig } from '../src/config.js';
import { rows } from '../src/database/rows.js';
import { createWebApp } from '../src/http/web-app.js';
import { Log } from '../src/log.js';
import { JobRunner } from '../src/queue/job-runner.js';
import { tickJobs, type JobName } from '../src/queue/jobs.js';
import { cloneDatabase } from './database.js';

export const TEST_TOKEN = 'test-token-test-token-test-token';

export interface TestApp {
  nest: NestExpressApplication;
  db: DataSource;
  clock: SteppedClock;
  get<T>(type: Type<T> | (abstract new (...args: never[]) => T)): T;
  /** Carries the token; acts for the only owner. */
  http: ReturnType<typeof request.agent>;
  ownerId: string;
  /** One job, as the minute wakes it; in this process. */
  run(job: Exclude<JobName, 'import'>): Promise<void>;
  /** Runs what is due now, in this process, until the line has moved through all its rooms. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The whole service on a database of its own with a clock that stands still. It has the web role only: work is done by
 * `drain()`, so that nothing happens behind a test's back.
 * @param options.overrides settings, as in `.env`
 * @param options.owner false: none yet; `ownerId` is then empty
 */
export async function startApp(
  options: { now?: string; overrides?: Record<string, string>; owner?: boolean } = {},
): Promise<TestApp> {
  const database = await cloneDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'followthrough-app-'));
  const clock = new SteppedClock(new Date(options.now ?? '2026-11-21T09:00:00Z'));
  const config = readConfig({
    ROLES: 'web',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    API_TOKEN: TEST_TOKEN,
    SECRET_KEY: '07'.repeat(32),
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
    ...options.overrides,
  });
  const log = new Log(config.LOG_LEVEL);
  const nest = await createWebApp(AppModule.of({ config, databaseUrl: database.url, clock, log }), log);
  const db = nest.get(DataSource);
  const runner = nest.get(JobRunner);
  const ownerId = options.owner === false ? '' : await addOwner(nest);
  return {
    nest,
    db,
    clock,
    get: (type) => nest.get(type as never),
    http: request.agent(nest.getHttpServer()).set('Authorization', `Bearer ${TEST_TOKEN}`),
    ownerId,
    run: (job) => runner.run(job, {}),
    drain: async () => {
      for (let round = 0; round < 3; round += 1) {
        const waiting = await rows<{ id: string }>(
          db,
          `SELECT id FROM import WHERE state IN ('queued', 'running') ORDER BY id`,
        );
        for (const { id } of waiting) await runner.run('import', { importId: id });
        for (const name of tickJobs) await runner.run(name, {});
      }
    },
    close: async () => {
      await nest.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function addOwner(nest: NestExpressApplication): Promise<string> {
  const owner = await nest.get(OwnersService).add({
    name: 'Ada Lindqvist',
    email: 'ada@example.org',
    zone: 'Europe/Berlin',
    language: 'en',
  });
  return owner.id;
}
