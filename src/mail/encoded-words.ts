/** Octets of the text in one word: with `=?UTF-8?Q?` and `?=` it and the name before it fit a line of 76 (RFC 2047, 2). */
const ROOM = 52;

/**
 * Text of a header in encoded-words (RFC 2047), in the shorter of the two encodings. A word ends where a word of the text
 * does, since some readers put a space between two of them, and never within a character.
 */
export function encodedWords(text: string): string {
  const [mark, encode] = inQ(text).length <= inB(text).length ? (['Q', inQ] as const) : (['B', inB] as const);
  const fits = (piece: string): boolean => encode(piece).length <= ROOM;
  const words: string[] = [];
  let word = '';
  for (const piece of text.match(/\S*\s*/gu)?.flatMap((one) => (fits(one) ? [one] : Array.from(one))) ?? []) {
    if (word !== '' && !fits(word + piece)) {
      words.push(word);
      word = '';
    }
    word += piece;
  }
  return [...words, word].map((one) => `=?UTF-8?${mark}?${encode(one)}?=`).join(' ');
}

/** What may stand for itself even in a name (RFC 2047, 5 (3)). */
const ITSELF = /[A-Za-z0-9!*+/-]/;

function inQ(text: string): string {
  let encoded = '';
  for (const octet of Buffer.from(text, 'utf8')) {
    const char = String.fromCharCode(octet);
    if (char === ' ') encoded += '_';
    else encoded += ITSELF.test(char) ? char : `=${octet.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

function inB(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
