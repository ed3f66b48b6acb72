import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { createDataSource } from '../data-source.js';
import { migrate } from '../migrate.js';
import { migrations } from '../migrations.js';
import { runningService } from '../service-lock.js';
import { BackupRefused, columnList, keyMark, quoted, SESSION, type BackupHeader } from './backup-format.js';
import { readBackup } from './read-backup.js';
import { tablesOf } from './tables.js';

export interface Restored {
  header: BackupHeader;
  rows: number;
  owners: number;
  /** Messages that a yes was given to, and which the original may have sent since. */
  approved: number;
  /** Whether the secrets in it open with the key here. */
  sameKey: boolean;
}

/**
 * Puts a backup into a database that holds no owner, all or nothing, and brings it to this program's schema. Every owner
 * is stopped: what was approved when the backup was taken may have been sent since, and nothing goes out twice.
 * @throws BackupRefused; nothing was written then
 */
export async function restoreBackup(wish: {
  url: string;
  file: string;
  now: Date;
  secretKey: Buffer;
  onTable?: (name: string, rows: number) => void;
  /** Ends it; nothing was written then. */
  signal?: AbortSignal;
}): Promise<Restored> {
  // First to the end without writing: a file that was cut off or changed is known before anything is touched.
  const header = await readBackup(wish.file, { rows: () => heed(wish.signal) });
  const known = migrations.slice(0, header.migrations.length);
  if (header.migrations.some((name, index) => known[index]?.name !== name)) {
    throw new BackupRefused('This backup was written by a newer Followthrough: update first.');
  }
  if (await runningService(wish.url)) {
    throw new BackupRefused('The service is running on this database: stop it first.');
  }
  const level = await dataSourceAt(wish.url, known);
  const newest = await dataSourceAt(wish.url, migrations);
  const runner = level.createQueryRunner();
  try {
    const client = (await runner.connect()) as pg.ClientBase;
    await runner.startTransaction();
    try {
      for (const setting of SESSION) await client.query(setting);
      await clear(client);
      await run(level, runner);
      const rows = await load(client, wish, header);
      await client.query(`UPDATE owner SET stopped_at = coalesce(stopped_at, $1)`, [wish.now]);
      await run(newest, runner);
      const counts = await client.query<{ owners: number; approved: number }>(
        `SELECT (SELECT count(*)::int FROM owner) AS owners,
                (SELECT count(*)::int FROM message WHERE state = 'approved') AS approved`,
      );
      await heed(wish.signal);
      await runner.commitTransaction();
      // The queue's own tables.
      await migrate(wish.url);
      const { owners = 0, approved = 0 } = counts.rows[0] ?? {};
      const sameKey = header.key === keyMark(wish.secretKey);
      return { header, rows, owners, approved, sameKey };
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release();
    await level.destroy();
    await newest.destroy();
  }
}

function heed(signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  return Promise.resolve();
}

function dataSourceAt(url: string, some: typeof migrations): Promise<DataSource> {
  return new DataSource({ ...createDataSource(url, 2).options, migrations: some }).initialize();
}

async function run(at: DataSource, runner: QueryRunner): Promise<void> {
  const executor = new MigrationExecutor(at, runner);
  // The transaction is ours.
  executor.transaction = 'none';
  await executor.executePendingMigrations();
}

/** Takes our empty tables away, so that they can be made as they were when the backup was taken. */
async function clear(client: pg.ClientBase): Promise<void> {
  const tables = (await tablesOf(client)).map(({ name }) => name);
  if (tables.includes('owner')) {
    // Nobody adds one while we look.
    await client.query('LOCK TABLE public.owner IN ACCESS EXCLUSIVE MODE');
    const { rows } = await client.query<{ owners: number }>(
      'SELECT count(*)::int AS owners FROM public.owner',
    );
    if ((rows[0]?.owners ?? 0) > 0) {
      throw new BackupRefused(
        'There is an owner in this database already. A backup is restored into an empty one: set DATA_DIR or DATABASE_URL to a new place.',
      );
    }
  } else if (tables.length > 0) {
    throw new BackupRefused('This database holds something else: restore into one of its own.');
  }
  if (tables.length > 0) {
    await client.query(`DROP TABLE ${[...tables, 'migration'].map((name) => `public.${quoted(name)}`).join(', ')}`); // prettier-ignore
  }
}

/** Fills the tables in the order of the file, which is that of their foreign keys. The file is checked once more. */
async function load(
  client: pg.ClientBase,
  wish: { file: string; onTable?: (name: string, rows: number) => void; signal?: AbortSignal },
  expected: BackupHeader,
): Promise<number> {
  let rows = 0;
  let table: TableLoad | null = null;
  try {
    await readBackup(wish.file, {
      header: (header) => {
        if (JSON.stringify(header) === JSON.stringify(expected)) return Promise.resolve();
        throw new BackupRefused('The file has changed meanwhile.');
      },
      rows: async (of, lines) => {
        await heed(wish.signal);
        table ??= new TableLoad(client, of);
        await table.write(lines);
      },
      tableEnd: async ({ name }, count) => {
        await table?.end();
        table = null;
        rows += count;
        wish.onTable?.(name, count);
      },
    });
  } catch (error) {
    (table as TableLoad | null)?.abandon();
    throw error;
  }
  return rows;
}

/** One COPY into one table. */
class TableLoad {
  private readonly copy: CopyStreamQuery;
  private readonly done: Promise<void>;

  constructor(client: pg.ClientBase, { name, columns }: BackupHeader['tables'][number]) {
    this.copy = client.query(copyFrom(`COPY public.${quoted(name)} (${columnList(columns)}) FROM STDIN`));
    this.done = finished(this.copy);
    // Whoever writes hears of a failure from `write` or `end`; until then it must not end the process.
    this.done.catch(() => undefined);
  }

  async write(lines: Buffer): Promise<void> {
    // Copied: the reader goes on with the memory behind it.
    if (this.copy.write(Buffer.from(lines))) return;
    await Promise.race([once(this.copy, 'drain'), this.done]);
  }

  async end(): Promise<void> {
    this.copy.end();
    await this.done;
  }

  abandon(): void {
    this.copy.destroy();
  }
}
