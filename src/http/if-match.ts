import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { AppError } from './errors.js';

/**
 * The version an edit starts from (RFC 9110, 13.1.1): `If-Match: "3"`, as the ETag of the last answer said. Missing: 428.
 * The edit itself says `WHERE version = $n` and throws 'stale' (412) when it touched nothing.
 */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): number => versionIn(context.switchToHttp().getRequest<Request>()),
  [describe],
);

function versionIn(request: Request): number {
  const given = request.headers['if-match'];
  if (given === undefined) {
    throw new AppError(
      'precondition-required',
      'An edit wants the header If-Match with the version it starts from, e.g. If-Match: "3". Read the thing first: the ETag says it.',
    );
  }
  const version = /^"?(\d{1,9})"?$/.exec(given.trim())?.[1];
  if (version === undefined) {
    throw new AppError('invalid', 'If-Match must hold one version in quotes, e.g. If-Match: "3".', [
      { in: 'header', field: 'If-Match', message: 'must hold one version in quotes, such as "3"' },
    ]);
  }
  return Number(version);
}

function describe(target: object, method: string | symbol | undefined): void {
  const descriptor = method === undefined ? undefined : Object.getOwnPropertyDescriptor(target, method);
  if (method === undefined || descriptor === undefined) return;
  ApiHeader({ name: 'If-Match', description: 'The version the edit starts from.', required: true })(
    target,
    method,
    descriptor,
  );
}

/** What an edit throws that came too late. */
export function stale(what: string): AppError {
  return new AppError('stale', `${what} has changed in the meantime. Read it again, then repeat the edit.`);
}
