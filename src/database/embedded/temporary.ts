import { chmod, lstat, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { realDataDir } from './place.js';
import { isAlive, runningPostmaster } from './postmaster.js';
import { type EmbeddedServer, enterEmbeddedServer } from './server.js';

/** Linux's file system in memory. */
const MEMORY = '/dev/shm';
/** Bytes that must be free before we put a database there. */
const MEMORY_NEEDED = 3_000_000_000;

/**
 * A server of our own in a new temporary folder, for tests and the demo: nothing in it outlives `leave()`, which
 * also removes the folder. What earlier processes of the same `prefix` left behind by dying is cleared away first.
 * `inMemory` prefers a memory file system where there is room; cloning a database is then ten times as fast.
 */
export async function enterTemporaryServer(
  prefix: string,
  { inMemory = false }: { inMemory?: boolean } = {},
): Promise<EmbeddedServer> {
  for (const home of [tmpdir(), MEMORY]) await sweep(home, prefix);
  const home = inMemory ? await fastestHome() : tmpdir();
  const folder = await mkdtemp(join(home, `${prefix}-${process.pid}-`));
  // When we are root the server runs as another user, who must be let through to its own 0700 folder.
  await chmod(folder, 0o711);
  const server = await enterEmbeddedServer({ dataDir: join(folder, 'postgres'), durable: false }).catch(
    async (error: unknown) => {
      await remove(folder);
      throw error;
    },
  );
  const leave = server.leave.bind(server);
  server.leave = async () => {
    await leave();
    await remove(folder);
  };
  return server;
}

/** A memory file system where the machine has one with room, else the ordinary temporary folder. */
export async function fastestHome(): Promise<string> {
  const space = await statfs(MEMORY).catch(() => undefined);
  const roomy = space !== undefined && Math.min(space.bavail * space.bsize, freemem()) > MEMORY_NEEDED;
  return roomy ? MEMORY : tmpdir();
}

async function sweep(home: string, prefix: string): Promise<void> {
  for (const name of await readdir(home).catch(() => [])) {
    const pid = name.startsWith(`${prefix}-`) ? Number.parseInt(name.slice(prefix.length + 1), 10) : NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const folder = join(home, name);
    const ours = (await lstat(folder).catch(() => undefined))?.uid === process.getuid?.();
    if (ours) await clear(folder).catch(() => undefined); // Left for the next time; never a reason not to start.
  }
}

async function clear(folder: string): Promise<void> {
  const { dataDir } = await realDataDir(join(folder, 'postgres'));
  if (await runningPostmaster(dataDir)) {
    // To join and leave stops it, unless somebody still uses it.
    const orphan = await enterEmbeddedServer({ dataDir: join(folder, 'postgres'), durable: false });
    await orphan.leave();
    if (await runningPostmaster(dataDir)) return;
  }
  await remove(folder);
}

async function remove(folder: string): Promise<void> {
  const { dataDir } = await realDataDir(join(folder, 'postgres')).catch(() => ({ dataDir: folder }));
  await rm(dataDir, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}
