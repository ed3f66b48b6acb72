import type { EntityManager } from 'typeorm';
import { affected } from '../database/rows.js';
import { LEFT } from '../database/standing.js';
import type { UndoReport } from './undo.schemas.js';

/** One import being taken back, inside its transaction. */
export interface Undo {
  tx: EntityManager;
  ownerId: string;
  importId: string;
  now: Date;
}

/**
 * What it said of people besides who they are. A question to the owner that they answered is theirs, and stays answered.
 * Leaves `undo_meeting`: who it said was at which event, and whether somebody else says so too.
 */
export async function dropSayings({
  tx,
  ownerId,
  importId,
}: Undo): Promise<
  Pick<UndoReport, 'encounters' | 'notes' | 'facts' | 'positions' | 'proposals' | 'captures'>
> {
  const dropped = (table: string, more = ''): Promise<number> =>
    affected(tx, `DELETE FROM ${table} WHERE owner_id = $1 AND import_id = $2 ${more}`, [ownerId, importId]);
  await tx.query(
    `CREATE TEMP TABLE undo_meeting ON COMMIT DROP AS
     SELECT DISTINCT u.person, e.event_id, false AS lost
       FROM encounter e JOIN undo_contact u ON u.id = e.contact_id WHERE e.owner_id = $1 AND e.import_id = $2`,
    [ownerId, importId],
  );
  const encounters = await dropped('encounter');
  await tx.query('ANALYZE undo_meeting');
  await tx.query(
    `UPDATE undo_meeting m SET lost = true
      WHERE NOT EXISTS (SELECT 1 FROM undo_contact u JOIN encounter e ON e.owner_id = $1 AND e.contact_id = u.id
                         WHERE u.person = m.person AND e.event_id = m.event_id)`,
    [ownerId],
  );
  await tx.query(
    `UPDATE proposal SET import_id = NULL WHERE owner_id = $1 AND import_id = $2 AND state <> 'open'`,
    [ownerId, importId],
  );
  // What a message on its way cites of its facts is given back with the message, in `stopLine`.
  await tx.query(
    `CREATE TEMP TABLE undo_cited ON COMMIT DROP AS
     SELECT DISTINCT r.message_id FROM message_reason r JOIN fact f ON f.id = r.ref_id
      WHERE r.owner_id = $1 AND r.kind = 'fact' AND r.released_at IS NULL AND f.owner_id = $1 AND f.import_id = $2`,
    [ownerId, importId],
  );
  return {
    encounters,
    notes: await dropped('interaction'),
    facts: await dropped('fact'),
    positions: await dropped('position_change'),
    proposals: await dropped('proposal'),
    captures: await dropped('capture'),
  };
}

/**
 * Its source records go. Of people for whom only the owner's word speaks they stay, as the record of no import: so the
 * person stays whole, and the row may be imported again.
 */
export async function dropRecords({ tx, ownerId, importId }: Undo): Promise<number> {
  await tx.query(
    `UPDATE source_record r SET import_id = NULL, file_id = NULL, line = NULL, verdict = '${LEFT}', fingerprint = '${LEFT} ' || r.id
       FROM undo_contact u
      WHERE r.owner_id = $1 AND r.import_id = $2 AND u.id = r.contact_id AND u.standing = 'kept'`,
    [ownerId, importId],
  );
  // Whom only sent mail speaks for any more has no source at all.
  await tx.query(
    `DELETE FROM source_record r USING undo_contact u
      WHERE r.owner_id = $1 AND r.contact_id = u.id AND u.standing = 'hidden' AND r.verdict = '${LEFT}'`,
    [ownerId],
  );
  return affected(tx, `DELETE FROM source_record WHERE owner_id = $1 AND import_id = $2`, [
    ownerId,
    importId,
  ]);
}
