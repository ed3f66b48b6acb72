/** How the text of a file is written, decided from all of its bytes. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * A byte order mark decides; else it is UTF-8, unless what is not UTF-8 in it outweighs what is: then the code page that
 * Western Windows programs write. One broken character does not turn a whole file into another encoding.
 */
export class EncodingScan {
  private readonly decoder = new TextDecoder('utf-8');
  private marked: Encoding | null = null;
  private first = true;
  private sound = 0;
  private broken = 0;

  push(bytes: Uint8Array): void {
    if (this.first) this.marked = markOf(bytes);
    this.first = false;
    if (this.marked === null) this.count(this.decoder.decode(bytes, { stream: true }));
  }

  end(): Encoding {
    if (this.marked !== null) return this.marked;
    this.count(this.decoder.decode());
    return this.broken > this.sound ? 'windows-1252' : 'utf-8';
  }

  private count(text: string): void {
    // eslint-disable-next-line no-control-regex
    for (const [run] of text.matchAll(/[^\x00-\x7f]+/g)) {
      for (const char of run) {
        if (char === '\ufffd') this.broken += 1;
        else this.sound += 1;
      }
    }
  }
}

function markOf(bytes: Uint8Array): Encoding | null {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return a === 0xef && b === 0xbb && c === 0xbf ? 'utf-8' : null;
}

/** Bytes as text, piece by piece, without the byte order mark. What is no character becomes U+FFFD. */
export async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  const last = decoder.decode();
  if (last !== '') yield last;
}
