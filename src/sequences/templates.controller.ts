import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, AnswersNothing } from '../http/answers.js';
import { IfMatch } from '../http/if-match.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer, pageOf, pageQuery, type PageQuery } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import {
  createTemplate,
  editTemplate,
  templateAnswer,
  type CreateTemplate,
  type EditTemplate,
} from './sequences.schemas.js';
import { TemplatesService } from './templates.service.js';

const id = { schema: idSchema };

@ApiTags('templates')
@Controller('templates')
export class TemplatesController {
  constructor(private readonly templates: TemplatesService) {}

  @Get()
  @ApiOperation({ summary: 'Templates' })
  @Answers(pageAnswer(templateAnswer))
  async list(@OwnerId() ownerId: string, @Query({ schema: pageQuery }) query: PageQuery) {
    return pageOf(await this.templates.list(ownerId, query), query.limit);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One template' })
  @Answers(templateAnswer)
  get(@OwnerId() ownerId: string, @Param('id', id) templateId: string) {
    return this.templates.get(ownerId, templateId);
  }

  @Post()
  @ApiOperation({ summary: 'A new template; refused when it does not parse or claims what it does not need' })
  @Answers(templateAnswer, { status: 201 })
  create(@OwnerId() ownerId: string, @Body({ schema: createTemplate }) body: CreateTemplate) {
    return this.templates.create(ownerId, body);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Edit a template' })
  @Answers(templateAnswer)
  edit(
    @OwnerId() ownerId: string,
    @Param('id', id) templateId: string,
    @IfMatch() version: number,
    @Body({ schema: editTemplate }) body: EditTemplate,
  ) {
    return this.templates.edit(ownerId, templateId, version, body);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Remove a template no step uses' })
  @AnswersNothing()
  remove(@OwnerId() ownerId: string, @Param('id', id) templateId: string, @IfMatch() version: number) {
    return this.templates.remove(ownerId, templateId, version);
  }
}
