import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Client } from 'pg';

const TEMPLATE = 'followthrough_template';

/**
 * Before all integration tests: one server in a temporary folder, and a migrated template to clone from.
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

  const server = await enterTemporaryServer('followthrough-test', { inMemory: true });
  // Jest runs the teardown in this same process.
  Object.assign(globalThis, { followthroughTestServer: server });
  const adminUrl = server.url('postgres');
  try {
    await ensureDatabase(adminUrl, TEMPLATE);
    await migrate(server.url(TEMPLATE));
    const client = new Client({ connectionString: adminUrl });
    await client.connect();
    // A database with a session open cannot be copied, so none may open one.
    await client.query(`alter database ${TEMPLATE} with is_template true allow_connections false`);
    await client.end();
  } catch (error) {
    await server.leave();
    throw error;
  }
  process.env['FT_TEST_ADMIN_URL'] = adminUrl;
  process.env['FT_TEST_TEMPLATE'] = TEMPLATE;
}
