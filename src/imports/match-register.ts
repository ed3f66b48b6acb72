import { newId } from '../database/ids.js';
import { row, type Db } from '../database/rows.js';
import type { ScanView } from './proposals.schemas.js';

/** After the first failure, in minutes; twice as long after each further one. */
const PAUSE = 5;
const LONGEST = 12 * 60;

/** What a comparison of everybody came to. */
export interface Scanned {
  people: number;
  merged: number;
  proposed: number;
}

/** The owner wants everybody compared with everybody; a pause after a failure ends with it. */
export async function wantScan(db: Db, ownerId: string, now: Date): Promise<void> {
  await db.query(
    `INSERT INTO comparison AS c (id, owner_id, created_at, wanted_at) VALUES ($1, $2, $3, $3)
     ON CONFLICT (owner_id) DO UPDATE SET wanted_at = coalesce(c.wanted_at, $3), next_at = NULL`,
    [newId(), ownerId, now],
  );
}

/** Since when everybody is to be compared; null: nobody asked for it. */
export async function scanWanted(db: Db, ownerId: string): Promise<Date | null> {
  const found = await row<{ wantedAt: Date | null }>(db, `SELECT wanted_at FROM comparison WHERE owner_id = $1`, [ownerId]); // prettier-ignore
  return found?.wantedAt ?? null;
}

/** Everybody was compared; a wish of after `began` stands. */
export async function noteScan(
  db: Db,
  ownerId: string,
  { began, now, ...end }: Scanned & { began: Date; now: Date },
): Promise<void> {
  await db.query(
    `INSERT INTO comparison AS c (id, owner_id, created_at, finished_at, people, merged, proposed)
     VALUES ($1, $2, $3, $3, $4, $5, $6)
     ON CONFLICT (owner_id) DO UPDATE SET finished_at = $3, people = $4, merged = $5, proposed = $6,
       wanted_at = CASE WHEN c.wanted_at > $7 THEN c.wanted_at END`,
    [newId(), ownerId, now, end.people, end.merged, end.proposed, began],
  );
}

/** It failed: the next attempt waits, longer each time. */
export async function noteFailure(db: Db, ownerId: string, now: Date, why: string): Promise<void> {
  await db.query(
    `INSERT INTO comparison AS c (id, owner_id, created_at, failures, why, next_at)
     VALUES ($1, $2, $3, 1, $4, clock_timestamp() + make_interval(mins => $5))
     ON CONFLICT (owner_id) DO UPDATE SET failures = c.failures + 1, why = $4,
       next_at = clock_timestamp() + make_interval(mins => least($6, $5 * power(2, least(c.failures, 20)))::int)`,
    [newId(), ownerId, now, why, PAUSE, LONGEST],
  );
}

export async function noteSuccess(db: Db, ownerId: string): Promise<void> {
  await db.query(
    `UPDATE comparison SET failures = 0, why = NULL, next_at = NULL WHERE owner_id = $1 AND failures > 0`,
    [ownerId],
  );
}

/** Under way is whatever holds the lock: a process that died holds none. */
export async function scanView(db: Db, ownerId: string): Promise<ScanView> {
  const found = await row<Omit<ScanView, 'state'> & { isRunning: boolean }>(
    db,
    `SELECT c.wanted_at, c.finished_at, c.people, c.merged, c.proposed, coalesce(c.failures, 0) AS failures, c.why,
            c.next_at AS again_at,
            EXISTS (SELECT 1 FROM pg_locks l
                     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                       AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('match ' || o.id::text, 0)) AS is_running
       FROM owner o LEFT JOIN comparison c ON c.owner_id = o.id WHERE o.id = $1`,
    [ownerId],
  );
  const { isRunning = false, ...view } = found ?? {};
  const told = { ...NOTHING, ...view };
  return { state: isRunning ? 'running' : stateOf(told), ...told };
}

const NOTHING: Omit<ScanView, 'state'> = {
  wantedAt: null,
  finishedAt: null,
  people: null,
  merged: null,
  proposed: null,
  failures: 0,
  why: null,
  againAt: null,
};

function stateOf({ failures, wantedAt, finishedAt }: Omit<ScanView, 'state'>): ScanView['state'] {
  if (failures > 0) return 'failed';
  if (wantedAt !== null) return 'waiting';
  return finishedAt === null ? 'never' : 'done';
}

/** For the owner. Node's code for a thread that outgrew its heap. */
export function whyFailed(error: unknown): string {
  return (error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'there are more people than could be compared within the memory it may take'
    : 'an error on our side; the log of the service has it';
}
