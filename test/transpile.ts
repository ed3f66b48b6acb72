import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { transform } from '@swc/core';

const DAY_MS = 24 * 60 * 60_000;

/**
 * Turns a whole folder of TypeScript (such as `src`) into ESM JavaScript, so that real child processes can run
 * the code under test, which Node 20 cannot do from TypeScript. Returns the folder of the result, named after
 * the content, inside node_modules so that imports of packages resolve. Specs are left out; other files copied.
 */
export async function transpile(entryDir: string): Promise<string> {
  const root = resolve(entryDir);
  const names = (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, code: await readFile(join(root, name)) })),
  );
  const hash = createHash('sha256').update(root);
  for (const { name, code } of files) hash.update(`\0${name}\0${code.length}\0`).update(code);

  const repository = process.cwd();
  const cache = join(repository, 'node_modules', '.cache', 'followthrough-test');
  const target = join(cache, hash.digest('hex').slice(0, 16));
  if (await exists(target)) return target;
  await mkdir(cache, { recursive: true });
  await sweep(cache);
  const fresh = await mkdtemp(join(cache, 'new-'));
  await chmod(fresh, 0o755); // Children may run as another user.
  await cp(join(repository, 'package.json'), join(fresh, 'package.json'));
  for (const { name, code } of files) {
    const isCode = name.endsWith('.ts') && !name.endsWith('.d.ts');
    const file = join(fresh, isCode ? name.replace(/\.ts$/, '.js') : name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, isCode ? await toJavaScript(code.toString('utf8'), join(root, name)) : code);
  }
  await rename(fresh, target).catch(async (error: unknown) => {
    await rm(fresh, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  });
  return target;
}

/** A file that does not parse throws its error where it is imported, and does not stop the others. */
async function toJavaScript(code: string, filename: string): Promise<string> {
  try {
    const result = await transform(code, {
      filename,
      swcrc: false,
      sourceMaps: 'inline',
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        keepClassNames: true,
      },
      module: { type: 'es6' },
    });
    return result.code;
  } catch (error) {
    return `throw new SyntaxError(${JSON.stringify(String(error))});`;
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

/** Earlier results, a day old, are of no more use. */
async function sweep(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > DAY_MS) await rm(path, { recursive: true, force: true });
  }
}
