/**
 * An import worker in a process of its own, to be killed:
 *
 *   node import-worker.mjs <folder of the transpiled sources> <database url> <now, ISO> <import id>
 *
 * Prints a line for each batch it has committed.
 */
import { join } from 'node:path';

const [sources, databaseUrl, now, importId] = process.argv.slice(2);
const load = (file) => import(join(sources, file));
const [{ createDataSource }, { ImportRunner }, { SteppedClock }, { Log }] = await Promise.all([
  load('database/data-source.js'),
  load('imports/import-runner.js'),
  load('clock.js'),
  load('log.js'),
]);

const db = await createDataSource(databaseUrl, 3).initialize();
const nobody = { wake: () => Promise.resolve() };
const runner = new ImportRunner(db, new SteppedClock(new Date(now)), new Log('silent'), nobody);
await runner.run(importId, { onProgress: ({ rows }) => process.stdout.write(`${rows}\n`) });
await db.destroy();
