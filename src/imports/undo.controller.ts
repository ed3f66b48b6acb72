import { Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { OwnerId } from '../http/owner.js';
import { idSchema } from '../http/schemas.js';
import { undoReport } from './undo.schemas.js';
import { UndoService } from './undo.service.js';

@ApiTags('imports')
@Controller('imports')
export class UndoController {
  constructor(private readonly undos: UndoService) {}

  @Post(':id/undo')
  @Answers(undoReport)
  @ApiOperation({
    summary: 'Take back all that an import brought, save what you changed and sent mail rests on',
  })
  undo(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.undos.undo(ownerId, id);
  }

  @Post(':id/undo/preview')
  @Answers(undoReport)
  @ApiOperation({ summary: 'What taking it back would come to; nothing is changed' })
  preview(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.undos.preview(ownerId, id);
  }
}
