import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import { MatchScans } from './match-scans.service.js';
import { PeopleService } from './people.service.js';
import {
  mergeBody,
  personView,
  proposalAnswer,
  proposalsQuery,
  proposalView,
  scanView,
  splitBody,
  type MergeBody,
  type ProposalAnswer,
  type ProposalsQuery,
  type SplitBody,
} from './proposals.schemas.js';
import { ProposalsService } from './proposals.service.js';

@ApiTags('duplicates')
@Controller()
export class ProposalsController {
  constructor(
    private readonly proposals: ProposalsService,
    private readonly people: PeopleService,
    private readonly scans: MatchScans,
  ) {}

  @Get('duplicates')
  @Answers(pageAnswer(proposalView))
  @ApiOperation({
    summary: 'Pairs who may be one person, side by side with what speaks for it; the surest first',
  })
  list(@OwnerId() ownerId: string, @Query({ schema: proposalsQuery }) query: ProposalsQuery) {
    return this.proposals.list(ownerId, query);
  }

  @Post('duplicates/scan')
  @Answers(scanView, { status: 202, description: 'It is done by a worker: look at GET /duplicates/scan.' })
  @ApiOperation({ summary: 'Have everybody compared with everybody, as soon as a worker comes to it' })
  scan(@OwnerId() ownerId: string) {
    return this.scans.want(ownerId);
  }

  @Get('duplicates/scan')
  @Answers(scanView)
  @ApiOperation({
    summary: 'How the comparing goes: whether it waits, runs, failed, and what came of the last',
  })
  scanned(@OwnerId() ownerId: string) {
    return this.scans.view(ownerId);
  }

  @Get('duplicates/:id')
  @Answers(proposalView)
  @ApiOperation({ summary: 'One pair' })
  get(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.proposals.get(ownerId, id);
  }

  @Post('duplicates/:id')
  @Answers(proposalView)
  @ApiOperation({ summary: 'Say whether they are one person; the answer is remembered and may be changed' })
  answer(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: proposalAnswer }) { answer }: ProposalAnswer,
  ) {
    return this.proposals.answer(ownerId, id, answer);
  }

  @Post('duplicates/:id/reopen')
  @Answers(proposalView)
  @ApiOperation({ summary: 'Take an answer back; what a yes had merged is split' })
  reopen(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.proposals.reopen(ownerId, id);
  }

  @Post('contacts/:id/merge')
  @Answers(personView)
  @ApiOperation({ summary: 'Two contacts are one person; the longer known one stays' })
  merge(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: mergeBody }) body: MergeBody,
  ) {
    return this.people.merge(ownerId, id, body.with);
  }

  @Post('contacts/:id/split')
  @Answers(personView)
  @ApiOperation({ summary: 'A contact of this person is somebody else; they are not merged unasked again' })
  split(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: splitBody }) body: SplitBody,
  ) {
    return this.people.split(ownerId, id, body.contactId);
  }
}
