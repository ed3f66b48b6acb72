import { FoldMender } from '../core/import/card-bytes.js';
import { CardSplitter, readCard, type Card } from '../core/import/vcard.js';
import { decoded, EncodingScan, type Encoding } from './encoding.js';
import type { FileReading, FileRow, FileSource, OpenBytes } from './file-reading.js';
import { oneByOne } from './row-batches.js';
import { toldEncoding, type TextLook } from './text-look.js';

/** Characters of the beginning in which the first card must begin: rubbish and comments may stand above it. */
const BEGINNING = 4_000;
const BEGIN = /^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*$/im;

export function holdsCards({ head }: TextLook): boolean {
  return BEGIN.test(head.slice(0, BEGINNING).replaceAll('\r', '\n'));
}

/** A file of vCards, one after the other. */
export async function readCards({ open }: FileSource, look: TextLook): Promise<FileReading> {
  const encoding = await encodingOf(open, look.encoding);
  const batches = async function* (): AsyncGenerator<FileRow[], void, undefined> {
    const splitter = new CardSplitter();
    // Folds that cut a character in two are mended while they are bytes.
    const bytes = encoding === 'utf-8' ? mended(open) : open();
    for await (const text of decoded(bytes, encoding)) {
      const cards = splitter.push(text);
      if (cards.length > 0) yield cards.map(rowOf);
    }
    const last = splitter.end();
    if (last.length > 0) yield last.map(rowOf);
  };
  return {
    kind: 'people',
    format: 'vcard',
    confidence: 0.99,
    why: `vCards, by the line BEGIN:VCARD${toldEncoding(encoding)}`,
    rows: () => oneByOne(batches()),
    batches,
  };
}

/** Characters cut in two look like another encoding, until they are mended. */
async function encodingOf(open: OpenBytes, found: Encoding): Promise<Encoding> {
  if (found.startsWith('utf-')) return found;
  const scan = new EncodingScan();
  for await (const piece of mended(open)) scan.push(piece);
  return scan.end();
}

function rowOf({ line, text, refused }: Card): FileRow {
  return {
    line,
    raw: text,
    reading: refused === undefined ? readCard(text) : { kind: 'rejected', reason: refused },
  };
}

async function* mended(open: OpenBytes): AsyncGenerator<Uint8Array, void, undefined> {
  const mender = new FoldMender();
  for await (const piece of open()) yield mender.push(piece);
  yield mender.end();
}
