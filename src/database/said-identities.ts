import { foldContact, type FoldRecord } from '../core/import/fold.js';
import { canonicalOf, contactsOf } from './persons.js';
import { rows, type Db } from './rows.js';
import { recomputeShared } from './shared-identities.js';
import { refold } from './source-records.js';
import { EVER_SENT } from './standing.js';

/** Contacts folded at once. */
export const FOLD_PAGE = 2_000;

export interface HeldIdentity {
  id: string;
  contactId: string;
  kind: 'email' | 'linkedin' | 'phone';
  canonical: string;
  /** A mail went there, or may have: it stays, so that nothing is sent there twice. */
  mailed: boolean;
}

/**
 * Identities that no source record says any more: neither one of the contact nor one of those merged into it. A person
 * without any source left is kept by something else than sources, and keeps what they are known by.
 */
export async function unsaidIdentities(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
): Promise<HeldIdentity[]> {
  const unsaid: HeldIdentity[] = [];
  for (let from = 0; from < contactIds.length; from += FOLD_PAGE) {
    const page = contactIds.slice(from, from + FOLD_PAGE);
    const said = await saidOf(db, ownerId, page);
    const held = await rows<HeldIdentity>(db, HELD_SQL, [ownerId, [...said.keys()]]);
    unsaid.push(
      ...held.filter(({ contactId, kind, canonical }) => !said.get(contactId)?.has(`${kind} ${canonical}`)),
    );
  }
  return unsaid;
}

/**
 * Folds contacts anew of whom a source went, or who were merged or split: the canonical ones from all their sources; those
 * merged into others lose what neither they nor theirs say. An address where a mail went stays with its contact; answers
 * those. Tells anew what is shared. Call it under the owner's people lock.
 */
export async function refoldAll(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
  now: Date,
): Promise<HeldIdentity[]> {
  const held = await rows<{ canonical: string }>(
    db,
    `SELECT DISTINCT canonical FROM identity WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[])`,
    [ownerId, contactIds],
  );
  const unsaid = await unsaidIdentities(db, ownerId, contactIds);
  const kept = unsaid.filter(({ mailed }) => mailed);
  const before = await rows<Record<string, unknown>>(
    db,
    `SELECT * FROM identity WHERE id = ANY ($1::uuid[])`,
    [kept.map(({ id }) => id)],
  );
  await db.query(`DELETE FROM identity WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, [
    ownerId,
    unsaid.filter(({ mailed }) => !mailed).map(({ id }) => id),
  ]);
  for (let from = 0; from < contactIds.length; from += FOLD_PAGE) {
    await refold(db, ownerId, contactIds.slice(from, from + FOLD_PAGE), now);
  }
  await db.query(
    `INSERT INTO identity (id, owner_id, created_at, contact_id, kind, value, canonical, shared)
     SELECT n.id, $1, n."createdAt", n."contactId", n.kind, n.value, n.canonical, n.shared
       FROM jsonb_to_recordset($2::jsonb) AS n(id uuid, "createdAt" timestamptz, "contactId" uuid, kind text, value text,
                                              canonical text, shared boolean)
     ON CONFLICT DO NOTHING`,
    [ownerId, JSON.stringify(before)],
  );
  await recomputeShared(
    db,
    ownerId,
    held.map(({ canonical }) => canonical),
  );
  return kept;
}

/** By contact, what its sources and those of the contacts merged into it say: `email jane@example.com`. */
async function saidOf(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const told = await rows<{ id: string }>(db, TOLD_SQL, [ownerId, contactIds]);
  const found = await rows<FoldRecord & { top: string }>(db, SAID_SQL, [ownerId, contactIds]);
  const records = new Map<string, FoldRecord[]>(told.map(({ id }) => [id, []]));
  for (const { top, ...record } of found) {
    const all = records.get(top);
    if (all) all.push(record);
    else records.set(top, [record]);
  }
  return new Map(
    [...records].map(([top, all]) => [
      top,
      new Set(foldContact(all).identities.map(({ kind, canonical }) => `${kind} ${canonical}`)),
    ]),
  );
}

/** $1 owner, $2 contacts: those of persons of whom some source says something. */
const TOLD_SQL = `
SELECT c.id FROM contact c
 WHERE c.owner_id = $1 AND c.id = ANY ($2::uuid[])
   AND EXISTS (
     SELECT 1 FROM (${contactsOf(canonicalOf('c'))}) k
       JOIN source_record r ON r.owner_id = $1 AND r.contact_id = k.id)`;

/** $1 owner, $2 contacts. */
const SAID_SQL = `
WITH RECURSIVE down AS (
  SELECT id AS top, id AS at FROM unnest($2::uuid[]) AS t(id)
  UNION ALL
  SELECT d.top, e.from_id FROM down d JOIN contact_merge e ON e.into_id = d.at AND e.owner_id = $1
)
SELECT d.top, r.id, r.kind, r.created_at AS at, r.candidate
  FROM down d JOIN source_record r ON r.owner_id = $1 AND r.contact_id = d.at`;

/** $1 owner, $2 contacts. */
const HELD_SQL = `
SELECT i.id, i.contact_id, i.kind, i.canonical,
       i.kind = 'email' AND EXISTS (
         SELECT 1 FROM message m WHERE m.owner_id = $1 AND m.contact_id = i.contact_id
            AND m.to_canonical = i.canonical AND ${EVER_SENT('m')}) AS mailed
  FROM identity i WHERE i.owner_id = $1 AND i.contact_id = ANY ($2::uuid[])`;
