import { createServer, type Server } from 'node:http';
import { AppError } from '../http/errors.js';
import { explain, PROBLEM_TYPE, problemOf } from '../http/problem.js';
import { checkToken } from '../http/token.guard.js';
import type { HealthService } from './health.service.js';

interface Answer {
  status: number;
  type: string;
  body: string;
}

/**
 * /health and /metrics of a process without the web role: how long sends and jobs take is known only where they run.
 * The same answers as the API gives, and the same token for the metrics. Not listening yet.
 */
export function operationsServer(health: HealthService, apiToken: string): Server {
  return createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    void answer(health, apiToken, path, request.headers.authorization)
      .catch((error: unknown) => {
        const problem = problemOf(explain(error) ?? new AppError('internal', 'It cannot be told now.'), path);
        return { status: problem.status, type: PROBLEM_TYPE, body: JSON.stringify(problem) };
      })
      .then(({ status, type, body }) => response.writeHead(status, { 'Content-Type': type }).end(body));
  });
}

async function answer(
  health: HealthService,
  apiToken: string,
  path: string,
  authorization: string | undefined,
): Promise<Answer> {
  const json = (body: unknown): Answer => ({
    status: 200,
    type: 'application/json; charset=utf-8',
    body: JSON.stringify(body),
  });
  switch (path) {
    case '/health/live':
      return json({ status: 'ok', details: {} });
    case '/health/ready':
      return json(await health.ready());
    case '/metrics':
      checkToken(authorization, apiToken);
      return { status: 200, ...(await health.metrics()) };
    default:
      throw new AppError(
        'not-found',
        'Only /health/live, /health/ready and /metrics are here; the API is with the web role.',
      );
  }
}
