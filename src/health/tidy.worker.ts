import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { dropOldKeys } from '../database/idempotency.js';
import { dropOldRawMail, forgetStrangers } from '../database/raw-mail.js';
import { Handles, type JobHandler } from '../queue/handles.js';

/** What is kept for a while only, and no longer. */
@Injectable()
@Handles('tidy')
export class TidyWorker implements JobHandler<'tidy'> {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  async handle(): Promise<void> {
    await dropOldKeys(this.db);
    await dropOldRawMail(this.db, this.clock.now());
    await forgetStrangers(this.db, this.clock.now());
  }
}
