import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = process.cwd();
const cruiser = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const rules = join(repository, '.dependency-cruiser.cjs');

/** The output of the cruise, and whether it found fault. */
async function cruise(folder: string): Promise<{ ok: boolean; said: string }> {
  try {
    const { stdout } = await run(process.execPath, [cruiser, '--config', rules, 'src'], { cwd: folder });
    return { ok: true, said: stdout };
  } catch (error) {
    return { ok: false, said: String((error as { stdout?: string }).stdout) };
  }
}

describe('the import rule', () => {
  it('holds for the whole house, without a cycle', async () => {
    const { ok, said } = await cruise(repository);
    expect(said).toContain('no dependency violations found');
    expect(ok).toBe(true);
  }, 120_000);

  describe('when somebody breaks it', () => {
    let folder: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'followthrough-rule-'));
      await cp(join(repository, 'tsconfig.json'), join(folder, 'tsconfig.json'));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const write = async (files: Record<string, string>): Promise<void> => {
      for (const [name, code] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), code);
      }
    };

    it.each([
      [
        'a feature that imports a feature',
        'no-feature-imports-another',
        { 'src/inbox/a.ts': `import '../outcomes/b.js';`, 'src/outcomes/b.ts': 'export const b = 1;' },
      ],
      [
        'a core that imports the database',
        'core-imports-core-only',
        { 'src/core/a.ts': `import '../database/b.js';`, 'src/database/b.ts': 'export const b = 1;' },
      ],
      ['a core that does IO', 'core-does-no-io', { 'src/core/a.ts': `import 'node:fs';` }],
      [
        'a cycle',
        'no-cycles',
        { 'src/core/a.ts': `import './b.js';`, 'src/core/b.ts': `import './a.js';\nexport const b = 1;` },
      ],
      [
        'infrastructure that knows a feature',
        'infrastructure-knows-no-feature',
        { 'src/mail/a.ts': `import '../inbox/b.js';`, 'src/inbox/b.ts': 'export const b = 1;' },
      ],
      [
        'a barrel',
        'no-barrels',
        { 'src/core/a.ts': `import './x/index.js';`, 'src/core/x/index.ts': 'export const b = 1;' },
      ],
    ])(
      'finds %s',
      async (_, rule, files) => {
        await write(files);
        const { ok, said } = await cruise(folder);
        expect(said).toContain(rule);
        expect(ok).toBe(false);
      },
      60_000,
    );
  });
});
