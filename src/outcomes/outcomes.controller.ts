import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { OwnerId } from '../http/owner.js';
import { idSchema } from '../http/schemas.js';
import { outcomesAnswer, outcomesQuery, type OutcomesQuery } from './outcomes.schemas.js';
import { OutcomesService } from './outcomes.service.js';
import { why } from './why.schemas.js';
import { WhyService } from './why.service.js';

@ApiTags('outcomes')
@Controller()
export class OutcomesController {
  constructor(
    private readonly outcomes: OutcomesService,
    private readonly explain: WhyService,
  ) {}

  @Get('outcomes')
  @Answers(outcomesAnswer)
  @ApiOperation({ summary: 'Sent, arrived, answered, rate with its 95 % interval' })
  async rates(@OwnerId() ownerId: string, @Query({ schema: outcomesQuery }) query: OutcomesQuery) {
    return { items: await this.outcomes.rates(ownerId, query) };
  }

  @Get('contacts/:id/why')
  @Answers(why)
  @ApiOperation({ summary: 'Every message to this person, why, from what, and what happens next' })
  why(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.explain.why(ownerId, id);
  }
}
