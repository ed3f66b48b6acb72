import { connect, isIPv4, type Socket } from 'node:net';

/**
 * Opens the TCP connection ourselves, so that "no connection" and "no TLS" are told apart, and so that the raw
 * socket is ours to destroy.
 * @param timeout ms, over all addresses of the host
 */
export function dial(
  host: string,
  port: number,
  timeout: number,
): Promise<{ kind: 'open'; socket: Socket } | { kind: 'refused'; text: string }> {
  return new Promise((resolve) => {
    const refuse = (text: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ kind: 'refused', text });
    };
    const timer = setTimeout(() => refuse(`no connection to ${host}:${port} within ${timeout} ms`), timeout);
    const socket = connect({ host, port });
    // Stays for the socket's life: whoever holds the socket later may drop its own listener first.
    socket.on('error', (error) => refuse(describe(error)));
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve({ kind: 'open', socket });
    });
  });
}

function describe(error: Error): string {
  // Several addresses tried, none answered: the outer message is empty.
  if (error instanceof AggregateError) return error.errors.map((inner) => String(inner)).join('; ');
  return error.message;
}

/** True for an address of this very machine; asked of the connected socket, since names can lie. */
export function isLoopback(remoteAddress: string | undefined): boolean {
  const address = (remoteAddress ?? '').replace(/^::ffff:/i, '');
  return address === '::1' || (isIPv4(address) && address.startsWith('127.'));
}
