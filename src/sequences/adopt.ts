import { affected, rows, type Db } from '../database/rows.js';
import { BATCH, type Round } from './moves.js';

/** Read by `mailbox_adopts_idx`. */
const ADOPTING_SQL = `
SELECT id, owner_id FROM mailbox WHERE adopts ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

/**
 * A mailbox was connected: people who wait in the sandbox, and of whom the sandbox has taken nothing and is to take
 * nothing, go on from the mailbox. An enrollment that was approved or sent there stays there for good (law 1).
 */
export async function adoptFromSandbox(tx: Db): Promise<Round> {
  const adopting = await rows<{ id: string; ownerId: string }>(tx, ADOPTING_SQL);
  for (const { id, ownerId } of adopting) {
    await affected(
      tx,
      `UPDATE enrollment e SET mailbox_id = $2, version = version + 1
        WHERE e.owner_id = $1 AND e.state IN ('active', 'paused')
          AND e.mailbox_id IN (SELECT b.id FROM mailbox b WHERE b.owner_id = $1 AND b.kind = 'sandbox')
          AND NOT EXISTS (SELECT 1 FROM message m WHERE m.owner_id = $1 AND m.enrollment_id = e.id
                             AND m.state IN ('approved', 'claimed', 'sending', 'unknown', 'sent'))`,
      [ownerId, id],
    );
    await tx.query(`UPDATE mailbox SET adopts = false WHERE id = $1`, [id]);
  }
  return { found: adopting.length, done: adopting.length, planned: 0 };
}
