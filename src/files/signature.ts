/** What a file is by its first bytes. Sources: the formats' own specifications; media types as IANA registers them. */

export type Signature =
  | { kind: 'zip' }
  | { kind: 'picture'; mediaType: string }
  | { kind: 'recording'; mediaType: string }
  | { kind: 'refused'; reason: string };

/** Bytes that are asked for; fewer do where the file is shorter. */
export const SIGNATURE_BYTES = 4_096;

const OLD_OFFICE =
  'an old Excel, Word or Outlook file, or one under a password: save it as .xlsx without a password, or as CSV';

/** Beginnings that nothing else has. */
const BEGINNINGS: [string, Signature][] = [
  ['PK\x03\x04', { kind: 'zip' }],
  ['PK\x05\x06', { kind: 'zip' }],
  ['PK\x07\x08', { kind: 'zip' }],
  ['\x89PNG\r\n\x1a\n', picture('png')],
  ['\xff\xd8\xff', picture('jpeg')],
  ['GIF87a', picture('gif')],
  ['GIF89a', picture('gif')],
  ['II*\0', picture('tiff')],
  ['MM\0*', picture('tiff')],
  ['ID3\x02', recording('audio/mpeg')],
  ['ID3\x03', recording('audio/mpeg')],
  ['ID3\x04', recording('audio/mpeg')],
  ['#!AMR', recording('audio/amr')],
  ['caff\0\x01', recording('audio/x-caf')],
  ['fLaC', recording('audio/flac')],
  ['\x30\x26\xb2\x75\x8e\x66\xcf\x11', recording('audio/x-ms-wma')],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', refused(OLD_OFFICE)],
  ['%PDF-', refused('a PDF: copy its table into a spreadsheet and save that as .xlsx or CSV')],
  ['{\\rtf', refused('a text document (RTF): save its table as .xlsx or CSV')],
  ['\x1f\x8b', refused('packed with gzip: unpack it, or pack it as ZIP')],
  ['7z\xbc\xaf\x27\x1c', refused('a 7z archive: unpack it, or pack it as ZIP')],
  ['Rar!\x1a\x07', refused('a RAR archive: unpack it, or pack it as ZIP')],
  ['BZh91AY&SY', refused('packed with bzip2: unpack it, or pack it as ZIP')],
  ['\xfd7zXZ\0', refused('packed with xz: unpack it, or pack it as ZIP')],
  ['SQLite format 3\0', refused('a database (SQLite): export its contacts as vCard or CSV')],
];

/** Brands of ISO base media files (ISO/IEC 14496-12). */
const BRANDS: [RegExp, Signature][] = [
  [/^(?:hei[cxms]|hev[cx])/, picture('heic')],
  [/^(?:mif1|msf1)/, picture('heif')],
  [/^avi[fs]/, picture('avif')],
  [/^M4[AB] /, recording('audio/mp4')],
  [/^qt {2}/, recording('video/quicktime')],
];

/** Null: no signature, so perhaps text. */
export function signatureOf(head: Uint8Array): Signature | null {
  const text = Buffer.from(head.subarray(0, SIGNATURE_BYTES)).toString('latin1');
  const found = BEGINNINGS.find(([beginning]) => text.startsWith(beginning));
  if (found) return found[1];
  if (text.slice(4, 8) === 'ftyp') return isoMedia(text);
  if (text.startsWith('RIFF')) {
    const form = text.slice(8, 12);
    if (form === 'WEBP') return picture('webp');
    if (form === 'WAVE') return recording('audio/vnd.wave');
    if (form === 'AVI ') return recording('video/vnd.avi');
  }
  if (text.startsWith('OggS')) return recording(text.includes('theora') ? 'video/ogg' : 'audio/ogg');
  if (text.startsWith('FORM') && /^AIF[FC]/.test(text.slice(8, 12))) return recording('audio/aiff');
  if (text.startsWith('\x1a\x45\xdf\xa3')) {
    if (!text.includes('webm')) return recording('video/matroska');
    return recording(/V_(?:VP[89]|AV1)/.test(text) ? 'video/webm' : 'audio/webm');
  }
  if (text.startsWith('BM') && head.length > 26 && text.slice(6, 10) === '\0\0\0\0') return picture('bmp');
  // MPEG audio without a tag: eleven bits of ones, then no byte order mark.
  if (/^\xff[\xfb\xfa\xf3\xf2]/.test(text)) return recording('audio/mpeg');
  if (/^\xff[\xf1\xf9]/.test(text)) return recording('audio/aac');
  return text.slice(257, 262) === 'ustar' ? refused('a tar archive: unpack it, or pack it as ZIP') : null;
}

/** Phones name voice notes and films alike; the handlers of the tracks tell, where they stand at the beginning. */
function isoMedia(text: string): Signature {
  const brand = text.slice(8, 12);
  const found = BRANDS.find(([pattern]) => pattern.test(brand));
  if (found) return found[1];
  const isSound = text.includes('soun') && !text.includes('vide');
  return recording(`${isSound ? 'audio' : 'video'}/${brand.startsWith('3g') ? '3gpp' : 'mp4'}`);
}

function picture(type: string): Signature {
  return { kind: 'picture', mediaType: `image/${type}` };
}

function recording(mediaType: string): Signature {
  return { kind: 'recording', mediaType };
}

function refused(what: string): Signature {
  return { kind: 'refused', reason: `this is ${what}` };
}
