import { Client } from 'pg';
import { SUPERUSER } from './cluster.js';
import { runningPostmaster } from './postmaster.js';
import { codeOf, messageOf, DatabaseUnavailable } from './unavailable.js';

/** Advisory lock in the database `postgres`; every process that uses the server holds it shared. Arbitrary. */
const LEASE_KEY = '7302114586';

/** A place among those who use the server, held by one connection for as long as it lasts. */
export interface Lease {
  port: number;
  client: Client;
}

export type LeaseAttempt =
  | { kind: 'held'; lease: Lease }
  /** No server runs on this folder. */
  | { kind: 'absent' }
  /** One runs, but starts, recovers or is being stopped by the last who left. */
  | { kind: 'busy'; why: string };

/** Starting, stopping, out of connections, gone while we spoke: all pass by themselves. */
const PASSING = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53300'];

/** One try to join the users of the server that runs on this folder. */
export async function tryLease(dataDir: string, password: string | undefined): Promise<LeaseAttempt> {
  const postmaster = await runningPostmaster(dataDir);
  if (!postmaster) return { kind: 'absent' };
  if (postmaster.status !== 'ready')
    return { kind: 'busy', why: `the server is ${postmaster.status || 'starting'}` };
  const { port } = postmaster;
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password: password ?? '',
    database: 'postgres',
    ssl: false,
    application_name: 'followthrough lease',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // Without a listener a server that goes away would take the whole process down.
  client.on('error', () => undefined);
  let connected = false;
  try {
    await client.connect();
    connected = true;
    // A try, never a wait: whoever holds it exclusively is about to stop the server.
    if (await ask(client, 'pg_try_advisory_lock_shared')) return { kind: 'held', lease: { port, client } };
    await client.end();
    return { kind: 'busy', why: 'the server is being stopped' };
  } catch (error) {
    await client.end().catch(() => undefined);
    if (codeOf(error) === '28P01') {
      throw new DatabaseUnavailable(
        `The embedded database in ${dataDir} refuses the password of ${dataDir}.password: bring back the file that belongs to this folder.`,
      );
    }
    const text = messageOf(error);
    // Once connected, only the end of the connection can fail so plain a question.
    if (connected || PASSING.includes(codeOf(error)) || /timeout|terminated/i.test(text))
      return { kind: 'busy', why: text };
    throw error;
  }
}

/**
 * Gives the place back. True when nobody else has one: the lock is then held exclusively, newcomers wait, and the
 * caller stops the server. Giving up first and asking second matters: of two who leave together one gets it.
 */
export async function giveUpLease({ client }: Lease): Promise<boolean> {
  await ask(client, 'pg_advisory_unlock_shared');
  return ask(client, 'pg_try_advisory_lock');
}

async function ask(client: Client, lockFunction: string): Promise<boolean> {
  const { rows } = await client.query<{ yes: boolean }>(`select ${lockFunction}($1) as yes`, [LEASE_KEY]);
  return rows[0]?.yes === true;
}
