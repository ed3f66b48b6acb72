import { readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { isAlive } from './postmaster.js';
import { codeOf } from './unavailable.js';

/** No start lasts as long; a lock older than this was left behind, whatever its process number says. */
const OLD_MS = 10 * 60_000;
/** Between making the file and writing it lie microseconds; an empty one of this age was left behind. */
const EMPTY_MS = 10_000;

/**
 * Keeps twenty processes that start together from running twenty times initdb. It is for economy only: that one
 * server runs on one folder is PostgreSQL's own guard, and a data folder appears whole, by one rename. So it is
 * no harm if two processes remove a left-over lock at the same time and both go on.
 *
 * Returns the function that frees the lock, or undefined while a living process holds it.
 */
export async function tryStartLock(file: string): Promise<(() => Promise<void>) | undefined> {
  const mine = await identity(process.pid);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(file, mine, { flag: 'wx', mode: 0o600 });
      return async () => {
        if ((await readFile(file, 'utf8').catch(() => '')) === mine) await unlink(file).catch(ignoreMissing);
      };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    if (!(await leftBehind(file))) return undefined;
    await unlink(file).catch(ignoreMissing);
  }
  return undefined;
}

async function leftBehind(file: string): Promise<boolean> {
  try {
    const holder = await readFile(file, 'utf8');
    const age = Date.now() - (await stat(file)).mtimeMs;
    if (holder === '') return age > EMPTY_MS;
    const pid = Number.parseInt(holder, 10);
    return age > OLD_MS || !isAlive(pid) || (await identity(pid)) !== holder;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Process number and, where the system tells, its start time: numbers are used again after a restart. */
async function identity(pid: number): Promise<string> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // Field 22; counted after the name, which may itself hold spaces and brackets.
  return `${pid} ${status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`.trim();
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}
