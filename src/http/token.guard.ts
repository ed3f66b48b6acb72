import { createHash, timingSafeEqual } from 'node:crypto';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { chooseOwner } from '../database/choose-owner.js';
import { AppError } from './errors.js';
import type { OwnedRequest } from './request.js';

/** A route without a token: only what says nothing about anybody. */
export const Open = Reflector.createDecorator<true>({ transform: () => true });

/** A route that needs the token, but acts for no owner. */
export const NoOwner = Reflector.createDecorator<true>({ transform: () => true });

export const OWNER_HEADER = 'Followthrough-Owner';

/** Until sign-in comes: one bearer token (RFC 6750) opens the API, and a header says for whom where there are several. */
export class TokenGuard implements CanActivate {
  constructor(
    private readonly apiToken: string,
    private readonly db: DataSource,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride(Open, places)) return true;
    const request = context.switchToHttp().getRequest<OwnedRequest>();
    checkToken(request.headers.authorization, this.apiToken);
    if (this.reflector.getAllAndOverride(NoOwner, places)) return true;
    request.ownerId = await this.ownerOf(request.header(OWNER_HEADER) ?? null);
    return true;
  }

  private async ownerOf(wanted: string | null): Promise<string> {
    const chosen = await chooseOwner(this.db, wanted);
    if (chosen.kind === 'owner') return chosen.ownerId;
    if (chosen.kind === 'none') throw new AppError('conflict', chosen.message);
    throw new AppError('invalid', chosen.message, [
      { in: 'header', field: OWNER_HEADER, message: chosen.message },
    ]);
  }
}

/** @throws AppError `unauthorized` unless the header carries the token */
export function checkToken(authorization: string | undefined, apiToken: string): void {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  // Digests have one length, so the comparison tells nothing about the token's.
  if (given !== '' && timingSafeEqual(digest(given), digest(apiToken))) return;
  throw new AppError(
    'unauthorized',
    given === ''
      ? 'This route wants the header "Authorization: Bearer <token>"; the token is API_TOKEN, or in DATA_DIR/api-token.'
      : 'The bearer token is not the one of this server (API_TOKEN, or the file DATA_DIR/api-token).',
  );
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
