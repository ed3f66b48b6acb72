import { oneLine } from '../core/text.js';
import { readQrText } from '../core/import/qr-text.js';
import type { FileReading, FileRow, FileSource } from './file-reading.js';
import { pictureSize } from './picture-size.js';
import { readCodes } from './qr-code.js';
import { ofMemory } from './row-batches.js';
import { MEGABYTE, wholeOf } from './source-bytes.js';

/** Bytes of a picture in which codes are looked for. */
const MAX_PICTURE = 64 * MEGABYTE;
/** Pixels; phones of today take up to 50 million. Decoding needs four bytes for each, however small the file. */
export const MAX_PIXELS = 64_000_000;

/** Cards in the QR codes of a photo; without one it is kept, for the owner to work through. */
export async function readPicture(source: FileSource, mediaType: string): Promise<FileReading> {
  const kept = (why: string): FileReading => ({ kind: 'capture', why, mediaType });
  if (!/^image\/(?:png|jpeg|gif|bmp)$/.test(mediaType)) {
    return kept('a picture whose kind cannot be looked into for a QR code here; saved as JPEG it can');
  }
  if (source.bytes > MAX_PICTURE) return kept('a picture too large to be looked into for a QR code');
  const bytes = await wholeOf(source, MAX_PICTURE);
  const size = pictureSize(bytes);
  if (size === null) return kept('a picture that is damaged, or cannot be looked into');
  if (size.width * size.height > MAX_PIXELS) {
    return kept(
      `a picture of ${size.width} x ${size.height} pixels, too large to be looked into for a QR code`,
    );
  }
  const codes = await readCodes(bytes);
  const rows = codes.map((raw, index): FileRow | null => {
    const reading = readQrText(raw);
    return reading === null ? null : { line: index + 1, raw, reading };
  });
  const cards = rows.filter((row) => row !== null);
  if (cards.length === 0) {
    const [first] = codes;
    const said = first === undefined ? 'no QR code that can be read' : `a QR code of no person ("${oneLine(first).slice(0, 60)}")`; // prettier-ignore
    return kept(`a picture with ${said}`);
  }
  const why =
    cards.length === 1 ? 'a vCard in a QR code' : `${cards.length} cards in the QR codes of a picture`;
  return { kind: 'people', format: 'vcard', confidence: 0.95, why, ...ofMemory(cards) };
}
