import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer, pageOf } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import { EnrollmentsService } from './enrollments.service.js';
import { enrollmentAnswer, enrollmentQuery, type EnrollmentQuery } from './sequences.schemas.js';

@ApiTags('enrollments')
@Controller('enrollments')
export class EnrollmentsController {
  constructor(private readonly enrollments: EnrollmentsService) {}

  @Get()
  @ApiOperation({ summary: 'Who goes through which sequence' })
  @Answers(pageAnswer(enrollmentAnswer))
  async list(@OwnerId() ownerId: string, @Query({ schema: enrollmentQuery }) query: EnrollmentQuery) {
    return pageOf(await this.enrollments.list(ownerId, query), query.limit);
  }

  @Post(':id/continue')
  @ApiOperation({ summary: 'Take the next word by hand' })
  @Answers(enrollmentAnswer)
  continue(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.enrollments.continue(ownerId, id);
  }

  @Post(':id/stop')
  @ApiOperation({ summary: 'Stop it for this person' })
  @Answers(enrollmentAnswer)
  stop(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.enrollments.stop(ownerId, id);
  }
}
