import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { Redis } from 'ioredis';
import { freePort } from '../ports.js';

/** A Redis of one's own, without a file. */
export interface TestRedis {
  port: number;
  url: string;
  /** For the test's own commands. */
  client: Redis;
  /** As after a power cut: gone at once, then there again at the same port with nothing in it. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Null: there is no redis-server on this machine. */
export function findRedis(): string | null {
  try {
    return execFileSync('which', ['redis-server'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

export async function startRedis(program: string): Promise<TestRedis> {
  const port = await freePort();
  const run = (): ChildProcess =>
    spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
      stdio: 'ignore',
    });
  let server = run();
  const kill = (): Promise<void> =>
    new Promise((resolve) => {
      server.once('exit', () => resolve());
      server.kill('SIGKILL');
    });
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  return {
    port,
    url,
    client,
    restart: async () => {
      await kill();
      server = run();
      await client.ping();
    },
    stop: () => {
      client.disconnect();
      return kill();
    },
  };
}
