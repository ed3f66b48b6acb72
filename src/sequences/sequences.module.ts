import { Module } from '@nestjs/common';
import { EnrollmentsController } from './enrollments.controller.js';
import { EnrollmentsService } from './enrollments.service.js';
import { PlanWorker } from './plan.worker.js';
import { SequencesController } from './sequences.controller.js';
import { SequencesService } from './sequences.service.js';
import { TemplatesController } from './templates.controller.js';
import { TemplatesService } from './templates.service.js';

/** Sequences, steps and templates as data; and the planner, which alone writes enrollments. */
@Module({
  controllers: [SequencesController, TemplatesController, EnrollmentsController],
  providers: [SequencesService, TemplatesService, EnrollmentsService, PlanWorker],
  exports: [SequencesService, TemplatesService, EnrollmentsService],
})
export class SequencesModule {}
