import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Get,
  Param,
  Post,
  Query,
  Req,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { AnyFilesInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers.js';
import { AppError } from '../http/errors.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer, pageQuery, type PageQuery } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import {
  importView,
  rejectionsQuery,
  rejectionView,
  uploadFields,
  type RejectionsQuery,
  type UploadFields,
} from './imports.schemas.js';
import { ImportsService } from './imports.service.js';
import { IntakeService } from './intake.service.js';
import { UploadInterceptor, type UploadRequest } from './upload.js';

@ApiTags('imports')
@Controller('imports')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly intake: IntakeService,
  ) {}

  @Post()
  @UseInterceptors(UploadInterceptor, AnyFilesInterceptor())
  @Answers(importView, { status: 202 })
  @ApiOperation({ summary: 'Import files of people; what they are is told by their content' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['files'],
      properties: {
        eventId: { type: 'string', format: 'uuid' },
        event: { type: 'string' },
        on: { type: 'string', example: '2026-11-18..2026-11-20' },
        mapping: { type: 'string', example: '{"columns": {"Vorname": "given"}}' },
        dates: { type: 'string', enum: ['day-first', 'month-first'] },
        dryRun: { type: 'string', enum: ['true', 'false'] },
        files: { type: 'array', items: { type: 'string', format: 'binary' } },
      },
    },
  })
  async upload(
    @OwnerId() ownerId: string,
    @Req() request: UploadRequest,
    @Body({ schema: uploadFields }) fields: UploadFields,
  ) {
    const importId = await request.receiving;
    if (importId === undefined) {
      const message = 'send at least one file, as multipart/form-data';
      throw new AppError('invalid', `files: ${message}.`, [{ in: 'file', field: 'files', message }]);
    }
    await this.intake.submit(ownerId, importId, fields);
    await this.intake.wake(importId);
    return this.imports.get(ownerId, importId);
  }

  @Get()
  @Answers(pageAnswer(importView))
  @ApiOperation({ summary: 'Imports, newest first' })
  list(@OwnerId() ownerId: string, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.imports.list(ownerId, query);
  }

  @Get(':id')
  @Answers(importView)
  @ApiOperation({ summary: 'How an import goes, file by file' })
  get(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.imports.get(ownerId, id);
  }

  @Get(':id/files/:fileId/rejected.csv')
  @ApiOperation({ summary: 'The rejected rows of one file, to be corrected and imported again' })
  @ApiProduces('text/csv')
  async rejectedCsv(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Param('fileId', { schema: idSchema }) fileId: string,
  ): Promise<StreamableFile> {
    const lines = this.imports.rejectedCsv(ownerId, id, fileId);
    // The first line is asked for here: what is not there is a 404, and no broken download.
    const { value: head } = await lines.next();
    const text = async function* () {
      yield head ?? '';
      yield* lines;
    };
    return new StreamableFile(Readable.from(text()), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="rejected.csv"',
    });
  }

  @Get(':id/rejections')
  @Answers(pageAnswer(rejectionView))
  @ApiOperation({ summary: 'Rows that could not be taken: line, reason and the row itself' })
  rejections(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: rejectionsQuery }) query: RejectionsQuery,
  ) {
    return this.imports.rejections(ownerId, id, query);
  }
}
