import { Module } from '@nestjs/common';
import { CelebrateWorker } from './celebrate.worker.js';
import { MilestonesController } from './milestones.controller.js';
import { MilestonesService } from './milestones.service.js';

/** Dates worth a word: found in time, and put on the line as messages like any other. */
@Module({
  controllers: [MilestonesController],
  providers: [MilestonesService, CelebrateWorker],
  exports: [MilestonesService],
})
export class MilestonesModule {}
