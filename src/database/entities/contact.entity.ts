import type { SuppressionScope } from '../../core/way-out-choices.js';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ContactsRow, GoesWith, Instant, LocalDate, OwnedRow, Text, Uuid } from '../columns.js';

export type Circle = 'inner' | 'active' | 'wide';

/** A person the owner knows: the fold of its source records. Register of contacts. */
@Entity('contact')
@Index('contact_owner_key', ['ownerId', 'id'], { unique: true })
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

  /** IANA zone, and where it came from: contact, city, country, phone, company, owner. */
  @Text()
  zone!: string;

  @Text()
  zoneSource!: string;

  /** BCP 47, only where a source said so. */
  @Text({ nullable: true })
  language!: string | null;

  @Text({ nullable: true })
  languageSource!: string | null;

  /** Whether they agreed to be written to, where a source said so; false blocks mail. */
  @Column({ type: 'boolean', nullable: true })
  consent!: boolean | null;

  /** How they came to be known, in a source's words. */
  @Text({ nullable: true })
  origin!: string | null;

  @Text({ nullable: true })
  priority!: 'hot' | 'warm' | 'cold' | null;

  /** Form of address, only where a source said so: `informal` (du, tu), `formal` (Sie, vous). */
  @Text({ nullable: true })
  form!: 'informal' | 'formal' | null;

  @Text({ nullable: true })
  formSource!: string | null;

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
@GoesWith()
@Index('identity_key', ['ownerId', 'contactId', 'kind', 'canonical'], { unique: true })
@Index('identity_lookup_idx', ['ownerId', 'kind', 'canonical'])
export class Identity extends ContactsRow {
  @Uuid()
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
@GoesWith()
@Index('source_record_fingerprint_key', ['ownerId', 'fingerprint'], { unique: true })
@Index('source_record_contact_idx', ['ownerId', 'contactId'])
@Index('source_record_import_idx', ['importId'])
export class SourceRecord extends ContactsRow {
  @Uuid()
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

/**
 * One contact read through another, and by whose word. Edges form a forest: `contact.merged_into` is the root reached by
 * them, computed by `database/merge-people.ts` alone. Splitting deletes the edge; the audit keeps it.
 */
@Entity('contact_merge')
@GoesWith('contact', 'fromId')
@GoesWith('contact', 'intoId')
@Index('contact_merge_from_key', ['ownerId', 'fromId'], { unique: true })
@Index('contact_merge_into_idx', ['ownerId', 'intoId'])
@Index('contact_merge_import_idx', ['importId'])
export class ContactMerge extends OwnedRow {
  @Uuid()
  fromId!: string;

  @Uuid()
  intoId!: string;

  /** `row`: a row that holds the identities of both; `match`: the later comparison; `owner`: their word. */
  @Text()
  by!: 'row' | 'match' | 'owner';

  /** The import by whose rows it was made; undone with it. Null for the owner's word. */
  @Uuid({ nullable: true })
  @ForeignKey('import', { onDelete: 'CASCADE' })
  importId!: string | null;

  /** The boundaries of `into` before, and as they were inherited: a split gives back what was not changed since. */
  @Column({ type: 'jsonb' })
  boundaries!: { before: Record<string, unknown>; after: Record<string, unknown> };
}

/** Two contacts that may be one person, with what speaks for it. The owner's answer is remembered. Register of imports. */
@Entity('proposal')
@GoesWith('contact', 'aId')
@GoesWith('contact', 'bId')
@Index('proposal_pair_key', ['ownerId', 'aId', 'bId'], { unique: true })
@Index('proposal_open_idx', ['ownerId', 'id'], { where: `state IN ('open', 'later')` })
@Index('proposal_b_idx', ['ownerId', 'bId'])
@Index('proposal_import_idx', ['importId'])
export class Proposal extends OwnedRow {
  /** The smaller id of the two. */
  @Uuid()
  aId!: string;

  @Uuid()
  bId!: string;

  /** `identity`: an equal address, profile or phone, but the names differ or it is shared; `match`: compared. */
  @Text()
  why!: 'identity' | 'match';

  /** 0 to 1. */
  @Column({ type: 'real' })
  score!: number;

  /** Side by side: `[{field, level, weight, a, b}]`. */
  @Column({ type: 'jsonb' })
  evidence!: { field: string; level: string; weight: number; a: string; b: string }[];

  @Text({ default: 'open' })
  state!: 'open' | 'yes' | 'no' | 'later';

  @Instant({ nullable: true })
  decidedAt!: Date | null;

  @Uuid({ nullable: true })
  @ForeignKey('import', { onDelete: 'CASCADE' })
  importId!: string | null;
}

/**
 * A company or position that differs from what was said before. `candidate`: evidence of at most 60 days, dated;
 * `question`: only the owner can tell. Log of imports; the inbox appends questions of received mails.
 */
@Entity('position_change')
@GoesWith()
@Index('position_change_source_key', ['ownerId', 'sourceId'], { unique: true })
@Index('position_change_inbound_key', ['ownerId', 'inboundId'], {
  unique: true,
  where: 'inbound_id IS NOT NULL',
})
@Index('position_change_contact_idx', ['ownerId', 'contactId'])
@Index('position_change_import_idx', ['importId'])
export class PositionChange extends OwnedRow {
  @Uuid()
  contactId!: string;

  /** The source record that says so; null: a received mail does. */
  @Uuid({ nullable: true })
  @ForeignKey('source_record', { onDelete: 'CASCADE' })
  sourceId!: string | null;

  /** The received mail that says so, by its signature, or because its writer has left. Then it is only ever a question. */
  @Uuid({ nullable: true })
  @ForeignKey('inbound', { onDelete: 'CASCADE' })
  inboundId!: string | null;

  /** Of a mail: a number that was not known, E.164. */
  @Text({ nullable: true })
  phone!: string | null;

  /** Of a mail: where its writer can be reached from now on. */
  @Text({ nullable: true })
  email!: string | null;

  /** Of a mail whose writer has left: who is there instead, `Bob Example <bob@example.com>` or a part of it. */
  @Text({ nullable: true })
  successor!: string | null;

  /** They are no longer where they were. Never a reason to congratulate. */
  @Column({ type: 'boolean', default: false })
  left!: boolean;

  @Uuid({ nullable: true })
  @ForeignKey('import', { onDelete: 'CASCADE' })
  importId!: string | null;

  @Text({ nullable: true })
  companyBefore!: string | null;

  @Text({ nullable: true })
  titleBefore!: string | null;

  @Text({ nullable: true })
  company!: string | null;

  @Text({ nullable: true })
  title!: string | null;

  /** The day of the evidence, where the source dates it. */
  @LocalDate({ nullable: true })
  seenOn!: string | null;

  @Text()
  state!: 'candidate' | 'question' | 'confirmed' | 'dismissed';

  @Instant({ nullable: true })
  decidedAt!: Date | null;
}

/**
 * What is left of an erased person: a keyed hash of each address, so that no import revives them, and how much was sent
 * there. Log of contacts.
 */
@Entity('forgotten')
@Index('forgotten_key', ['ownerId', 'kind', 'hash'], { unique: true })
export class Forgotten extends OwnedRow {
  @Text()
  kind!: 'email' | 'linkedin' | 'phone';

  /** HMAC-SHA-256 of the canonical value, hexadecimal. */
  @Text()
  hash!: string;

  /** Scopes of the suppressions that were in force. */
  @Text({ array: true, default: [] })
  scopes!: string[];

  @Column({ type: 'integer', default: 0 })
  sent!: number;

  @Instant({ nullable: true })
  lastSentAt!: Date | null;
}

/** An address and what must not be sent to it. Log; lifted only by contacts. */
@Entity('suppression')
@Index('suppression_lookup_idx', { synchronize: false })
export class Suppression extends OwnedRow {
  /** Canonical address. */
  @Text()
  address!: string;

  @Text()
  scope!: SuppressionScope;

  @Text()
  why!: string;

  @Text()
  sourceKind!: string;

  @Uuid({ nullable: true })
  sourceId!: string | null;

  @Instant({ nullable: true })
  liftedAt!: Date | null;
}
