import { Module } from '@nestjs/common';
import { ComposeWorker } from './compose.worker.js';
import { Composer } from './composer.js';
import { ComposingController } from './composing.controller.js';
import { ComposingService } from './composing.service.js';
import { DraftsService } from './drafts.service.js';
import { TasksService } from './tasks.service.js';

/** Words for planned messages, and the owner's word on them. */
@Module({
  controllers: [ComposingController],
  providers: [Composer, ComposeWorker, DraftsService, ComposingService, TasksService],
  exports: [DraftsService, ComposingService, TasksService],
})
export class ComposingModule {}
