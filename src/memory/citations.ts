import { row, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';

/**
 * What a mail on its way out rests on is not taken back behind its back: delivery reads no words. A draft that still
 * waits for the owner is composing's to write anew.
 * @throws AppError conflict, naming the message
 */
export async function refuseWhileLeaving(
  db: Db,
  ownerId: string,
  kind: 'fact' | 'promise',
  refId: string,
): Promise<void> {
  const citing = await row<{ id: string; state: string }>(
    db,
    `SELECT m.id, m.state FROM message_reason r JOIN message m ON m.id = r.message_id
      WHERE r.owner_id = $1 AND r.kind = $2 AND r.ref_id = $3 AND r.released_at IS NULL
        AND m.state IN ('approved', 'claimed', 'sending') LIMIT 1`,
    [ownerId, kind, refId],
  );
  if (!citing) return;
  throw new AppError(
    'conflict',
    `message ${citing.id} cites this ${kind} and is ${citing.state}; withdraw the message first`,
  );
}
