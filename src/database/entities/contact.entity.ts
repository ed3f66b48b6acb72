import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Instant, OwnedRow, Text, Uuid } from '../columns.js';

export type Circle = 'inner' | 'active' | 'wide';

/** A person the owner knows: the fold of its source records. Register of contacts. */
@Entity('contact')
@Index('contact_page_idx', ['ownerId', 'id'])
@Index('contact_birthday_idx', { synchronize: false })
@Index('contact_merged_idx', { synchronize: false })
export class Contact extends OwnedRow {
  /** The contact this one was merged into; everyone reads through it. */
  @Uuid({ nullable: true })
  @ForeignKey('contact', { onDelete: 'SET NULL' })
  mergedInto!: string | null;

  /** Set by an undo when a message rests on this person: out of sight, kept so that nothing is sent twice. */
  @Instant({ nullable: true })
  hiddenAt!: Date | null;

  @Text()
  fullName!: string;

  @Text({ nullable: true })
  givenName!: string | null;

  @Text({ nullable: true })
  familyName!: string | null;

  @Text({ nullable: true })
  company!: string | null;

  @Text({ nullable: true })
  title!: string | null;

  @Text({ nullable: true })
  city!: string | null;

  @Text({ nullable: true })
  country!: string | null;

  /** `1990-03-15`, or `--03-15` without a year. */
  @Text({ nullable: true })
  birthday!: string | null;

  /** IANA zone, and where it came from: contact, city, country, owner. */
  @Text()
  zone!: string;

  @Text()
  zoneSource!: string;

  /** BCP 47, only where a source said so. */
  @Text({ nullable: true })
  language!: string | null;

  @Text({ nullable: true })
  languageSource!: string | null;

  @Text({ default: 'wide' })
  circle!: Circle;

  /** Boundaries. */
  @Instant({ nullable: true })
  doNotContactAt!: Date | null;

  @Instant({ nullable: true })
  pausedUntil!: Date | null;

  @Column({ type: 'boolean', default: false })
  noCongratulations!: boolean;

  /** Fields in which source records disagree: `[{field, values: [{value, sourceId}]}]`. */
  @Column({ type: 'jsonb', default: [] })
  conflicts!: { field: string; values: { value: string; sourceId: string }[] }[];

  @Column({ type: 'integer', default: 1 })
  version!: number;
}

/** An address by which a contact is known. Two contacts may hold the same shared or role address. */
@Entity('identity')
@Index('identity_key', ['ownerId', 'contactId', 'kind', 'canonical'], { unique: true })
@Index('identity_lookup_idx', ['ownerId', 'kind', 'canonical'])
export class Identity extends OwnedRow {
  @Uuid()
  @ForeignKey('contact', { onDelete: 'CASCADE' })
  contactId!: string;

  @Text()
  kind!: 'email' | 'linkedin' | 'phone';

  /** As written. */
  @Text()
  value!: string;

  /** What is compared. */
  @Text()
  canonical!: string;

  /** A role or shared address (info@): never a proof of identity. */
  @Column({ type: 'boolean', default: false })
  shared!: boolean;
}

/** One saying about one person: an import's row or the owner's edit. Log; the contact is its fold. */
@Entity('source_record')
@Index('source_record_fingerprint_key', ['ownerId', 'fingerprint'], { unique: true })
@Index('source_record_contact_idx', ['ownerId', 'contactId'])
@Index('source_record_import_idx', ['importId'])
export class SourceRecord extends OwnedRow {
  @Uuid()
  @ForeignKey('contact', { onDelete: 'CASCADE' })
  contactId!: string;

  @Text()
  kind!: 'import' | 'owner';

  @Uuid({ nullable: true })
  @ForeignKey('import', { onDelete: 'CASCADE' })
  importId!: string | null;

  @Uuid({ nullable: true })
  fileId!: string | null;

  /** Line of the file, from 1; null for an edit. */
  @Column({ type: 'integer', nullable: true })
  line!: number | null;

  /** A `Candidate` (core/import/records.ts), or a part of one for an edit. */
  @Column({ type: 'jsonb' })
  candidate!: Record<string, unknown>;

  /** Content hash with event: the same row read again is the same record. */
  @Text()
  fingerprint!: string;

  /** `created` or `merged`, as it ended. */
  @Text()
  verdict!: string;
}

/** An address and what must not be sent to it. Log; lifted only by contacts. */
@Entity('suppression')
@Index('suppression_lookup_idx', { synchronize: false })
export class Suppression extends OwnedRow {
  /** Canonical address. */
  @Text()
  address!: string;

  @Text()
  scope!: 'everything' | 'automatic' | 'congratulations';

  @Text()
  why!: string;

  @Text()
  sourceKind!: string;

  @Uuid({ nullable: true })
  sourceId!: string | null;

  @Instant({ nullable: true })
  liftedAt!: Date | null;
}
