import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../http/errors.js';

export interface FoundFile {
  path: string;
  /** As the owner will know it: relative to the folder that was named. */
  name: string;
  bytes: number;
}

/** All files that the paths mean, in order of their names; folders recursively, without what is hidden. */
export async function findFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    const about = await stat(path).catch(() => null);
    if (!about) throw new AppError('invalid', `${path}: there is no such file or folder`);
    if (!about.isDirectory()) {
      found.push({ path, name: basename(path), bytes: about.size });
      continue;
    }
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const inside = join(entry.parentPath, entry.name);
      const name = inside.slice(path.length).replace(/^[/\\]+/, '');
      if (!entry.isFile() || name.split(/[/\\]/).some((part) => part.startsWith('.'))) continue;
      found.push({ path: inside, name: join(basename(path), name), bytes: (await stat(inside)).size });
    }
  }
  if (found.length === 0) throw new AppError('invalid', `${paths.join(', ')}: there are no files to import`);
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
