import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer, pageOf, pageQuery, type PageQuery } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import { FactsService } from './facts.service.js';
import { InteractionsService } from './interactions.service.js';
import {
  addFact,
  addInteraction,
  addPromise,
  factView,
  interactionView,
  keepPromise,
  memoryQuery,
  promiseView,
  type AddFact,
  type AddInteraction,
  type AddPromise,
  type KeepPromise,
  type MemoryQuery,
} from './memory.schemas.js';
import { PromisesService } from './promises.service.js';

@ApiTags('memory')
@Controller()
export class MemoryController {
  constructor(
    private readonly facts: FactsService,
    private readonly promises: PromisesService,
    private readonly interactions: InteractionsService,
  ) {}

  @Get('contacts/:id/facts')
  @ApiOperation({ summary: 'What is known about a person' })
  @Answers(pageAnswer(factView))
  async listFacts(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: memoryQuery }) query: MemoryQuery,
  ) {
    return pageOf(await this.facts.list(ownerId, id, query), query.limit);
  }

  @Post('contacts/:id/facts')
  @ApiOperation({ summary: 'Note something about a person in your own words' })
  @Answers(factView, { status: 201 })
  addFact(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: addFact }) body: AddFact,
  ) {
    return this.facts.add(ownerId, id, body);
  }

  @Post('contacts/:id/facts/:factId/close')
  @ApiOperation({ summary: 'It is no longer true, or you take it back' })
  @Answers(factView)
  closeFact(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Param('factId', { schema: idSchema }) factId: string,
  ) {
    return this.facts.close(ownerId, id, factId);
  }

  @Get('promises')
  @ApiOperation({ summary: 'What you owe by your own word, the most pressing first' })
  @Answers(pageAnswer(promiseView))
  async openPromises(@OwnerId() ownerId: string, @Query({ schema: pageQuery }) query: PageQuery) {
    return pageOf(await this.promises.open(ownerId, query), query.limit);
  }

  @Get('contacts/:id/promises')
  @ApiOperation({ summary: 'What you promised a person' })
  @Answers(pageAnswer(promiseView))
  async listPromises(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: memoryQuery }) query: MemoryQuery,
  ) {
    return pageOf(await this.promises.list(ownerId, id, query), query.limit);
  }

  @Post('contacts/:id/promises')
  @ApiOperation({ summary: 'Note a promise of yours' })
  @Answers(promiseView, { status: 201 })
  addPromise(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: addPromise }) body: AddPromise,
  ) {
    return this.promises.add(ownerId, id, body);
  }

  @Post('contacts/:id/promises/:promiseId/keep')
  @ApiOperation({ summary: 'You kept it' })
  @Answers(promiseView)
  keepPromise(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Param('promiseId', { schema: idSchema }) promiseId: string,
    @Body({ schema: keepPromise }) body: KeepPromise,
  ) {
    return this.promises.keep(ownerId, id, promiseId, body.with ?? null);
  }

  @Post('contacts/:id/promises/:promiseId/release')
  @ApiOperation({ summary: 'It is no longer owed' })
  @Answers(promiseView)
  releasePromise(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Param('promiseId', { schema: idSchema }) promiseId: string,
  ) {
    return this.promises.release(ownerId, id, promiseId);
  }

  @Get('contacts/:id/interactions')
  @ApiOperation({ summary: 'What happened with a person, newest first' })
  @Answers(pageAnswer(interactionView))
  async listInteractions(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: pageQuery }) query: PageQuery,
  ) {
    return pageOf(await this.interactions.list(ownerId, id, query), query.limit);
  }

  @Post('contacts/:id/interactions')
  @ApiOperation({ summary: 'Note a call, a meeting, a mail you wrote by hand, or anything else' })
  @Answers(interactionView, { status: 201 })
  addInteraction(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: addInteraction }) body: AddInteraction,
  ) {
    return this.interactions.add(ownerId, id, body);
  }
}
