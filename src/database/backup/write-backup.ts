import { createHash, randomBytes, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, rmSync } from 'node:fs';
import { chmod, link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import {
  BackupRefused,
  columnList,
  END_OF_ROWS,
  FORMAT,
  keyMark,
  quoted,
  SESSION,
  TRAILER,
  VERSION,
  type BackupHeader,
} from './backup-format.js';
import { inForeignKeyOrder, migrationsOf, tablesOf, type Table } from './tables.js';

export interface BackupWish {
  /** The database's URL. */
  url: string;
  file: string;
  /** Of this program. */
  app: string;
  now: Date;
  secretKey: Buffer;
  /** Write over a file that is there. */
  force: boolean;
  /** Told of each table as it is written. */
  onTable?: (name: string, rows: number) => void;
  /** Ends it; nothing of the file is left then. */
  signal?: AbortSignal;
}

export interface Written {
  tables: number;
  rows: number;
  /** Of the file. */
  bytes: number;
}

/**
 * All tables of one instant in one file, for this user's eyes. It stands under its name only when it is whole. Memory
 * does not grow with the data.
 * @throws BackupRefused
 */
export async function writeBackup(wish: BackupWish): Promise<Written> {
  const { file, force } = wish;
  if (!force && (await isThere(file))) throw isThereAlready(file);
  const { signal } = wish;
  // A name of our own: two that write to one place at once must not write into one file.
  const aside = `${file}.${randomBytes(4).toString('hex')}.partial`;
  await dropLeftovers(file);
  signal?.throwIfAborted();
  const client = new pg.Client({ connectionString: wish.url, application_name: 'followthrough backup' });
  client.on('error', () => undefined);
  await client.connect();
  const count = { tables: 0, rows: 0 };
  // A second Ctrl-C ends the process where it stands.
  const clear = (): void => rmSync(aside, { force: true });
  process.once('exit', clear);
  try {
    const out = createWriteStream(aside, { mode: 0o600, flags: 'wx' });
    await once(out, 'open');
    await chmod(aside, 0o600);
    await pipeline(Readable.from(pieces(client, wish, count)), createGzip(), out, { signal });
    await client.end();
    await sync(aside);
    signal?.throwIfAborted();
    if (force) await rename(aside, file);
    else await giveName(aside, file);
    return { ...count, bytes: (await stat(file)).size };
  } catch (error) {
    await client.end().catch(() => undefined);
    await rm(aside, { force: true });
    throw error;
  } finally {
    process.off('exit', clear);
  }
}

async function* pieces(
  client: pg.Client,
  wish: BackupWish,
  count: { tables: number; rows: number },
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  for (const setting of SESSION) await client.query(setting);
  const { tables, header } = await headerOf(client, wish);
  yield hashed(hash, Buffer.from(`${JSON.stringify(header)}\n`));
  for (const table of tables) {
    let rows = 0;
    const copy = client.query(copyTo(`COPY (SELECT ${columnList(table.columns)} FROM public.${quoted(table.name)}) TO STDOUT`)); // prettier-ignore
    for await (const chunk of copy as AsyncIterable<Buffer>) {
      rows += linesIn(chunk);
      yield hashed(hash, chunk);
    }
    yield hashed(hash, Buffer.from(`${END_OF_ROWS}\n${rows}\n`));
    count.tables += 1;
    count.rows += rows;
    wish.onTable?.(table.name, rows);
  }
  await client.query('COMMIT');
  yield Buffer.from(`${TRAILER}${hash.digest('hex')}\n`);
}

async function headerOf(
  client: pg.Client,
  wish: BackupWish,
): Promise<{ tables: Table[]; header: BackupHeader }> {
  const migrations = await migrationsOf(client);
  const found = new Map((await tablesOf(client)).map((table) => [table.name, table]));
  const order = await inForeignKeyOrder(client, [...found.keys()]);
  const tables = order.flatMap((name) => found.get(name) ?? []);
  const { rows } = await client.query<{ server: string }>(`SELECT current_setting('server_version') AS server`); // prettier-ignore
  return {
    tables,
    header: {
      format: FORMAT,
      version: VERSION,
      app: wish.app,
      server: rows[0]?.server ?? '',
      migrations,
      createdAt: wish.now.toISOString(),
      key: keyMark(wish.secretKey),
      tables,
    },
  };
}

function hashed(hash: Hash, chunk: Buffer): Buffer {
  hash.update(chunk);
  return chunk;
}

function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function isThereAlready(file: string): BackupRefused {
  return new BackupRefused(`${file} is there already: name another file, or add --force to write over it.`);
}

/** After so long without a byte, whoever wrote it was killed; ms. */
const DEAD = 3_600_000;

/** What a killed backup to this name left: it holds people, and nobody else would clear it away. */
async function dropLeftovers(file: string): Promise<void> {
  const folder = dirname(file);
  const names = await readdir(folder).catch(() => []);
  const start = `${basename(file)}.`;
  for (const name of names) {
    if (!name.startsWith(start) || !/^[0-9a-f]{8}\.partial$/.test(name.slice(start.length))) continue;
    const left = join(folder, name);
    const found = await stat(left).catch(() => null);
    if (found && Date.now() - found.mtimeMs > DEAD) await rm(left, { force: true });
  }
}

/** Whoever made a file of that name meanwhile keeps it. */
async function giveName(aside: string, file: string): Promise<void> {
  try {
    await link(aside, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw isThereAlready(file);
    // Some file systems know no links.
    await rename(aside, file);
    return;
  }
  await rm(aside);
}

/** On the disk, not only on the way there. */
async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
