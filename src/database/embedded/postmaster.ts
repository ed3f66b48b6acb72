import { readFileSync } from 'node:fs';
import { readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './unavailable.js';

/** A running server, as its `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number;
  /** TCP port on 127.0.0.1; NaN while the server has not written it yet. */
  port: number;
  /** `starting`, `ready`, `stopping`; '' while not written yet. */
  status: string;
}

/** The server that runs on this data folder, or undefined: no file, a dead process, or another one's number. */
export async function runningPostmaster(dataDir: string): Promise<Postmaster | undefined> {
  const lines = await pidFile(dataDir);
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!(pid > 0) || !isAlive(pid) || !(await serves(pid, dataDir))) return undefined;
  return { pid, port: Number.parseInt(lines[3] ?? '', 10), status: (lines[7] ?? '').trim() };
}

/**
 * After a crash the number in a left-over file may belong to another process of ours, or to a dead one that nobody
 * has buried (a container without an init), and PostgreSQL would then refuse to start for ever. It ignores the number of the process that starts it, so we put
 * our own there; the file must stay, for its shared memory key guards against surviving backends.
 */
export async function disarmStalePidFile(dataDir: string): Promise<void> {
  const lines = await pidFile(dataDir);
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!(pid > 0) || !exists(pid) || (await serves(pid, dataDir))) return;
  await writeFile(join(dataDir, 'postmaster.pid'), [String(process.pid), ...lines.slice(1)].join('\n'));
}

/** True while a process of that number runs, whoever owns it; a dead one that nobody has buried does not count. */
export function isAlive(pid: number): boolean {
  if (!exists(pid)) return false;
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !status.slice(status.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return process.platform !== 'linux' || exists(pid);
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

async function pidFile(dataDir: string): Promise<string[]> {
  try {
    return (await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return [];
    throw error;
  }
}

/** Whether this process is the server of that folder; where /proc cannot tell, we believe the file. */
async function serves(pid: number, dataDir: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  try {
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    if (args.includes(dataDir)) return true;
  } catch (error) {
    return codeOf(error) !== 'ENOENT';
  }
  // The folder may have been renamed under a running server; its working directory follows.
  return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === dataDir;
}
