import type { Proposal } from './entities/contact.entity.js';
import { newId } from './ids.js';
import { affected, rows, type Db } from './rows.js';

export type Evidence = Proposal['evidence'][number];

/** Two contacts that may be one person. The `a` and `b` of the evidence are the values of `aId` and `bId`. */
export interface NewProposal {
  aId: string;
  bId: string;
  /** `identity`: something equal that cannot prove it; `match`: compared. */
  why: 'identity' | 'match';
  /** 0 to 1. */
  score: number;
  evidence: readonly Evidence[];
  importId: string | null;
}

/** The same pair, whichever of the two comes first. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/**
 * Asks the owner whether contacts are one person; answers how many questions are new. Read through merges: who has
 * become one meanwhile is not asked about, nor who is hidden or unknown, nor a pair of persons that was asked about
 * before, whatever the answer and whichever of their contacts it named.
 */
export async function appendProposals(
  db: Db,
  ownerId: string,
  proposals: readonly NewProposal[],
  now: Date,
): Promise<number> {
  const wanted = await byPersons(db, ownerId, proposals);
  const asked = await answersAmong(db, ownerId, wanted);
  const fresh = wanted.filter(({ aId, bId }) => !asked.has(pairKey(aId, bId)));
  if (fresh.length === 0) return 0;
  return affected(
    db,
    `INSERT INTO proposal (id, owner_id, created_at, a_id, b_id, why, score, evidence, import_id)
     SELECT n.id, $1, $2, n."aId", n."bId", n.why, n.score, n.evidence, n."importId"
       FROM jsonb_to_recordset($3::jsonb) AS n(id uuid, "aId" uuid, "bId" uuid, why text, score real, evidence jsonb,
                                              "importId" uuid)
     ON CONFLICT (owner_id, a_id, b_id) DO NOTHING RETURNING id`,
    [ownerId, now, JSON.stringify(fresh.map((one) => ({ id: newId(), ...one })))],
  );
}

/**
 * What the owner was asked, and answered, about pairs of persons, by `pairKey` of the ids given. A question about any
 * contact of the one and any of the other is a question about the two; a no outweighs the rest.
 */
export async function answersAmong(
  db: Db,
  ownerId: string,
  pairs: readonly { aId: string; bId: string }[],
): Promise<Map<string, Proposal['state']>> {
  if (pairs.length === 0) return new Map();
  const found = await rows<{ aId: string; bId: string; state: Proposal['state'] }>(db, ASKED_SQL, [
    ownerId,
    JSON.stringify(pairs.map(({ aId, bId }) => ({ aId, bId }))),
  ]);
  const answers = new Map<string, Proposal['state']>();
  for (const { aId, bId, state } of found) {
    const key = pairKey(aId, bId);
    if (answers.get(key) !== 'no') answers.set(key, state);
  }
  return answers;
}

/** Each pair of persons once, the most certain, the smaller id first. */
async function byPersons(db: Db, ownerId: string, proposals: readonly NewProposal[]): Promise<NewProposal[]> {
  if (proposals.length === 0) return [];
  const found = await rows<{ id: string; person: string }>(
    db,
    `SELECT c.id, p.id AS person FROM contact c JOIN contact p ON p.id = coalesce(c.merged_into, c.id)
      WHERE c.owner_id = $1 AND c.id = ANY ($2::uuid[]) AND p.hidden_at IS NULL`,
    [ownerId, [...new Set(proposals.flatMap(({ aId, bId }) => [aId, bId]))]],
  );
  const personOf = new Map(found.map(({ id, person }) => [id, person]));
  const pairs = new Map<string, NewProposal>();
  for (const proposal of proposals) {
    const a = personOf.get(proposal.aId);
    const b = personOf.get(proposal.bId);
    if (a === undefined || b === undefined || a === b) continue;
    const key = pairKey(a, b);
    if ((pairs.get(key)?.score ?? -1) >= proposal.score) continue;
    const turned = proposal.evidence.map((one) => (a < b ? one : { ...one, a: one.b, b: one.a }));
    pairs.set(key, { ...proposal, aId: a < b ? a : b, bId: a < b ? b : a, evidence: turned });
  }
  return [...pairs.values()];
}

/** $1 owner, $2 pairs of canonical contacts. */
const ASKED_SQL = `
SELECT n."aId" AS a_id, n."bId" AS b_id, p.state
  FROM jsonb_to_recordset($2::jsonb) AS n("aId" uuid, "bId" uuid)
 CROSS JOIN LATERAL (SELECT n."aId" AS id UNION ALL SELECT c.id FROM contact c WHERE c.merged_into = n."aId") a
 CROSS JOIN LATERAL (SELECT n."bId" AS id UNION ALL SELECT c.id FROM contact c WHERE c.merged_into = n."bId") b
  JOIN proposal p ON p.owner_id = $1 AND p.a_id = least(a.id, b.id) AND p.b_id = greatest(a.id, b.id)`;
