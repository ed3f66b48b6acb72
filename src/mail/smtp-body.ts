import { Readable } from 'node:stream';

const CHUNK = 16 * 1024;

/**
 * The message as a stream that does nothing until it is read, which nodemailer's smtp-connection does only after
 * the server's go-ahead to DATA. Its first read asks for the mark; not one byte leaves before the mark stands.
 *
 * `endRead` is the line between unsent and unknown: until the stream's end was read, nodemailer cannot write the
 * final dot. It is handed out in small chunks so that a slow server holds the end back too.
 */
export class MarkedBody extends Readable {
  endRead = false;
  verdict: 'unasked' | 'pending' | 'marked' | 'withdrawn' | 'threw' = 'unasked';
  error: unknown = null;
  #settled: Promise<void> = Promise.resolve();
  #offset = 0;

  /** @param onRefused called at once when the mark said no or threw; it must cut the connection. */
  constructor(
    private readonly mime: Buffer,
    private readonly mark: () => Promise<boolean>,
    private readonly onRefused: () => void,
  ) {
    super({ highWaterMark: CHUNK });
    // Registered before any pipe, so it runs before the pipe ends the stream that writes the dot.
    this.once('end', () => {
      this.endRead = true;
    });
  }

  /** Resolves when a mark that was begun has come to its end; the caller must not judge the send before. */
  settled(): Promise<void> {
    return this.#settled;
  }

  override _read(): void {
    if (this.verdict === 'unasked') {
      this.verdict = 'pending';
      this.#settled = this.#ask();
    } else if (this.verdict === 'marked') {
      this.#next();
    }
  }

  async #ask(): Promise<void> {
    try {
      this.verdict = (await this.mark()) ? 'marked' : 'withdrawn';
    } catch (error) {
      this.verdict = 'threw';
      this.error = error;
    }
    if (this.verdict !== 'marked') this.onRefused();
    else if (!this.destroyed) this.#next();
  }

  #next(): void {
    const chunk = this.mime.subarray(this.#offset, this.#offset + CHUNK);
    this.#offset += chunk.length;
    this.push(chunk.length > 0 ? chunk : null);
  }
}
