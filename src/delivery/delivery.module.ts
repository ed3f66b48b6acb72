import { Module } from '@nestjs/common';
import { DeliverWorker } from './deliver.worker.js';
import { DeliveryController } from './delivery.controller.js';
import { DeliveryService } from './delivery.service.js';
import { MailboxAccess } from './mailbox-access.js';

/** The last room of the line: from approved to sent, failed, cancelled or unknown. */
@Module({
  controllers: [DeliveryController],
  providers: [DeliverWorker, DeliveryService, MailboxAccess],
  exports: [DeliveryService],
})
export class DeliveryModule {}
