import { Module } from '@nestjs/common';
import { ContactEditsService } from './contact-edits.service.js';
import { ContactsController } from './contacts.controller.js';
import { ContactsService } from './contacts.service.js';
import { SuppressionsService } from './suppressions.service.js';

/** The register of people. */
@Module({
  controllers: [ContactsController],
  providers: [ContactsService, ContactEditsService, SuppressionsService],
  exports: [ContactsService, ContactEditsService, SuppressionsService],
})
export class ContactsModule {}
