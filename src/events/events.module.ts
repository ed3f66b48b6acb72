import { Module } from '@nestjs/common';
import { DebriefService } from './debrief.service.js';
import { DecisionsService } from './decisions.service.js';
import { EventsController } from './events.controller.js';
import { EventsService } from './events.service.js';
import { PeopleService } from './people.service.js';

/** Events, who was there, and what the owner decided about each. */
@Module({
  controllers: [EventsController],
  providers: [EventsService, PeopleService, DebriefService, DecisionsService],
  exports: [EventsService, PeopleService, DebriefService, DecisionsService],
})
export class EventsModule {}
