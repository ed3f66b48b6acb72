import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { explainConnectionTrouble } from './embedded/ensure-database.js';

/** Advisory lock in the domain's own database; a service holds it for as long as it runs. Arbitrary. */
const SERVICE_KEY = '7306142002';

/** A killed predecessor's connection may take a moment to be noticed. In ms. */
const PATIENCE = 2_000;
const AGAIN = 2_000;

/** How a service shows itself to others in pg_stat_activity: `ft service <pid> <address>`, at most 63 bytes. */
const NAME = 'ft service';

export interface RunningService {
  pid: string;
  /** Where it listens; '' while it starts, or when it has no API. */
  address: string;
}

export interface ServiceLock {
  /** Lets others read where we listen. */
  announce(address: string): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the service's place in this database. `alone`: only one service may run here (the embedded server); otherwise any
 * number may. The place is one connection; when it is lost it is taken again, and `onLost` is called should somebody
 * else have been quicker. Throws DatabaseUnavailable when the database cannot be reached.
 */
export async function takeServiceLock(
  url: () => string,
  { alone, onLost }: { alone: boolean; onLost: () => void },
): Promise<{ kind: 'held'; lock: ServiceLock } | { kind: 'taken'; by: RunningService | null }> {
  const place = new Place(url, alone, onLost);
  const deadline = Date.now() + PATIENCE;
  while (!(await place.take())) {
    if (Date.now() > deadline) return { kind: 'taken', by: await runningService(url()) };
    await delay(100);
  }
  return { kind: 'held', lock: place };
}

/** The service that runs on this database, if one does. */
export async function runningService(url: string): Promise<RunningService | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND a.application_name LIKE '${NAME} %'
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1`,
    );
    const [pid = '?', address = ''] = rows[0]?.name.slice(NAME.length + 1).split(' ') ?? [];
    return rows[0] ? { pid, address } : null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

class Place implements ServiceLock {
  private client: pg.Client | null = null;
  private address = '';
  private leaving = false;

  constructor(
    private readonly url: () => string,
    private readonly alone: boolean,
    private readonly onLost: () => void,
  ) {}

  async take(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: this.url(),
      application_name: this.name,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    // Without a listener a database that goes away would take the process down.
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ yes: boolean }>(
        `SELECT ${this.alone ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared'}($1) AS yes`,
        [SERVICE_KEY],
      );
      if (rows[0]?.yes !== true) {
        await client.end();
        return false;
      }
    } catch (error) {
      await client.end().catch(() => undefined);
      throw explainConnectionTrouble(error, this.url());
    }
    this.client = client;
    client.once('end', () => {
      this.client = null;
      if (!this.leaving) void this.comeBack();
    });
    return true;
  }

  async announce(address: string): Promise<void> {
    this.address = address;
    await this.client?.query(`SELECT set_config('application_name', $1, false)`, [this.name]);
  }

  async release(): Promise<void> {
    this.leaving = true;
    await this.client?.end().catch(() => undefined);
  }

  private get name(): string {
    return `${NAME} ${process.pid} ${this.address}`.trimEnd().slice(0, 63);
  }

  private async comeBack(): Promise<void> {
    while (!this.leaving) {
      // Null: the database does not answer yet.
      const taken = await this.take().catch(() => null);
      if (taken === true) return;
      if (taken === false) return this.onLost();
      await delay(AGAIN, undefined, { ref: false });
    }
  }
}
