import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module.js';
import { SteppedClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { Log } from '../../src/log.js';
import { Handles } from '../../src/queue/handles.js';
import { jobNames, tickJobs, type JobName } from '../../src/queue/jobs.js';
import { JobRunner } from '../../src/queue/job-runner.js';
import { Queue } from '../../src/queue/queue.service.js';
import { Ticker } from '../../src/queue/ticker.js';
import { cloneDatabase, type TestDatabase } from '../database.js';
import { TEST_TOKEN } from '../app.js';

const NOW = new Date('2026-11-23T09:00:00Z');

describe('jobs', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await cloneDatabase();
  });
  afterEach(() => database.drop());

  const parts = (roles: string) => {
    const config = readConfig({
      ROLES: roles,
      DATABASE_URL: database.url,
      API_TOKEN: TEST_TOKEN,
      SECRET_KEY: '07'.repeat(32),
      LOG_LEVEL: 'silent',
    });
    return { config, databaseUrl: database.url, clock: new SteppedClock(NOW), log: new Log('silent') };
  };

  const boot = (roles: string) =>
    NestFactory.createApplicationContext(AppModule.of(parts(roles)), { logger: false, abortOnError: false });

  it('each has exactly one handler', async () => {
    const app = await boot('web');
    for (const name of jobNames.filter((one) => one !== 'import')) await app.get(JobRunner).run(name, {});
    await app.close();
  });

  it('a second handler of one job stops the start', async () => {
    @Injectable()
    @Handles('plan')
    class Second {
      handle(): Promise<void> {
        return Promise.resolve();
      }
    }
    @Module({ imports: [AppModule.of(parts('web'))], providers: [Second] })
    class Whole {}
    const app = await NestFactory.create(Whole, { logger: false, abortOnError: false });
    await expect(app.init()).rejects.toThrow('job "plan" has more than one handler');
    await app.close();
  });

  it('a tick offers every room its work, once, and a worker takes it all', async () => {
    const app = await boot('worker');
    const done = new Set<JobName>();
    const runner = app.get(JobRunner);
    const run = runner.run.bind(runner);
    const all = new Promise<void>((resolve) => {
      runner.run = async (name, data) => {
        await run(name, data);
        done.add(name);
        if (tickJobs.every((job) => done.has(job))) resolve();
      };
    });
    await app.get(Ticker).tick();
    await all;
    await app.close();
    expect([...done].sort()).toEqual([...tickJobs].sort());
  });

  it('two schedulers are harmless: what waits already is not added again', async () => {
    const app = await boot('web');
    await Promise.all([app.get(Ticker).tick(), app.get(Ticker).tick(), app.get(Ticker).tick()]);
    expect((await app.get(Queue).counts())['waiting']).toBe(tickJobs.length);
    await app.close();
  });
});
