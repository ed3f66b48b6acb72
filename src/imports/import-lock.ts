import type { EntityManager } from 'typeorm';
import { row } from '../database/rows.js';

/** Held by the connection, so that a process that dies lets go of it. */
export async function lockImport(db: EntityManager, importId: string, wait: boolean): Promise<boolean> {
  const lock = wait ? 'pg_advisory_lock' : 'pg_try_advisory_lock';
  const locked = await row<{ locked: boolean | '' }>(
    db,
    `SELECT ${lock}(hashtextextended('import ' || $1::text, 0)) AS locked`,
    [importId],
  );
  return locked?.locked !== false;
}

export async function unlockImport(db: EntityManager, importId: string): Promise<void> {
  // A connection that is gone has let go already.
  await db
    .query(`SELECT pg_advisory_unlock(hashtextextended('import ' || $1::text, 0))`, [importId])
    .catch(() => undefined);
}
