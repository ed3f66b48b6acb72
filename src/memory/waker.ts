import { Injectable } from '@nestjs/common';
import { Log } from '../log.js';
import { Queue } from '../queue/queue.service.js';

/** What was noted may be what a message waits for. A lost wake costs a minute, so it never fails the noting. */
@Injectable()
export class Waker {
  constructor(
    private readonly queue: Queue,
    private readonly log: Log,
  ) {}

  async wake(): Promise<void> {
    try {
      await this.queue.wake('plan', {});
      await this.queue.wake('compose', {});
    } catch (error) {
      this.log.warn({ err: String(error) }, 'could not wake planner and composing; the next minute does');
    }
  }
}
