import { Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { Log } from '../log.js';
import { AnswerInterceptor, EtagInterceptor } from './answer.interceptor.js';
import { answerClientErrors } from './client-error.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { describeApi } from './openapi.js';
import { ProblemFilter } from './problem.filter.js';
import { TokenGuard } from './token.guard.js';
import { ValidationPipe } from './validation.pipe.js';

/** A JSON body is text an owner wrote; files and mail come as streams, with limits of their own. */
const JSON_LIMIT = '1mb';

/** What every route shares. Create the application with `bodyParser: false`; call this before `init` or `listen`. */
export function configureHttp(app: NestExpressApplication): void {
  const log = app.get(Log);
  const db = app.get(DataSource);
  const reflector = app.get(Reflector);
  app.disable('x-powered-by');
  // Ours say the version of the row.
  app.set('etag', false);
  app.use(
    helmet({
      // We speak plain HTTP; TLS, and the promise of it, belong to the proxy in front.
      strictTransportSecurity: false,
      contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
    }),
  );
  app.useBodyParser('json', { limit: JSON_LIMIT });
  app.useGlobalGuards(new TokenGuard(app.get<Config>(CONFIG).apiToken, db, reflector));
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(log));
  // Outermost first: what is kept and repeated is the answer as it left the sieve.
  app.useGlobalInterceptors(
    new EtagInterceptor(),
    new IdempotencyInterceptor(db, log),
    new AnswerInterceptor(reflector),
  );
  SwaggerModule.setup('docs', app, () => describeApi(app), { jsonDocumentUrl: 'docs-json' });
  answerClientErrors(app.getHttpServer());
}
