import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { appendAudit } from '../database/append.js';
import { affected, row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { pageOf, type Page } from '../http/page.js';
import { applyAnswer } from './positions-apply.js';
import type { PositionAnswer, PositionsQuery, PositionView } from './positions.schemas.js';

/** Companies and positions that differ from what was said before: history, until the owner says what it means. */
@Injectable()
export class PositionsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The newest first. */
  async list(ownerId: string, { state, cursor, limit }: PositionsQuery): Promise<Page<PositionView>> {
    const states = state === undefined ? ['candidate', 'question'] : [state];
    const found = await rows<PositionView>(
      this.db,
      `${CHANGE_SQL} AND p.state = ANY ($2::text[]) AND c.hidden_at IS NULL AND ($3::uuid IS NULL OR p.id < $3)
        ORDER BY p.id DESC LIMIT $4`,
      [ownerId, states, cursor ?? null, limit + 1],
    );
    return pageOf(found, limit);
  }

  /** @throws AppError not-found */
  async get(ownerId: string, id: string): Promise<PositionView> {
    const found = await row<PositionView>(this.db, `${CHANGE_SQL} AND p.id = $2`, [ownerId, id]);
    if (!found) throw new AppError('not-found', `there is no change ${id} to decide`);
    return found;
  }

  /** Nothing is sent by it: it only says what is so. @throws AppError not-found */
  async answer(ownerId: string, id: string, answer: PositionAnswer['answer']): Promise<PositionView> {
    const now = this.clock.now();
    const state = answer === 'yes' ? 'confirmed' : 'dismissed';
    await this.db.transaction(async (tx) => {
      const changed = await affected(
        tx,
        `UPDATE position_change SET state = $3, decided_at = $4 WHERE owner_id = $1 AND id = $2 AND state <> $3`,
        [ownerId, id, state, now],
      );
      if (changed === 0) return;
      await applyAnswer(tx, ownerId, id, { answer, now });
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'owner',
        what: 'position-answered',
        subjectKind: 'position_change',
        subjectId: id,
        detail: { answer },
      });
    });
    return this.get(ownerId, id);
  }
}

/** $1 owner. */
const CHANGE_SQL = `
SELECT p.id, p.created_at, c.id AS contact_id, c.full_name AS contact_name,
       jsonb_build_object('company', p.company_before, 'title', p.title_before) AS before,
       jsonb_build_object('company', p.company, 'title', p.title) AS after,
       p.phone, p.email, p.successor, p."left", p.seen_on::text AS seen_on, p.state, p.decided_at, p.import_id,
       p.inbound_id, f.name AS file, r.line
  FROM position_change p
  JOIN contact k ON k.id = p.contact_id
  JOIN contact c ON c.id = coalesce(k.merged_into, k.id)
  LEFT JOIN source_record r ON r.id = p.source_id
  LEFT JOIN import_file f ON f.id = r.file_id
 WHERE p.owner_id = $1`;
