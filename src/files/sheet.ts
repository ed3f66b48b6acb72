import readWorkbook from 'read-excel-file/universal';
import { AppError } from '../http/errors.js';
import { cellsSource, readCells } from './cells.js';
import type { FileReading, FileSource, ReadOptions } from './file-reading.js';
import { fitSheet } from './sheet-xml.js';
import { MEGABYTE } from './source-bytes.js';
import { storedZip } from './stored-zip.js';
import type { Zip } from './zip.js';

/** Unpacked bytes of a workbook, which is read in memory. */
export const MAX_WORKBOOK = 64 * MEGABYTE;

/** Why a ZIP that holds an Office document is not read; null where it is a workbook or no such document. */
export function otherDocument(names: ReadonlySet<string>): string | null {
  const has = (start: string): boolean => [...names].some((name) => name.startsWith(start));
  if (names.has('xl/workbook.bin')) return 'this is a binary Excel workbook (.xlsb): save it as .xlsx or CSV';
  if (has('word/document')) return 'this is a Word document: copy its table into a spreadsheet, and save that as .xlsx or CSV'; // prettier-ignore
  if (has('ppt/'))
    return 'this is a presentation: copy its table into a spreadsheet, and save that as .xlsx or CSV';
  if (names.has('content.xml') && names.has('mimetype')) return 'this is an OpenDocument file (.ods, .odt): save it as .xlsx or CSV'; // prettier-ignore
  return has('Index/Document.iwa') || names.has('Index.zip') ? 'this is a Numbers or Pages document: export it as .xlsx or CSV' : null; // prettier-ignore
}

export function isWorkbook(names: ReadonlySet<string>): boolean {
  return names.has('[Content_Types].xml') && (names.has('xl/workbook.xml') || names.has('workbook.xml'));
}

/**
 * An Excel workbook: its sheet of people; where several have a header of people, each as a file of its own. Lines are
 * rows of the sheet.
 */
export async function readSheets(source: FileSource, zip: Zip, options: ReadOptions): Promise<FileReading> {
  const sheets: { name: string; source: FileSource; reading: FileReading }[] = [];
  for (const { sheet, data } of await workbookOf(zip)) {
    // A sheet that is a chart has no cells, whatever the reader's types say.
    if (!Array.isArray(data)) continue;
    const about = { depth: (source.depth ?? 0) + 1 };
    const cells = cellsSource(`${source.name}/${sheet}`, data.map((row) => row.map(textOf)), about); // prettier-ignore
    sheets.push({ name: sheet, source: cells, reading: await readCells(cells, options) });
  }
  const people = sheets.filter(({ reading }) => reading.kind === 'people');
  const others = sheets.filter(({ reading }) => reading.kind !== 'people').map(({ name }) => `"${name}"`);
  const beside =
    others.length === 0 ? '' : `; no people in the sheet${others.length > 1 ? 's' : ''} ${others.join(', ')}`;
  const [first] = people;
  if (people.length > 1) {
    const names = people.map(({ name }) => `"${name}"`).join(', ');
    const members = people.map((sheet) => ({ kind: 'file', source: sheet.source }) as const);
    return { kind: 'archive', why: `an Excel workbook with people in the sheets ${names}${beside}`, members };
  }
  if (first?.reading.kind === 'people') {
    return {
      ...first.reading,
      why: `the sheet "${first.name}" of an Excel workbook: ${first.reading.why}${beside}`,
    };
  }
  const [only] = sheets;
  if (only?.reading.kind === 'skipped') return only.reading;
  const reason = only && 'reason' in only.reading ? ` ("${only.name}": ${only.reading.reason})` : '';
  return { kind: 'refused', reason: `an Excel workbook without a sheet of people${reason}` };
}

/** @throws AppError too-large, unprocessable */
async function workbookOf(zip: Zip): ReturnType<typeof readWorkbook<string>> {
  const files: { name: string; content: Uint8Array }[] = [];
  // Some exports have no folder; the reader looks for one.
  const inRoot = !zip.entries.some(({ name }) => name === 'xl/workbook.xml');
  let size = 0;
  for (const { name, bytes, open, problem } of zip.entries) {
    if (!/\.(?:xml|rels)$/.test(name)) continue;
    if (problem !== undefined)
      throw new AppError('unprocessable', `the Excel workbook cannot be read: ${name} ${problem}`);
    if (size + bytes > MAX_WORKBOOK) throw new AppError('too-large', `the Excel workbook would unpack to more than ${MAX_WORKBOOK / MEGABYTE} MB: save it as CSV`); // prettier-ignore
    const pieces: Uint8Array[] = [];
    for await (const piece of open()) pieces.push(piece);
    const content = Buffer.concat(pieces);
    size += content.length;
    const text = content.toString('utf8');
    // By what it is: sheets may lie anywhere in the package.
    const isSheet = /<(?:\w+:)?sheetData\b/.test(text);
    files.push({
      name: inRoot ? `xl/${name}` : name,
      content: isSheet ? Buffer.from(fitSheet(text), 'utf8') : content,
    });
  }
  const plain = storedZip(files);
  try {
    const bytes = plain.buffer.slice(plain.byteOffset, plain.byteOffset + plain.length) as ArrayBuffer;
    return await readWorkbook(bytes, { trim: false, parseNumber: plainNumber });
  } catch (error) {
    throw new AppError('unprocessable', `the Excel workbook is damaged or unusual (${(error as Error).message.slice(0, 100)}): save it as CSV`); // prettier-ignore
  }
}

/** As people write it: long numbers are phone numbers and card numbers, not 4.9E+11. */
function plainNumber(written: string): string {
  if (/^-?\d+$/.test(written)) return written;
  const number = Number(written);
  if (Number.isInteger(number) && Math.abs(number) < 1e21) return String(number);
  return Number.isFinite(number) ? String(Number(number.toPrecision(15))) : written;
}

const ERROR = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)$/;

/** Dates as ISO writes them: the day, the time where there is one, no zone, since the workbook has none. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return textOfDate(cell);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  const text = typeof cell === 'string' ? cell : typeof cell === 'number' ? plainNumber(String(cell)) : '';
  return ERROR.test(text) ? '' : text;
}

function textOfDate(date: Date): string {
  // Serial numbers are fractions of a day, a second or so is lost in them.
  const whole = new Date(Math.round(date.getTime() / 1_000) * 1_000);
  if (Number.isNaN(whole.getTime())) return '';
  const [day = '', time = ''] = whole.toISOString().slice(0, 19).split('T');
  if (day < '1900-01-01') return time;
  return time === '00:00:00' ? day : `${day} ${time}`;
}
