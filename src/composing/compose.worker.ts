import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { rows, type Db } from '../database/rows.js';
import { Log } from '../log.js';
import { Handles, type JobHandler } from '../queue/handles.js';
import { Queue } from '../queue/queue.service.js';
import { Composer } from './composer.js';
import { lockComposing } from '../database/line-locks.js';
import { heedInbound, renewStale } from './heed.js';

/** No owner has more than this many batches in one go; the next minute goes on. */
const ROUNDS = 20;

/** Wakes for every owner who has something due: heeds answers, renews what went stale, writes what is planned. */
@Injectable()
@Handles('compose')
export class ComposeWorker implements JobHandler<'compose'> {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly log: Log,
    private readonly composer: Composer,
  ) {}

  async handle(): Promise<void> {
    let approved = 0;
    for (const { id } of await this.ownersWithWork()) {
      try {
        approved += await this.work(id);
      } catch (error) {
        // One owner's trouble is not the others'.
        this.log.error({ ownerId: id, err: String(error) }, 'composing');
      }
    }
    if (approved > 0) await this.queue.wake('deliver', {});
  }

  private async work(ownerId: string): Promise<number> {
    await this.round(ownerId, heedInbound);
    await this.round(ownerId, renewStale);
    let approved = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const done = await this.composer.composeOwner(ownerId);
      approved += done.approved;
      if (done.looked === 0) break;
    }
    return approved;
  }

  private async round(
    ownerId: string,
    step: (tx: Db, ownerId: string, now: Date) => Promise<number>,
  ): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      const done = await this.db.transaction(async (tx) => {
        await lockComposing(tx, ownerId);
        return step(tx, ownerId, this.clock.now());
      });
      if (done === 0) break;
    }
  }

  /** Three partial indexes tell; who stopped everything is left in peace. */
  private ownersWithWork(): Promise<{ id: string }[]> {
    return rows(
      this.db,
      `SELECT o.id FROM owner o WHERE o.stopped_at IS NULL AND o.id IN (
         SELECT owner_id FROM message WHERE state = 'planned' AND next_at <= $1
          UNION
         SELECT owner_id FROM message WHERE state IN ('needs_review', 'withheld') AND valid_until IS NOT NULL AND valid_until <= $1
          UNION
         SELECT owner_id FROM inbound WHERE turn = 'composing') ORDER BY o.id`,
      [this.clock.now()],
    );
  }
}
