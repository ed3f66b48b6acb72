import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { appendInbound } from '../database/append-inbound.js';
import type { Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { Queue } from '../queue/queue.service.js';
import type { MessageView } from './composing.schemas.js';
import { DraftsService } from './drafts.service.js';
import { hold, type Held } from './hold.js';
import { noted } from './line.js';

/** Steps the owner does by hand where there is no address: done, and answered. */
@Injectable()
export class TasksService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly drafts: DraftsService,
  ) {}

  /** The owner has said it in their own way. @throws AppError conflict; invalid for an instant to come */
  async done(ownerId: string, id: string, at: Date | null): Promise<MessageView> {
    const now = this.clock.now();
    if (at && at > now) throw new AppError('invalid', 'at: this is yet to come; mark it done when it is');
    await this.db.transaction(async (tx) => {
      const held = await holdTask(tx, ownerId, id);
      if (held.state !== 'needs_review')
        throw new AppError('conflict', `this task is ${held.state}${held.why ? `: ${held.why}` : ''}`);
      await markDone(tx, ownerId, id, { at: at ?? now, now });
    });
    await this.queue.wake('plan', {});
    return this.drafts.message(ownerId, id);
  }

  /** They answered, wherever that was: a stop like any answer by mail, and counted as one. */
  async answered(ownerId: string, id: string, at: Date | null): Promise<MessageView> {
    const now = this.clock.now();
    if (at && at > now) throw new AppError('invalid', 'at: this is yet to come; an answer has been');
    await this.db.transaction(async (tx) => {
      const held = await holdTask(tx, ownerId, id);
      if (held.context.kind === 'birthday-reminder')
        throw new AppError('conflict', 'a reminder is for you; mark it done');
      if (held.state === 'needs_review') await markDone(tx, ownerId, id, { at: at ?? now, now });
      else if (held.state !== 'sent')
        throw new AppError('conflict', `this task is ${held.state}, so there is nothing to answer`);
      if (at && held.sentAt && at < held.sentAt) {
        throw new AppError('invalid', 'at: they cannot have answered before you wrote');
      }
      const made = await appendInbound(tx, {
        ownerId,
        contactId: held.context.personId,
        messageId: id,
        kind: 'reply',
        matchedBy: 'owner',
        messageIdHeader: null,
        hash: createHash('sha256').update(`answered ${id}`).digest('hex'),
        fromAddress: null,
        subject: '',
        at: at ?? now,
        returnOn: null,
        severity: null,
        detail: {},
        turn: 'planner',
      });
      if (made) await noted(tx, ownerId, id, { now, who: 'owner', what: 'answered' });
    });
    await this.queue.wake('plan', {});
    return this.drafts.message(ownerId, id);
  }
}

async function holdTask(tx: Db, ownerId: string, id: string): Promise<Held> {
  const held = await hold(tx, ownerId, id, {});
  if (held.context.channel !== 'task') throw new AppError('conflict', 'this is a mail, not a task');
  return held;
}

async function markDone(
  tx: Db,
  ownerId: string,
  id: string,
  { at, now }: { at: Date; now: Date },
): Promise<void> {
  await tx.query(
    `UPDATE message SET state = 'sent', sent_at = $3, next_at = NULL, handover = enrollment_id IS NOT NULL,
            why = 'you did it by hand', why_code = 'by-owner', version = version + 1
      WHERE owner_id = $1 AND id = $2 AND state = 'needs_review'`,
    [ownerId, id, at],
  );
  await noted(tx, ownerId, id, { now, who: 'owner', what: 'done' });
}
