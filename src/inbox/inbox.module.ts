import { Module } from '@nestjs/common';
import { CorrectService } from './correct.service.js';
import { InboxController } from './inbox.controller.js';
import { InboxService } from './inbox.service.js';
import { IngestService } from './ingest.service.js';
import { ListenService } from './listen.service.js';

/** What comes in: by IMAP or handed in, through the same `IngestService`. */
@Module({
  controllers: [InboxController],
  providers: [CorrectService, IngestService, InboxService, ListenService],
  exports: [CorrectService, IngestService, InboxService, ListenService],
})
export class InboxModule {}
