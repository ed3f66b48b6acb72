import { applyDecorators, HttpCode, SerializeOptions } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

/**
 * What a route answers: `@Answers(ownerAnswer)`, `@Answers(ownerAnswer, { status: 201 })`. The schema is the answer's
 * document and its sieve: a field it does not name never leaves, and one it promises is there. Answers are objects; a
 * number `version` in one becomes its ETag.
 */
export function Answers(
  schema: z.ZodType,
  { status = 200, description = '' }: { status?: number; description?: string } = {},
): MethodDecorator {
  return applyDecorators(
    HttpCode(status),
    SerializeOptions({ schema }),
    ApiResponse({ status, description, standardSchema: schema }),
  );
}

/** A route that answers nothing: 204. */
export function AnswersNothing(description = 'Done.'): MethodDecorator {
  return applyDecorators(HttpCode(204), ApiResponse({ status: 204, description }));
}
