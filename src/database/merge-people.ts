import { appendAudit, lockPersons } from './append.js';
import { sameBoundaries, stricter, type Boundaries } from './boundaries.js';
import { newId } from './ids.js';
import { contactsOf } from './persons.js';
import { rows, type Db } from './rows.js';
import { recomputeShared } from './shared-identities.js';
import { lockPeople } from './source-records.js';

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

/**
 * Merges persons, in the order given, whichever of their contacts is named; who is one person already stays so. Rows
 * stay where they are and are read through `merged_into`; what the owner set as a boundary holds for the one person, the
 * stricter of two. Takes the owner's people lock, then the persons: call it before any other lock of persons. Answers
 * the canonical contacts that grew: fold them anew.
 */
export async function mergePeople(
  db: Db,
  ownerId: string,
  merges: readonly Merge[],
  { by, importId }: MergedBy,
  now: Date,
): Promise<string[]> {
  if (merges.length === 0) return [];
  await lockPeople(db, ownerId);
  await lockPersons(
    db,
    ownerId,
    merges.flatMap(({ from, into }) => [from, into]),
  );
  const grown = new Set<string>();
  for (const merge of merges) {
    const roots = await rootsOf(db, ownerId, [merge.from, merge.into]);
    const from = roots.get(merge.from);
    const into = roots.get(merge.into);
    if (!from || !into || from.id === into.id) continue;
    const after = stricter(into.boundaries, from.boundaries);
    await db.query(
      `UPDATE contact SET merged_into = $3, version = version + 1
        WHERE owner_id = $1 AND (id = $2 OR merged_into = $2)`,
      [ownerId, from.id, into.id],
    );
    if (!sameBoundaries(after, into.boundaries)) {
      await writeBoundaries(db, ownerId, [{ id: into.id, ...after }]);
    }
    await db.query(
      `INSERT INTO contact_merge (id, owner_id, created_at, from_id, into_id, by, import_id, boundaries)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        newId(),
        ownerId,
        now,
        from.id,
        into.id,
        by,
        importId,
        JSON.stringify({ before: into.boundaries, after }),
      ],
    );
    await appendAudit(db, {
      ownerId,
      at: now,
      who: by === 'owner' ? 'owner' : 'imports',
      what: 'contact-merged',
      subjectKind: 'contact',
      subjectId: into.id,
      detail: { from: from.id, by },
    });
    grown.delete(from.id);
    grown.add(into.id);
  }
  await tellShared(db, ownerId, [...grown]);
  await judgeAgain(db, ownerId, [...grown], now);
  return [...grown];
}

/** What two of them held is held by one person now, and proves them again. */
async function tellShared(db: Db, ownerId: string, persons: readonly string[]): Promise<void> {
  if (persons.length === 0) return;
  const shared = await rows<{ canonical: string }>(
    db,
    `SELECT DISTINCT i.canonical
       FROM unnest($2::uuid[]) AS p(person)
      CROSS JOIN LATERAL (${contactsOf('p.person')}) k
       JOIN identity i ON i.owner_id = $1 AND i.contact_id = k.id AND i.shared`,
    [ownerId, persons],
  );
  await recomputeShared(
    db,
    ownerId,
    shared.map(({ canonical }) => canonical),
  );
}

interface Root {
  id: string;
  boundaries: Boundaries;
}

async function rootsOf(db: Db, ownerId: string, ids: readonly string[]): Promise<Map<string, Root>> {
  const found = await rows<BoundaryRow & { key: string }>(
    db,
    `SELECT given.id AS key, c.id, c.do_not_contact_at, c.paused_until, c.no_congratulations, c.circle
       FROM contact given JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
      WHERE given.owner_id = $1 AND given.id = ANY ($2::uuid[])`,
    [ownerId, ids],
  );
  return new Map(found.map(({ key, ...root }) => [key, { id: root.id, boundaries: boundariesOf(root) }]));
}

/** Boundaries as a contact's row holds them. */
export interface BoundaryRow {
  id: string;
  doNotContactAt: Date | null;
  pausedUntil: Date | null;
  noCongratulations: boolean;
  circle: Boundaries['circle'];
}

export function boundariesOf(one: BoundaryRow): Boundaries {
  return {
    doNotContactAt: one.doNotContactAt?.toISOString() ?? null,
    pausedUntil: one.pausedUntil?.toISOString() ?? null,
    noCongratulations: one.noCongratulations,
    circle: one.circle,
  };
}

export async function writeBoundaries(
  db: Db,
  ownerId: string,
  all: readonly (Boundaries & { id: string })[],
): Promise<void> {
  await db.query(
    `UPDATE contact c
        SET do_not_contact_at = n."doNotContactAt", paused_until = n."pausedUntil",
            no_congratulations = n."noCongratulations", circle = n.circle, version = c.version + 1
       FROM jsonb_to_recordset($2::jsonb) AS n(id uuid, "doNotContactAt" timestamptz, "pausedUntil" timestamptz,
                                              "noCongratulations" boolean, circle text)
      WHERE c.owner_id = $1 AND c.id = n.id`,
    [ownerId, JSON.stringify(all)],
  );
}

/**
 * Where both had messages, what waits for the owner is composing's turn once more: its words are of somebody else by
 * now, and who was greeted under one name is not greeted under the other.
 */
async function judgeAgain(db: Db, ownerId: string, persons: readonly string[], now: Date): Promise<void> {
  if (persons.length === 0) return;
  await db.query(
    `WITH their AS MATERIALIZED (
       SELECT m.id, m.contact_id, m.state, p.person
         FROM unnest($2::uuid[]) AS p(person)
        CROSS JOIN LATERAL (${contactsOf('p.person')}) k
         JOIN message m ON m.owner_id = $1 AND m.contact_id = k.id AND m.state NOT IN ('cancelled', 'failed'))
     UPDATE message m SET valid_until = $3, version = m.version + 1
       FROM their t
      WHERE m.id = t.id AND m.state IN ('needs_review', 'withheld')
        AND EXISTS (SELECT 1 FROM their o WHERE o.person = t.person AND o.contact_id <> t.contact_id)`,
    [ownerId, persons, now],
  );
}
