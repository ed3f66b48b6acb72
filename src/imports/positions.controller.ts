import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import {
  positionAnswer,
  positionsQuery,
  positionView,
  type PositionAnswer,
  type PositionsQuery,
} from './positions.schemas.js';
import { PositionsService } from './positions.service.js';

@ApiTags('changes')
@Controller('changes')
export class PositionsController {
  constructor(private readonly positions: PositionsService) {}

  @Get()
  @Answers(pageAnswer(positionView))
  @ApiOperation({ summary: 'Companies and positions that differ from what was known; the newest first' })
  list(@OwnerId() ownerId: string, @Query({ schema: positionsQuery }) query: PositionsQuery) {
    return this.positions.list(ownerId, query);
  }

  @Post(':id')
  @Answers(positionView)
  @ApiOperation({ summary: 'Say whether it is so; nothing is sent by it' })
  answer(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: positionAnswer }) { answer }: PositionAnswer,
  ) {
    return this.positions.answer(ownerId, id, answer);
  }
}
