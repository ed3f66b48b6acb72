import type { Db } from './rows.js';

/**
 * One planner at a time, whatever the number of workers: taken first in each of its transactions, and by whoever else
 * writes enrollments. So no two plan a word to the same address, and none waits for rows that another holds in another
 * order. Taken after the owner's people lock, before persons.
 */
export async function lockPlanner(db: Db): Promise<void> {
  await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('followthrough planner', 0))`);
}

/** Until the transaction ends, nobody composes for this owner: taken before writing many messages that are composing's. */
export async function lockComposing(db: Db, ownerId: string): Promise<void> {
  await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('compose ' || $1, 0))`, [ownerId]);
}
