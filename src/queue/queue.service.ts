import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Backend } from './backend.js';
import type { JobName, Jobs } from './jobs.js';

export const BACKEND = Symbol('queue backend');

/** Wakes rooms. Adding is best effort by design: the rows hold the truth, and the next minute offers them again. */
@Injectable()
export class Queue implements OnApplicationShutdown {
  constructor(@Inject(BACKEND) private readonly backend: Backend) {}

  /**
   * One waiting job per name and data is enough: a second wake while one waits is dropped, one while it is at work is
   * kept until it ends.
   */
  async wake<N extends JobName>(name: N, data: Jobs[N]): Promise<void> {
    const id = [name, ...Object.values(data)].join('-');
    await this.backend.queue.add(name, data, { deduplication: { id, keepLastIfActive: true } });
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
