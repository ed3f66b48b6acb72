import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A port of 127.0.0.1 on which nobody listens just now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Until the server there begins with this word; half a minute at most where it refuses us at once. */
export async function greets(port: number, word: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const greeted = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', (data) => {
        resolve(data.toString('latin1').startsWith(word));
        socket.destroy();
      });
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
      socket.setTimeout(5_000, () => socket.destroy());
    });
    if (greeted) return;
    await delay(50);
  }
  throw new Error(`nothing greets on port ${port}`);
}
