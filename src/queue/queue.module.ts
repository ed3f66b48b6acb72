import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { CONFIG, type Config } from '../config.js';
import { DATABASE_URL } from '../database/database.module.js';
import { Log } from '../log.js';
import { openBackend } from './backend.js';
import { JobRunner } from './job-runner.js';
import { BACKEND, Queue } from './queue.service.js';
import { Ticker } from './ticker.js';

@Global()
@Module({
  imports: [DiscoveryModule, ScheduleModule.forRoot()],
  providers: [
    {
      provide: BACKEND,
      inject: [CONFIG, DATABASE_URL, Log],
      useFactory: (config: Config, databaseUrl: string, log: Log) =>
        openBackend({ databaseUrl, redisUrl: config.REDIS_URL }, (error) =>
          log.error({ err: error.message }, 'queue'),
        ),
    },
    Queue,
    JobRunner,
    Ticker,
  ],
  exports: [Queue, JobRunner, Ticker],
})
export class QueueModule {}
