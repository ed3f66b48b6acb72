import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { z } from 'zod';
import { Answers, AnswersNothing } from '../http/answers.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer, pageQuery, type PageQuery } from '../http/page.js';
import { readBody } from '../http/read-body.js';
import { idSchema } from '../http/schemas.js';
import { MAIL_LIMIT } from '../mail/parse.js';
import { CorrectService } from './correct.service.js';
import {
  alarmList,
  corrected,
  correctInbound,
  debtRow,
  inboundQuery,
  inboundRow,
  inboxNews,
  ingested,
  type CorrectInbound,
  type InboundQuery,
} from './inbox.schemas.js';
import { InboxService } from './inbox.service.js';
import { IngestService } from './ingest.service.js';

const closeBody = z
  .strictObject({ how: z.enum(['answered', 'needs-none']).default('answered') })
  .meta({ id: 'CloseDebt' });

@ApiTags('inbox')
@Controller()
export class InboxController {
  constructor(
    private readonly inbox: InboxService,
    private readonly ingest: IngestService,
    private readonly corrections: CorrectService,
  ) {}

  @Post('inbound')
  @Answers(ingested, { status: 201 })
  @ApiOperation({ summary: 'Hand in one received mail, raw (RFC 5322)' })
  @ApiConsumes('message/rfc822', 'application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async receive(@OwnerId() ownerId: string, @Req() request: Request) {
    return this.ingest.ingest(ownerId, await readBody(request, MAIL_LIMIT));
  }

  @Get('inbound')
  @Answers(pageAnswer(inboundRow))
  @ApiOperation({ summary: 'What came in, newest first' })
  list(@OwnerId() ownerId: string, @Query({ schema: inboundQuery }) query: InboundQuery) {
    return this.inbox.list(ownerId, query);
  }

  @Get('inbox')
  @Answers(inboxNews)
  @ApiOperation({
    summary: 'What waits for you: answers owed, alarms, what is unknown or could not be matched',
  })
  news(@OwnerId() ownerId: string) {
    return this.inbox.news(ownerId);
  }

  @Get('alarms')
  @Answers(alarmList)
  @ApiOperation({
    summary:
      'What you should hear of without asking: complaints, wishes to stop, a mailbox that is paused or deaf, a key that is lost',
  })
  async alarms(@OwnerId() ownerId: string) {
    return { items: await this.inbox.alarms(ownerId) };
  }

  @Post('inbound/:id/class')
  @Answers(corrected)
  @ApiOperation({
    summary: 'Say what a received mail really is; what it did is taken back, and what follows is done',
  })
  correct(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: correctInbound }) body: CorrectInbound,
  ) {
    return this.corrections.correct(ownerId, id, body);
  }

  @Post('inbound/:id/seen')
  @AnswersNothing()
  @ApiOperation({ summary: 'You have taken note of it' })
  seen(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.corrections.seen(ownerId, id);
  }

  @Get('debts')
  @Answers(pageAnswer(debtRow))
  @ApiOperation({ summary: 'Answers you owe, the most pressing first' })
  debts(@OwnerId() ownerId: string, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.inbox.debts(ownerId, query);
  }

  @Post('debts/:id/close')
  @AnswersNothing()
  @ApiOperation({ summary: 'You answered by hand, or no answer is needed' })
  close(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: closeBody }) body: z.infer<typeof closeBody>,
  ) {
    return this.inbox.closeDebt(ownerId, id, body.how);
  }
}
