import { replayBoundaries, sameBoundaries, stricter, type Boundaries } from './boundaries.js';
import { boundariesOf, writeBoundaries, type BoundaryRow } from './merge-people.js';
import { affected, rows, type Db } from './rows.js';

/** Merges that were taken back. */
export interface Cut {
  edges: { fromId: string; intoId: string }[];
  /** Every contact that was one person with one of them: locked, and canonical or merged anew. */
  contacts: string[];
}

/**
 * Takes merges back: those that an import made, or those of the contacts named. `merged_into` is told anew for everybody
 * concerned, and boundaries are given back that the owner has not changed since; what they set on the one person holds
 * for both. Rows stay where they are. Call it under the owner's people lock; fold both sides anew afterwards.
 */
export async function cutMerges(
  db: Db,
  ownerId: string,
  which: { importId: string } | { fromIds: readonly string[] },
): Promise<Cut> {
  const [condition, given] =
    'importId' in which ? ['import_id = $2', which.importId] : ['from_id = ANY ($2::uuid[])', which.fromIds];
  const edges = await rows<{ id: string; fromId: string; intoId: string }>(
    db,
    `SELECT id, from_id, into_id FROM contact_merge WHERE owner_id = $1 AND ${condition}`,
    [ownerId, given],
  );
  if (edges.length === 0) return { edges: [], contacts: [] };
  const contacts = await lockGroups(
    db,
    ownerId,
    edges.map(({ fromId }) => fromId),
  );
  await giveBack(db, ownerId, contacts, new Set(edges.map(({ id }) => id)));
  await db.query(`DELETE FROM contact_merge WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, [
    ownerId,
    edges.map(({ id }) => id),
  ]);
  await affected(db, ROOTS_SQL, [ownerId, contacts]);
  return { edges: edges.map(({ fromId, intoId }) => ({ fromId, intoId })), contacts };
}

/** Everybody who is one person with one of these; all locked, in the order of ids. */
export async function lockGroups(db: Db, ownerId: string, contactIds: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    `WITH person AS (
       SELECT DISTINCT coalesce(merged_into, id) AS id FROM contact WHERE owner_id = $1 AND id = ANY ($2::uuid[]))
     SELECT c.id FROM contact c
      WHERE c.owner_id = $1 AND c.id IN (
        SELECT id FROM person UNION ALL SELECT k.id FROM person p JOIN contact k ON k.merged_into = p.id)
      ORDER BY c.id FOR UPDATE`,
    [ownerId, contactIds],
  );
  return found.map(({ id }) => id);
}

/** $1 owner, $2 contacts: each is read through the end of its edges. */
const ROOTS_SQL = `
WITH RECURSIVE up AS (
  SELECT id, id AS at FROM unnest($2::uuid[]) AS t(id)
  UNION ALL
  SELECT up.id, e.into_id FROM up JOIN contact_merge e ON e.owner_id = $1 AND e.from_id = up.at
), ends AS (
  SELECT id, nullif(at, id) AS root FROM up
   WHERE NOT EXISTS (SELECT 1 FROM contact_merge e WHERE e.owner_id = $1 AND e.from_id = up.at)
)
UPDATE contact c SET merged_into = n.root, version = c.version + 1
  FROM ends n WHERE c.owner_id = $1 AND c.id = n.id AND c.merged_into IS DISTINCT FROM n.root`;

interface Edge {
  id: string;
  fromId: string;
  intoId: string;
  boundaries: { before: Partial<Boundaries>; after: Partial<Boundaries> };
}

/** Only persons of whom somebody has a boundary have one to give back. */
async function giveBack(
  db: Db,
  ownerId: string,
  contacts: readonly string[],
  cut: ReadonlySet<string>,
): Promise<void> {
  const people = await rows<BoundaryRow>(db, BOUND_SQL, [ownerId, contacts]);
  if (people.length === 0) return;
  const edges = await rows<Edge>(
    db,
    `SELECT id, from_id, into_id, boundaries FROM contact_merge
      WHERE owner_id = $1 AND from_id = ANY ($2::uuid[]) ORDER BY created_at, id`,
    [ownerId, people.map(({ id }) => id)],
  );
  const before = new Map(people.map((one) => [one.id, boundariesOf(one)]));
  const now = new Map(before);
  const changed = replayAll(now, edges, cut);
  await writeBoundaries(
    db,
    ownerId,
    [...now].flatMap(([id, one]) => {
      const was = before.get(id);
      return was && sameBoundaries(was, one) ? [] : [{ id, ...one }];
    }),
  );
  await db.query(
    `UPDATE contact_merge e SET boundaries = n.boundaries
       FROM jsonb_to_recordset($2::jsonb) AS n(id uuid, boundaries jsonb) WHERE e.owner_id = $1 AND e.id = n.id`,
    [ownerId, JSON.stringify(changed)],
  );
}

/** Changes `now`; answers the edges that stay and say something else from now on. */
function replayAll(
  now: Map<string, Boundaries>,
  edges: readonly Edge[],
  cut: ReadonlySet<string>,
): Pick<Edge, 'id' | 'boundaries'>[] {
  const changed: Pick<Edge, 'id' | 'boundaries'>[] = [];
  /** What the owner set since, for those that leave. */
  const owed = new Map<string, Partial<Boundaries>[]>();
  /** Those that leave, by the contact through which they are read until now. */
  const leaving = new Map<string, string[]>();
  const byInto = new Map<string, Edge[]>();
  for (const edge of edges) byInto.set(edge.intoId, [...(byInto.get(edge.intoId) ?? []), edge]);
  for (const [into, here] of fromTheLeaves(byInto)) {
    const current = now.get(into);
    if (!current) continue;
    const replayed = replayBoundaries(
      current,
      here.map((edge) => ({
        from: now.get(edge.fromId) ?? current,
        ...edge.boundaries,
        cut: cut.has(edge.id),
      })),
    );
    now.set(into, replayed.now);
    for (const [index, edge] of here.entries()) {
      const gone = [...(leaving.get(edge.fromId) ?? []), ...(cut.has(edge.id) ? [edge.fromId] : [])];
      const since = replayed.since[index];
      for (const id of gone) if (since) owed.set(id, [...(owed.get(id) ?? []), since]);
      leaving.set(into, [...(leaving.get(into) ?? []), ...gone]);
      const boundaries = replayed.edges[index];
      if (boundaries && !cut.has(edge.id)) changed.push({ id: edge.id, boundaries });
    }
  }
  for (const [id, all] of owed) {
    const own = now.get(id);
    if (own) {
      now.set(
        id,
        all.reduce<Boundaries>((sum, since) => stricter(sum, { ...since, circle: undefined }), own),
      );
    }
  }
  return changed;
}

/** Contacts that others were merged into, with those merges, each after those that were merged into it. */
function fromTheLeaves(byInto: ReadonlyMap<string, Edge[]>): [string, Edge[]][] {
  const order: [string, Edge[]][] = [];
  const seen = new Set<string>();
  const visit = (into: string): void => {
    const here = byInto.get(into);
    if (!here || seen.has(into)) return;
    seen.add(into);
    for (const { fromId } of here) visit(fromId);
    order.push([into, here]);
  };
  for (const into of byInto.keys()) visit(into);
  return order;
}

/** $1 owner, $2 contacts. All contacts of persons of whom one has a boundary. */
const BOUND_SQL = `
WITH bound AS (
  SELECT DISTINCT coalesce(merged_into, id) AS person FROM contact
   WHERE owner_id = $1 AND id = ANY ($2::uuid[])
     AND (do_not_contact_at IS NOT NULL OR paused_until IS NOT NULL OR no_congratulations OR circle <> 'wide')
)
SELECT c.id, c.do_not_contact_at, c.paused_until, c.no_congratulations, c.circle
  FROM contact c WHERE c.owner_id = $1 AND c.id IN (
    SELECT person FROM bound UNION ALL SELECT k.id FROM bound b JOIN contact k ON k.merged_into = b.person)`;
