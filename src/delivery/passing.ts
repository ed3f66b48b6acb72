import { codeOf, messageOf } from '../database/embedded/unavailable.js';

/**
 * It may go well the next time: the database is away or shutting down, out of room or of connections, a lock was held too
 * long (SQLSTATE 08, 40, 53, 55, 57), or the pool has none free. Anything else is about the rows.
 */
export function isPassing(error: unknown): boolean {
  return (
    /^(?:08|40|53|55|57|ECONN|ETIMEDOUT|EPIPE)/.test(codeOf(error)) ||
    /connection|client was closed|timeout exceeded/i.test(messageOf(error))
  );
}
