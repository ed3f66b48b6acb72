import { Global, Module } from '@nestjs/common';
import { MailboxServers } from './mailbox-servers.js';
import { OAuthProviders } from './oauth-providers.js';
import { OutsideWorld } from './guess-outside.js';

/** What every feature that talks to mail servers needs. */
@Global()
@Module({
  providers: [OAuthProviders, MailboxServers, OutsideWorld],
  exports: [OAuthProviders, MailboxServers, OutsideWorld],
})
export class MailModule {}
