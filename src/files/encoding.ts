import { isAscii, isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import { guessCodePage, westernText, type CodePage } from './code-pages.js';

/** How the text of a file is written, decided from all of its bytes. The names are those of the WHATWG encoding standard. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | CodePage;

/** Bytes of the beginning in which UTF-16 without a mark is looked for. */
const WIDE_SAMPLE = 4_096;
/** Bytes, with what stands around them, from which a code page is guessed. */
const SAMPLE = 64 * 1024;

/**
 * A byte order mark decides; else every second byte being NUL means UTF-16; else it is UTF-8, unless what is not UTF-8 in
 * it outweighs what is: then a code page. One broken character does not turn a whole file into another encoding.
 */
export class EncodingScan {
  private marked: Encoding | null = null;
  private isFirst = true;
  /** Bytes of a character that goes on in the next piece. */
  private cut: Uint8Array = new Uint8Array();
  private sound = 0;
  private broken = 0;
  private sample: Uint8Array[] = [];
  private sampled = 0;

  push(bytes: Uint8Array): void {
    if (this.isFirst) this.marked = markOf(bytes) ?? wideOf(bytes.subarray(0, WIDE_SAMPLE));
    this.isFirst = false;
    if (this.marked !== null || (this.cut.length === 0 && isAscii(bytes))) return;
    const whole = this.cut.length === 0 ? bytes : Buffer.concat([this.cut, bytes]);
    const end = whole.length - unfinished(whole);
    // A copy, since a piece may lie in a buffer that is used again.
    this.cut = Uint8Array.from(whole.subarray(end));
    this.count(whole.subarray(0, end));
  }

  end(): Encoding {
    if (this.marked !== null) return this.marked;
    this.count(this.cut);
    return this.broken > this.sound ? guessCodePage(Buffer.concat(this.sample)) : 'utf-8';
  }

  private count(bytes: Uint8Array): void {
    const isSound = isUtf8(bytes);
    // Byte by byte, since to decode what is not UTF-8 takes ten times as long.
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte < 0x80) continue;
      const length = isSound ? lengthOf(byte) : soundLength(bytes, at);
      if (length === 0) this.broken += 1;
      else {
        this.sound += 1;
        at += length - 1;
      }
    }
    if (!isSound) this.keep(bytes);
  }

  /** Keeps the lines that hold more than ASCII: only they tell a code page. */
  private keep(bytes: Uint8Array): void {
    for (let at = 0; this.sampled < SAMPLE;) {
      let high = at;
      while (high < bytes.length && (bytes[high] ?? 0) < 0x80) high += 1;
      if (high === bytes.length) return;
      const before = bytes.lastIndexOf(0x0a, high) + 1;
      const after = bytes.indexOf(0x0a, high);
      const piece = bytes.subarray(Math.max(at, before, high - 200), Math.min(after < 0 ? bytes.length : after + 1, high + 200)); // prettier-ignore
      this.sample.push(Uint8Array.from(piece));
      this.sampled += piece.length;
      at = piece.byteOffset - bytes.byteOffset + piece.length;
    }
  }
}

/** Whether so many of the first bytes are none that text has, that it is none. */
export function isBinary(head: Uint8Array): boolean {
  if ((markOf(head) ?? wideOf(head.subarray(0, WIDE_SAMPLE))) !== null) return false;
  let odd = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32)) odd += 1;
  return odd > head.length * 0.08;
}

function markOf(bytes: Uint8Array): Encoding | null {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return a === 0xef && b === 0xbb && c === 0xbf ? 'utf-8' : null;
}

/** UTF-16 without a mark: ASCII in it, and be it only delimiters and line ends, has a NUL on one side and never on the other. */
function wideOf(bytes: Uint8Array): Encoding | null {
  const nuls = [0, 0];
  bytes.forEach((byte, index) => {
    if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nuls;
  const pairs = Math.floor(bytes.length / 2);
  if (pairs < 2) return null;
  if (odd > pairs * 0.3 && even < pairs * 0.02) return 'utf-16le';
  return even > pairs * 0.3 && odd < pairs * 0.02 ? 'utf-16be' : null;
}

/** Bytes of the UTF-8 character that a byte begins; 0: it begins none. */
function lengthOf(byte: number): number {
  if (byte < 0x80) return 1;
  return byte < 0xc2 || byte > 0xf4 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/** The same, where the bytes after it are as they should be. */
function soundLength(bytes: Uint8Array, at: number): number {
  const length = lengthOf(bytes[at] ?? 0);
  for (let next = 1; next < length; next += 1) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** Bytes at the end that begin a UTF-8 character and do not finish it. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return lengthOf(byte) > back ? back : 0;
  }
  return 0;
}

/** Bytes as text, piece by piece, without the byte order mark. What is no character becomes U+FFFD. */
export async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string, void, undefined> {
  const decoder = decoderOf(encoding);
  let isFirst = true;
  for await (const chunk of bytes) {
    const text = decoder.write(asBuffer(chunk));
    if (text === '') continue;
    yield isFirst && text.startsWith('\ufeff') ? text.slice(1) : text;
    isFirst = false;
  }
  const last = decoder.end();
  if (last !== '') yield last;
}

/** A whole text at once. */
export function decodedText(bytes: Uint8Array, encoding: Encoding): string {
  const decoder = decoderOf(encoding);
  return (decoder.write(asBuffer(bytes)) + decoder.end()).replace(/^\ufeff/, '');
}

interface Decoder {
  write: (bytes: Buffer) => string;
  end: () => string;
}

function decoderOf(encoding: Encoding): Decoder {
  // Of Node's own, since it is several times faster than TextDecoder.
  if (encoding === 'utf-8') return new StringDecoder('utf8');
  if (encoding === 'windows-1252') {
    return { write: westernText, end: () => '' };
  }
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
