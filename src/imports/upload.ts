import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Readable } from 'node:stream';
import { catchError, from, mergeMap, type Observable, throwError } from 'rxjs';
import { AppError } from '../http/errors.js';
import type { OwnedRequest } from '../http/request.js';
import { FILE_LIMIT, IntakeService } from './intake.service.js';

/** An upload's request: the import its files go to, once the first of them has begun. */
export type UploadRequest = OwnedRequest & { receiving?: Promise<string> };

interface IncomingFile {
  originalname: string;
  stream: Readable;
}

type Done = (error: Error | null, info?: Record<string, unknown>) => void;

/** Where multer puts files: piece by piece into Postgres, as they come. */
export class ChunkStorage {
  constructor(private readonly intake: () => IntakeService) {}

  _handleFile(request: UploadRequest, file: IncomingFile, done: Done): void {
    void this.store(request, file).then(
      (info) => done(null, info),
      (error: unknown) => {
        // The rest of it must flow off, or the request never ends.
        file.stream.on('error', () => undefined).resume();
        done(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }

  /** The import goes as a whole, when it goes. */
  _removeFile(_request: UploadRequest, _file: unknown, done: (error: Error | null) => void): void {
    done(null);
  }

  private async store(request: UploadRequest, file: IncomingFile): Promise<Record<string, unknown>> {
    const { ownerId } = request;
    if (ownerId === undefined) throw new Error('an upload without an owner');
    request.receiving ??= this.intake().open(ownerId);
    return this.intake().receive(ownerId, await request.receiving, file.originalname, file.stream);
  }
}

/** Around the upload and its route: where either fails, what came in goes, and the caller hears why. */
@Injectable()
export class UploadInterceptor implements NestInterceptor {
  constructor(private readonly intake: IntakeService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<UploadRequest>();
    return next.handle().pipe(
      catchError((failed: unknown) => {
        const error = inWords(failed, request);
        return from(this.abandon(request, error)).pipe(mergeMap(() => throwError(() => error)));
      }),
    );
  }

  private async abandon(request: UploadRequest, error: unknown): Promise<void> {
    const importId = await request.receiving?.catch(() => undefined);
    if (importId === undefined || request.ownerId === undefined) return;
    const why =
      error instanceof AppError || error instanceof HttpException ? error.message : 'the upload failed';
    await this.intake.abandon(request.ownerId, importId, why);
  }
}

function inWords(error: unknown, request: UploadRequest): unknown {
  if (error instanceof HttpException && error.getStatus() === 413) {
    return new AppError('too-large', `A file may have ${FILE_LIMIT / 1e6} MB at most; split it.`);
  }
  if (request.destroyed && !request.complete) {
    return new AppError('invalid', 'The upload broke off before its end. Send it again.');
  }
  return error;
}
