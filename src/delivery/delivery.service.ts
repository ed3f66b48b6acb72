import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { appendAudit } from '../database/append.js';
import { row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { pageOf, type Page } from '../http/page.js';
import { Queue } from '../queue/queue.service.js';
import type { OutboxRow } from './delivery.schemas.js';

const OUTBOX = `
  SELECT m.id, m.contact_id, c.full_name AS contact_name, m.to_address, w.subject, m.kind, m.state, m.why, m.why_code,
         m.next_at, m.sent_at, m.attempts, m.sandbox, m.server_reply, m.version
    FROM message m JOIN contact c ON c.id = m.contact_id LEFT JOIN message_body w ON w.message_id = m.id`;

/** What delivery shows of its part of the line, and the owner's word where a machine cannot know. */
@Injectable()
export class DeliveryService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  /** Approved, under way, unknown, and gone: newest first. */
  async outbox(
    ownerId: string,
    query: { limit: number; cursor?: string; state?: OutboxRow['state'] },
  ): Promise<Page<OutboxRow>> {
    const found = await rows<OutboxRow>(
      this.db,
      `${OUTBOX} WHERE m.owner_id = $1 AND m.channel = 'mail'
          AND m.state = ANY ($2) AND ($3::uuid IS NULL OR m.id < $3)
        ORDER BY m.id DESC LIMIT $4`,
      [
        ownerId,
        query.state
          ? [query.state]
          : ['approved', 'claimed', 'sending', 'unknown', 'sent', 'failed', 'cancelled'],
        query.cursor ?? null,
        query.limit + 1,
      ],
    );
    return pageOf(found, query.limit);
  }

  /**
   * The owner looked into Sent and says what became of an unknown message. *Not sent* puts it in line again: the only
   * way an unknown message ever is.
   */
  async settleUnknown(ownerId: string, id: string, was: 'sent' | 'not-sent'): Promise<OutboxRow> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      const settled =
        was === 'sent'
          ? await row(
              tx,
              `UPDATE message m SET state = 'sent', version = version + 1, why = 'you found it in Sent', why_code = 'by-owner',
                      sent_at = coalesce((SELECT max(a.created_at) FROM send_attempt a WHERE a.message_id = m.id), $3),
                      handover = enrollment_id IS NOT NULL
                WHERE owner_id = $1 AND id = $2 AND state = 'unknown' RETURNING id`,
              [ownerId, id, now],
            )
          : await row(
              tx,
              `UPDATE message SET state = 'approved', version = version + 1, why = 'you found it had not gone out',
                      why_code = 'by-owner', next_at = $3
                WHERE owner_id = $1 AND id = $2 AND state = 'unknown' RETURNING id`,
              [ownerId, id, now],
            );
      if (!settled) await this.refuse(ownerId, id, 'unknown');
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'owner',
        what: `message-was-${was}`,
        subjectKind: 'message',
        subjectId: id,
      });
    });
    await this.queue.wake(was === 'sent' ? 'plan' : 'deliver', {});
    return this.one(ownerId, id);
  }

  /** Takes an approved message back for good, as long as no worker has it. */
  async withdraw(ownerId: string, id: string): Promise<OutboxRow> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      const withdrawn = await row(
        tx,
        `UPDATE message SET state = 'cancelled', version = version + 1, why = 'you took it back', why_code = 'discarded',
                next_at = NULL, handover = enrollment_id IS NOT NULL
          WHERE owner_id = $1 AND id = $2 AND state = 'approved' RETURNING id`,
        [ownerId, id],
      );
      if (!withdrawn) await this.refuse(ownerId, id, 'approved');
      await tx.query(
        `UPDATE message_reason SET released_at = $2 WHERE message_id = $1 AND released_at IS NULL`,
        [id, now],
      );
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'owner',
        what: 'message-withdrawn',
        subjectKind: 'message',
        subjectId: id,
      });
    });
    await this.queue.wake('plan', {});
    return this.one(ownerId, id);
  }

  private async one(ownerId: string, id: string): Promise<OutboxRow> {
    const found = await row<OutboxRow>(this.db, `${OUTBOX} WHERE m.owner_id = $1 AND m.id = $2`, [
      ownerId,
      id,
    ]);
    if (!found) throw new AppError('not-found', `no message ${id}`);
    return found;
  }

  private async refuse(ownerId: string, id: string, wanted: string): Promise<never> {
    const present = await this.one(ownerId, id);
    throw new AppError(
      'conflict',
      `this message is ${present.state}; only one that is ${wanted} can be changed so`,
    );
  }
}
