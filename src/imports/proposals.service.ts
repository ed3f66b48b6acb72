import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { appendAudit } from '../database/append.js';
import type { Evidence } from '../database/proposals.js';
import { row, rows, type Db } from '../database/rows.js';
import { lockPeople } from '../database/source-records.js';
import { AppError } from '../http/errors.js';
import { pageOf, type Page } from '../http/page.js';
import { PeopleService } from './people.service.js';
import { evidenceWords, inOrder } from './proposal-words.js';
import type { ProposalAnswer, ProposalSide, ProposalsQuery, ProposalView } from './proposals.schemas.js';

type Found = Omit<ProposalView, 'a' | 'b' | 'evidence'> & { aId: string; bId: string; evidence: Evidence[] };

/** Whom the owner is asked about, and what they answered. Register of imports. */
@Injectable()
export class ProposalsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly people: PeopleService,
  ) {}

  /** The surest first. Who has become one person since is no longer asked about. */
  async list(ownerId: string, { state, cursor, limit }: ProposalsQuery): Promise<Page<ProposalView>> {
    const found = await rows<Found>(
      this.db,
      `${PROPOSAL_SQL} AND p.state = $2 AND ($2 = 'yes' OR (a.id <> b.id AND a.hidden_at IS NULL AND b.hidden_at IS NULL))
         AND ($3::uuid IS NULL OR (p.score, p.id) < (SELECT k.score, k.id FROM proposal k WHERE k.owner_id = $1 AND k.id = $3))
       ORDER BY p.score DESC, p.id DESC LIMIT $4`,
      [ownerId, state, cursor ?? null, limit + 1],
    );
    const page = pageOf(found, limit);
    return { ...page, items: await this.withSides(ownerId, page.items) };
  }

  /** @throws AppError not-found */
  async get(ownerId: string, id: string): Promise<ProposalView> {
    const found = await row<Found>(this.db, `${PROPOSAL_SQL} AND p.id = $2`, [ownerId, id]);
    const [view] = found ? await this.withSides(ownerId, [found]) : [];
    if (!view) throw noProposal(id);
    return view;
  }

  /**
   * Yes makes them one person, the longer known one stays; no is remembered over new imports and comparisons; later puts
   * the question behind the others. An answer may be changed: what a yes has merged is split again first.
   * @throws AppError not-found
   */
  async answer(ownerId: string, id: string, answer: ProposalAnswer['answer']): Promise<ProposalView> {
    await this.change(ownerId, id, answer);
    return this.get(ownerId, id);
  }

  /** Takes an answer back: the question is open again. @throws AppError not-found */
  async reopen(ownerId: string, id: string): Promise<ProposalView> {
    await this.change(ownerId, id, 'open');
    return this.get(ownerId, id);
  }

  /** How many questions wait. */
  async waiting(ownerId: string): Promise<{ open: number; later: number }> {
    const found = await row<{ open: number; later: number }>(
      this.db,
      `SELECT count(*) FILTER (WHERE p.state = 'open')::int AS open, count(*) FILTER (WHERE p.state = 'later')::int AS later
         FROM proposal p JOIN contact ka ON ka.id = p.a_id JOIN contact a ON a.id = coalesce(ka.merged_into, ka.id)
         JOIN contact kb ON kb.id = p.b_id JOIN contact b ON b.id = coalesce(kb.merged_into, kb.id)
        WHERE p.owner_id = $1 AND p.state IN ('open', 'later') AND a.id <> b.id
          AND a.hidden_at IS NULL AND b.hidden_at IS NULL`,
      [ownerId],
    );
    return found ?? { open: 0, later: 0 };
  }

  private async change(ownerId: string, id: string, state: ProposalView['state']): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      await lockPeople(tx, ownerId);
      const was = await row<{ aId: string; bId: string; state: ProposalView['state'] }>(
        tx,
        `SELECT a_id, b_id, state FROM proposal WHERE owner_id = $1 AND id = $2 FOR UPDATE`,
        [ownerId, id],
      );
      if (!was) throw noProposal(id);
      if (was.state === state) return;
      if (was.state === 'yes') await this.people.separate(tx, ownerId, was.aId, was.bId, now);
      if (state === 'yes') await this.people.unite(tx, ownerId, was.aId, was.bId, now);
      await tx.query(`UPDATE proposal SET state = $3, decided_at = $4 WHERE owner_id = $1 AND id = $2`, [
        ownerId,
        id,
        state,
        state === 'open' ? null : now,
      ]);
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'owner',
        what: 'duplicate-answered',
        subjectKind: 'proposal',
        subjectId: id,
        detail: { answer: state, before: was.state },
      });
    });
  }

  private async withSides(ownerId: string, found: readonly Found[]): Promise<ProposalView[]> {
    const sides = await sidesOf(this.db, ownerId, [...new Set(found.flatMap(({ aId, bId }) => [aId, bId]))]);
    return found.flatMap(({ aId, bId, evidence, ...proposal }) => {
      const [a, b] = [sides.get(aId), sides.get(bId)];
      if (!a || !b) return [];
      const turned = aId > bId;
      const told = inOrder(evidence)
        .map((one) => (turned ? { ...one, a: one.b, b: one.a } : one))
        .map((one) => ({ ...one, words: evidenceWords(one) }));
      return [{ ...proposal, evidence: told, a: turned ? b : a, b: turned ? a : b }];
    });
  }
}

function noProposal(id: string): AppError {
  return new AppError('not-found', `there is no duplicate ${id} to decide`);
}

/** The persons behind contacts, by the ids asked for. */
async function sidesOf(db: Db, ownerId: string, ids: readonly string[]): Promise<Map<string, ProposalSide>> {
  if (ids.length === 0) return new Map();
  const found = await rows<ProposalSide & { asked: string }>(db, SIDES_SQL, [ownerId, ids]);
  return new Map(found.map(({ asked, ...side }) => [asked, side]));
}

/** $1 owner. Of two who are one by now each side is shown as what it was. */
const PROPOSAL_SQL = `
SELECT p.id, a.id = b.id AS settled, p.created_at, p.state, p.decided_at, p.why, p.score::float8 AS score, p.evidence, p.import_id,
       CASE WHEN a.id = b.id THEN p.a_id ELSE a.id END AS a_id, CASE WHEN a.id = b.id THEN p.b_id ELSE b.id END AS b_id
  FROM proposal p
  JOIN contact ka ON ka.id = p.a_id JOIN contact a ON a.id = coalesce(ka.merged_into, ka.id)
  JOIN contact kb ON kb.id = p.b_id JOIN contact b ON b.id = coalesce(kb.merged_into, kb.id)
 WHERE p.owner_id = $1`;

/** $1 owner, $2 contacts. */
const SIDES_SQL = `
SELECT c.id AS asked, c.id, c.full_name, c.company, c.title, c.city, c.country, c.birthday, c.version,
       c.do_not_contact_at IS NOT NULL AS do_not_contact,
       coalesce((SELECT jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value, 'shared', i.shared)
                                  ORDER BY i.kind, i.shared, i.created_at, i.id)
                   FROM identity i WHERE i.owner_id = $1 AND i.contact_id = c.id), '[]') AS identities,
       coalesce((SELECT jsonb_agg(DISTINCT v.name) FROM encounter e JOIN event v ON v.id = e.event_id
                  WHERE e.owner_id = $1 AND e.contact_id = ANY (k.ids) AND e.closed_at IS NULL), '[]') AS events,
       coalesce((SELECT jsonb_agg(jsonb_build_object('importId', s.import_id, 'file', s.name, 'line', s.line) ORDER BY s.id)
                   FROM (SELECT r.id, r.import_id, f.name, r.line FROM source_record r
                           LEFT JOIN import_file f ON f.id = r.file_id
                          WHERE r.owner_id = $1 AND r.contact_id = ANY (k.ids) ORDER BY r.id LIMIT 20) s), '[]') AS sources,
       (SELECT count(*)::int FROM message m
         WHERE m.owner_id = $1 AND m.contact_id = ANY (k.ids) AND m.state = 'sent') AS sent
  FROM contact c
 CROSS JOIN LATERAL (
   SELECT array_append(ARRAY (SELECT m.id FROM contact m WHERE m.merged_into = c.id), c.id) AS ids) k
 WHERE c.owner_id = $1 AND c.id = ANY ($2::uuid[])`;
