import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, AnswersNothing } from '../http/answers.js';
import { IfMatch } from '../http/if-match.js';
import { OwnerId } from '../http/owner.js';
import { type Page, pageQuery, type PageQuery } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import {
  createMailbox,
  guessAnswer,
  type GuessAnswer,
  guessAsk,
  type GuessAsk,
  signInAnswer,
  type SignInAnswer,
  type CreateMailbox,
  editMailbox,
  type EditMailbox,
  mailboxAnswer,
  type MailboxAnswer,
  mailboxPage,
  mailboxTest,
  type MailboxTest,
} from './mailboxes.schemas.js';
import { MailboxSignInService } from './mailbox-sign-in.service.js';
import { MailboxTestService } from './mailbox-test.service.js';
import { MailboxesService } from './mailboxes.service.js';

@ApiTags('mailboxes')
@Controller('mailboxes')
export class MailboxesController {
  constructor(
    private readonly mailboxes: MailboxesService,
    private readonly tests: MailboxTestService,
    private readonly signIns: MailboxSignInService,
  ) {}

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
  @ApiOperation({
    summary:
      'Adds a mailbox, its servers found from the address where none are given; its password is sealed.',
  })
  @Answers(mailboxAnswer, { status: 201 })
  add(
    @OwnerId() ownerId: string,
    @Body({ schema: createMailbox }) body: CreateMailbox,
  ): Promise<MailboxAnswer> {
    return this.mailboxes.add(ownerId, body);
  }

  @Post('guess')
  @ApiOperation({ summary: 'The servers of an address and what its provider wants, without a password.' })
  @Answers(guessAnswer)
  guess(@OwnerId() _ownerId: string, @Body({ schema: guessAsk }) body: GuessAsk): Promise<GuessAnswer> {
    return this.signIns.guess(body.address);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One sending account.' })
  @Answers(mailboxAnswer)
  get(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string): Promise<MailboxAnswer> {
    return this.mailboxes.get(ownerId, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Changes name, servers, the way to sign in, or the pace.' })
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
    summary:
      'Signs in at SMTP and IMAP, sends nothing and changes nothing there; success ends a pause that waited for the owner.',
  })
  @Answers(mailboxTest)
  test(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string): Promise<MailboxTest> {
    return this.tests.test(ownerId, id);
  }

  @Post(':id/resume')
  @ApiOperation({ summary: 'Ends a pause.' })
  @Answers(mailboxAnswer)
  resume(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string): Promise<MailboxAnswer> {
    return this.mailboxes.resume(ownerId, id);
  }

  @Post(':id/prefer')
  @ApiOperation({ summary: 'New sequences send from it.' })
  @Answers(mailboxAnswer)
  prefer(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string): Promise<MailboxAnswer> {
    return this.mailboxes.prefer(ownerId, id);
  }

  @Post(':id/sign-in')
  @ApiOperation({
    summary: 'Where to sign in by OAuth; the provider sends the browser back to /oauth/callback.',
  })
  @Answers(signInAnswer)
  signIn(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string): Promise<SignInAnswer> {
    return this.signIns.begin(ownerId, id, null);
  }
}
