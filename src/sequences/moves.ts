import type { EnrollmentState } from '../core/states.js';
import { canonicalOf, contactsOf } from '../database/persons.js';
import type { Db } from '../database/rows.js';

export { lockPlanner } from '../database/line-locks.js';

/** How many rows the planner takes at a time. */
export const BATCH = 200;

/** What one round did: `found` rows were waiting, `done` of them were moved on; `planned` messages wait for words. */
export interface Round {
  found: number;
  done: number;
  planned: number;
}

/** One enrollment, moved. What is left out stays as it is. */
export interface Move {
  id: string;
  state: EnrollmentState;
  why: string | null;
  nextStepId: string | null;
  nextAt: Date | null;
  eventId?: string | null;
  startedAt?: Date;
}

/** It waits for the owner, and holds nobody else up: a zone or a window that this machine cannot compute with. */
export function stuck(id: string, nextStepId: string | null, error: unknown): Move {
  const why = `it could not be planned: ${error instanceof Error ? error.message : String(error)}`;
  return { id, state: 'paused', why, nextStepId, nextAt: null };
}

/**
 * Writes many moves in one statement. The rows are locked by the caller. The LIMIT tells the database how few they are;
 * it would suppose a hundred, and read the whole table.
 */
export async function moveEnrollments(db: Db, ownerId: string, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  await db.query(
    `UPDATE enrollment e
        SET state = m.state, why = m.why, next_step_id = m."nextStepId", next_at = m."nextAt",
            event_id = coalesce(m."eventId", e.event_id), started_at = coalesce(m."startedAt", e.started_at),
            version = e.version + 1
       FROM (SELECT * FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, state text, why text, "nextStepId" uuid,
               "nextAt" timestamptz, "eventId" uuid, "startedAt" timestamptz) LIMIT $3) m
      WHERE e.owner_id = $1 AND e.id = m.id`,
    [ownerId, JSON.stringify(moves), moves.length],
  );
}

/** Rows by their owner, in the order given. */
export function byOwner<T extends { ownerId: string }>(all: readonly T[]): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const one of all) {
    const group = grouped.get(one.ownerId);
    if (group) group.push(one);
    else grouped.set(one.ownerId, [one]);
  }
  return grouped;
}

/** SQL: the ids of all contacts that are the person of a contact. The owner is $1. */
export const personOf = (contact: string): string => `
  SELECT k.id FROM contact given
    CROSS JOIN LATERAL (${contactsOf(canonicalOf('given'))}) k
   WHERE given.owner_id = $1 AND given.id = ${contact}`;
