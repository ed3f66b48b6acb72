/**
 * What a minute costs when little is due and much is stored: the same ten due rows with 1,000 and with 100,000 people
 * enrolled, in one run. Prints the ratio; asserts nothing. Needs the build: npm run build && node bench/tick.mjs
 */
import { readConfig } from '../dist/config.js';
import { SteppedClock } from '../dist/clock.js';
import { AppModule } from '../dist/app.module.js';
import { enterTemporaryServer } from '../dist/database/embedded/temporary.js';
import { ensureDatabase } from '../dist/database/embedded/ensure-database.js';
import { migrate } from '../dist/database/migrate.js';
import { OwnersService } from '../dist/accounts/owners.service.js';
import { Log } from '../dist/log.js';
import { JobRunner } from '../dist/queue/job-runner.js';
import { tickJobs } from '../dist/queue/jobs.js';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';

const NOW = new Date('2026-11-23T09:00:00Z');
const RUNS = 15;

const server = await enterTemporaryServer('followthrough-bench');
const medians = {};
for (const stored of [1_000, 100_000]) {
  const name = `bench_${stored}`;
  await ensureDatabase(server.url('postgres'), name);
  await migrate(server.url(name));
  medians[stored] = await measure(server.url(name), stored);
  console.log(
    `${stored.toLocaleString('en')} enrolled, 10 due: median tick ${medians[stored].toFixed(1)} ms`,
  );
}
console.log(`ratio ${(medians[100_000] / medians[1_000]).toFixed(2)} for 100 times as much stored`);
await server.leave();

async function measure(databaseUrl, stored) {
  const config = readConfig({
    ROLES: 'web',
    DATABASE_URL: databaseUrl,
    API_TOKEN: 'bench-token-bench-token-bench',
    SECRET_KEY: '07'.repeat(32),
    LOG_LEVEL: 'silent',
  });
  const log = new Log('silent');
  const app = await NestFactory.createApplicationContext(
    AppModule.of({ config, databaseUrl, clock: new SteppedClock(NOW), log }),
    { logger: log },
  );
  const db = app.get(DataSource);
  const runner = app.get(JobRunner);
  const owner = await app
    .get(OwnersService)
    .add({ name: 'B', email: 'b@example.org', zone: 'UTC', language: 'en' });
  await fill(db, owner.id, stored);
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    // Ten due again, each time: people who are paused, so that a look costs all it can and changes nothing.
    await db.query(
      `UPDATE enrollment SET next_at = $1 WHERE id IN (SELECT id FROM enrollment ORDER BY id LIMIT 10)`,
      [NOW],
    );
    const begun = performance.now();
    for (const job of tickJobs) await runner.run(job, {});
    times.push(performance.now() - begun);
  }
  await app.close();
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

async function fill(db, ownerId, stored) {
  await db.query(
    `INSERT INTO event (id, owner_id, created_at, name, starts_on, ends_on, zone)
     VALUES (gen_random_uuid(), $1, $2, 'DevConf', '2026-11-18', '2026-11-20', 'UTC')`,
    [ownerId, NOW],
  );
  await db.query(
    `INSERT INTO contact (id, owner_id, created_at, full_name, given_name, zone, zone_source, paused_until, birthday)
     SELECT gen_random_uuid(), $1, $2, 'Person ' || n, 'Person', 'UTC', 'owner', $2::timestamptz + interval '30 days',
            '--' || to_char('2026-02-01'::date + (n % 200), 'MM-DD')
       FROM generate_series(1, $3) n`,
    [ownerId, NOW, stored],
  );
  await db.query(
    `INSERT INTO enrollment (id, owner_id, created_at, contact_id, sequence_id, event_id, mailbox_id, state, started_at, next_step_id, next_at)
     SELECT gen_random_uuid(), $1, $2, c.id, q.id, v.id, b.id, 'active', $2, s.id, $2::timestamptz + interval '30 days'
       FROM contact c, sequence q, event v, mailbox b, step s
      WHERE q.is_default AND s.sequence_id = q.id AND s.position = 1`,
    [ownerId, NOW],
  );
  await db.query('ANALYZE');
}
