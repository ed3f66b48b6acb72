import { runMigrations } from 'bullmq';
import pg from 'pg';
import { createDataSource } from './data-source.js';

/** Any number of processes may start at once; one migrates, the others wait. */
const MIGRATION_LOCK = 7_306_142_001;

/** Brings a database to this version's schema: our tables, and BullMQ's own in its schema `bullmq`. */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const dataSource = await createDataSource(url, 2).initialize();
    try {
      await dataSource.runMigrations({ transaction: 'each' });
    } finally {
      await dataSource.destroy();
    }
    await runMigrations(client, 'bullmq');
  } finally {
    await client.end();
  }
}
