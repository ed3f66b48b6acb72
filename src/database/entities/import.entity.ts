import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Instant, OwnedRow, Text, Uuid } from '../columns.js';

/** One import of one or more files. Register of imports. */
@Entity('import')
@Index('import_page_idx', ['ownerId', 'id'])
@Index('import_open_idx', ['id'], { where: `state IN ('receiving', 'queued', 'running')` })
export class Import extends OwnedRow {
  @Text()
  state!: 'receiving' | 'queued' | 'running' | 'done' | 'failed' | 'undone';

  @Uuid({ nullable: true })
  @ForeignKey('event', { onDelete: 'SET NULL' })
  eventId!: string | null;

  @Text({ nullable: true })
  error!: string | null;

  @Instant({ nullable: true })
  finishedAt!: Date | null;

  @Column({ type: 'integer', default: 1 })
  version!: number;
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

  @Text({ default: 'queued' })
  state!: 'queued' | 'running' | 'done' | 'refused';

  /** What it was taken for, and why. */
  @Text({ nullable: true })
  format!: string | null;

  @Text({ nullable: true })
  why!: string | null;

  @Column({ type: 'integer', default: 0 })
  rows!: number;

  @Column({ type: 'integer', default: 0 })
  created!: number;

  @Column({ type: 'integer', default: 0 })
  merged!: number;

  @Column({ type: 'integer', default: 0 })
  unchanged!: number;

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
