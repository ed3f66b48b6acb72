import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CONFIG, type Config } from '../config.js';
import { Log } from '../log.js';
import { tickJobs } from './jobs.js';
import { Queue } from './queue.service.js';

/**
 * Each minute, every due row is offered again. Local time is computed by us; a cron, which says on stderr when it was
 * made in the last instant of a minute, has nothing to add. Two schedulers are harmless: the jobs are deduplicated, and
 * the rows decide.
 */
@Injectable()
export class Ticker {
  /** The time-lapse holds it while it moves the clock itself. */
  held = false;

  constructor(
    private readonly queue: Queue,
    @Inject(CONFIG) private readonly config: Config,
    private readonly log: Log,
  ) {}

  @Interval('minute', 60_000)
  async minute(): Promise<void> {
    if (this.held || !this.config.ROLES.includes('scheduler')) return;
    try {
      await this.tick();
    } catch (error) {
      this.log.error({ err: String(error) }, 'tick');
    }
  }

  /** All at once: a queue that is away costs the patience of one. */
  async tick(): Promise<void> {
    await Promise.all(tickJobs.map((name) => this.queue.wake(name, {})));
  }
}
