import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { AppError } from '../http/errors.js';

export interface FoundFile {
  path: string;
  /** As the owner will know it: relative to the folder that was named. */
  name: string;
  bytes: number;
}

/** A file or folder that is there and cannot be read. */
export interface Unreadable {
  name: string;
  reason: string;
}

/**
 * All files that the paths mean, in order of their names; folders recursively, without what is hidden.
 * @throws AppError invalid where a path leads nowhere, or there is no file at all
 */
export async function findFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const { files, unreadable } = await lookForFiles(paths);
  if (files.length > 0) return files;
  const why = unreadable.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
  throw new AppError('invalid', why || `${paths.join(', ')}: there are no files to import`);
}

/**
 * The same, with what cannot be read. Links are followed where they lead to a file within the folder.
 * @throws AppError invalid where a path leads nowhere
 */
export async function lookForFiles(
  paths: readonly string[],
): Promise<{ files: FoundFile[]; unreadable: Unreadable[] }> {
  const files: FoundFile[] = [];
  const unreadable: Unreadable[] = [];
  for (const path of paths) {
    const about = await stat(path).catch(() => null);
    if (!about) throw new AppError('invalid', `${path}: there is no such file or folder`);
    const name = basename(resolve(path));
    if (!about.isDirectory()) files.push({ path, name, bytes: about.size });
    else await lookInto({ files, unreadable, root: await realpath(path) }, path, name);
  }
  const byName = (a: { name: string }, b: { name: string }): number =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
  return { files: files.sort(byName), unreadable: unreadable.sort(byName) };
}

interface Search {
  files: FoundFile[];
  unreadable: Unreadable[];
  /** The folder that was named, without links in it. */
  root: string;
}

async function lookInto(search: Search, folder: string, folderName: string): Promise<void> {
  const fail = (name: string) => (error: unknown) => {
    search.unreadable.push({ name, reason: reasonOf(error) });
    return null;
  };
  const entries = await readdir(folder, { withFileTypes: true }).catch(fail(folderName));
  for (const entry of entries ?? []) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    const name = join(folderName, entry.name);
    if (entry.isDirectory()) await lookInto(search, path, name);
    else if (entry.isFile() || (entry.isSymbolicLink() && (await staysWithin(search.root, path)))) {
      const about = await stat(path).catch(fail(name));
      if (about?.isFile()) search.files.push({ path, name, bytes: about.size });
    }
  }
}

async function staysWithin(root: string, link: string): Promise<boolean> {
  const target = await realpath(link).catch(() => null);
  return target !== null && target.startsWith(root.endsWith(sep) ? root : root + sep);
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM' ? 'must not be read: permission is missing' : `cannot be read (${code ?? 'unknown'})`; // prettier-ignore
}
