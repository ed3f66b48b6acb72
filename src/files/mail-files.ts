import { MAIL_LIMIT } from '../mail/parse.js';

/** One raw mail of a file. */
export interface RawMail {
  raw: Buffer;
  /** Counted from 1 in a mailbox file; null where the file is the mail. */
  at: number | null;
}

/** More than this of one mail is left out: it is refused for its size anyway. */
const KEPT = MAIL_LIMIT + 1;
const SEPARATOR = /^From \S+[^\n]*\d{2}:\d{2}/;

/**
 * The mails of a file: itself, or where it is a mailbox file (mbox, RFC 4155) each in turn, never more than one of them
 * in memory. `>From ` at the head of a line becomes `From ` again.
 */
export async function* mailsIn(pieces: AsyncIterable<Buffer>): AsyncGenerator<RawMail> {
  let lines: Buffer[] = [];
  let bytes = 0;
  let count = 0;
  let blank = true;
  let box: boolean | null = null;
  const taken = (): Buffer => {
    const raw = Buffer.concat(lines);
    [lines, bytes] = [[], 0];
    return raw;
  };
  for await (const line of linesOf(pieces)) {
    const separates = blank && line[0] === 0x46 && SEPARATOR.test(line.subarray(0, 300).toString('latin1'));
    box ??= separates;
    if (separates && box) {
      if (bytes > 0) yield { raw: taken(), at: (count += 1) };
    } else if (bytes <= KEPT) {
      const kept =
        box &&
        line
          .subarray(0, 8)
          .toString('latin1')
          .match(/^>+From /)
          ? line.subarray(1)
          : line;
      lines.push(kept);
      bytes += kept.length;
    }
    blank = line.length <= 2 && line.toString('latin1').trim() === '';
  }
  if (bytes > 0) yield { raw: taken(), at: count === 0 ? null : count + 1 };
}

/** Lines with their ends; a line longer than a mail may be comes in several pieces. */
async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let held = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (let at = piece.indexOf(0x0a); at !== -1; at = piece.indexOf(0x0a, from)) {
      yield Buffer.concat([...rest, piece.subarray(from, at + 1)]);
      [rest, held, from] = [[], 0, at + 1];
    }
    if (from < piece.length) {
      rest.push(piece.subarray(from));
      held += piece.length - from;
    }
    if (held > KEPT) {
      yield Buffer.concat(rest);
      [rest, held] = [[], 0];
    }
  }
  if (held > 0) yield Buffer.concat(rest);
}
