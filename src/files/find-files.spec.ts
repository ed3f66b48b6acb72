import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { diskSource } from './disk-source.js';
import { findFiles, lookForFiles } from './find-files.js';

describe('files of a folder', () => {
  let folder: string;
  let outside: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'followthrough-find-'));
    outside = await mkdtemp(join(tmpdir(), 'followthrough-outside-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
    await rm(outside, { recursive: true, force: true });
  });

  it('are found at every depth, hidden ones left out, links only where they stay within', async () => {
    await mkdir(join(folder, 'a/b'), { recursive: true });
    await mkdir(join(folder, '.git'));
    for (const name of ['a/b/deep.csv', 'top.vcf', '.hidden', '.git/config'])
      await writeFile(join(folder, name), 'x');
    await writeFile(join(outside, 'secret.csv'), 'x');
    await symlink(join(outside, 'secret.csv'), join(folder, 'secret.csv'));
    await symlink(outside, join(folder, 'elsewhere'));
    await symlink(folder, join(folder, 'a/loop'));
    await symlink(join(folder, 'top.vcf'), join(folder, 'a/link.vcf'));
    await symlink(join(folder, 'gone'), join(folder, 'dangling'));
    const name = basename(folder);
    const found = await findFiles([`${folder}/`]);
    expect(found.map((file) => file.name)).toEqual([
      `${name}/a/b/deep.csv`,
      `${name}/a/link.vcf`,
      `${name}/top.vcf`,
    ]);
  });

  it('a path that leads nowhere, and a folder without files, say so', async () => {
    await expect(findFiles([join(folder, 'no')])).rejects.toThrow('there is no such file or folder');
    await expect(findFiles([folder])).rejects.toThrow('there are no files to import');
    expect(await lookForFiles([folder])).toEqual({ files: [], unreadable: [] });
  });

  it('a file is read from its beginning, again, and from any place', async () => {
    const path = join(folder, 'a.txt');
    await writeFile(path, 'x'.repeat(300_000) + 'end');
    const source = diskSource(path, 'a.txt', 300_003);
    for (let time = 0; time < 2; time += 1) {
      let size = 0;
      for await (const piece of source.open()) size += piece.length;
      expect(size).toBe(300_003);
    }
    expect(Buffer.from((await source.readAt?.(299_999, 100)) ?? []).toString()).toBe('xend');
    expect(await source.readAt?.(400_000, 10)).toHaveLength(0);
  });
});
