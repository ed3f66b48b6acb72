import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Handles, type JobHandler } from '../queue/handles.js';
import { Stopped } from './match-job-compare.js';
import { MatchService } from './match.service.js';

/** Compares the people of finished imports with everybody else. What the end of the process cuts off is done again. */
@Injectable()
@Handles('match')
export class MatchWorker implements JobHandler<'match'>, OnModuleDestroy {
  private readonly closing = new AbortController();

  constructor(private readonly match: MatchService) {}

  onModuleDestroy(): void {
    this.closing.abort();
  }

  async handle(): Promise<void> {
    try {
      await this.match.runDue({ signal: this.closing.signal });
    } catch (error) {
      if (!(error instanceof Stopped && this.closing.signal.aborted)) throw error;
    }
  }
}
