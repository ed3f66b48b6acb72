import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cloneDatabase } from './database.js';
import { transpile } from './transpile.js';

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

type Environment = Record<string, string>;

export interface CommandLine {
  /** Where the commands run, with `data` in it. */
  folder: string;
  databaseUrl: string;
  /** A real process of node; nothing of this one's environment but the path reaches it. */
  node(args: readonly string[], options?: { input?: string; env?: Environment }): Promise<Ended>;
  /** `node` with our command line. */
  cli(args: readonly string[], options?: { input?: string }): Promise<Ended>;
  /** Many command lines in one process, by the very function that `cli.js` calls: a start costs a second or two. */
  batch(lines: readonly string[][], env?: Environment): Promise<Ended[]>;
  close(): Promise<void>;
}

/** Nothing listens there. */
export const NOWHERE = { DATABASE_URL: 'postgres://127.0.0.1:1/none' };

/** The command line in a folder of its own, and on a database of its own unless the settings name one. */
export async function startCommandLine(settings: Environment = {}): Promise<CommandLine> {
  const built = await transpile('src');
  const folder = await mkdtemp(join(tmpdir(), 'followthrough-cli-'));
  const own = settings['DATABASE_URL'] === undefined ? await cloneDatabase() : undefined;
  const databaseUrl = own?.url ?? settings['DATABASE_URL'] ?? '';

  const node: CommandLine['node'] = (args, { input = '', env = {} } = {}) => {
    const always = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, DATA_DIR: join(folder, 'data') };
    const child = spawn(process.execPath, args, { cwd: folder, env: { ...always, ...settings, ...env } });
    const ended = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (ended.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (ended.err += text));
    child.stdin.on('error', () => undefined).end(input);
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...ended })));
  };
  return {
    folder,
    databaseUrl,
    node,
    cli: (args, options) => node([join(built, 'cli.js'), ...args], options),
    batch: async (lines, env = {}) => {
      const script = `
        import { runCommand } from ${JSON.stringify(pathToFileURL(join(built, 'cli', 'run.js')).href)};
        const write = process.stdout.write.bind(process.stdout);
        const all = [];
        for (const line of ${JSON.stringify(lines)}) {
          const ended = { code: null, out: '', err: '' };
          process.stdout.write = (text) => { ended.out += text; return true; };
          process.stderr.write = (text) => { ended.err += text; return true; };
          ended.code = await runCommand(line);
          all.push(ended);
        }
        write(JSON.stringify(all), () => process.exit(0));`;
      const { out, err } = await node(['--input-type=module', '-e', script], { env });
      if (out === '') throw new Error(err);
      return JSON.parse(out) as Ended[];
    },
    close: async () => {
      await own?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
