import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  lchown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rename,
  rm,
  rmdir,
  symlink,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { canEnter, isRoot, ownerAccount, serverAccount } from './account.js';
import { type Binaries, program } from './binaries.js';
import { type Account, runProgram } from './program.js';
import { codeOf, DatabaseUnavailable } from './unavailable.js';

/** Where root's server lives when its user cannot enter the folder that was asked for. */
const ELSEWHERE = '/var/lib/followthrough';

/** Everything one must know to run the server's programs. */
export interface Place {
  /** The real data folder, symbolic links resolved. */
  dataDir: string;
  /** Folder of the programs, enterable by whoever runs them. */
  native: string;
  /** Who runs them; undefined means ourselves. */
  account: Account | undefined;
  notices: string[];
}

/**
 * The real data folder behind the one that was asked for; they differ when root's server had to live elsewhere
 * (a symbolic link then stands at the asked path, so the pair survives a renamed project folder).
 */
export async function realDataDir(asked: string): Promise<{ dataDir: string; notices: string[] }> {
  const kind = await lstat(asked).catch(absent);
  if (!kind?.isSymbolicLink()) {
    const parent = await realpath(dirname(asked)).catch(absent);
    return { dataDir: join(parent ?? dirname(asked), basename(asked)), notices: [] };
  }
  const dataDir = await realpath(asked).catch(absent);
  if (!dataDir) {
    throw new DatabaseUnavailable(
      `${asked} is a link to the database's folder, and that folder is gone: bring it back, or remove the link and ${asked}.password to begin with an empty database.`,
    );
  }
  return { dataDir, notices: [`The database's files are in ${dataDir} (${asked} is a link to it).`] };
}

/** Prepares the folders and programs for whoever is to run the server. Safe to call again at any time. */
export async function preparePlace(asked: string, binaries: Binaries): Promise<Place> {
  await mkdir(dirname(asked), { recursive: true });
  if (!isRoot()) {
    const { dataDir, notices } = await realDataDir(asked);
    return { dataDir, native: binaries.native, account: undefined, notices };
  }
  const { account, moved } = await placeForRoot(asked);
  const { dataDir, notices } = await realDataDir(asked);
  if (moved) notices.unshift(`We are root, and the user ${account.name} cannot enter ${dirname(asked)}.`);
  const native = await enterableBinaries(account, binaries, notices);
  return { dataDir, native, account, notices };
}

async function placeForRoot(asked: string): Promise<{ account: Account; moved: boolean }> {
  const { dataDir } = await realDataDir(asked);
  const existing = await lstat(dataDir).catch(absent);
  const filled = existing !== undefined && (await readdir(dataDir)).length > 0;
  const owned = filled && existing.uid !== 0;
  const account = owned ? await ownerAccount(existing.uid, existing.gid) : await serverAccount();
  if (await canEnter(account, dirname(dataDir))) {
    if (existing && !owned) await giveTo(account, dataDir);
    return { account, moved: false };
  }
  if (filled) {
    throw new DatabaseUnavailable(
      `The user ${account.name}, who must run the database, cannot enter ${dirname(dataDir)}: let it pass (chmod o+x on each folder above), or move the data and leave a link in its place.`,
    );
  }
  // The random end keeps apart what two clones at one path, one after the other, may leave behind.
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 8);
  const target = join(ELSEWHERE, `${basename(asked)}-${hash}-${randomBytes(3).toString('hex')}`);
  await mkdir(ELSEWHERE, { recursive: true, mode: 0o755 });
  await mkdir(target, { mode: 0o700 });
  await chown(target, account.uid, account.gid);
  if (!(await canEnter(account, target))) {
    throw new DatabaseUnavailable(
      `The user ${account.name}, who must run the database, can enter neither ${dirname(dataDir)} nor ${ELSEWHERE}: start as an ordinary user, or set DATABASE_URL.`,
    );
  }
  if (existing) await rmdir(dataDir);
  await symlink(target, asked).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
  return { account, moved: true };
}

/** Hands a folder that root made, or copied, to the user that runs the server. */
async function giveTo(account: Account, folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true })) {
    await lchown(join(folder, entry), account.uid, account.gid);
  }
  await chown(folder, account.uid, account.gid);
}

async function enterableBinaries(account: Account, binaries: Binaries, notices: string[]): Promise<string> {
  if (await runs(binaries.native, account)) return binaries.native;
  const copy = join(ELSEWHERE, `programs-${binaries.version}-${process.platform}-${process.arch}`);
  const wanted = await version(binaries.native);
  if (!wanted.startsWith('postgres (PostgreSQL) ')) {
    throw new DatabaseUnavailable(
      `The embedded database's programs do not run (${lastLine(wanted)}): run "npm ci" again, or set DATABASE_URL.`,
    );
  }
  if ((await version(copy, account)) !== wanted) {
    await mkdir(ELSEWHERE, { recursive: true, mode: 0o755 });
    const fresh = await mkdtemp(join(ELSEWHERE, 'programs-new-'));
    await cp(binaries.native, fresh, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !source.endsWith('.a'),
    });
    await chmod(fresh, 0o755);
    await rm(copy, { recursive: true, force: true });
    await rename(fresh, copy).catch(async (error: unknown) => {
      // Another process was quicker with the same copy.
      await rm(fresh, { recursive: true, force: true });
      if (!['EEXIST', 'ENOTEMPTY'].includes(codeOf(error))) throw error;
    });
  }
  if ((await version(copy, account)) !== wanted) {
    throw new DatabaseUnavailable(
      `The user ${account.name} cannot run the database's programs, neither in ${binaries.native} nor in ${copy}: start as an ordinary user, or set DATABASE_URL.`,
    );
  }
  notices.push(
    `The user ${account.name} cannot run the programs in ${binaries.native}; a copy in ${copy} is used.`,
  );
  return copy;
}

async function version(native: string, account?: Account): Promise<string> {
  const { output } = await runProgram(program(native, 'postgres'), ['--version'], account);
  return output.trim();
}

async function runs(native: string, account: Account): Promise<boolean> {
  return (await runProgram(program(native, 'postgres'), ['--version'], account)).code === 0;
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

function absent(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}
