/** Web pages: tables that a site serves as a spreadsheet, and sign-in pages that were saved in the place of a file. */
import { cellsSource, readCells } from './cells.js';
import { decodedText } from './encoding.js';
import type { FileReading, FileSource, ReadOptions } from './file-reading.js';
import { MEGABYTE, wholeOf } from './source-bytes.js';
import type { TextLook } from './text-look.js';

const MAX_PAGE = 16 * MEGABYTE;
const START =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype html|html|head|body|script|table|meta)\b/i;
const PASSWORD = /<input[^>]+type\s*=\s*["']?password/i;
const SIGN_IN = /<input[^>]+type\s*=\s*["']?password|\b(?:sign[ -]?in|log[ -]?in|anmelden|einloggen|connexion|iniciar sesión)\b/i; // prettier-ignore

export function isWebPage({ head }: TextLook): boolean {
  return START.test(head.slice(0, 10_000));
}

/** @throws AppError too-large */
export async function readWebPage(
  source: FileSource,
  look: TextLook,
  options: ReadOptions,
): Promise<FileReading> {
  const reading = /<table\b/i.test(look.head) ? await readPageTable(source, look, options) : null;
  if (reading?.kind === 'people' || reading?.kind === 'skipped') return reading;
  // An article or a page saved with its own name was not meant to be a table.
  if (/\.x?html?$/i.test(source.name) && !PASSWORD.test(look.head))
    return { kind: 'skipped', reason: 'a web page, not a table of people' };
  const reason = SIGN_IN.test(look.head)
    ? 'this is a web page on which to sign in, saved in the place of the file: sign in there, download the file again, and import that'
    : 'this is a web page without a table of people: look for a download as CSV on it, and import that';
  return { kind: 'refused', reason };
}

async function readPageTable(source: FileSource, look: TextLook, options: ReadOptions): Promise<FileReading> {
  const page = decodedText(await wholeOf(source, MAX_PAGE), look.encoding);
  const reading = await readCells(cellsSource(source.name, rowsOf(page)), options);
  return reading.kind === 'people' ? { ...reading, why: `a table in a web page: ${reading.why}` } : reading;
}

/** All rows of all tables of a page, as one. */
function rowsOf(page: string): string[][] {
  const rows: string[][] = [];
  for (const [, row = ''] of page.matchAll(/<tr\b[^>]*>([^]*?)(?=<\/tr\b|<tr\b|<\/table\b)/gi)) {
    rows.push(
      [...row.matchAll(/<t[hd]\b[^>]*>([^]*?)(?=<\/t[hd]\b|<t[hd]\b|$)/gi)].map(([, cell = '']) =>
        textOf(cell),
      ),
    );
  }
  return rows;
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function textOf(cell: string): string {
  return cell
    .replace(/\s+/g, ' ')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
        if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
      },
    )
    .trim();
}
