import { AppError } from '../http/errors.js';

/** Rows of one sheet. */
export const MAX_ROWS = 200_000;
/** Columns of one sheet; cells beyond are left out. */
const MAX_COLUMNS = 2_000;
/** Rows times columns, since the reader fills every row up to the last column of any. */
const MAX_CELLS = 20_000_000;

const PART = /<((?:\w+:)?)(row|c)\b([^>]*?)(\/?)>/g;
const PLACE = /\sr\s*=\s*"([A-Z]*)(\d*)"/i;

/**
 * Makes the XML of a worksheet fit for the reader (ECMA-376, 18.3.1): where writers leave out the places of rows and
 * cells, they are counted; cells of a type without a value, and places nobody has filled, are taken out.
 * @throws AppError too-large, before a single cell at the end of the sheet makes the reader fill all that lies before
 */
export function fitSheet(xml: string): string {
  let row = 0;
  let column = 0;
  let widest = 0;
  let last = 0;
  const pieces: string[] = [];
  let from = 0;
  PART.lastIndex = 0;
  for (let match = PART.exec(xml); match; match = PART.exec(xml)) {
    const [tag, prefix = '', part = '', attributes = '', closed = ''] = match;
    const [, letters = '', digits = ''] = PLACE.exec(attributes) ?? [];
    pieces.push(xml.slice(from, match.index));
    from = match.index + tag.length;
    if (part === 'row') {
      row = digits === '' ? row + 1 : Number(digits);
      column = 0;
      pieces.push(
        attributes.includes('r=') && PLACE.test(attributes)
          ? tag
          : `<${prefix}row r="${row}"${attributes}${closed}>`,
      );
      continue;
    }
    column = letters === '' ? column + 1 : columnNumber(letters);
    const end = closed === '/' ? from : xml.indexOf(`</${prefix}c>`, from);
    const content = closed === '/' || end < 0 ? '' : xml.slice(from, end);
    if (end >= 0 && closed !== '/') from = end + `</${prefix}c>`.length;
    PART.lastIndex = from;
    if (column > MAX_COLUMNS || !/<(?:\w+:)?(?:v|is)\b[^>]*[^/]?>[^]/.test(content) || /<(?:\w+:)?v\s*(?:\/>|><\/)/.test(content)) continue; // prettier-ignore
    const named =
      letters === '' ? `<${prefix}c r="${columnName(column)}${row}"${attributes.replace(PLACE, '')}>` : tag;
    pieces.push(named, content, `</${prefix}c>`);
    widest = Math.max(widest, column);
    last = Math.max(last, row);
  }
  pieces.push(xml.slice(from));
  if (last > MAX_ROWS || last * widest > MAX_CELLS) {
    throw new AppError('too-large', `a sheet has ${last.toLocaleString('en')} rows in ${widest} columns, more than is read of a workbook: save it as CSV`); // prettier-ignore
  }
  return pieces.join('').replace(/<(?:\w+:)?row\b[^>]*(?:\/>|>\s*<\/(?:\w+:)?row>)/g, '');
}

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}

function columnName(number: number): string {
  let name = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name; // prettier-ignore
  return name;
}
