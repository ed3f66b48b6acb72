import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController, MetricsController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { TidyWorker } from './tidy.worker.js';

@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController, MetricsController],
  providers: [HealthService, TidyWorker],
})
export class HealthModule {}
