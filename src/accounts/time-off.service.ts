import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { appendAudit } from '../database/append.js';
import { newId } from '../database/ids.js';
import { lockPlanner } from '../database/line-locks.js';
import { lookAgain } from '../database/look-again.js';
import { affected, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { pageOf, type Page, type PageQuery } from '../http/page.js';
import type { TakeTimeOff, TimeOffAnswer } from './time-off.schemas.js';

/** The owner's days off. What would leave on them waits: `decide` reads the rows. Given up, what waited is looked at again. */
@Injectable()
export class TimeOffService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  async list(ownerId: string, { limit, cursor }: PageQuery): Promise<Page<TimeOffAnswer>> {
    const found = await rows<TimeOffAnswer>(
      this.db,
      `SELECT id, from_on, until_on FROM time_off
        WHERE owner_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [ownerId, cursor ?? null, limit + 1],
    );
    return pageOf(found, limit);
  }

  async take(ownerId: string, { fromOn, untilOn }: TakeTimeOff): Promise<TimeOffAnswer> {
    const id = newId();
    const at = this.clock.now();
    await this.db.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO time_off (id, owner_id, created_at, from_on, until_on) VALUES ($1, $2, $3, $4, $5)`,
        [id, ownerId, at, fromOn, untilOn],
      );
      await appendAudit(tx, {
        ownerId,
        at,
        who: 'owner',
        what: 'time off taken',
        subjectKind: 'time_off',
        subjectId: id,
        detail: { fromOn, untilOn },
      });
    });
    return { id, fromOn, untilOn };
  }

  async remove(ownerId: string, id: string): Promise<void> {
    const at = this.clock.now();
    await this.db.transaction(async (tx) => {
      await lockPlanner(tx);
      const gone = await affected(tx, `DELETE FROM time_off WHERE owner_id = $1 AND id = $2`, [ownerId, id]);
      if (gone === 0) throw new AppError('not-found', 'There is no such time off.');
      await appendAudit(tx, {
        ownerId,
        at,
        who: 'owner',
        what: 'time off given up',
        subjectKind: 'time_off',
        subjectId: id,
      });
      await lookAgain(tx, ownerId, { for: 'owner-away', contactId: null }, at);
    });
  }
}
