import { StandardSchemaSerializerInterceptor, type CallHandler, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { tap, type Observable } from 'rxjs';

/** Nest's Standard Schema serializer, saying which field is wrong when an answer is not what its schema promises. */
export class AnswerInterceptor extends StandardSchemaSerializerInterceptor {
  override async transformToPlain(
    ...[answer, schema]: Parameters<StandardSchemaSerializerInterceptor['transformToPlain']>
  ): Promise<Record<string, unknown>> {
    const result = await schema['~standard'].validate(answer);
    if (!result.issues) return result.value as Record<string, unknown>;
    const wrong = result.issues.map(
      ({ path, message }) => `${(path ?? []).map(String).join('.')}: ${message}`,
    );
    throw new Error(`the answer is not what its schema promises: ${wrong.join('; ')}`);
  }
}

/** `version` of an answer is its ETag (RFC 9110, 8.8.3), also when the answer is a repeated one. */
export class EtagInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      tap((answer: unknown) => {
        const version = (answer as Record<string, unknown> | null | undefined)?.['version'];
        if (typeof version === 'number' && !response.headersSent) response.setHeader('ETag', `"${version}"`);
      }),
    );
  }
}
