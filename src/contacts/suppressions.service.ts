import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { canonicalEmail } from '../core/import/identity.js';
import { appendAudit, appendSuppression } from '../database/append.js';
import { row, rows, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { pageOf, type Page } from '../http/page.js';
import { Queue } from '../queue/queue.service.js';
import type { AddSuppression, SuppressionsQuery, SuppressionView } from './contacts.schemas.js';

const COLUMNS = `id, address, scope, why, source_kind, source_id, created_at, lifted_at`;

/** Addresses and what must not be sent to them. */
@Injectable()
export class SuppressionsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  /** Newest first. */
  async list(ownerId: string, query: SuppressionsQuery): Promise<Page<SuppressionView>> {
    const found = await rows<SuppressionView>(
      this.db,
      `SELECT ${COLUMNS} FROM suppression
        WHERE owner_id = $1 AND ($2::uuid IS NULL OR id < $2) AND ($3 OR lifted_at IS NULL)
        ORDER BY id DESC LIMIT $4`,
      [ownerId, query.cursor ?? null, query.lifted === 'true', query.limit + 1],
    );
    return pageOf(found, query.limit);
  }

  /** Saying the same again changes nothing. */
  async add(ownerId: string, wanted: AddSuppression): Promise<SuppressionView> {
    const now = this.clock.now();
    const address = canonicalEmail(wanted.address) ?? wanted.address.toLowerCase();
    const { scope, why } = wanted;
    const added = await this.db.transaction(async (tx) => {
      await appendSuppression(tx, {
        ownerId,
        address,
        scope,
        why,
        at: now,
        sourceKind: 'owner',
        sourceId: null,
      });
      const there = await row<SuppressionView>(
        tx,
        `SELECT ${COLUMNS} FROM suppression
          WHERE owner_id = $1 AND address = $2 AND scope = $3 AND source_kind = 'owner' AND lifted_at IS NULL`,
        [ownerId, address, scope],
      );
      if (!there) throw new Error('a suppression that was just added is not there');
      await this.audit(tx, ownerId, there.id, 'suppressed', now);
      return there;
    });
    await this.queue.wakeLine();
    return added;
  }

  /**
   * The owner may send there again, whoever else had said the same until then; asked once more, it spares what was said
   * since. @throws AppError not-found
   */
  async lift(ownerId: string, id: string): Promise<SuppressionView> {
    const now = this.clock.now();
    const lifted = await this.db.transaction(async (tx) => {
      const found = await row<SuppressionView>(
        tx,
        `UPDATE suppression SET lifted_at = coalesce(lifted_at, $3) WHERE owner_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
        [ownerId, id, now],
      );
      if (!found) throw new AppError('not-found', `there is no suppression ${id}`);
      await tx.query(
        `UPDATE suppression SET lifted_at = $4
          WHERE owner_id = $1 AND address = $2 AND scope = $3 AND lifted_at IS NULL AND created_at <= $4`,
        [ownerId, found.address, found.scope, found.liftedAt],
      );
      await this.audit(tx, ownerId, id, 'lifted', now);
      return found;
    });
    await this.queue.wakeLine();
    return lifted;
  }

  private audit(db: Db, ownerId: string, id: string, what: string, at: Date): Promise<void> {
    return appendAudit(db, { ownerId, at, who: 'owner', what, subjectKind: 'suppression', subjectId: id });
  }
}
