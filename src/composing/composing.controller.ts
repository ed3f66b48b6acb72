import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { IfMatch } from '../http/if-match.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import {
  approvedMany,
  approveMany,
  draftsQuery,
  draftView,
  editDraft,
  giveLine,
  messageView,
  taskDone,
  type ApproveMany,
  type DraftsQuery,
  type EditDraft,
  type GiveLine,
  type TaskDone,
} from './composing.schemas.js';
import { ComposingService } from './composing.service.js';
import { DraftsService } from './drafts.service.js';
import { TasksService } from './tasks.service.js';

@ApiTags('drafts')
@Controller()
export class ComposingController {
  constructor(
    private readonly drafts: DraftsService,
    private readonly composing: ComposingService,
    private readonly tasks: TasksService,
  ) {}

  @Get('drafts')
  @ApiOperation({ summary: 'What waits for you: drafts, tasks, and what is withheld with its question' })
  @Answers(pageAnswer(draftView))
  list(@OwnerId() ownerId: string, @Query({ schema: draftsQuery }) query: DraftsQuery) {
    return this.drafts.list(ownerId, query);
  }

  @Post('drafts/approve')
  @ApiOperation({ summary: 'Approve many that you have read, each with its version' })
  @Answers(approvedMany)
  approveMany(@OwnerId() ownerId: string, @Body({ schema: approveMany }) body: ApproveMany) {
    return this.composing.approveMany(ownerId, body);
  }

  @Post('drafts/:id/approve')
  @ApiOperation({ summary: 'Your yes to one draft' })
  @Answers(messageView)
  approve(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number,
  ) {
    return this.composing.approve(ownerId, id, version);
  }

  @Put('drafts/:id')
  @ApiOperation({ summary: 'Your own words' })
  @Answers(draftView)
  edit(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number,
    @Body({ schema: editDraft }) body: EditDraft,
  ) {
    return this.composing.edit(ownerId, id, version, body);
  }

  @Post('drafts/:id/line')
  @ApiOperation({ summary: 'The one line that was asked for' })
  @Answers(messageView)
  giveLine(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: giveLine }) body: GiveLine,
  ) {
    return this.composing.giveLine(ownerId, id, body.line);
  }

  @Post('drafts/:id/release')
  @ApiOperation({ summary: 'Let what is withheld go on knowingly, or have it looked at again' })
  @Answers(messageView)
  release(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.composing.release(ownerId, id);
  }

  @Post('drafts/:id/discard')
  @ApiOperation({ summary: 'Let a draft go' })
  @Answers(messageView)
  discard(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.composing.discard(ownerId, id);
  }

  @Post('tasks/:id/done')
  @ApiOperation({ summary: 'You have said it in your own way' })
  @Answers(messageView)
  done(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: taskDone }) body: TaskDone,
  ) {
    return this.tasks.done(ownerId, id, body.at ?? null);
  }

  @Post('tasks/:id/answered')
  @ApiOperation({ summary: 'They answered; nothing more goes to them by itself' })
  @Answers(messageView)
  answered(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: taskDone }) body: TaskDone,
  ) {
    return this.tasks.answered(ownerId, id, body.at ?? null);
  }

  @Get('messages/:id')
  @ApiOperation({ summary: 'One message, what it was written from, and all that happened to it' })
  @Answers(messageView)
  message(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.drafts.message(ownerId, id);
  }
}
