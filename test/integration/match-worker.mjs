/**
 * Compares people in a process of its own, to be killed:
 *
 *   node match-worker.mjs <folder of the transpiled sources> <database url> <now, ISO> [owner id]
 *
 * With an owner everybody is compared with everybody, twice, and each end told as a line of JSON. Else prints a line for each batch it has committed. Waits for a dead worker's session to let go of its lock.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const [sources, databaseUrl, now, ownerId] = process.argv.slice(2);
const load = (file) => import(join(sources, file));
const [{ createDataSource }, { MatchService }, { SteppedClock }, { Log }] = await Promise.all([
  load('database/data-source.js'),
  load('imports/match.service.js'),
  load('clock.js'),
  load('log.js'),
]);

const db = await createDataSource(databaseUrl, 3).initialize();
const service = new MatchService(db, new SteppedClock(new Date(now)), new Log('silent'));
for (const time of ownerId ? [1, 2] : []) {
  process.stdout.write(`${JSON.stringify({ time, ...(await service.scanAll(ownerId)) })}\n`);
}
while (!ownerId) {
  await service.runDue({ onBatch: ({ done }) => process.stdout.write(`${done}\n`) });
  const left = await db.query('SELECT 1 FROM import WHERE to_match');
  if (left.length === 0) break;
  await delay(100);
}
await db.destroy();
