import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { IfMatch } from '../http/if-match.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer, pageOf, pageQuery, type PageQuery } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import { DebriefService } from './debrief.service.js';
import { DecisionsService } from './decisions.service.js';
import {
  confirmAnswer,
  confirmBody,
  createEvent,
  debriefAnswer,
  debriefBody,
  debriefPreview,
  editEvent,
  eventPerson,
  eventView,
  peopleQuery,
  type ConfirmBody,
  type CreateEvent,
  type DebriefBody,
  type EditEvent,
  type PeopleQuery,
} from './events.schemas.js';
import { EventsService } from './events.service.js';
import { PeopleService } from './people.service.js';

@ApiTags('events')
@Controller('events')
export class EventsController {
  constructor(
    private readonly events: EventsService,
    private readonly people: PeopleService,
    private readonly debriefs: DebriefService,
    private readonly decisions: DecisionsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Your events' })
  @Answers(pageAnswer(eventView))
  async list(@OwnerId() ownerId: string, @Query({ schema: pageQuery }) query: PageQuery) {
    return pageOf(await this.events.list(ownerId, query), query.limit);
  }

  @Post()
  @ApiOperation({ summary: 'A new event' })
  @Answers(eventView, { status: 201 })
  create(@OwnerId() ownerId: string, @Body({ schema: createEvent }) body: CreateEvent) {
    return this.events.create(ownerId, body);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One event' })
  @Answers(eventView)
  get(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.events.get(ownerId, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change an event' })
  @Answers(eventView)
  edit(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number,
    @Body({ schema: editEvent }) body: EditEvent,
  ) {
    return this.events.edit(ownerId, id, version, body);
  }

  @Get(':id/people')
  @ApiOperation({ summary: 'The people of an event, with what helps to remember them' })
  @Answers(pageAnswer(eventPerson))
  async peopleOf(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: peopleQuery }) query: PeopleQuery,
  ) {
    await this.events.get(ownerId, id);
    return pageOf(await this.people.list(ownerId, id, query), query.limit);
  }

  @Get(':id/debrief')
  @ApiOperation({ summary: 'How many would be written to, and whom' })
  @Answers(debriefPreview)
  preview(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.debriefs.preview(ownerId, id);
  }

  @Post(':id/debrief')
  @ApiOperation({ summary: 'Decide about people: write, remember, not met; and what was said' })
  @Answers(debriefAnswer)
  decide(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: debriefBody }) body: DebriefBody,
  ) {
    return this.decisions.decide(ownerId, id, body.decisions);
  }

  @Post(':id/debrief/confirm')
  @ApiOperation({ summary: 'Your yes to writing to as many as the preview said' })
  @Answers(confirmAnswer)
  async confirm(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: confirmBody }) body: ConfirmBody,
  ) {
    return { confirmed: await this.debriefs.confirm(ownerId, id, body.expect) };
  }
}
