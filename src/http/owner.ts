import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { OwnedRequest } from './request.js';

/** The owner the request acts for, as the guard found: `@OwnerId() ownerId: string`. */
export const OwnerId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { ownerId } = context.switchToHttp().getRequest<OwnedRequest>();
  if (ownerId === undefined) throw new Error('@OwnerId() on a route marked @NoOwner() or @Open()');
  return ownerId;
});
