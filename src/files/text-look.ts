import { decodedText, EncodingScan, type Encoding } from './encoding.js';
import { ENCODING_NAMES } from './code-pages.js';
import type { FileSource } from './file-reading.js';

/** Bytes of the beginning by which a file is known. */
const HEAD_BYTES = 256 * 1024;

/** A text file after it was looked over once, from its beginning to its end. */
export interface TextLook {
  encoding: Encoding;
  /** Its beginning, decoded. */
  head: string;
  /** Whether the beginning is all there is. */
  isWhole: boolean;
}

export async function lookOver({ open }: FileSource): Promise<TextLook> {
  const scan = new EncodingScan();
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of open()) {
    scan.push(chunk);
    if (size < HEAD_BYTES) kept.push(chunk);
    size += chunk.length;
  }
  const encoding = scan.end();
  const isWhole = size <= HEAD_BYTES;
  const head = decodedText(Buffer.concat(kept).subarray(0, HEAD_BYTES), encoding);
  // A character cut in two at the end of the beginning is none.
  return { encoding, head: isWhole ? head : head.replace(/\ufffd+$/, ''), isWhole };
}

/** The encoding in words, to be put behind a sentence; empty for UTF-8. */
export function toldEncoding(encoding: Encoding): string {
  return encoding === 'utf-8' ? '' : `; the text is in ${ENCODING_NAMES[encoding]}`;
}
