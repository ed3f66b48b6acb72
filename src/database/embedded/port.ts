import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The port of the last start if it is still free, so that addresses stay the same; else any free one. */
export async function freePort(wished: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', (error) => (wished === 0 ? reject(error) : resolve(freePort(0))));
    probe.listen({ host: '127.0.0.1', port: wished, exclusive: true }, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** The port of the last start, 0 when there was none. */
export async function lastPort(dataDir: string): Promise<number> {
  const command = await readFile(join(dataDir, 'postmaster.opts'), 'utf8').catch(() => '');
  return Number(/port=(\d+)/.exec(command)?.[1] ?? 0);
}
