import { Client, escapeIdentifier } from 'pg';
import { codeOf, messageOf, DatabaseUnavailable } from './unavailable.js';

/**
 * Creates the database if it is missing. `adminUrl` leads to any database of the same server, with a role that
 * may create databases. Throws DatabaseUnavailable when the server cannot be reached or refuses.
 */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 15_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(name)}`);
  } catch (error) {
    // Two processes may create at once: duplicate_database, or its unique index.
    if (codeOf(error) === '42P04' || codeOf(error) === '23505') return;
    throw explainConnectionTrouble(error, adminUrl);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** One clear line for a server that is down or refuses us; never with the password. Else the error as it was. */
export function explainConnectionTrouble(error: unknown, url: string): unknown {
  const { host, username, pathname } = new URL(url);
  const refusal = (text: string): DatabaseUnavailable => new DatabaseUnavailable(text);
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return refusal(`No PostgreSQL answers at ${host}: start it, or correct DATABASE_URL.`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return refusal(
        `The database's host in DATABASE_URL is not known (${host}): correct it, or the name service.`,
      );
    case '28P01':
    case '28000':
      return refusal(
        `PostgreSQL at ${host} refuses the user "${username}": correct the name or password in DATABASE_URL.`,
      );
    case '3D000':
      return refusal(
        `PostgreSQL at ${host} has no database "${pathname.slice(1)}": create it, or correct DATABASE_URL.`,
      );
    case '42501':
      return refusal(
        `The user "${username}" may not do this on PostgreSQL at ${host}: grant it the right, or create the database by hand.`,
      );
    case '53300':
      return refusal(
        `PostgreSQL at ${host} has no connection left: raise max_connections, or start fewer processes.`,
      );
    case '57P03':
      return refusal(`PostgreSQL at ${host} is starting up or shutting down: try again in a moment.`);
    default:
      return /timeout/i.test(messageOf(error))
        ? refusal(
            `PostgreSQL at ${host} does not answer in time: look whether it runs, or correct DATABASE_URL.`,
          )
        : error;
  }
}
