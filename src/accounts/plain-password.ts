import { BlockList, isIP } from 'node:net';
import { AppError } from '../http/errors.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** A password does not travel in the clear, except within this machine. */
export function refusePlainPassword(server: {
  tls: string;
  host: string;
  hasPassword: boolean;
  field?: string;
}): void {
  if (server.tls !== 'none' || !server.hasPassword) return;
  const family = isIP(server.host);
  const local =
    server.host === 'localhost' ||
    (family !== 0 && LOOPBACK.check(server.host, family === 6 ? 'ipv6' : 'ipv4'));
  if (local) return;
  const field = server.field ?? 'tls';
  const message = 'a password must not travel without TLS: use starttls or implicit';
  throw new AppError('invalid', `${field} (body): ${message}.`, [{ in: 'body', field, message }]);
}
