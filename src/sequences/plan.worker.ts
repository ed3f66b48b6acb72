import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import type { Db } from '../database/rows.js';
import { Log } from '../log.js';
import { Handles, type JobHandler } from '../queue/handles.js';
import { Queue } from '../queue/queue.service.js';
import { adoptFromSandbox } from './adopt.js';
import { heedHandover } from './heed-handover.js';
import { heedInbound } from './heed-inbound.js';
import { BATCH, lockPlanner, type Round } from './moves.js';
import { planDue } from './plan-due.js';
import { takeDebrief } from './take-debrief.js';

/** No job holds a worker longer than this many rounds of one kind; the next minute goes on. */
const MOST_ROUNDS = 100;

/**
 * The planner. Stops come first, then what has ended, then whom the debrief chose, then what is due: so nobody who
 * answered is planned for in the same breath. Each round is a short transaction of one batch.
 */
@Injectable()
@Handles('plan')
export class PlanWorker implements JobHandler<'plan'> {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly log: Log,
  ) {}

  async handle(): Promise<void> {
    const now = this.clock.now();
    const heard = await this.rounds(heedInbound, now);
    await this.rounds(heedHandover, now);
    await this.rounds(adoptFromSandbox, now);
    await this.rounds(takeDebrief, now);
    const due = await this.rounds(planDue, now);
    if (heard.done > 0 || due.planned > 0) await this.wakeComposing();
  }

  /** Batches until one comes back short, or nothing more can be done with what is left. */
  private async rounds(work: (tx: Db, now: Date) => Promise<Round>, now: Date): Promise<Round> {
    const sum: Round = { found: 0, done: 0, planned: 0 };
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const { found, done, planned } = await this.db.transaction(async (tx) => {
        await lockPlanner(tx);
        return work(tx, now);
      });
      sum.found += found;
      sum.done += done;
      sum.planned += planned;
      // A full batch has more behind it; a short one of which rows were left out (a person twice) is asked once more.
      if (done === 0 || (found < BATCH && done === found)) break;
    }
    return sum;
  }

  private async wakeComposing(): Promise<void> {
    try {
      await this.queue.wake('compose', {});
    } catch (error) {
      this.log.warn({ err: String(error) }, 'compose was not woken; the next minute will');
    }
  }
}
