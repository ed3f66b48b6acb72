import { Readable } from 'node:stream';
import { Body, Controller, Get, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { oneLine } from '../core/text.js';
import { Answers } from '../http/answers.js';
import { OwnerId } from '../http/owner.js';
import { pageAnswer } from '../http/page.js';
import { idSchema } from '../http/schemas.js';
import {
  captureDone,
  capturesQuery,
  captureView,
  type CaptureDone,
  type CapturesQuery,
} from './captures.schemas.js';
import { CapturesService } from './captures.service.js';

@ApiTags('captures')
@Controller('captures')
export class CapturesController {
  constructor(private readonly captures: CapturesService) {}

  @Get()
  @Answers(pageAnswer(captureView))
  @ApiOperation({ summary: 'Photos and voice notes that came with imports, in the order they came' })
  list(@OwnerId() ownerId: string, @Query({ schema: capturesQuery }) query: CapturesQuery) {
    return this.captures.list(ownerId, query);
  }

  @Get(':id')
  @Answers(captureView)
  @ApiOperation({ summary: 'One of them' })
  get(@OwnerId() ownerId: string, @Param('id', { schema: idSchema }) id: string) {
    return this.captures.get(ownerId, id);
  }

  @Get(':id/content')
  @ApiOperation({ summary: 'The photo or voice note itself, to be saved' })
  @ApiProduces('application/octet-stream')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' } })
  async content(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { name, mediaType, bytes } = await this.captures.get(ownerId, id);
    // What a stranger's file holds is saved, never shown by a browser as a page of ours.
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
    response.setHeader('Cache-Control', 'private, no-store');
    return new StreamableFile(Readable.from(this.captures.content(ownerId, id)), {
      type: mediaType,
      length: bytes,
      disposition: attachment(name),
    });
  }

  @Post(':id/done')
  @Answers(captureView)
  @ApiOperation({ summary: 'You have worked through it; a note about a person is kept with them too' })
  done(
    @OwnerId() ownerId: string,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: captureDone }) body: CaptureDone,
  ) {
    return this.captures.done(ownerId, id, body);
  }
}

/** RFC 6266: a plain name for all, and the right one (RFC 8187) for those who can read it. */
function attachment(path: string): string {
  const name = oneLine(path.split('/').at(-1) ?? '') || 'capture';
  const plain = name.replace(/[^\w.() -]/g, '_');
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
