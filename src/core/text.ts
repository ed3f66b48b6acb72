/** Text at the door: what Postgres text and a mail can hold, and nothing else. */

/**
 * Control characters (C0 without tab and line feed, DEL, C1), lone surrogates, byte order marks and zero-width
 * spaces. Postgres refuses NUL, JSON columns refuse lone surrogates, and the invisible ones break comparisons.
 */
// eslint-disable-next-line no-control-regex
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\u200b]|\p{Cs}/gu;

/** Most cells are this already. */
const PLAIN_LINE = /^[\x21-\x7e]*(?: [\x21-\x7e]+)*$/;

/** Text fit to be stored, in NFC. Line ends become \n; tabs and line feeds stay; everything visible stays. */
export function cleanText(text: string): string {
  if (text.length < 500 && PLAIN_LINE.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(UNWANTED, '')
    .normalize('NFC');
}

/** The same on one line: every run of white space becomes one space, and the ends are trimmed. */
export function oneLine(text: string): string {
  if (text.length < 500 && PLAIN_LINE.test(text) && !text.startsWith(' ')) return text;
  return cleanText(text).replace(/\s+/g, ' ').trim();
}
