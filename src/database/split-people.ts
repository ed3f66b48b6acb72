import { appendAudit } from './append.js';
import { cutMerges, type Cut } from './cut-merges.js';
import { newId } from './ids.js';
import { rows, type Db } from './rows.js';
import { refoldAll } from './said-identities.js';
import { recomputeShared } from './shared-identities.js';
import { lockComposing, lockPlanner } from './line-locks.js';
import { lockPeople } from './source-records.js';
import { membersOf, standingsOf } from './standing.js';
import { cancelToOthers, writeAnew } from './take-back.js';

export interface Split {
  /** The merges that were taken back: `fromId` is a person of its own again. */
  edges: Cut['edges'];
  /** The canonical contacts that stand apart now, and are to be seen. */
  people: string[];
}

/**
 * The owner's word that contacts are not who they were merged into. Each of `fromIds` leaves the person with everybody
 * merged into it before; a contact that was merged into none stays where it is. Rows stay with the contact they were
 * written for. Both sides are folded anew, boundaries given back (`cutMerges`), and the answer is remembered, so that no
 * comparison merges them again. What has not left is written anew, or taken back where its address is not theirs. A
 * contact of which nothing is left goes, or is hidden where mail rests on it. Takes the
 * owner's people lock: call it before any other lock of persons.
 */
export async function splitPeople(
  db: Db,
  ownerId: string,
  fromIds: readonly string[],
  now: Date,
): Promise<Split> {
  await lockPeople(db, ownerId);
  await lockPlanner(db);
  await lockComposing(db, ownerId);
  const { edges, contacts } = await cutMerges(db, ownerId, { fromIds });
  if (edges.length === 0) return { edges, people: [] };
  const people = await settle(db, ownerId, contacts, now);
  const unsaid = await refoldAll(db, ownerId, contacts, now);
  await rememberApart(db, ownerId, edges, now);
  const end = { why: 'you split who it was written to', code: 'split', now };
  await cancelToOthers(
    db,
    ownerId,
    contacts,
    unsaid.map(({ id }) => id),
    end,
  );
  await writeAnew(db, ownerId, contacts, end);
  for (const { fromId, intoId } of edges) {
    await appendAudit(db, {
      ownerId,
      at: now,
      who: 'owner',
      what: 'contact-split',
      subjectKind: 'contact',
      subjectId: intoId,
      detail: { from: fromId },
    });
  }
  return { edges, people };
}

/** After a split or an undo a person may be left of whom no source says anything. Answers who is to be seen. */
async function settle(db: Db, ownerId: string, contactIds: readonly string[], now: Date): Promise<string[]> {
  const members = await membersOf(db, ownerId, contactIds, null);
  // That somebody stands alone is the owner's word: any source will do.
  const { persons, gone } = standingsOf(members.map((one) => ({ ...one, known: one.told })));
  const of = (...kinds: string[]): string[] =>
    [...persons].filter(([, { kind }]) => kinds.includes(kind)).map(([id]) => id);
  const lost = await rows<{ canonical: string }>(
    db,
    `SELECT DISTINCT canonical FROM identity WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[])`,
    [ownerId, gone],
  );
  await db.query(`DELETE FROM contact WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, [ownerId, gone]);
  await recomputeShared(
    db,
    ownerId,
    lost.map(({ canonical }) => canonical),
  );
  await db.query(
    `UPDATE contact SET hidden_at = $3, version = version + 1
      WHERE owner_id = $1 AND id = ANY ($2::uuid[]) AND hidden_at IS NULL`,
    [ownerId, of('hidden'), now],
  );
  return of('known', 'kept');
}

/** Of each two sides that both are still there. */
async function rememberApart(db: Db, ownerId: string, edges: Cut['edges'], now: Date): Promise<void> {
  const pairs = edges.map((edge) => ({ id: newId(), ...edge }));
  await db.query(
    `INSERT INTO proposal (id, owner_id, created_at, a_id, b_id, why, score, evidence, state, decided_at)
     SELECT DISTINCT ON (least(f.id, r.id), greatest(f.id, r.id))
            n.id, $1, $2::timestamptz, least(f.id, r.id), greatest(f.id, r.id), 'match', 0, '[]'::jsonb, 'no', $2::timestamptz
       FROM jsonb_to_recordset($3::jsonb) AS n(id uuid, "fromId" uuid, "intoId" uuid)
       JOIN contact f ON f.owner_id = $1 AND f.id = n."fromId"
       JOIN contact i ON i.owner_id = $1 AND i.id = n."intoId"
       JOIN contact r ON r.id = coalesce(i.merged_into, i.id)
     ON CONFLICT (owner_id, a_id, b_id)
     DO UPDATE SET state = 'no', decided_at = EXCLUDED.decided_at, import_id = NULL`,
    [ownerId, now, JSON.stringify(pairs)],
  );
}
