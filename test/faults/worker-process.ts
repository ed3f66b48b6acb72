import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { transpile } from '../transpile.js';

/** A real worker process that waits to be told to begin. */
export interface WorkerProcess {
  go(): void;
  /** kill -9, at once. */
  kill(): Promise<void>;
  /** Frozen with all its threads, as a laptop that is closed or a machine that swaps. */
  freeze(): void;
  thaw(): void;
}

/** Boots a worker as far as its first delivery. */
export async function startWorkerProcess(
  now: string,
  settings: Record<string, string>,
): Promise<WorkerProcess> {
  const sources = await transpile('src');
  const child = spawn(
    process.execPath,
    [resolve('test/faults/worker.mjs'), sources, now, JSON.stringify(settings)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  child.stdin.on('error', () => undefined);
  await firstLine(child);
  return {
    go: () => void child.stdin.write('go\n'),
    kill: () =>
      new Promise((done) => {
        if (child.exitCode !== null || child.signalCode !== null) return done();
        child.once('exit', () => done());
        child.kill('SIGKILL');
      }),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}

/** What a child says first, as it does when it is ready. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    createInterface({ input: child.stdout! }).once('line', done);
    child.once('exit', (code) => fail(new Error(`ended with ${code} before it was ready`)));
  });
}
