import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Instant, OwnedRow, Text, Uuid } from '../columns.js';

/** One import of one or more files. Register of imports. */
@Entity('import')
@Index('import_page_idx', ['ownerId', 'id'])
@Index('import_match_idx', ['id'], { where: 'to_match' })
@Index('import_open_idx', ['id'], { where: `state IN ('receiving', 'queued', 'running')` })
export class Import extends OwnedRow {
  @Text()
  state!: 'receiving' | 'queued' | 'running' | 'done' | 'failed' | 'undone';

  @Uuid({ nullable: true })
  @ForeignKey('event', { onDelete: 'SET NULL' })
  eventId!: string | null;

  @Text({ nullable: true })
  error!: string | null;

  /** Only to tell what would come of it: nothing but this report is written. */
  @Column({ type: 'boolean', default: false })
  dryRun!: boolean;

  /** A `Mapping` the owner gave with it. */
  @Column({ type: 'jsonb', nullable: true })
  mapping!: Record<string, unknown> | null;

  @Instant({ nullable: true })
  finishedAt!: Date | null;

  /** Its people are to be compared with the others: the matcher's turn, from the end of the import on. */
  @Column({ type: 'boolean', default: false })
  toMatch!: boolean;

  @Instant({ nullable: true })
  undoneAt!: Date | null;

  /** What the undo took back, and what it left, by name and why. */
  @Column({ type: 'jsonb', nullable: true })
  undo!: Record<string, unknown> | null;

  @Column({ type: 'integer', default: 1 })
  version!: number;
}

/** How the owner wants tables with one header to be read. Register of imports. */
@Entity('mapping')
@Index('mapping_header_key', ['ownerId', 'header'], { unique: true })
export class MappingRow extends OwnedRow {
  /** `headerFingerprint`. */
  @Text()
  header!: string;

  /** `headerKey` of a column -> field, or null. */
  @Column({ type: 'jsonb' })
  columns!: Record<string, string | null>;

  @Column({ type: 'boolean', nullable: true })
  monthFirst!: boolean | null;
}

/** A photo or a voice note that came with an import, for the owner to work through. Register of imports. */
@Entity('capture')
@Index('capture_page_idx', ['ownerId', 'id'])
@Index('capture_import_idx', ['importId'])
export class Capture extends OwnedRow {
  @Uuid()
  @ForeignKey('import', { onDelete: 'CASCADE' })
  importId!: string;

  @Uuid()
  fileId!: string;

  @Text()
  name!: string;

  /** IANA media type, told by the content. */
  @Text()
  mediaType!: string;

  @Column({ type: 'bigint', transformer: { to: (n: number) => n, from: Number } })
  bytes!: number;

  @Text()
  sha256!: string;

  @Text({ default: 'open' })
  state!: 'open' | 'done';

  /** What the owner made of it. */
  @Text({ nullable: true })
  note!: string | null;
}

/** The bytes of a capture, in pieces. */
@Entity('capture_chunk')
@Index('capture_chunk_key', ['ownerId', 'captureId', 'seq'], { unique: true })
export class CaptureChunk extends OwnedRow {
  @Uuid()
  @ForeignKey('capture', { onDelete: 'CASCADE' })
  captureId!: string;

  @Column({ type: 'integer' })
  seq!: number;

  @Column({ type: 'bytea' })
  bytes!: Buffer;
}

/** One file of an import and what became of its rows. */
@Entity('import_file')
@Index('import_file_import_idx', ['importId'])
export class ImportFile extends OwnedRow {
  @Uuid()
  @ForeignKey('import', { onDelete: 'CASCADE' })
  importId!: string;

  @Text()
  name!: string;

  @Column({ type: 'bigint', default: 0, transformer: { to: (n: number) => n, from: Number } })
  bytes!: number;

  @Text({ nullable: true })
  sha256!: string | null;

  /** The archive it came in. */
  @Uuid({ nullable: true })
  @ForeignKey('import_file', { onDelete: 'CASCADE' })
  parentId!: string | null;

  /** `archive`: its members stand for it; `captured`: kept to work through; `skipped`: says nothing of people. */
  @Text({ default: 'queued' })
  state!: 'queued' | 'running' | 'done' | 'archive' | 'captured' | 'skipped' | 'refused';

  /** What it was taken for, and why. */
  @Text({ nullable: true })
  format!: string | null;

  @Text({ nullable: true })
  why!: string | null;

  /** 0 to 1. */
  @Column({ type: 'real', nullable: true })
  confidence!: number | null;

  /** Of a table: its header as it stands in the file. */
  @Text({ nullable: true })
  header!: string | null;

  /** `[{header, field}]`: what each column was taken for. */
  @Column({ type: 'jsonb', nullable: true })
  columns!: { header: string; field: string | null }[] | null;

  /** What only the owner can decide. */
  @Column({ type: 'jsonb', default: [] })
  asks!: string[];

  @Column({ type: 'integer', default: 0 })
  rows!: number;

  @Column({ type: 'integer', default: 0 })
  created!: number;

  @Column({ type: 'integer', default: 0 })
  merged!: number;

  @Column({ type: 'integer', default: 0 })
  unchanged!: number;

  /** Left apart in spite of an equal identity, and proposed. */
  @Column({ type: 'integer', default: 0 })
  proposed!: number;

  @Column({ type: 'integer', default: 0 })
  rejected!: number;

  @Column({ type: 'integer', default: 0 })
  ignored!: number;
}

/** A piece of an uploaded file on its way from web to worker; removed when the import ends. */
@Entity('import_chunk')
@Index('import_chunk_key', ['ownerId', 'fileId', 'seq'], { unique: true })
export class ImportChunk extends OwnedRow {
  @Uuid()
  @ForeignKey('import_file', { onDelete: 'CASCADE' })
  fileId!: string;

  @Column({ type: 'integer' })
  seq!: number;

  @Column({ type: 'bytea' })
  bytes!: Buffer;
}

/** A row that could not be taken: its line, the reason, and the row itself. */
@Entity('import_rejection')
@Index('import_rejection_import_idx', ['importId', 'line'])
export class ImportRejection extends OwnedRow {
  @Uuid()
  @ForeignKey('import', { onDelete: 'CASCADE' })
  importId!: string;

  @Uuid()
  @ForeignKey('import_file', { onDelete: 'CASCADE' })
  fileId!: string;

  @Column({ type: 'integer' })
  line!: number;

  @Text()
  reason!: string;

  @Text()
  raw!: string;
}
