import type { Request } from 'express';
import { AppError } from './errors.js';

/** The raw body of a request that the JSON parser left alone (any other content type), up to `limit` bytes. */
export async function readBody(request: Request, limit: number): Promise<Buffer> {
  const tooLarge = () =>
    new AppError(
      'too-large',
      `The body is larger than the ${limit < 1e6 ? `${limit} bytes` : `${Math.round(limit / 1e6)} MB`} this route takes.`,
    );
  if (Number(request.header('content-length') ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
