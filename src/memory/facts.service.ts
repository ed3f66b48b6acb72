import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { mayBeQuoted } from '../core/facts.js';
import { appendAudit, appendFact } from '../database/append.js';
import { row, rows, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { Queue } from '../queue/queue.service.js';
import { refuseWhileLeaving } from './citations.js';
import type { AddFact, FactView, MemoryQuery } from './memory.schemas.js';
import { checkEvent, lockPerson, personOf } from './people.js';

const FACT = `
SELECT f.id, f.contact_id, f.event_id, f.kind, f.text, f.quotable, f.source_kind, f.source_id, f.created_at, f.closed_at,
       (SELECT r.message_id FROM message_reason r WHERE r.owner_id = $1 AND r.kind = 'fact' AND r.ref_id = f.id
           AND r.occurrence = '' AND r.released_at IS NULL) AS spent_in
  FROM fact f`;

/** What is known about people, statement by statement, each with its source. */
@Injectable()
export class FactsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  /** Newest last. One more than the limit. @throws AppError not-found */
  async list(ownerId: string, contactId: string, query: MemoryQuery): Promise<FactView[]> {
    const { ids } = await personOf(this.db, ownerId, contactId);
    return rows<FactView>(
      this.db,
      `${FACT} WHERE f.owner_id = $1 AND f.contact_id = ANY ($2::uuid[]) AND ($3 OR f.closed_at IS NULL)
          AND ($4::uuid IS NULL OR f.id > $4) ORDER BY f.id LIMIT $5`,
      [ownerId, ids, query.all ?? false, query.cursor ?? null, query.limit + 1],
    );
  }

  /** The owner's own words; they are their own source. @throws AppError not-found */
  async add(ownerId: string, contactId: string, fact: AddFact): Promise<FactView> {
    const added = await this.db.transaction(async (tx) => {
      const person = await lockPerson(tx, ownerId, contactId);
      const eventId = fact.eventId ?? null;
      await checkEvent(tx, ownerId, eventId);
      const id = await appendFact(tx, {
        ownerId,
        contactId: person.id,
        eventId,
        at: this.clock.now(),
        kind: fact.kind,
        text: fact.text,
        quotable: mayBeQuoted(fact.kind) && fact.quotable !== false,
        sourceKind: 'owner',
        sourceId: null,
      });
      return this.one(tx, ownerId, id);
    });
    await this.queue.wakeLine();
    return added;
  }

  /**
   * No longer true, or taken back. Closing it twice is closing it once.
   * @throws AppError not-found; conflict, while an approved mail cites it
   */
  close(ownerId: string, contactId: string, factId: string): Promise<FactView> {
    const now = this.clock.now();
    return this.db.transaction(async (tx) => {
      const { ids } = await lockPerson(tx, ownerId, contactId);
      await refuseWhileLeaving(tx, ownerId, 'fact', factId);
      const closed = await row(
        tx,
        `UPDATE fact SET closed_at = coalesce(closed_at, $4)
          WHERE owner_id = $1 AND id = $2 AND contact_id = ANY ($3::uuid[]) RETURNING id`,
        [ownerId, factId, ids, now],
      );
      if (!closed) throw new AppError('not-found', `there is no fact ${factId} about this contact`);
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'owner',
        what: 'closed',
        subjectKind: 'fact',
        subjectId: factId,
      });
      return this.one(tx, ownerId, factId);
    });
  }

  private async one(db: Db, ownerId: string, id: string): Promise<FactView> {
    const fact = await row<FactView>(db, `${FACT} WHERE f.owner_id = $1 AND f.id = $2`, [ownerId, id]);
    if (!fact) throw new AppError('not-found', `there is no fact ${id}`);
    return fact;
  }
}
