import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { promiseDueOn } from '../core/promise-due.js';
import { localDate } from '../core/schedule.js';
import { appendAudit, appendPromise } from '../database/append.js';
import { row, rows, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { Queue } from '../queue/queue.service.js';
import { refuseWhileLeaving } from './citations.js';
import type { AddPromise, MemoryQuery, PromiseView } from './memory.schemas.js';
import { checkEvent, lockPerson, ownerZone, personOf } from './people.js';

/** $1 owner, $2 today in the owner's zone. */
const PROMISE = `
SELECT r.id, c.id AS contact_id, c.full_name AS contact_name, r.event_id, r.text, r.due_on::text,
       CASE WHEN r.closed_at IS NOT NULL THEN 'released' WHEN r.kept_at IS NOT NULL THEN 'kept' ELSE 'open' END AS state,
       (r.kept_at IS NULL AND r.closed_at IS NULL AND r.due_on < $2::date) AS overdue,
       r.kept_at, r.kept_with, r.closed_at, r.created_at
  FROM promise r
  JOIN contact given ON given.id = r.contact_id
  JOIN contact c ON c.id = coalesce(given.merged_into, given.id)`;

const OPEN = `r.kept_at IS NULL AND r.closed_at IS NULL`;

/** What the owner said they would do: owed until kept or released. */
@Injectable()
export class PromisesService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  /** Open ones of everybody, the most pressing first. One more than the limit. */
  async open(ownerId: string, query: { limit: number; cursor?: string }): Promise<PromiseView[]> {
    return rows<PromiseView>(
      this.db,
      `${PROMISE} WHERE r.owner_id = $1 AND ${OPEN} AND c.hidden_at IS NULL
          AND ($3::uuid IS NULL OR (r.due_on, r.id) > (SELECT x.due_on, x.id FROM promise x WHERE x.owner_id = $1 AND x.id = $3))
        ORDER BY r.due_on, r.id LIMIT $4`,
      [ownerId, await this.today(this.db, ownerId), query.cursor ?? null, query.limit + 1],
    );
  }

  /** Those made to one person. One more than the limit. @throws AppError not-found */
  async list(ownerId: string, contactId: string, query: MemoryQuery): Promise<PromiseView[]> {
    const { ids } = await personOf(this.db, ownerId, contactId);
    return rows<PromiseView>(
      this.db,
      `${PROMISE} WHERE r.owner_id = $1 AND r.contact_id = ANY ($3::uuid[]) AND ($4 OR (${OPEN}))
          AND ($5::uuid IS NULL OR r.id > $5) ORDER BY r.id LIMIT $6`,
      [
        ownerId,
        await this.today(this.db, ownerId),
        ids,
        query.all ?? false,
        query.cursor ?? null,
        query.limit + 1,
      ],
    );
  }

  /** @throws AppError not-found */
  async add(ownerId: string, contactId: string, promise: AddPromise): Promise<PromiseView> {
    const now = this.clock.now();
    const added = await this.db.transaction(async (tx) => {
      const person = await lockPerson(tx, ownerId, contactId);
      const eventId = promise.eventId ?? null;
      await checkEvent(tx, ownerId, eventId);
      const id = await appendPromise(tx, {
        ownerId,
        contactId: person.id,
        eventId,
        at: now,
        text: promise.text,
        dueOn: promise.dueOn ?? promiseDueOn(now, await ownerZone(tx, ownerId)),
        sourceKind: 'owner',
        sourceId: null,
      });
      return this.one(tx, ownerId, id);
    });
    await this.queue.wakeLine();
    return added;
  }

  /** Kept now, with these words for "As promised, ...". @throws AppError not-found; conflict, when it is not open */
  async keep(ownerId: string, contactId: string, id: string, given: string | null): Promise<PromiseView> {
    const kept = await this.settle(ownerId, contactId, id, 'kept', `kept_at = $4, kept_with = $5`, [given]);
    await this.queue.wakeLine();
    return kept;
  }

  /**
   * Taken back: neither owed nor kept.
   * @throws AppError not-found; conflict, when it is not open or an approved mail cites it
   */
  async release(ownerId: string, contactId: string, id: string): Promise<PromiseView> {
    const released = await this.settle(ownerId, contactId, id, 'released', `closed_at = $4`, []);
    await this.queue.wakeLine();
    return released;
  }

  private settle(
    ownerId: string,
    contactId: string,
    id: string,
    what: 'kept' | 'released',
    change: string,
    params: readonly unknown[],
  ): Promise<PromiseView> {
    const now = this.clock.now();
    return this.db.transaction(async (tx) => {
      const { ids } = await lockPerson(tx, ownerId, contactId);
      if (what === 'released') await refuseWhileLeaving(tx, ownerId, 'promise', id);
      const settled = await row(
        tx,
        `UPDATE promise r SET ${change}
          WHERE r.owner_id = $1 AND r.id = $2 AND r.contact_id = ANY ($3::uuid[]) AND ${OPEN} RETURNING r.id`,
        [ownerId, id, ids, now, ...params],
      );
      const promise = await this.one(tx, ownerId, id, ids);
      if (!settled) throw new AppError('conflict', `this promise is ${promise.state} already`);
      await appendAudit(tx, { ownerId, at: now, who: 'owner', what, subjectKind: 'promise', subjectId: id });
      return promise;
    });
  }

  private async one(
    db: Db,
    ownerId: string,
    id: string,
    ids: readonly string[] | null = null,
  ): Promise<PromiseView> {
    const promise = await row<PromiseView>(
      db,
      `${PROMISE} WHERE r.owner_id = $1 AND r.id = $3 AND ($4::uuid[] IS NULL OR r.contact_id = ANY ($4::uuid[]))`,
      [ownerId, await this.today(db, ownerId), id, ids],
    );
    if (!promise) throw new AppError('not-found', `there is no promise ${id} to this contact`);
    return promise;
  }

  private async today(db: Db, ownerId: string): Promise<string> {
    return localDate(this.clock.now(), await ownerZone(db, ownerId));
  }
}
