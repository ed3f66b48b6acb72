import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface ObjectingImap {
  port: number;
  /** How often it has objected. */
  readonly objections: number;
  close(): Promise<void>;
}

/**
 * Before a real IMAP server without TLS: to the first commands that begin with `command` it answers itself, with NO, BAD or
 * BYE, and the server never sees them. With LIE they pass, but it says first that a mail has come.
 * @param times how often; then it lets everything pass
 */
export async function startObjectingImap(
  target: number,
  command: string,
  objection: 'NO' | 'BAD' | 'BYE' | 'LIE',
  times: number,
): Promise<ObjectingImap> {
  const sockets = new Set<Socket>();
  let objections = 0;
  const server = createServer((near) => {
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
    far.on('data', (data) => near.write(data));
    near.on('data', (data: Buffer) => {
      const [tag = ''] = data.toString('latin1').split(' ', 1);
      if (
        objections >= times ||
        !data
          .toString('latin1')
          .slice(tag.length + 1)
          .startsWith(command)
      ) {
        return void far.write(data);
      }
      objections += 1;
      if (objection === 'LIE') {
        near.write('* 99 EXISTS\r\n');
        far.write(data);
      } else if (objection === 'BYE') near.end('* BYE not today\r\n');
      else near.write(`${tag} ${objection} not today\r\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get objections() {
      return objections;
    },
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
