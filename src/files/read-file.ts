import { isExport } from '../core/import/export-json.js';
import { AppError } from '../http/errors.js';
import { readArchive } from './archive.js';
import { isCalendar, readCalendarFile } from './calendar-file.js';
import { holdsCards, readCards } from './card-file.js';
import { readExport } from './export-file.js';
import { isBinary } from './encoding.js';
import type { FileReading, FileSource, ReadOptions } from './file-reading.js';
import { readPicture } from './picture.js';
import { proseOf } from './prose.js';
import { isWorkbook, otherDocument, readSheets } from './sheet.js';
import { SIGNATURE_BYTES, signatureOf } from './signature.js';
import { headOf } from './source-bytes.js';
import { readTable } from './table-file.js';
import { lookOver } from './text-look.js';
import { isWebPage, readWebPage } from './web-page.js';
import { budgetOf, openZip } from './zip.js';

const OTHER_JSON = 'this is JSON of another program: export its contacts as CSV or vCard, and import that';

/**
 * Knows a file by its content, never by its name. Needs no database; memory does not grow with the file, save for
 * workbooks, calendars, web pages and pictures, which have limits of their own. What is wrong with the file is an answer;
 * an error is thrown only where its bytes cannot be had.
 */
export async function readFile(source: FileSource, options: ReadOptions = {}): Promise<FileReading> {
  try {
    const head = await headOf(source, SIGNATURE_BYTES);
    const signature = signatureOf(head);
    if (signature === null && isBinary(head))
      return { kind: 'refused', reason: 'this is a binary file of a kind not known here' };
    if (signature === null) return quietly(source, await readText(source, options));
    if (signature.kind === 'refused') return signature;
    if (signature.kind === 'zip') return await readZip(source, options);
    if (signature.kind === 'picture') return await readPicture(source, signature.mediaType);
    const { mediaType } = signature;
    const what = mediaType.startsWith('audio/') ? 'a recording' : 'a film';
    return { kind: 'capture', why: `${what}, kept for you to work through`, mediaType };
  } catch (error) {
    if (error instanceof AppError) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

/** By name these should have been people: that they are not must be told. */
const OF_PEOPLE = /(?:connections|contacts|messages|invitations)[^/]*$/i;

/** What LinkedIn packs beside people (articles, videos, settings) is no fault of anybody's, and nothing to work through. */
function quietly({ name, ofLinkedin }: FileSource, reading: FileReading): FileReading {
  if (OF_PEOPLE.test(name)) return reading;
  if (ofLinkedin !== true || (reading.kind !== 'refused' && reading.kind !== 'capture')) return reading;
  return { kind: 'skipped', reason: "a part of LinkedIn's export that is not a table of people" };
}

async function readZip(source: FileSource, options: ReadOptions): Promise<FileReading> {
  const zip = await openZip(source);
  const unpacked = budgetOf(source, zip);
  const names = new Set(zip.entries.map(({ name }) => name));
  if (isWorkbook(names)) return readSheets(source, zip, options);
  const reason = otherDocument(names);
  return reason === null ? readArchive({ ...source, unpacked }, zip) : { kind: 'refused', reason };
}

async function readText(source: FileSource, options: ReadOptions): Promise<FileReading> {
  const look = await lookOver(source);
  if (look.isWhole && look.head.trim() === '') return { kind: 'refused', reason: 'the file is empty' };
  if (isExport(look.head)) return readExport(source, look);
  if (isCalendar(look)) return readCalendarFile(source, look);
  if (holdsCards(look)) return readCards(source, look);
  if (isWebPage(look)) return readWebPage(source, look, options);
  if (/^\s*[[{]\s*["'[\]{}]/.test(look.head)) return { kind: 'refused', reason: OTHER_JSON };
  const reading = await readTable(source, look, options);
  return reading.kind === 'refused' ? (proseOf(look) ?? reading) : reading;
}
