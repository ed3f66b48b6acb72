import { Module } from '@nestjs/common';
import { MailModule } from '../mail/mail.module.js';
import { MailboxSignInService } from './mailbox-sign-in.service.js';
import { MailboxTestService } from './mailbox-test.service.js';
import { MailboxesController } from './mailboxes.controller.js';
import { MailboxesService } from './mailboxes.service.js';
import { OAuthController } from './oauth.controller.js';
import { OwnersController, StopController } from './owners.controller.js';
import { OwnersService } from './owners.service.js';
import { TimeOffController } from './time-off.controller.js';
import { TimeOffService } from './time-off.service.js';

@Module({
  imports: [MailModule],
  controllers: [OwnersController, StopController, MailboxesController, OAuthController, TimeOffController],
  providers: [OwnersService, MailboxesService, MailboxTestService, MailboxSignInService, TimeOffService],
})
export class AccountsModule {}
