import { createHash } from 'node:crypto';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { catchError, concatMap, type Observable, of, throwError } from 'rxjs';
import type { DataSource } from 'typeorm';
import { claimKey, keepAnswer, releaseKey } from '../database/idempotency.js';
import type { Log } from '../log.js';
import { AppError, type Problem } from './errors.js';
import { ReplayedProblem } from './problem.filter.js';
import { explain, problemOf } from './problem.js';
import type { OwnedRequest } from './request.js';

export const KEY_HEADER = 'Idempotency-Key';

/**
 * POST with an Idempotency-Key: the first answer is kept for a day and given again to every repetition; the same key
 * with another request is refused. Bodies that stream (files, raw mail) are left alone: what they make is unique by its
 * content. A request that failed on our side, or was refused as invalid before anything was done, frees its key.
 */
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly db: DataSource,
    private readonly log: Log,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<OwnedRequest>();
    const key = request.header(KEY_HEADER);
    const { ownerId } = request;
    if (request.method !== 'POST' || key === undefined || ownerId === undefined || streams(request)) {
      return next.handle();
    }
    checkKey(key);
    const claim = await claimKey(this.db, ownerId, key, fingerprint(request));
    if (claim.kind === 'ours') return this.firstTime(context, next, { ownerId, id: claim.id });
    if (claim.kind === 'running') {
      throw new AppError(
        'conflict',
        'The first request with this Idempotency-Key is still at work. Try again shortly.',
      );
    }
    if (claim.kind === 'other-request') {
      throw new AppError(
        'unprocessable',
        'This Idempotency-Key was used for a different request: give each request a key of its own.',
      );
    }
    const response = context.switchToHttp().getResponse<Response>();
    response.setHeader('Idempotency-Replayed', 'true');
    if (claim.status >= 400) throw new ReplayedProblem(claim.body as Problem);
    response.status(claim.status);
    return of(claim.body ?? undefined);
  }

  private firstTime(
    context: ExecutionContext,
    next: CallHandler,
    { ownerId, id }: { ownerId: string; id: string },
  ): Observable<unknown> {
    const { path } = context.switchToHttp().getRequest<OwnedRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await this.quietly(keepAnswer(this.db, ownerId, id, response.statusCode, answer));
        return answer;
      }),
      catchError(async (error: unknown) => {
        const known = explain(error);
        const kept = known !== null && known.status > 400 && known.status < 500;
        await this.quietly(
          kept
            ? keepAnswer(this.db, ownerId, id, known.status, problemOf(known, path))
            : releaseKey(this.db, ownerId, id),
        );
        return { failed: error };
      }),
      concatMap((end: unknown) =>
        typeof end === 'object' && end !== null && 'failed' in end ? throwError(() => end.failed) : of(end),
      ),
    );
  }

  /** What was done is done: a key that cannot be written must not turn the answer into an error. */
  private async quietly(writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      this.log.error({ err: String(error) }, 'idempotency key');
    }
  }
}

function checkKey(key: string): void {
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return;
  const message = 'must be 1 to 200 printable ASCII characters without spaces';
  throw new AppError('invalid', `${KEY_HEADER} ${message}.`, [{ in: 'header', field: KEY_HEADER, message }]);
}

/** A body that the JSON parser left alone. */
function streams(request: OwnedRequest): boolean {
  return request.body === undefined && request.header('content-type') !== undefined;
}

function fingerprint(request: OwnedRequest): string {
  const body = JSON.stringify(request.body ?? null);
  return createHash('sha256').update(`${request.method}\n${request.originalUrl}\n${body}`).digest('hex');
}
