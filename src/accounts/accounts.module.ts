import { Module } from '@nestjs/common';
import { MailboxesController } from './mailboxes.controller.js';
import { MailboxesService } from './mailboxes.service.js';
import { OwnersController, StopController } from './owners.controller.js';
import { OwnersService } from './owners.service.js';

@Module({
  controllers: [OwnersController, StopController, MailboxesController],
  providers: [OwnersService, MailboxesService],
})
export class AccountsModule {}
