import type { CalendarEvent, Field, ImportFormat, Mapping, Reading } from '../core/import/records.js';

/** A file that can be read from its beginning, several times: it is looked over before it is read. */
export type OpenBytes = () => AsyncIterable<Uint8Array>;

/** A file's bytes, wherever they lie: on disk, in Postgres, inside an archive. */
export interface FileSource {
  /** As the owner knows it; inside an archive `data.zip/Connections.csv`. Never decides what the file is. */
  name: string;
  bytes: number;
  open: OpenBytes;
  /** Bytes from a place on, for archives; absent where only a stream is to be had. */
  readAt?: (from: number, length: number) => Promise<Uint8Array>;
  /** Whether it lies in LinkedIn's export, where much is of nobody but the owner. */
  ofLinkedin?: boolean;
  /** In how many archives it lies; absent: in none. */
  depth?: number;
  /** What the archives around and beside it unpack to, by archive; shared by all that lie in the outermost. */
  unpacked?: Map<object, { bytes: number; files: number }>;
}

/** What is known beside the file itself. */
export interface ReadOptions {
  /** The owner's mappings; the one for the file's header counts. */
  mappings?: readonly Mapping[];
  /** A mapping for this very import, whatever the header. */
  mapping?: Mapping;
  /** A country for phone numbers that name none: the event's. */
  region?: string;
}

/** One row or card of a file and what it says. */
export interface FileRow {
  /** Line of the file, from 1; of a sheet, its row. */
  line: number;
  raw: string;
  reading: Reading;
}

/** What one column was taken for; null: nothing was taken of it. */
export interface ColumnReading {
  header: string;
  field: Field | null;
}

export type FileReading =
  | {
      kind: 'people';
      format: ImportFormat;
      /** 0 to 1. */
      confidence: number;
      /** One sentence for the owner: what the file was taken for, and by what. */
      why: string;
      /** From the first row after the header, in the order of the file; reads the file anew each time. */
      rows: () => AsyncGenerator<FileRow, void, undefined>;
      /** The same rows as they come out of the file, some hundreds at a time: for millions of rows, since each costs less. */
      batches: () => AsyncGenerator<FileRow[], void, undefined>;
      /** Of a table: its header as it stands in the file, and what each column was taken for. */
      header?: string;
      columns?: ColumnReading[];
      /** What only the owner can decide, and what was done meanwhile. */
      asks?: string[];
      /** Events the file tells of, beside people. */
      events?: CalendarEvent[];
    }
  /** Files in a file; each is read by itself. */
  | { kind: 'archive'; why: string; members: ArchiveMember[] }
  /** Cannot be read for people, and may mean some: a photo, a voice note. Kept for the owner to work through. */
  | { kind: 'capture'; why: string; mediaType: string }
  /** Understood, and says nothing of people. */
  | { kind: 'skipped'; reason: string }
  | { kind: 'refused'; reason: string };

export type ArchiveMember =
  { kind: 'file'; source: FileSource } | { kind: 'refused'; name: string; bytes: number; reason: string };
