import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { enrollmentMoves, type EnrollmentState } from '../core/states.js';
import { appendAudit, lockPersons } from '../database/append.js';
import { row, rows, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { Log } from '../log.js';
import { Queue } from '../queue/queue.service.js';
import { lockPlanner, personOf } from './moves.js';
import type { EnrollmentAnswer, EnrollmentQuery } from './sequences.schemas.js';

const COLUMNS = `id, contact_id, sequence_id, event_id, state, why, next_step_id, next_at, started_at, version`;

/** Enrollments as the owner sees and steers them. */
@Injectable()
export class EnrollmentsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly log: Log,
  ) {}

  /** With `contactId` those of the person, read through merges. */
  list(ownerId: string, query: EnrollmentQuery): Promise<EnrollmentAnswer[]> {
    return rows<EnrollmentAnswer>(
      this.db,
      `SELECT ${COLUMNS} FROM enrollment
        WHERE owner_id = $1 AND ($2::uuid IS NULL OR id > $2) AND ($4::text IS NULL OR state = $4)
          AND ($5::uuid IS NULL OR contact_id IN (${personOf('$5')}))
        ORDER BY id LIMIT $3`,
      [ownerId, query.cursor ?? null, query.limit + 1, query.state ?? null, query.contactId ?? null],
    );
  }

  /** The word by the owner's hand: the step they stand at is written now. */
  async continue(ownerId: string, id: string): Promise<EnrollmentAnswer> {
    const moved = await this.move(ownerId, id, 'active', 'continued by hand', async (tx, before) => {
      if (before.state !== 'paused') {
        throw new AppError('conflict', `only a paused enrollment is continued; this one is ${before.state}`);
      }
      const unheard = await row(
        tx,
        `SELECT 1 FROM inbound WHERE owner_id = $1 AND turn = 'planner' AND contact_id IN (${personOf('$2')}) LIMIT 1`,
        [ownerId, before.contactId],
      );
      if (unheard) throw new AppError('conflict', 'they have just written; read that first');
    });
    await this.wake('plan');
    return moved;
  }

  async stop(ownerId: string, id: string): Promise<EnrollmentAnswer> {
    const moved = await this.move(ownerId, id, 'stopped', 'you stopped it', (_, before) => {
      if (enrollmentMoves[before.state].includes('stopped')) return;
      throw new AppError('conflict', `this enrollment is ${before.state} already`);
    });
    await this.wake('compose');
    return moved;
  }

  private move(
    ownerId: string,
    id: string,
    to: EnrollmentState & ('active' | 'stopped'),
    what: string,
    check: (tx: Db, before: EnrollmentAnswer) => Promise<void> | void,
  ): Promise<EnrollmentAnswer> {
    const now = this.clock.now();
    return this.db.transaction(async (tx) => {
      await lockPlanner(tx);
      const known = await row<EnrollmentAnswer>(
        tx,
        `SELECT ${COLUMNS} FROM enrollment WHERE owner_id = $1 AND id = $2`,
        [ownerId, id],
      );
      if (!known) throw new AppError('not-found', `there is no enrollment ${id}`);
      await lockPersons(tx, ownerId, [known.contactId]);
      await check(tx, known);
      const [moved] = await rows<EnrollmentAnswer>(
        tx,
        `UPDATE enrollment SET state = $3, why = $4, next_at = $5, started_at = coalesce($5, started_at),
                version = version + 1
          WHERE owner_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
        [ownerId, id, to, to === 'stopped' ? what : null, to === 'active' ? now : null],
      );
      if (!moved) throw new AppError('not-found', `there is no enrollment ${id}`);
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'owner',
        what,
        subjectKind: 'enrollment',
        subjectId: id,
      });
      return moved;
    });
  }

  private async wake(job: 'plan' | 'compose'): Promise<void> {
    try {
      await this.queue.wake(job, {});
    } catch (error) {
      this.log.warn({ err: String(error) }, `${job} was not woken; the next minute will`);
    }
  }
}
