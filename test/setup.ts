import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Client } from 'pg';

const TEMPLATE = 'followthrough_template';

/**
 * Before all integration tests: one server in a temporary folder, and a migrated template to clone from. With
 * TEST_DATABASE_URL (any database of a Postgres 15 or newer, as a superuser) that server is used instead.
 *
 * Jest loads this file as CommonJS, where the `.js` imports of our sources lead nowhere; so it runs the
 * transpiled sources, as the child processes of some tests do.
 */
export default async function setup(): Promise<void> {
  const load = createRequire(__filename);
  const { transpile } = load('./transpile.ts') as typeof import('./transpile.js');
  const database = join(await transpile('src'), 'database');
  const { enterTemporaryServer } = load(
    join(database, 'embedded/temporary.js'),
  ) as typeof import('../src/database/embedded/temporary.js');
  const { ensureDatabase } = load(
    join(database, 'embedded/ensure-database.js'),
  ) as typeof import('../src/database/embedded/ensure-database.js');
  const { migrate } = load(join(database, 'migrate.js')) as typeof import('../src/database/migrate.js');

  const outside = process.env['TEST_DATABASE_URL'];
  const server = outside ? null : await enterTemporaryServer('followthrough-test', { inMemory: true });
  const adminUrl = outside ?? server?.url('postgres') ?? '';
  const template = new URL(adminUrl);
  template.pathname = `/${TEMPLATE}`;
  // Jest runs the teardown in this same process.
  const leave = server ? () => server.leave() : () => drop(adminUrl);
  Object.assign(globalThis, { followthroughTestServer: { leave } });
  try {
    // What a killed run left on an outside server may be of an older schema.
    if (outside) await drop(adminUrl);
    await ensureDatabase(adminUrl, TEMPLATE);
    await migrate(template.href);
    // A database with a session open cannot be copied, so none may open one.
    await ask(adminUrl, `alter database ${TEMPLATE} with is_template true allow_connections false`);
  } catch (error) {
    await leave();
    throw error;
  }
  process.env['FT_TEST_ADMIN_URL'] = adminUrl;
  process.env['FT_TEST_TEMPLATE'] = TEMPLATE;
}

async function ask(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function drop(adminUrl: string): Promise<void> {
  await ask(
    adminUrl,
    `update pg_database set datistemplate = false where datname = '${TEMPLATE}'`,
    `drop database if exists ${TEMPLATE} with (force)`,
  );
}
