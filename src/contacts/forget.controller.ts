import { Controller, Delete, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnswersNothing } from '../http/answers.js';
import { IfMatch } from '../http/if-match.js';
import { OwnerId } from '../http/owner.js';
import { idSchema } from '../http/schemas.js';
import { ForgetService } from './forget.service.js';

@ApiTags('contacts')
@Controller()
export class ForgetController {
  constructor(private readonly forgetting: ForgetService) {}

  @Delete('contacts/:id')
  @AnswersNothing('Erased.')
  @ApiOperation({
    summary:
      'Erase a person: everything but a keyed hash of their addresses, so that no import brings them back',
  })
  async forget(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.forgetting.forget(ownerId, id, version);
  }
}
