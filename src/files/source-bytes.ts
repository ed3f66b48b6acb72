import { AppError } from '../http/errors.js';
import type { FileSource } from './file-reading.js';

/** The first bytes of a file; the rest is not read. */
export async function headOf(source: FileSource, length: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source.open()) {
    pieces.push(piece);
    size += piece.length;
    if (size >= length) break;
  }
  return Buffer.concat(pieces).subarray(0, length);
}

/**
 * A whole file, for what cannot be read as a stream.
 * @param limit bytes
 * @throws AppError too-large
 */
export async function wholeOf(source: FileSource, limit: number): Promise<Buffer> {
  const tooLarge = new AppError(
    'too-large',
    `is larger than ${limit / MEGABYTE} MB, more than is read of such a file`,
  );
  if (source.bytes > limit) throw tooLarge;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source.open()) {
    size += piece.length;
    if (size > limit) throw tooLarge;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

export const MEGABYTE = 1024 * 1024;

/** Text or bytes at hand, as a file. */
export function memorySource(
  name: string,
  content: Uint8Array | string,
  about: Partial<FileSource> = {},
): FileSource {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return {
    ...about,
    name,
    bytes: bytes.length,
    // eslint-disable-next-line @typescript-eslint/require-await
    async *open() {
      for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
    },
    readAt: (from, length) => Promise.resolve(bytes.subarray(from, from + length)),
  };
}

const PIECE = 64 * 1024;
