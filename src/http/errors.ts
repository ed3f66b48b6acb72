/** The one error class of the house. On the wire it becomes a problem (RFC 9457), on the command line one line. */

/** Every code there is, with its HTTP status. */
export const problemStatus = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  unprocessable: 422,
  'precondition-required': 428,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

/** One thing wrong with a request, and where. */
export interface Issue {
  in: 'body' | 'query' | 'path' | 'header' | 'file';
  /** Dotted path (`steps.0.offsetDays`); empty where the whole is meant. */
  field: string;
  message: string;
}

/** Something the caller can act on. The message says the place and what to do; it may be shown to the owner as it is. */
export class AppError extends Error {
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly issues: readonly Issue[] = [],
  ) {
    super(message);
    this.name = 'AppError';
  }

  get status(): number {
    return problemStatus[this.code];
  }
}

/** A problem as it stands on the wire (RFC 9457, with `code` and `issues` as extensions). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The path that was asked for, without its query. */
  instance: string;
  code: ProblemCode;
  issues?: readonly Issue[];
}
