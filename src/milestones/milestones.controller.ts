import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { OwnerId } from '../http/owner.js';
import { upcomingList, upcomingQuery, type UpcomingQuery } from './milestones.schemas.js';
import { MilestonesService } from './milestones.service.js';

@ApiTags('milestones')
@Controller('milestones')
export class MilestonesController {
  constructor(private readonly milestones: MilestonesService) {}

  @Get('upcoming')
  @ApiOperation({ summary: 'Birthdays in the days ahead, the nearest first' })
  @Answers(upcomingList)
  async upcoming(@OwnerId() ownerId: string, @Query({ schema: upcomingQuery }) { days }: UpcomingQuery) {
    return { items: await this.milestones.upcoming(ownerId, days), next: null };
  }
}
