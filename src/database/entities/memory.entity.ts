import { Column, Entity, ForeignKey, Index } from 'typeorm';
import type { FactKind } from '../../core/facts.js';
import { GoesWith, Instant, LocalDate, OwnedRow, Text, Uuid } from '../columns.js';

/** Something that happened with a contact and is no message of ours. Log of memory. */
@Entity('interaction')
@GoesWith()
@Index('interaction_contact_idx', ['ownerId', 'contactId', 'at'])
@Index('interaction_import_idx', ['importId'])
@Index('interaction_sent_mail_idx', ['ownerId', 'sourceId'], { where: `source_kind = 'sent-mail'` })
export class Interaction extends OwnedRow {
  @Uuid()
  contactId!: string;

  @Text()
  kind!: 'met' | 'note' | 'call' | 'meeting' | 'mail-by-hand' | 'message';

  /** Of a `message`, the last word of a conversation elsewhere: whose it is. */
  @Text({ nullable: true })
  saidBy!: 'them' | 'owner' | null;

  @Instant()
  at!: Date;

  @Text()
  text!: string;

  @Text()
  sourceKind!: string;

  @Uuid()
  sourceId!: string;

  @Uuid({ nullable: true })
  @ForeignKey('import', { onDelete: 'CASCADE' })
  importId!: string | null;
}

/**
 * One sourced statement about a contact. Only what the owner put into words for this person is `quotable`, that is,
 * may stand in a mail; an imported note never is. Log of memory.
 */
@Entity('fact')
@GoesWith()
@Index('fact_contact_idx', ['ownerId', 'contactId'])
@Index('fact_import_idx', ['importId'])
export class Fact extends OwnedRow {
  @Uuid()
  contactId!: string;

  @Uuid({ nullable: true })
  @ForeignKey('event', { onDelete: 'SET NULL' })
  eventId!: string | null;

  @Text()
  kind!: FactKind;

  @Text()
  text!: string;

  @Column({ type: 'boolean', default: false })
  quotable!: boolean;

  /** `owner`, `import`, `inbound`. */
  @Text()
  sourceKind!: string;

  @Uuid({ nullable: true })
  sourceId!: string | null;

  @Uuid({ nullable: true })
  @ForeignKey('import', { onDelete: 'CASCADE' })
  importId!: string | null;

  /** No longer true, or taken back. */
  @Instant({ nullable: true })
  closedAt!: Date | null;
}

/** Something the owner said they would do. Log of memory. */
@Entity('promise')
@GoesWith()
@Index('promise_contact_idx', ['ownerId', 'contactId'])
export class Promised extends OwnedRow {
  @Uuid()
  contactId!: string;

  @Uuid({ nullable: true })
  @ForeignKey('event', { onDelete: 'SET NULL' })
  eventId!: string | null;

  /** Completes "I promised to ...". */
  @Text()
  text!: string;

  @LocalDate()
  dueOn!: string;

  @Instant({ nullable: true })
  keptAt!: Date | null;

  /** What was given, in the owner's words; completes "As promised, ...". */
  @Text({ nullable: true })
  keptWith!: string | null;

  @Text()
  sourceKind!: string;

  @Uuid({ nullable: true })
  sourceId!: string | null;

  /** Taken back: neither owed nor kept. */
  @Instant({ nullable: true })
  closedAt!: Date | null;
}
