import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, AnswersNothing } from '../http/answers.js';
import { OwnerId } from '../http/owner.js';
import { type Page, pageQuery, type PageQuery } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import {
  takeTimeOff,
  type TakeTimeOff,
  timeOffAnswer,
  type TimeOffAnswer,
  timeOffPage,
} from './time-off.schemas.js';
import { TimeOffService } from './time-off.service.js';

@ApiTags('owners')
@Controller('time-off')
export class TimeOffController {
  constructor(private readonly timeOff: TimeOffService) {}

  @Get()
  @ApiOperation({ summary: 'Days on which you are away, and nothing but congratulations leaves.' })
  @Answers(timeOffPage)
  list(
    @OwnerId() ownerId: string,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<TimeOffAnswer>> {
    return this.timeOff.list(ownerId, query);
  }

  @Post()
  @ApiOperation({ summary: 'Takes days off.' })
  @Answers(timeOffAnswer, { status: 201 })
  take(@OwnerId() ownerId: string, @Body({ schema: takeTimeOff }) body: TakeTimeOff): Promise<TimeOffAnswer> {
    return this.timeOff.take(ownerId, body);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Gives days off up again.' })
  @AnswersNothing()
  remove(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string): Promise<void> {
    return this.timeOff.remove(ownerId, id);
  }
}
