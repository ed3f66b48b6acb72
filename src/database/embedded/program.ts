import { spawn } from 'node:child_process';

/** The ordinary user that runs the server when we are root, which PostgreSQL refuses to be. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

export interface ProgramResult {
  /** Exit code; 126 when the program could not be started at all. */
  code: number;
  /** Everything it printed, both streams. */
  output: string;
}

/** Nothing of the caller's: its PG* variables are meant for another server, its locale is not the data's. */
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Runs a program to its end, as `account` if one is given.
 *
 * It gets a session of its own: Ctrl-C goes to the whole process group of a terminal, and pg_ctl would take a
 * half-started server down with it.
 */
export async function runProgram(file: string, args: string[], account?: Account): Promise<ProgramResult> {
  for (let attempt = 1; ; attempt++) {
    const { signal, ...result } = await runOnce(file, args, account);
    // A Ctrl-C that came between fork and the new session ended it before it did anything.
    if (signal !== 'SIGINT' || attempt === 10) return result;
  }
}

async function runOnce(
  file: string,
  args: string[],
  account?: Account,
): Promise<ProgramResult & { signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: process.platform === 'win32' ? undefined : '/',
      detached: process.platform !== 'win32',
      env: process.platform === 'win32' ? undefined : ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    let output = '';
    const hear = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (error) => resolve({ code: 126, signal: null, output: `${output}${error.message}` }));
    child.on('close', (code, signal) => resolve({ code: code ?? 125, signal, output }));
  });
}
