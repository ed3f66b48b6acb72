import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, AnswersNothing } from '../http/answers.js';
import { IfMatch } from '../http/if-match.js';
import { OwnerId } from '../http/owner.js';
import { type Page, pageQuery, type PageQuery } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import {
  createMailbox,
  type CreateMailbox,
  editMailbox,
  type EditMailbox,
  mailboxAnswer,
  type MailboxAnswer,
  mailboxPage,
  mailboxTest,
  type MailboxTest,
} from './mailboxes.schemas.js';
import { MailboxesService } from './mailboxes.service.js';

@ApiTags('mailboxes')
@Controller('mailboxes')
export class MailboxesController {
  constructor(private readonly mailboxes: MailboxesService) {}

  @Get()
  @ApiOperation({ summary: 'The sending accounts of the owner.' })
  @Answers(mailboxPage)
  list(
    @OwnerId() ownerId: string,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<MailboxAnswer>> {
    return this.mailboxes.list(ownerId, query);
  }

  @Post()
  @ApiOperation({ summary: 'Adds a sending account; its password is sealed.' })
  @Answers(mailboxAnswer, { status: 201 })
  add(
    @OwnerId() ownerId: string,
    @Body({ schema: createMailbox }) body: CreateMailbox,
  ): Promise<MailboxAnswer> {
    return this.mailboxes.add(ownerId, body);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One sending account.' })
  @Answers(mailboxAnswer)
  get(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string): Promise<MailboxAnswer> {
    return this.mailboxes.get(ownerId, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Changes name, server, TLS mode, user name or password.' })
  @Answers(mailboxAnswer)
  edit(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number,
    @Body({ schema: editMailbox }) body: EditMailbox,
  ): Promise<MailboxAnswer> {
    return this.mailboxes.edit(ownerId, id, version, body);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Removes an account that nothing was ever planned from.' })
  @AnswersNothing()
  remove(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number,
  ): Promise<void> {
    return this.mailboxes.remove(ownerId, id, version);
  }

  @Post(':id/test')
  @ApiOperation({
    summary: 'Signs in without sending anything; success ends a pause that waited for the owner.',
  })
  @Answers(mailboxTest)
  test(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string): Promise<MailboxTest> {
    return this.mailboxes.test(ownerId, id);
  }

  @Post(':id/resume')
  @ApiOperation({ summary: 'Ends a pause.' })
  @Answers(mailboxAnswer)
  resume(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string): Promise<MailboxAnswer> {
    return this.mailboxes.resume(ownerId, id);
  }
}
