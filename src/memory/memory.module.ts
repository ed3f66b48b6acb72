import { Module } from '@nestjs/common';
import { FactsService } from './facts.service.js';
import { InteractionsService } from './interactions.service.js';
import { MemoryController } from './memory.controller.js';
import { PromisesService } from './promises.service.js';

/** What is known about people: facts, promises, and what happened with them. */
@Module({
  controllers: [MemoryController],
  providers: [FactsService, PromisesService, InteractionsService],
  exports: [FactsService, PromisesService, InteractionsService],
})
export class MemoryModule {}
