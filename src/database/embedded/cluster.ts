import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { program } from './binaries.js';
import type { Place } from './place.js';
import { freePort, lastPort } from './port.js';
import { disarmStalePidFile, isAlive, runningPostmaster } from './postmaster.js';
import { type ProgramResult, runProgram } from './program.js';
import { codeOf, DatabaseUnavailable } from './unavailable.js';

/** The one role of the embedded server. */
export const SUPERUSER = 'postgres';
const LOG_LIMIT_BYTES = 5_000_000;
const START_SECONDS = 300;
const STOP_MS = 300_000;
const OVERTAKEN =
  /lock file "postmaster.pid" already exists|pre-existing shared memory block|ready to accept connections/;

/** Throws DatabaseUnavailable unless the folder is missing, empty, or data of this major version. */
export async function dataFolderState(dataDir: string, major: number): Promise<'empty' | 'filled'> {
  let found = await versionFile(dataDir);
  if (found === undefined) {
    const entries = await readdir(dataDir).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
      return [];
    });
    if (entries.every((name) => name === 'lost+found')) return 'empty';
    // Another process may have put the whole folder in place between the two looks.
    found = await versionFile(dataDir);
  }
  if (found === undefined) {
    throw new DatabaseUnavailable(
      `${dataDir} holds files but no database: move them away, choose another folder, or set DATABASE_URL.`,
    );
  }
  if (found.trim() !== String(major)) {
    throw new DatabaseUnavailable(
      `The data folder ${dataDir} was written by PostgreSQL ${found.trim()}, and this version brings PostgreSQL ${major}: run a PostgreSQL ${found.trim()} on it and set DATABASE_URL, or move the folder away to begin with an empty database.`,
    );
  }
  return 'filled';
}

async function versionFile(dataDir: string): Promise<string | undefined> {
  return readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    return undefined;
  });
}

/**
 * Makes the data folder: initdb beside it, then one rename, so that a killed start leaves no half folder.
 * UTF-8 and the built-in locale whatever LANG says: under LANG=C initdb would make a database where
 * lower('É') does nothing.
 */
export async function createCluster(place: Place, password: string, durable: boolean): Promise<void> {
  const { dataDir, account } = place;
  const parent = dirname(dataDir);
  const prefix = `${basename(dataDir)}.new-`;
  for (const name of await readdir(parent)) {
    // The initdb of who was killed may still be writing there.
    const patient = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
    if (name.startsWith(prefix)) await rm(join(parent, name), patient);
  }
  const ownFolder = await makeWay(dataDir);
  const fresh = join(parent, `${prefix}${randomBytes(4).toString('hex')}`);
  const target = ownFolder ? fresh : dataDir;
  const passwordFile = `${fresh}.password`;
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
    if (account) await chown(passwordFile, account.uid, account.gid);
    if (ownFolder) await makeFolderFor(place, fresh);
    // macOS knows no C.UTF-8 of its own; the built-in locale is the one that decides anyway.
    const locale =
      process.platform === 'darwin' ? ['--locale=C', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8'];
    const result = await runProgram(
      program(place.native, 'initdb'),
      [
        `--pgdata=${target}`,
        `--username=${SUPERUSER}`,
        '--encoding=UTF8',
        '--locale-provider=builtin',
        ...locale,
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        ...(durable ? [] : ['--no-sync']),
      ],
      account,
    );
    if (result.code !== 0) throw failure('could not be made', result.output, dataDir);
    if (ownFolder) await rename(fresh, dataDir);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Starts the server and waits until it takes connections. Returns early if another process just did. */
export async function startCluster(place: Place, durable: boolean): Promise<void> {
  const { dataDir } = place;
  for (const path of [dataDir, place.native]) {
    if (process.platform !== 'win32' && /["`$\\\n]/.test(path)) {
      throw new DatabaseUnavailable(
        `PostgreSQL's pg_ctl cannot handle the path ${JSON.stringify(path)}: use one without quotes, dollar signs and backslashes.`,
      );
    }
  }
  await disarmStalePidFile(dataDir);
  const log = join(dataDir, 'server.log');
  for (let attempt = 1; ; attempt++) {
    const before = await trimLog(log);
    const port = await freePort(attempt === 1 ? await lastPort(dataDir) : 0);
    const result = await pgCtl(place, [
      'start',
      '-D',
      dataDir,
      '-w',
      '-s',
      `-t${START_SECONDS}`,
      `-l${log}`,
      '-o',
      settings(port, durable).join(' '),
    ]);
    if (result.code === 0) return;
    const said = await readFrom(log, before);
    // Another process was quicker; or the server was up, used by somebody, and stopped again by the last of them,
    // all before pg_ctl looked. The caller looks anew.
    if (OVERTAKEN.test(said)) return;
    if (!/could not create any TCP\/IP sockets|Address already in use/.test(said) || attempt === 5) {
      throw failure(`does not start (its log: ${log})`, said || result.output, dataDir);
    }
  }
}

/**
 * Stops the server and waits for its end; its sessions are ended, what was committed stays. Not by `pg_ctl stop`:
 * that waits for the file postmaster.pid to go, and somebody may start the next server before it looks again.
 */
export async function stopCluster(place: Place): Promise<void> {
  const postmaster = await runningPostmaster(place.dataDir);
  if (!postmaster) return;
  const { pid } = postmaster;
  const result = await pgCtl(place, ['kill', 'INT', String(pid)]);
  const deadline = Date.now() + STOP_MS;
  while (isAlive(pid)) {
    if (result.code !== 0 || Date.now() > deadline)
      throw failure('does not stop', result.output, place.dataDir);
    await delay(10);
  }
}

function pgCtl(place: Place, args: string[]): Promise<ProgramResult> {
  return runProgram(program(place.native, 'pg_ctl'), args, place.account);
}

/** Given on the command line, so that every start has the present release's settings. No value has a space. */
function settings(port: number, durable: boolean): string[] {
  const values: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Statements and details hold people's names and mails; a log is no place for them.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).map(([name, value]) => `-c ${name}=${value}`);
}

/** Clears the way for the rename; false where the folder cannot be replaced, as the root of a mounted volume. */
async function makeWay(dataDir: string): Promise<boolean> {
  try {
    await rmdir(dataDir);
  } catch (error) {
    if (['EBUSY', 'EACCES', 'EPERM'].includes(codeOf(error))) return false;
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  return true;
}

async function makeFolderFor({ account }: Place, folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  if (account) await chown(folder, account.uid, account.gid);
}

/** Keeps the log small and returns its length in bytes, where the coming start will begin to write. */
async function trimLog(log: string): Promise<number> {
  const size = (await stat(log).catch(() => undefined))?.size ?? 0;
  if (size < LOG_LIMIT_BYTES) return size;
  await rename(log, `${log}.old`);
  await chmod(`${log}.old`, 0o600);
  return 0;
}

async function readFrom(file: string, position: number): Promise<string> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return '';
  try {
    const buffer = Buffer.alloc(64_000);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** One line out of what the programs said: the first that names an error, without its prefix of time and number. */
function failure(what: string, output: string, dataDir: string): DatabaseUnavailable {
  const lines = output.split('\n').map((line) => line.trim());
  const telling =
    lines.find((line) => /FATAL|PANIC|error|could not|No space/.test(line)) ?? lines.findLast(Boolean);
  const cause = (telling ?? 'no message').replace(/^.*?(FATAL|PANIC|ERROR): +/, '');
  const hint = /No space left/.test(output) ? 'free some space' : 'put that right';
  return new DatabaseUnavailable(
    `The embedded database in ${dataDir} ${what}: ${cause}; ${hint}, or set DATABASE_URL.`,
  );
}
