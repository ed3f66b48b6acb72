import { readFile } from 'node:fs/promises';
import { type Account, runProgram } from './program.js';
import { DatabaseUnavailable } from './unavailable.js';

/** True when PostgreSQL would refuse to run as us. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

async function accounts(): Promise<Account[]> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  return lines.flatMap(([name, , uid, gid]) =>
    name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [],
  );
}

/** Who runs a new server for root: `postgres` where the machine has that user, else `nobody`. */
export async function serverAccount(): Promise<Account> {
  const known = await accounts();
  const found = known.find(({ name }) => name === 'postgres') ?? known.find(({ name }) => name === 'nobody');
  if (!found || found.uid === 0) {
    throw new DatabaseUnavailable(
      'PostgreSQL refuses to run as root and this machine has no user "postgres" or "nobody": start Followthrough as an ordinary user, or set DATABASE_URL.',
    );
  }
  return found;
}

/** The user that owns existing data goes on running it: PostgreSQL accepts nobody else. */
export async function ownerAccount(uid: number, gid: number): Promise<Account> {
  return (await accounts()).find((account) => account.uid === uid) ?? { name: `user ${uid}`, uid, gid };
}

/** Asks the kernel, by trying: permissions, groups and access lists together are not ours to recompute. */
export async function canEnter(account: Account, folder: string): Promise<boolean> {
  return (await runProgram('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], account)).code === 0;
}
