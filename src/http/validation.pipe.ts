import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';
import { AppError, type Issue } from './errors.js';

/** As many issues as anybody will read. */
const MOST_ISSUES = 20;

const PLACES: Partial<Record<ArgumentMetadata['type'], Issue['in']>> = {
  body: 'body',
  query: 'query',
  param: 'path',
};

/** Nest's Standard Schema pipe, whose refusals name the place: body, query or path, and the field. */
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema, type, data } = metadata;
    const place = PLACES[type];
    if (!schema || !place) return value;
    this.stripProtoKeys(value);
    // A POST without a body is one with nothing in it.
    const given = type === 'body' && value === undefined ? {} : value;
    const result = await this.validate<T>(given, schema);
    if (!result.issues) return result.value;
    const issues = result.issues.slice(0, MOST_ISSUES).map((issue): Issue => {
      const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
      return { in: place, field: [...(data ? [data] : []), ...path].join('.'), message: issue.message };
    });
    throw new AppError('invalid', detail(issues, type === 'body' && value === undefined), issues);
  }
}

function detail(issues: readonly Issue[], bodyMissing: boolean): string {
  if (bodyMissing)
    return 'No JSON body came with the request: send one, with Content-Type: application/json.';
  const first = issues[0];
  if (!first) return 'The request is not as it should be.';
  const place = first.field === '' ? `the ${first.in}` : `${first.field} (${first.in})`;
  const more = issues.length > 1 ? ` And ${issues.length - 1} more, see issues.` : '';
  return `${place}: ${first.message}.${more}`.replace('..', '.');
}
