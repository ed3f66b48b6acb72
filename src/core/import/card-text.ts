/** Encoded text within a card -> text: quoted-printable and base64 (RFC 2045), in whatever character set it names. */

/** Names of character sets that software writes and the Encoding standard does not know. */
const ALIASES: Record<string, string> = {
  cp936: 'gbk',
  ms936: 'gbk',
  gb2312_80: 'gbk',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  cp949: 'euc-kr',
  cp950: 'big5',
  ansi: 'windows-1252',
  latin9: 'iso-8859-15',
};

/** The signs of Windows-1252 at 80 to 9F; Node 20 leaves control characters there. */
const ANSI_SIGNS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function withSigns(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (sign) => ANSI_SIGNS[sign.charCodeAt(0) - 0x80] ?? sign);
}

function decoderFor(charset: string, fatal: boolean): InstanceType<typeof TextDecoder> | null {
  const name = charset.trim().toLowerCase();
  const label = ALIASES[name] ?? name.replace(/^(?:cp|win(?:dows)?|ms-?ansi)[-_ ]?(125\d)$/, 'windows-$1');
  try {
    return new TextDecoder(label, { fatal });
  } catch {
    return null;
  }
}

/**
 * Bytes in the character set a card names. Without a name, or with one that nobody knows or that the bytes belie:
 * UTF-8 where they are that, else Windows-1252.
 */
export function decodeBytes(bytes: Uint8Array, charset: string | undefined): string {
  const said = charset === undefined ? null : decoderFor(charset, true);
  for (const decoder of [said, decoderFor('utf-8', true), decoderFor('windows-1252', false)]) {
    try {
      if (decoder)
        return decoder.encoding === 'windows-1252' ? withSigns(decoder.decode(bytes)) : decoder.decode(bytes);
    } catch {
      // The bytes are not in it: try the next.
    }
  }
  return new TextDecoder().decode(bytes);
}

export function decodeQuotedPrintable(value: string, charset: string | undefined): string {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const piece of value.match(/=[0-9A-Fa-f]{2}|[^=]+|=/g) ?? []) {
    if (piece.length === 3 && /^=[0-9A-Fa-f]{2}$/.test(piece))
      bytes.push(Number.parseInt(piece.slice(1), 16));
    else for (const byte of encoder.encode(piece)) bytes.push(byte);
  }
  return decodeBytes(Uint8Array.from(bytes), charset);
}

/** Text in base64; null where it is none. */
export function decodeBase64(value: string, charset: string | undefined): string | null {
  const packed = value.replace(/\s+/g, '');
  if (packed === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return null;
  try {
    return decodeBytes(
      Uint8Array.from(atob(packed), (char) => char.charCodeAt(0)),
      charset,
    );
  } catch {
    return null;
  }
}

/** The byte of a character in Windows-1252; a control character stands for its own. */
function ansiByte(char: string): number | undefined {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x100) return code;
  const sign = ANSI_SIGNS.indexOf(char);
  return sign < 0 ? undefined : sign + 0x80;
}

/**
 * Raw text of a property that names its own character set, in a file that as a whole is no UTF-8 and was therefore read
 * as Windows-1252: read again as what it says. Anything else stays.
 */
export function reread(text: string, charset: string | undefined): string {
  // eslint-disable-next-line no-control-regex
  if (charset === undefined || /^[\x00-\x7f]*$/.test(text)) return text;
  const decoder = decoderFor(charset, true);
  if (!decoder || decoder.encoding === 'utf-8' || decoder.encoding === 'windows-1252') return text;
  const bytes = Array.from(text, ansiByte);
  if (!bytes.every((byte) => byte !== undefined)) return text;
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return text;
  }
}
