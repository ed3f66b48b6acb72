import pg from 'pg';
import { explainConnectionTrouble } from './embedded/ensure-database.js';
import { DatabaseUnavailable } from './embedded/unavailable.js';

/** Nothing newer than this is used. */
const OLDEST_MAJOR = 15;

/** Sees whether the database of DATABASE_URL can carry us. Throws DatabaseUnavailable with one clear line. */
export async function checkOutsideDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; encoding: string }>(
      `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding`,
    );
    const { version = 0, encoding = '' } = rows[0] ?? {};
    if (version < OLDEST_MAJOR * 10_000) {
      throw new DatabaseUnavailable(
        `DATABASE_URL leads to PostgreSQL ${Math.floor(version / 10_000)}: ${OLDEST_MAJOR} or newer is needed.`,
      );
    }
    if (encoding !== 'UTF8') {
      throw new DatabaseUnavailable(
        `The database of DATABASE_URL has the encoding ${encoding}: create one with ENCODING 'UTF8'.`,
      );
    }
  } catch (error) {
    throw explainConnectionTrouble(error, url);
  } finally {
    await client.end().catch(() => undefined);
  }
}
