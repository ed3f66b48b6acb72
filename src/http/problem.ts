import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { AppError, problemStatus, type Problem, type ProblemCode } from './errors.js';

/** The media type of a problem (RFC 9457, 3). */
export const PROBLEM_TYPE = 'application/problem+json';

export function problemOf(error: AppError, path: string): Problem {
  return {
    type: `urn:followthrough:problem:${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    detail: error.message,
    instance: path,
    code: error.code,
    ...(error.issues.length > 0 && { issues: error.issues }),
  };
}

/** What an exception means to the caller; null where it is a surprise, whose words stay in our log. */
export function explain(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof HttpException) return fromStatus(error.getStatus(), error.message);
  if (isConnectionTrouble(error)) {
    return new AppError('unavailable', 'The database does not answer at the moment. Try again shortly.');
  }
  // Body parsers throw plain errors with a status (http-errors).
  const { status, expose, message } = error as { status?: unknown; expose?: unknown; message?: unknown };
  return typeof status === 'number' && expose === true && status < 500
    ? fromStatus(status, String(message))
    : null;
}

function fromStatus(status: number, message: string): AppError | null {
  if (status === 413)
    return new AppError('too-large', 'The body is larger than this route takes (JSON: 1 MB).');
  if (status >= 500 && status !== 503) return null;
  const code = (Object.keys(problemStatus) as ProblemCode[]).find((one) => problemStatus[one] === status);
  return new AppError(
    code ?? 'invalid',
    /JSON/.test(message) ? `The body is not valid JSON: ${message}` : message,
  );
}

/** Refused, reset, shutting down, too many clients: nothing the request could help. */
function isConnectionTrouble(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (
    (typeof code === 'string' &&
      /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|57P0[1-3]|53300|08\w{3})$/.test(code)) ||
    (typeof message === 'string' &&
      /^(Connection terminated|timeout exceeded when trying to connect)/.test(message))
  );
}
