import { affected, row, rows } from '../database/rows.js';
import { EVER_SENT } from '../database/standing.js';
import { cancelMessages, UNSENT } from '../database/take-back.js';
import type { Undo } from './undo-rows.js';
import type { UndoReport } from './undo.schemas.js';

export const UNDONE = { why: 'the import it rests on was undone', code: 'undone' };

/**
 * Stops what rests on it. Of people whom others know too: enrollments for an event at which nobody else names them. Of
 * all others: whatever it brought about, for nothing more is to leave; the owner may choose them anew, so the decision
 * goes as well. What a worker has claimed is left to the last look before DATA, which sees the enrollment stopped or the
 * person hidden.
 */
export async function stopLine({
  tx,
  ownerId,
  now,
}: Undo): Promise<
  Pick<UndoReport, 'decisions' | 'enrollmentsStopped' | 'messagesCancelled' | 'messagesUnderWay'>
> {
  const decisions = await affected(tx, DROP_DEBRIEFS_SQL, [ownerId]);
  const stopped = await rows<{ id: string }>(tx, STOP_SQL, [ownerId, UNDONE.why]);
  const open = await rows<{ id: string; goes: boolean }>(tx, OPEN_SQL, [
    ownerId,
    stopped.map(({ id }) => id),
    UNSENT,
  ]);
  const cancelled = await cancelMessages(
    tx,
    ownerId,
    open.filter(({ goes }) => !goes).map(({ id }) => id),
    { ...UNDONE, now },
  );
  const underWay = await row<{ count: number }>(
    tx,
    `SELECT count(*)::int AS count FROM message m JOIN undo_contact u ON u.id = m.contact_id
      WHERE m.owner_id = $1 AND m.state IN ('sending', 'unknown')`,
    [ownerId],
  );
  return {
    decisions,
    enrollmentsStopped: stopped.length,
    messagesCancelled: cancelled + open.filter(({ goes }) => goes).length,
    messagesUnderWay: underWay?.count ?? 0,
  };
}

/** $1 owner. Only the word of a decision goes; lines that were said with it are facts and promises, and stay. */
const DROP_DEBRIEFS_SQL = `
DELETE FROM debrief d USING undo_contact u, undo_meeting m
 WHERE d.owner_id = $1 AND d.contact_id = u.id AND m.person = u.person AND m.event_id = d.event_id
   AND (m.lost OR u.standing <> 'known')`;

/**
 * $1 owner, $2 why. Whom only the owner's word keeps goes on where another event than those of the import began it.
 */
const STOP_SQL = `
UPDATE enrollment n SET state = 'stopped', why = $2, next_at = NULL, version = n.version + 1
  FROM undo_contact u
 WHERE n.owner_id = $1 AND n.contact_id = u.id AND n.state IN ('active', 'paused')
   AND (u.standing IN ('gone', 'hidden')
        OR EXISTS (SELECT 1 FROM undo_meeting m WHERE m.person = u.person AND m.event_id = n.event_id
                      AND (m.lost OR u.standing = 'kept')))
RETURNING n.id`;

/** $1 owner, $2 enrollments, $3 states. What has not left, and whether it goes with its contact. */
const OPEN_SQL = `
SELECT m.id, u.gone AND NOT ${EVER_SENT('m')} AS goes
  FROM message m JOIN undo_contact u ON u.id = m.contact_id
 WHERE m.owner_id = $1 AND m.state = ANY ($3)
   AND (u.gone OR u.standing = 'hidden' OR m.enrollment_id = ANY ($2::uuid[])
        OR m.id IN (SELECT message_id FROM undo_cited))`;
