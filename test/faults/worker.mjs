/**
 * A delivery worker in a process of its own, to be killed or frozen:
 *
 *   node worker.mjs <folder of the transpiled sources> <now, ISO> <settings, JSON>
 *
 * Prints "ready" when it has started; delivers again and again from the first line it reads until it is ended. What a run
 * throws is printed as a line; the next run comes all the same, as the next minute's job would.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const [sources, now, settings] = process.argv.slice(2);
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
const config = readConfig(JSON.parse(settings));
const parts = { config, databaseUrl: config.DATABASE_URL, clock: new SteppedClock(new Date(now)), log };
const app = await NestFactory.createApplicationContext(AppModule.of(parts), { logger: log });
const runner = app.get(JobRunner);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
for (;;) {
  await runner.run('deliver', {}).catch((error) => process.stdout.write(`${String(error)}\n`));
  await pause(20);
}
