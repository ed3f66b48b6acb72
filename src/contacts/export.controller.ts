import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { EXPORT_FILES, exportFormats } from '../core/export/exported.js';
import { OwnerId } from '../http/owner.js';
import { cleanLine } from '../http/schemas.js';
import { Log } from '../log.js';
import { ExportService } from './export.service.js';

const exportQuery = z.object({
  format: z.enum(exportFormats),
  event: cleanLine(300).optional().describe('Only the people of this event, by its name.'),
});

/** Stands before the routes of single contacts: "export" is no id. */
@ApiTags('contacts')
@Controller()
export class ExportController {
  constructor(
    private readonly exports: ExportService,
    private readonly log: Log,
  ) {}

  @Get('contacts/export')
  @ApiOperation({ summary: 'Your people as a file: CSV, vCard 4.0 or JSON, which our import reads as well' })
  @ApiOkResponse({
    content: Object.fromEntries(Object.values(EXPORT_FILES).map(({ mediaType }) => [mediaType, { schema: { type: 'string' } }])), // prettier-ignore
  })
  async export(
    @OwnerId() ownerId: string,
    @Query({ schema: exportQuery }) { format, event }: z.infer<typeof exportQuery>,
    @Res() response: Response,
  ): Promise<void> {
    const pieces: AsyncGenerator<string> = this.exports.export(ownerId, {
      format,
      ...(event !== undefined && { event }),
    });
    // What is refused is refused here, before the first byte of an answer.
    const head = await pieces.next();
    const { mediaType, ending } = EXPORT_FILES[format];
    response.setHeader('Content-Type', mediaType);
    response.setHeader('Content-Disposition', `attachment; filename="contacts.${ending}"`);
    response.setHeader('Cache-Control', 'no-store');
    try {
      // A failure on the way breaks the connection off: a file cut short must not look whole.
      await pipeline(Readable.from(withHead(head.value as string, pieces)), response);
    } catch (error) {
      this.log.warn({ err: String(error) }, 'an export was broken off');
    }
  }
}

/** Whoever hangs up, however early, leaves no snapshot open. */
async function* withHead(head: string, pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    if (head !== '') yield head;
    for await (const piece of pieces) if (piece !== '') yield piece;
  } finally {
    await pieces.return(undefined);
  }
}
