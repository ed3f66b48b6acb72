import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { IfMatch } from '../http/if-match.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import { ContactEditsService } from './contact-edits.service.js';
import {
  addSuppression,
  contactRow,
  contactsQuery,
  contactView,
  createContact,
  editContact,
  suppressionsQuery,
  suppressionView,
  type AddSuppression,
  type ContactsQuery,
  type CreateContact,
  type EditContact,
  type SuppressionsQuery,
} from './contacts.schemas.js';
import { ContactsService } from './contacts.service.js';
import { SuppressionsService } from './suppressions.service.js';

@ApiTags('contacts')
@Controller()
export class ContactsController {
  constructor(
    private readonly contacts: ContactsService,
    private readonly edits: ContactEditsService,
    private readonly suppressions: SuppressionsService,
  ) {}

  @Get('contacts')
  @Answers(pageAnswer(contactRow))
  @ApiOperation({ summary: 'The people you know' })
  list(@OwnerId() ownerId: string, @Query({ schema: contactsQuery }) query: ContactsQuery) {
    return this.contacts.list(ownerId, query);
  }

  @Post('contacts')
  @Answers(contactView, { status: 201 })
  @ApiOperation({ summary: 'Add a person by hand' })
  create(@OwnerId() ownerId: string, @Body({ schema: createContact }) body: CreateContact) {
    return this.edits.create(ownerId, body);
  }

  @Get('contacts/:id')
  @Answers(contactView)
  @ApiOperation({ summary: 'What is known about a person, and from where' })
  get(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.contacts.get(ownerId, id);
  }

  @Patch('contacts/:id')
  @Answers(contactView)
  @ApiOperation({ summary: 'Correct a person, or set circle and boundaries; your word outweighs every file' })
  edit(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number,
    @Body({ schema: editContact }) body: EditContact,
  ) {
    return this.edits.edit(ownerId, id, version, body);
  }

  @Get('suppressions')
  @Answers(pageAnswer(suppressionView))
  @ApiOperation({ summary: 'Addresses and what must not be sent to them, newest first' })
  listSuppressions(
    @OwnerId() ownerId: string,
    @Query({ schema: suppressionsQuery }) query: SuppressionsQuery,
  ) {
    return this.suppressions.list(ownerId, query);
  }

  @Post('suppressions')
  @Answers(suppressionView, { status: 201 })
  @ApiOperation({ summary: 'Let nothing more leave to an address' })
  suppress(@OwnerId() ownerId: string, @Body({ schema: addSuppression }) body: AddSuppression) {
    return this.suppressions.add(ownerId, body);
  }

  @Post('suppressions/:id/lift')
  @Answers(suppressionView)
  @ApiOperation({ summary: 'Allow sending there again' })
  lift(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.suppressions.lift(ownerId, id);
  }
}
