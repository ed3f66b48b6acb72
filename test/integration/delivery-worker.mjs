/**
 * A delivery worker in a process of its own, to be killed:
 *
 *   node delivery-worker.mjs <folder of the transpiled sources> <database url> <now, ISO> [connections]
 *
 * Prints "ready", then delivers again and again until it is ended.
 */
import { join } from 'node:path';

const [sources, databaseUrl, now, connections = '1'] = process.argv.slice(2);
const load = (file) => import(join(sources, file));

const [{ NestFactory }, { AppModule }, { SteppedClock }, { readConfig }, { Log }, { JobRunner }] =
  await Promise.all([
    import('@nestjs/core'),
    load('app.module.js'),
    load('clock.js'),
    load('config.js'),
    load('log.js'),
    load('queue/job-runner.js'),
  ]);

const log = new Log('silent');
const config = readConfig({
  ROLES: 'web',
  DATABASE_URL: databaseUrl,
  API_TOKEN: 'test-token-test-token-test-token',
  SECRET_KEY: '07'.repeat(32),
  SEND_LEASE_SECONDS: '1.5',
  SMTP_TIMEOUT_SECONDS: '1',
  SMTP_CONNECTIONS: connections,
});
const parts = { config, databaseUrl, clock: new SteppedClock(new Date(now)), log };
const app = await NestFactory.createApplicationContext(AppModule.of(parts), { logger: log });
const runner = app.get(JobRunner);
process.stdout.write('ready\n');
for (;;) {
  await runner.run('deliver', {});
  await new Promise((resolve) => setTimeout(resolve, 20));
}
