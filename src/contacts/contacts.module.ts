import { Module } from '@nestjs/common';
import { ContactEditsService } from './contact-edits.service.js';
import { ContactsController } from './contacts.controller.js';
import { ContactsService } from './contacts.service.js';
import { ExportController } from './export.controller.js';
import { ExportService } from './export.service.js';
import { ForgetController } from './forget.controller.js';
import { ForgetService } from './forget.service.js';
import { SuppressionsService } from './suppressions.service.js';

/** The register of people. */
@Module({
  controllers: [ExportController, ContactsController, ForgetController],
  providers: [ContactsService, ContactEditsService, SuppressionsService, ExportService, ForgetService],
  exports: [ContactsService, ContactEditsService, SuppressionsService, ExportService, ForgetService],
})
export class ContactsModule {}
