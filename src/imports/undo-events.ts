import { affected, rows } from '../database/rows.js';
import type { Undo } from './undo-rows.js';
import type { UndoReport } from './undo.schemas.js';

/**
 * Events that it made go, unless something rests on them by now or the owner changed them; so do those that an import
 * undone before had to leave to this one.
 */
export async function dropEvents({ tx, ownerId, importId }: Undo): Promise<UndoReport['events']> {
  const made = await rows<{ id: string; name: string; own: boolean; why: string | null }>(tx, MADE_SQL, [
    ownerId,
    importId,
  ]);
  const gone = made.filter(({ why }) => why === null);
  await affected(tx, `DELETE FROM event WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, [
    ownerId,
    gone.map(({ id }) => id),
  ]);
  return {
    removed: gone.map(({ name }) => name),
    kept: made.flatMap(({ name, own, why }) => (why === null || !own ? [] : [{ name, why }])),
  };
}

/** $1 owner, $2 import. */
const MADE_SQL = `
SELECT e.id, e.name, e.import_id = $2 AS own,
       CASE WHEN e.version > 1 THEN 'you changed it'
            WHEN EXISTS (SELECT 1 FROM import i WHERE i.owner_id = $1 AND i.event_id = e.id AND i.id <> $2
                            AND i.state NOT IN ('failed', 'undone') AND NOT i.dry_run) THEN 'another import is of it'
            WHEN EXISTS (SELECT 1 FROM encounter x WHERE x.owner_id = $1 AND x.event_id = e.id)
              OR EXISTS (SELECT 1 FROM debrief d WHERE d.owner_id = $1 AND d.event_id = e.id)
              THEN 'people are named at it'
            WHEN EXISTS (SELECT 1 FROM message m WHERE m.owner_id = $1 AND m.event_id = e.id)
              OR EXISTS (SELECT 1 FROM enrollment n WHERE n.owner_id = $1 AND n.event_id = e.id)
              THEN 'messages are about it'
            WHEN EXISTS (SELECT 1 FROM fact f WHERE f.owner_id = $1 AND f.event_id = e.id)
              OR EXISTS (SELECT 1 FROM promise p WHERE p.owner_id = $1 AND p.event_id = e.id)
              THEN 'something you noted is of it' END AS why
  FROM event e
 WHERE e.owner_id = $1
   AND (e.import_id = $2 OR e.import_id IN (SELECT i.id FROM import i WHERE i.owner_id = $1 AND i.state = 'undone'))
 ORDER BY e.name`;
