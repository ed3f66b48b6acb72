import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import { outboxQuery, outboxRow, settleBody, type OutboxQuery, type SettleBody } from './delivery.schemas.js';
import { DeliveryService } from './delivery.service.js';

@ApiTags('delivery')
@Controller()
export class DeliveryController {
  constructor(private readonly delivery: DeliveryService) {}

  @Get('outbox')
  @Answers(pageAnswer(outboxRow))
  @ApiOperation({ summary: 'Approved, under way, unknown and gone, newest first' })
  outbox(@OwnerId() ownerId: string, @Query({ schema: outboxQuery }) query: OutboxQuery) {
    return this.delivery.outbox(ownerId, query);
  }

  @Post('messages/:id/settle')
  @Answers(outboxRow)
  @ApiOperation({ summary: 'Say what became of a message whose end is unknown' })
  settle(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: settleBody }) body: SettleBody,
  ) {
    return this.delivery.settleUnknown(ownerId, id, body.was);
  }

  @Post('messages/:id/withdraw')
  @Answers(outboxRow)
  @ApiOperation({ summary: 'Take an approved message back' })
  withdraw(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.delivery.withdraw(ownerId, id);
  }
}
