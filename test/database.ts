import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A database of one's own, as the migrations left it. */
export interface TestDatabase {
  url: string;
  /** Ends whatever sessions are left and removes the database. Close pools and workers first. */
  drop(): Promise<void>;
}

/**
 * Clones the migrated template of `test/setup.ts`; many may do so at once, in any number of processes.
 * FILE_COPY takes half as long as the default here, for fsync is off.
 */
export async function cloneDatabase(): Promise<TestDatabase> {
  const { FT_TEST_ADMIN_URL: adminUrl, FT_TEST_TEMPLATE: template } = process.env;
  if (!adminUrl || !template)
    throw new Error('No test server: run this through the Jest project "integration".');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(adminUrl, `create database ${name} template ${template} strategy file_copy`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
