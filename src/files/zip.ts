/** The members of a ZIP, read without unpacking it to disk. Limits on what it announces, and on what really comes out. */
import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { AppError } from '../http/errors.js';
import type { FileSource, OpenBytes } from './file-reading.js';
import { MEGABYTE, wholeOf } from './source-bytes.js';

/** Files in one archive. LinkedIn's whole export has about 60. */
export const MAX_ENTRIES = 1_000;
/** How many times smaller packing may have made a file; tables reach 20, bombs 1,000. */
export const MAX_RATIO = 200;
/** Unpacked bytes below which the ratio is not asked for: a short file of one repeated character is no bomb. */
export const RATIO_FLOOR = 10 * MEGABYTE;
/** Unpacked bytes of one file, and of all files of one archive. */
export const MAX_MEMBER_BYTES = 512 * MEGABYTE;
export const MAX_TOTAL_BYTES = 2_048 * MEGABYTE;
/** Files of an archive and of all archives in it. */
export const MAX_FILES_IN_ALL = 5_000;
/** Bytes of an archive of which only a stream is to be had, such as one in another archive: it is held in memory. */
export const MAX_NESTED_BYTES = 64 * MEGABYTE;

/** Bytes of one read. */
const PIECE = 256 * 1024;

export interface ZipEntry {
  /** With `/` between its parts. */
  name: string;
  /** Unpacked, as announced; more never comes out. */
  bytes: number;
  /** Throws AppError unprocessable where the file is damaged or is not what the archive announces. */
  open: OpenBytes;
  /** Why it is not to be opened. */
  problem?: string;
}

export interface Zip {
  entries: ZipEntry[];
  /** Why there are no more entries than these, though more are announced. */
  broken?: string;
}

/** @throws AppError unprocessable or too-large, with a reason for the owner */
export async function openZip(source: FileSource): Promise<Zip> {
  const reader = new SourceReader(await randomAccess(source));
  const damaged = (): unknown =>
    reader.failure ?? new AppError('unprocessable', 'the ZIP archive is damaged or cut off');
  const file = await yauzl
    .fromRandomAccessReaderPromise(reader, source.bytes, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    })
    .catch((): never => {
      throw damaged();
    });
  if (file.entryCount > MAX_ENTRIES) {
    const count = file.entryCount.toLocaleString('en');
    throw bomb(`announces ${count} files; more than ${MAX_ENTRIES.toLocaleString('en')} are not read`);
  }
  const zip: Zip = { entries: [] };
  let total = 0;
  try {
    for await (const entry of file.eachEntry()) {
      total += entry.uncompressedSize;
      zip.entries.push(entryOf(file, entry, source, reader));
    }
  } catch {
    const error = damaged();
    if (zip.entries.length === 0 || reader.failure !== null) throw error;
    zip.broken = 'the rest of the archive is damaged, cut off or encrypted';
  }
  if (total > MAX_TOTAL_BYTES) throw bomb(`would unpack to ${megabytes(total)}; more than ${megabytes(MAX_TOTAL_BYTES)} are not unpacked`); // prettier-ignore
  if (isSuspicious(total, source.bytes))
    throw bomb(`would unpack to ${Math.round(total / source.bytes)} times its size`);
  return zip;
}

function entryOf(
  file: yauzl.ZipFile,
  entry: yauzl.Entry,
  source: FileSource,
  reader: SourceReader,
): ZipEntry {
  const name = nameOf(entry);
  const problem = problemOf(entry, name, source.bytes);
  const open: OpenBytes = () => inflated(file, entry, reader);
  return { name, bytes: entry.uncompressedSize, open, ...(problem !== null && { problem }) };
}

/** Names of old archives are in the code page of their machine; most of those since 2010 are UTF-8 without saying so. */
function nameOf(entry: yauzl.Entry): string {
  const raw = entry.fileNameRaw;
  const isUnicode = (entry.generalPurposeBitFlag & 0x800) !== 0 || isUtf8(raw);
  const name = isUnicode ? raw.toString('utf8') : yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false); // prettier-ignore
  return name.replaceAll('\\', '/');
}

function problemOf(entry: yauzl.Entry, name: string, archiveBytes: number): string | null {
  const { uncompressedSize, compressedSize } = entry;
  if (yauzl.validateFileName(name) !== null) return 'has a name that points outside the archive';
  if (entry.isEncrypted())
    return 'is encrypted: unpack the archive with its password, and import what was in it';
  if (!entry.canDecodeFileData()) return `is packed in a way (method ${entry.compressionMethod}) that is not read here: unpack the archive, and import what was in it`; // prettier-ignore
  if (compressedSize > archiveBytes) return 'is announced as larger than its archive: the archive is damaged';
  if (uncompressedSize > MAX_MEMBER_BYTES) return `would unpack to ${megabytes(uncompressedSize)}; more than ${megabytes(MAX_MEMBER_BYTES)} are not unpacked`; // prettier-ignore
  if (isSuspicious(uncompressedSize, compressedSize)) return 'would unpack to more than ' + `${MAX_RATIO} times its size, as no table does`; // prettier-ignore
  return null;
}

const isSuspicious = (unpacked: number, packed: number): boolean =>
  unpacked > RATIO_FLOOR && unpacked > packed * MAX_RATIO;

/** What is announced is a promise: more than it is cut off, less or other is an error. */
async function* inflated(
  file: yauzl.ZipFile,
  entry: yauzl.Entry,
  reader: SourceReader,
): AsyncGenerator<Uint8Array, void, undefined> {
  let size = 0;
  let sum = 0;
  try {
    const stream = await file.openReadStreamPromise(entry);
    for await (const piece of stream as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > entry.uncompressedSize) throw bomb('unpacks to more than the archive announces');
      sum = crc32(piece, sum);
      yield piece;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw reader.failure ?? new AppError('unprocessable', 'is damaged: it cannot be unpacked');
  }
  if (size !== entry.uncompressedSize || sum !== entry.crc32) {
    throw new AppError('unprocessable', 'is damaged: its checksum or its length is wrong');
  }
}

/**
 * Counts an archive among those that lie in the outermost: many small ones in one are a bomb, too.
 * @throws AppError too-large
 */
export function budgetOf(source: FileSource, { entries }: Zip): NonNullable<FileSource['unpacked']> {
  const unpacked = source.unpacked ?? new Map<object, { bytes: number; files: number }>();
  unpacked.set(source, { bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0), files: entries.length });
  let all = { bytes: 0, files: 0 };
  for (const { bytes, files } of unpacked.values())
    all = { bytes: all.bytes + bytes, files: all.files + files };
  if (all.bytes > MAX_TOTAL_BYTES || all.files > MAX_FILES_IN_ALL) {
    throw bomb('would unpack, together with the archives beside it, to more than is unpacked of one archive');
  }
  return unpacked;
}

const bomb = (what: string): AppError => new AppError('too-large', what);
const megabytes = (bytes: number): string => `${Math.ceil(bytes / MEGABYTE).toLocaleString('en')} MB`;

type ReadAt = NonNullable<FileSource['readAt']>;

async function randomAccess(source: FileSource): Promise<ReadAt> {
  if (source.readAt) return source.readAt;
  const whole = await wholeOf(source, MAX_NESTED_BYTES);
  return (from, length) => Promise.resolve(whole.subarray(from, from + length));
}

/** Keeps the error of the file itself (a lost database, a pulled disk), which says nothing about the archive. */
class SourceReader extends yauzl.RandomAccessReader {
  failure: Error | null = null;

  constructor(private readonly readAt: ReadAt) {
    super();
  }

  private async piece(from: number, length: number): Promise<Uint8Array> {
    try {
      return await this.readAt(from, length);
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      throw this.failure;
    }
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null) => void,
  ) {
    this.piece(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset);
        done(bytes.length < length ? new Error('unexpected end of file') : null);
      },
      (error: unknown) => done(error as Error),
    );
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const pieces = async function* (this: SourceReader) {
      for (let at = start; at < end;) {
        const bytes = await this.piece(at, Math.min(PIECE, end - at));
        if (bytes.length === 0) return;
        at += bytes.length;
        yield bytes;
      }
    };
    return Readable.from(pieces.call(this), { objectMode: false });
  }
}
