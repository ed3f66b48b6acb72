import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { CONFIG, type Config } from '../config.js';
import { appendAudit, appendInteraction } from '../database/append.js';
import { contactsOf } from '../database/persons.js';
import { row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { pageOf, type Page, type PageQuery } from '../http/page.js';
import { ALARM, ALARM_DAYS, alarmsOf, type Alarm } from './alarms.js';
import { Queue } from '../queue/queue.service.js';
import type { DebtRow, InboundQuery, InboundRow, InboxNews } from './inbox.schemas.js';

/** What came in, and the answers the owner owes. */
@Injectable()
export class InboxService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  async list(ownerId: string, query: InboundQuery): Promise<Page<InboundRow>> {
    const found = await rows<InboundRow>(
      this.db,
      `${INBOUND_SQL}
        WHERE i.owner_id = $1 AND ($2::text IS NULL OR i.kind = $2) AND ($3::uuid IS NULL OR i.id < $3)
        ORDER BY i.id DESC LIMIT $4`,
      [ownerId, query.kind ?? null, query.cursor ?? null, query.limit + 1],
    );
    return pageOf(found, query.limit);
  }

  /** What waits for the owner, of the last month. */
  async news(ownerId: string): Promise<InboxNews> {
    const since = new Date(this.clock.now().getTime() - ALARM_DAYS * 86_400_000);
    const read = (which: string): Promise<InboundRow[]> =>
      rows<InboundRow>(
        this.db,
        `${INBOUND_SQL}
          WHERE i.owner_id = $1 AND i.at > $2 AND i.seen_at IS NULL AND i.kind <> 'list' AND ${which}
          ORDER BY i.at DESC, i.id DESC LIMIT ${NEWS}`,
        [ownerId, since],
      );
    const [{ items: debts }, alarms, unknown, unmatched, notices] = await Promise.all([
      this.debts(ownerId, { limit: NEWS }),
      read(ALARM),
      read(`i.kind = 'other'`),
      read(`i.kind <> 'other' AND i.contact_id IS NULL AND NOT ${ALARM}`),
      read(`i.contact_id IS NOT NULL AND NOT ${ALARM} AND ${NOTICE}`),
    ]);
    return { debts, alarms, unknown, unmatched, notices };
  }

  /** What the owner should hear of without asking. */
  alarms(ownerId: string): Promise<Alarm[]> {
    return alarmsOf(this.db, ownerId, { now: this.clock.now(), keys: this.config.secretKeys });
  }

  /** Answers owed, the oldest first, which is also the most pressing. */
  async debts(ownerId: string, query: PageQuery): Promise<Page<DebtRow>> {
    const found = await rows<DebtRow>(
      this.db,
      `SELECT d.id, d.contact_id, c.full_name AS contact_name, d.inbound_id, d.due_on, d.asks
         FROM reply_debt d JOIN contact c ON c.id = d.contact_id
        WHERE d.owner_id = $1 AND d.closed_at IS NULL AND ($2::uuid IS NULL OR d.id > $2)
        ORDER BY d.id LIMIT $3`,
      [ownerId, query.cursor ?? null, query.limit + 1],
    );
    return pageOf(found, query.limit);
  }

  /** What they had asked before the owner wrote to them at `at` is no longer owed. Says how many answers that were. */
  async answered(ownerId: string, contactId: string, at: Date): Promise<number> {
    const asked = await rows<{ id: string }>(
      this.db,
      `SELECT d.id FROM reply_debt d JOIN inbound i ON i.id = d.inbound_id
         JOIN contact given ON given.owner_id = $1 AND given.id = $2
        WHERE d.owner_id = $1 AND d.closed_at IS NULL
          AND d.contact_id IN (${contactsOf('coalesce(given.merged_into, given.id)')})
          AND coalesce((i.detail->>'arrivedAt')::timestamptz, i.at) <= $3`,
      [ownerId, contactId, at],
    );
    for (const { id } of asked) await this.closeDebt(ownerId, id, 'needs-none');
    return asked.length;
  }

  /** The owner answered by hand: that counts as a word to the person, or needs no answer. */
  async closeDebt(ownerId: string, id: string, how: 'answered' | 'needs-none'): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      const closed = await row<{ contactId: string }>(
        tx,
        `UPDATE reply_debt SET closed_at = $3 WHERE owner_id = $1 AND id = $2 AND closed_at IS NULL RETURNING contact_id`,
        [ownerId, id, now],
      );
      if (!closed) throw new AppError('not-found', `no open answer ${id} is owed`);
      if (how === 'answered') {
        await appendInteraction(tx, {
          ownerId,
          contactId: closed.contactId,
          kind: 'mail-by-hand',
          at: now,
          createdAt: now,
          text: 'answered by hand',
          sourceKind: 'reply-debt',
          sourceId: id,
        });
      }
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'owner',
        what: `debt-${how}`,
        subjectKind: 'reply_debt',
        subjectId: id,
      });
    });
    await this.queue.wake('plan', {});
  }
}

/** Read by `inbound_news_idx`. */
const NEWS = 50;

const NOTICE = `(i.kind IN ('bounce', 'delay', 'calendar')
  OR (i.kind = 'auto-reply' AND i.detail->>'subkind' = 'left'))`;

const INBOUND_SQL = `
SELECT i.id, i.kind, i.at, i.contact_id, c.full_name AS contact_name, i.message_id, i.matched_by, i.from_address,
       i.subject, b.text, i.return_on, i.severity, i.detail->>'why' AS why, i.first_kind, i.detail->>'by' AS "by",
       i.detail->>'name' AS by_name, i.detail->>'subkind' AS subkind, i.detail->>'reason' AS reason,
       i.detail->>'recipient' AS recipient, i.seen_at
  FROM inbound i LEFT JOIN contact given ON given.id = i.contact_id
  LEFT JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
  LEFT JOIN inbound_body b ON b.inbound_id = i.id`;
