import { appendAudit, lockPersons } from './append.js';
import { newId } from './ids.js';
import { affected, row, type Db } from './rows.js';

/** Two contacts that are one person: `from` is read through `into` from now on. */
export interface Merge {
  from: string;
  into: string;
}

/** By whose word contacts are merged, and by which import's rows: undone with it. */
export interface MergedBy {
  by: 'row' | 'match' | 'owner';
  importId: string | null;
}

interface Boundaries {
  doNotContactAt: string | null;
  pausedUntil: string | null;
  noCongratulations: boolean;
  circle: string;
}

/**
 * Merges contacts, in the order given. Rows stay where they are and are read through `merged_into`; what the owner set
 * as a boundary holds for the one person, the stricter of two. Both must be canonical (not merged themselves). Locks the
 * persons; fold `into` anew afterwards.
 */
export async function mergePeople(
  db: Db,
  ownerId: string,
  merges: readonly Merge[],
  { by, importId }: MergedBy,
  now: Date,
): Promise<void> {
  if (merges.length === 0) return;
  const everybody = merges.flatMap(({ from, into }) => [from, into]);
  await lockPersons(db, ownerId, everybody);
  for (const { from, into } of merges) {
    const merged = await affected(
      db,
      `UPDATE contact SET merged_into = $3, version = version + 1
        WHERE owner_id = $1 AND (id = $2 OR merged_into = $2) AND id <> $3`,
      [ownerId, from, into],
    );
    if (merged === 0) continue;
    const before = await boundariesOf(db, ownerId, into);
    await db.query(
      `UPDATE contact c
          SET do_not_contact_at = least(c.do_not_contact_at, g.do_not_contact_at),
              paused_until = greatest(c.paused_until, g.paused_until),
              no_congratulations = c.no_congratulations OR g.no_congratulations,
              circle = CASE WHEN 'inner' IN (c.circle, g.circle) THEN 'inner'
                            WHEN 'active' IN (c.circle, g.circle) THEN 'active' ELSE 'wide' END
         FROM contact g WHERE c.owner_id = $1 AND c.id = $3 AND g.id = $2`,
      [ownerId, from, into],
    );
    const boundaries = { before, after: await boundariesOf(db, ownerId, into) };
    await db.query(
      `INSERT INTO contact_merge (id, owner_id, created_at, from_id, into_id, by, import_id, boundaries)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [newId(), ownerId, now, from, into, by, importId, JSON.stringify(boundaries)],
    );
    await appendAudit(db, {
      ownerId,
      at: now,
      who: by === 'owner' ? 'owner' : 'imports',
      what: 'contact-merged',
      subjectKind: 'contact',
      subjectId: into,
      detail: { from, by },
    });
  }
}

async function boundariesOf(db: Db, ownerId: string, id: string): Promise<Boundaries | null> {
  return row<Boundaries>(
    db,
    `SELECT do_not_contact_at::text, paused_until::text, no_congratulations, circle
       FROM contact WHERE owner_id = $1 AND id = $2`,
    [ownerId, id],
  );
}
