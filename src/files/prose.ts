import type { FileReading } from './file-reading.js';
import type { TextLook } from './text-look.js';

/** Lines of the beginning that are looked at. */
const LINES = 40;
const DELIMITERS = [',', ';', '\t', '|'];

/** Notes, kept for the owner; null where it is a table, code, or no text that somebody has written. */
export function proseOf({ head }: TextLook): FileReading | null {
  // eslint-disable-next-line no-control-regex
  const odd = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f\ufffd]|\p{Cs}/u.test(head.slice(0, 10_000));
  if (odd || /^\s*[{[<]/.test(head)) return null;
  const lines = head.split(/\r\n?|\n/, LINES).filter((line) => line.trim() !== '');
  if (lines.some((line) => line.length > 20_000)) return null;
  if (!/\p{L}{2}/u.test(head) || isRegular(lines)) return null;
  return { kind: 'capture', why: 'notes, kept for you to work through', mediaType: 'text/plain' };
}

/** Whether the lines have all the same number of a delimiter, as in a table; in sentences a space follows each comma. */
function isRegular(lines: readonly string[]): boolean {
  if (!lines.some((line) => /[,;](?! |$)|[\t|]/.test(line))) return false;
  return DELIMITERS.some((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length);
    const usual = counts[1] ?? counts[0] ?? 1;
    return usual > 1 && counts.filter((count) => count === usual).length >= lines.length * 0.8;
  });
}
