import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, AnswersNothing } from '../http/answers.js';
import { IfMatch } from '../http/if-match.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer, pageOf, pageQuery, type PageQuery } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import {
  createSequence,
  createStep,
  editSequence,
  editStep,
  sequenceAnswer,
  stepAnswer,
  type CreateSequence,
  type CreateStep,
  type EditSequence,
  type EditStep,
} from './sequences.schemas.js';
import { SequencesService } from './sequences.service.js';

const id = { schema: idSchema };

@ApiTags('sequences')
@Controller('sequences')
export class SequencesController {
  constructor(private readonly sequences: SequencesService) {}

  @Get()
  @ApiOperation({ summary: 'Sequences with their steps' })
  @Answers(pageAnswer(sequenceAnswer))
  async list(@OwnerId() ownerId: string, @Query({ schema: pageQuery }) query: PageQuery) {
    return pageOf(await this.sequences.list(ownerId, query), query.limit);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One sequence' })
  @Answers(sequenceAnswer)
  get(@OwnerId() ownerId: string, @Param('id', id) sequenceId: string) {
    return this.sequences.get(ownerId, sequenceId);
  }

  @Post()
  @ApiOperation({ summary: 'A new sequence' })
  @Answers(sequenceAnswer, { status: 201 })
  create(@OwnerId() ownerId: string, @Body({ schema: createSequence }) body: CreateSequence) {
    return this.sequences.create(ownerId, body);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Name, approval, window, or make it the default' })
  @Answers(sequenceAnswer)
  edit(
    @OwnerId() ownerId: string,
    @Param('id', id) sequenceId: string,
    @IfMatch() version: number,
    @Body({ schema: editSequence }) body: EditSequence,
  ) {
    return this.sequences.edit(ownerId, sequenceId, version, body);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Remove a sequence nobody goes through' })
  @AnswersNothing()
  remove(@OwnerId() ownerId: string, @Param('id', id) sequenceId: string, @IfMatch() version: number) {
    return this.sequences.remove(ownerId, sequenceId, version);
  }

  @Post(':id/steps')
  @ApiOperation({ summary: 'A new step' })
  @Answers(stepAnswer, { status: 201 })
  addStep(
    @OwnerId() ownerId: string,
    @Param('id', id) sequenceId: string,
    @Body({ schema: createStep }) body: CreateStep,
  ) {
    return this.sequences.addStep(ownerId, sequenceId, body);
  }

  @Patch(':id/steps/:stepId')
  @ApiOperation({ summary: 'Edit a step; its id and kind stay' })
  @Answers(stepAnswer)
  editStep(
    @OwnerId() ownerId: string,
    @Param('id', id) sequenceId: string,
    @Param('stepId', id) stepId: string,
    @IfMatch() version: number,
    @Body({ schema: editStep }) body: EditStep,
  ) {
    return this.sequences.editStep(ownerId, sequenceId, stepId, version, body);
  }

  @Delete(':id/steps/:stepId')
  @ApiOperation({ summary: 'Remove a step no message was written for' })
  @AnswersNothing()
  removeStep(
    @OwnerId() ownerId: string,
    @Param('id', id) sequenceId: string,
    @Param('stepId', id) stepId: string,
    @IfMatch() version: number,
  ) {
    return this.sequences.removeStep(ownerId, sequenceId, stepId, version);
  }
}
