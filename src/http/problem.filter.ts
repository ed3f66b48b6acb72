import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Log } from '../log.js';
import { AppError, type Problem } from './errors.js';
import { explain, PROBLEM_TYPE, problemOf } from './problem.js';

/** A stored answer to an earlier request with the same Idempotency-Key, given once more. */
export class ReplayedProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** The one filter: whatever went wrong leaves as a problem (RFC 9457). Surprises tell the caller nothing but an id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = error instanceof ReplayedProblem ? error.problem : this.problem(error, request);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response.status(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
  }

  private problem(error: unknown, request: Request): Problem {
    const known = explain(error);
    if (known) return problemOf(known, request.path);
    const id = randomUUID();
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.log.error({ id, method: request.method, path: request.path, err: text }, 'request failed');
    return problemOf(
      new AppError('internal', `Something went wrong on our side; the log tells more under ${id}.`),
      request.path,
    );
  }
}
