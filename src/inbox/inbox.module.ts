import { Module } from '@nestjs/common';
import { InboxController } from './inbox.controller.js';
import { InboxService } from './inbox.service.js';
import { IngestService } from './ingest.service.js';

/** What comes in. IMAP will hand its mails to the same `IngestService`. */
@Module({
  controllers: [InboxController],
  providers: [IngestService, InboxService],
  exports: [IngestService, InboxService],
})
export class InboxModule {}
