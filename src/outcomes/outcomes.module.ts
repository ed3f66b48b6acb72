import { Module } from '@nestjs/common';
import { OutcomesController } from './outcomes.controller.js';
import { OutcomesService } from './outcomes.service.js';
import { WhyService } from './why.service.js';

/** What came of it all: rates, and the answer to "why?". Reads everything, writes nothing. */
@Module({
  controllers: [OutcomesController],
  providers: [OutcomesService, WhyService],
  exports: [OutcomesService, WhyService],
})
export class OutcomesModule {}
