/** The bytes of a file of vCards, before they become text. */

const CR = 13;
const LF = 10;

const isRest = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** How many of the last bytes are a character of UTF-8 that has begun and is not whole. */
function unfinished(bytes: Uint8Array, size: number): number {
  let length = 1;
  while (length < 4 && length < size && isRest(bytes[size - length])) length += 1;
  const lead = size === 0 ? 0 : (bytes[size - length] ?? 0);
  const needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  return length < needs ? length : 0;
}

/**
 * Takes folds (a line end and one space) that cut a character of UTF-8 in two out of a stream of bytes: old software
 * folds after 75 bytes wherever that is (RFC 6350, 3.2, warns of it), and decoding would lose both halves. Bytes in any
 * other encoding pass unchanged.
 */
export class FoldMender {
  private held: Uint8Array = new Uint8Array(0);

  push(chunk: Uint8Array): Uint8Array {
    const bytes = new Uint8Array(this.held.length + chunk.length);
    bytes.set(this.held);
    bytes.set(chunk, this.held.length);
    const out = new Uint8Array(bytes.length);
    let size = 0;
    let index = 0;
    while (index < bytes.length) {
      const byte = bytes[index] ?? 0;
      if ((byte === CR || byte === LF) && unfinished(out, size) > 0) {
        const blank = index + (byte === CR && bytes[index + 1] === LF ? 2 : 1);
        // Whether it is a fold, the next chunk tells.
        if (blank + 1 >= bytes.length) break;
        if ((bytes[blank] === 32 || bytes[blank] === 9) && isRest(bytes[blank + 1])) {
          index = blank + 1;
          continue;
        }
      }
      out[size++] = byte;
      index += 1;
    }
    const cut = unfinished(out, size);
    size -= cut;
    this.held = new Uint8Array([...out.subarray(size, size + cut), ...bytes.subarray(index)]);
    return out.slice(0, size);
  }

  end(): Uint8Array {
    const rest = this.held;
    this.held = new Uint8Array(0);
    return rest;
  }
}
