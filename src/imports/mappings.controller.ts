import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, AnswersNothing } from '../http/answers.js';
import { OwnerId } from '../http/owner.js';
import { idSchema } from '../http/schemas.js';
import { mappingBody, mappingList, mappingView, type MappingBody } from './mappings.schemas.js';
import { MappingsService } from './mappings.service.js';

@ApiTags('mappings')
@Controller('mappings')
export class MappingsController {
  constructor(private readonly mappings: MappingsService) {}

  @Get()
  @Answers(mappingList)
  @ApiOperation({ summary: 'How you said tables are to be read, by their headers' })
  list(@OwnerId() ownerId: string) {
    return this.mappings.list(ownerId);
  }

  @Put()
  @Answers(mappingView)
  @ApiOperation({ summary: 'Say how tables with this header are to be read, from the next import on' })
  put(@OwnerId() ownerId: string, @Body({ schema: mappingBody }) body: MappingBody) {
    return this.mappings.put(ownerId, body);
  }

  @Delete(':id')
  @AnswersNothing()
  @ApiOperation({ summary: 'Forget it: such tables are read by their content again' })
  drop(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.mappings.drop(ownerId, id);
  }
}
