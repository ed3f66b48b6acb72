import { newId } from './ids.js';
import { affected, row, type Db } from './rows.js';

/**
 * The answers once given to a POST with an Idempotency-Key. Their time is the database's, for they are locks and
 * leases, not happenings of the domain.
 */
export type KeyClaim =
  | { kind: 'ours'; id: string }
  | { kind: 'answered'; status: number; body: unknown }
  | { kind: 'running' }
  | { kind: 'other-request' };

/** Takes the key for this request, or tells what became of it. */
export async function claimKey(db: Db, ownerId: string, key: string, request: string): Promise<KeyClaim> {
  const id = newId();
  const made = await row<{ id: string }>(
    db,
    `INSERT INTO idempotency (id, owner_id, created_at, key, request) VALUES ($1, $2, clock_timestamp(), $3, $4)
     ON CONFLICT (owner_id, key) DO NOTHING RETURNING id`,
    [id, ownerId, key, request],
  );
  if (made) return { kind: 'ours', id };
  const found = await row<{ request: string; status: number | null; body: unknown }>(
    db,
    'SELECT request, status, body FROM idempotency WHERE owner_id = $1 AND key = $2',
    [ownerId, key],
  );
  // Released in the meantime: the caller may try again.
  if (!found) return { kind: 'running' };
  if (found.request !== request) return { kind: 'other-request' };
  return found.status === null
    ? { kind: 'running' }
    : { kind: 'answered', status: found.status, body: found.body };
}

export async function keepAnswer(
  db: Db,
  ownerId: string,
  id: string,
  status: number,
  body: unknown,
): Promise<void> {
  await affected(db, 'UPDATE idempotency SET status = $3, body = $4 WHERE owner_id = $1 AND id = $2', [
    ownerId,
    id,
    status,
    JSON.stringify(body ?? null),
  ]);
}

/** Nothing was done under it: the key is free again. */
export async function releaseKey(db: Db, ownerId: string, id: string): Promise<void> {
  await affected(db, 'DELETE FROM idempotency WHERE owner_id = $1 AND id = $2', [ownerId, id]);
}

/** For the tidy job: answers older than a day, and keys whose request died an hour ago or longer. Says how many. */
export function dropOldKeys(db: Db): Promise<number> {
  return affected(
    db,
    `DELETE FROM idempotency
      WHERE created_at < clock_timestamp() - CASE WHEN status IS NULL THEN interval '1 hour' ELSE interval '1 day' END`,
  );
}
