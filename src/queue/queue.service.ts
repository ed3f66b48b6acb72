import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '../log.js';
import type { Backend } from './backend.js';
import type { JobName, Jobs } from './jobs.js';

export const BACKEND = Symbol('queue backend');

/** Nobody waits longer than this for a queue that is away, in ms. */
const PATIENCE = 3_000;

/** Wakes rooms. Adding is best effort by design: the rows hold the truth, and the next minute offers them again. */
@Injectable()
export class Queue implements OnApplicationShutdown {
  constructor(
    @Inject(BACKEND) private readonly backend: Backend,
    private readonly log: Log,
  ) {}

  /**
   * One waiting job per name and data is enough: a second wake while one waits is dropped, one while it is at work is
   * kept until it ends. Never fails, and soon returns: what called it has been committed, and a lost wake costs a minute.
   */
  async wake<N extends JobName>(name: N, data: Jobs[N]): Promise<void> {
    const id = [name, ...Object.values(data)].join('-');
    const added = this.backend.queue.add(name, data, { deduplication: { id, keepLastIfActive: true } });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the queue does not answer')), PATIENCE);
    });
    try {
      await Promise.race([added, late]);
    } catch (error) {
      this.log.warn({ job: name, err: String(error) }, 'could not wake; the next minute does');
    } finally {
      clearTimeout(timer);
    }
  }

  /** What was said may be what is planned or withheld for: both the planner and composing look again. */
  async wakeLine(): Promise<void> {
    await this.wake('plan', {});
    await this.wake('compose', {});
  }

  counts(): Promise<Record<string, number>> {
    return this.backend.queue.getJobCounts();
  }

  get backendName(): string {
    return this.backend.name;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.backend.close();
  }
}
