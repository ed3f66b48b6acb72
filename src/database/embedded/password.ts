import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { codeOf } from './unavailable.js';

/** The superuser's password, from its file beside the data folder; undefined when there is none. */
export async function readPassword(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes the password and its 0600 file, whole or not at all. */
export async function makePassword(file: string): Promise<string> {
  const fresh = `${file}.${process.pid}`;
  const password = randomBytes(24).toString('base64url');
  await writeFile(fresh, `${password}\n`, { mode: 0o600 });
  await rename(fresh, file);
  return password;
}
