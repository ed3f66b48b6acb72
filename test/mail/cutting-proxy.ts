import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface CuttingProxy {
  port: number;
  /** Cuts every connection once it has carried this many more bytes from the server; then once more no longer. */
  cutAfter(bytes: number): void;
  /** Cuts a connection as soon as the client says this word and the server has answered. */
  cutOn(word: string): void;
  /** Cuts what is open and takes nothing new, until `open`. */
  shut(): void;
  open(): void;
  /** Connections so far. */
  readonly taken: number;
  close(): Promise<void>;
}

/** A proxy on 127.0.0.1 before a port of this machine that breaks conversations off. */
export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let left = Infinity;
  let shut = false;
  let taken = 0;
  let fatal: string | null = null;
  const server = createServer((near) => {
    taken += 1;
    if (shut) return void near.destroy();
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    let doomed = false;
    near.on('data', (data: Buffer) => {
      doomed ||= fatal !== null && data.includes(fatal);
      far.write(data);
    });
    far.on('data', (data: Buffer) => {
      if (doomed) return void near.destroy();
      if (data.length < left) {
        left -= data.length;
        near.write(data);
        return;
      }
      const part = data.subarray(0, left);
      left = Infinity;
      near.write(part, () => near.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    cutAfter: (bytes) => void (left = bytes),
    cutOn: (word) => void (fatal = word),
    shut: () => {
      shut = true;
      cut();
    },
    open: () => void (shut = false),
    get taken() {
      return taken;
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
