import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { problemStatus } from './errors.js';
import { PROBLEM_TYPE } from './problem.js';
import { KEY_HEADER } from './idempotency.interceptor.js';
import { OWNER_HEADER } from './token.guard.js';

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(Object.keys(problemStatus) as [string, ...string[]]),
    issues: z
      .array(
        z.object({
          in: z.enum(['body', 'query', 'path', 'header', 'file']),
          field: z.string(),
          message: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });

/** The description at `/docs`, made when somebody first asks for it. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Followthrough')
    .setDescription(
      `Every route but /health wants the bearer token. Where there are several owners, the header ${OWNER_HEADER} ` +
        `(id or e-mail) says for whom. A POST with a JSON body takes ${KEY_HEADER}, which is kept for a day; ` +
        'uploads and raw mail need none, for they are recognised by their content. Edits want If-Match with the ' +
        'version they start from. Lists are paged: pass `next` as `cursor`. Errors are RFC 9457 problems.',
    )
    .setVersion('0.1.0')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, { standardSchemaConverter: convert });
  const { schema, components } = convert(problemSchema, { schemaType: 'output' });
  Object.assign(((document.components ??= {}).schemas ??= {}), components);
  for (const item of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(item) as [string, Operation][]) {
      operation.responses['default'] = { description: 'A problem.', content: { [PROBLEM_TYPE]: { schema } } };
      if (method === 'post' && operation.requestBody?.content?.['application/json']) {
        (operation.parameters ??= []).push(KEY_PARAMETER);
      }
    }
  }
  return document;
}

interface Operation {
  responses: Record<string, unknown>;
  parameters?: unknown[];
  requestBody?: { content?: Record<string, unknown> };
}

const KEY_PARAMETER = {
  name: KEY_HEADER,
  in: 'header',
  description: 'Makes the request safe to repeat.',
  required: false,
  schema: { type: 'string' },
};

/** A zod schema as OpenAPI: named ones become components, dates are instants. Of queries the fields are wanted, not a name. */
function convert(
  schema: unknown,
  { schemaType }: { schemaType: 'input' | 'output' },
): { schema: Record<string, unknown>; components: Record<string, Record<string, unknown>> } {
  const { definitions = {}, ...converted } = z.toJSONSchema(schema as z.ZodType, {
    target: 'openapi-3.0',
    io: schemaType,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type !== 'date') return;
      jsonSchema.type = 'string';
      jsonSchema.format = 'date-time';
    },
  }) as Record<string, unknown> & { definitions?: Record<string, Record<string, unknown>> };
  delete converted['$schema'];
  for (const component of Object.values(definitions)) delete component['id'];
  const name = typeof converted['$ref'] === 'string' ? converted['$ref'].replace('#/definitions/', '') : '';
  const inlined = name.endsWith('Query') ? (definitions[name] ?? converted) : converted;
  return { schema: withRefs(inlined), components: withRefs(definitions) };
}

function withRefs<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/definitions/', '"#/components/schemas/')) as T;
}
