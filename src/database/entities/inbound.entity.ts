import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { GoesWith, Instant, LocalDate, OwnedRow, Text, Uuid } from '../columns.js';

export const inboundKinds = [
  'reply',
  'auto-reply',
  'bounce',
  'delay',
  'opt-out',
  'complaint',
  'challenge',
  'calendar',
  'list',
  'other',
] as const;
export type InboundKind = (typeof inboundKinds)[number];

/** A received mail and what it is. Log of the inbox. A `reply` stops by being here: nobody calls anybody. */
@Entity('inbound')
@GoesWith()
@Index('inbound_hash_key', ['ownerId', 'hash'], { unique: true })
@Index('inbound_message_id_key', ['ownerId', 'messageIdHeader'], {
  unique: true,
  where: 'message_id_header IS NOT NULL',
})
@Index('inbound_contact_idx', ['ownerId', 'contactId', 'at'])
@Index('inbound_turn_idx', ['turn', 'at'], { where: 'turn IS NOT NULL' })
@Index('inbound_news_idx', ['ownerId', 'at'], { where: `seen_at IS NULL AND kind <> 'list'` })
@Index('inbound_strangers_idx', ['at'], { where: 'contact_id IS NULL AND from_address IS NOT NULL' })
@Index('inbound_answered_idx', ['ownerId', 'messageId'])
export class Inbound extends OwnedRow {
  @Uuid({ nullable: true })
  contactId!: string | null;

  /** The message of ours it answers. */
  @Uuid({ nullable: true })
  @ForeignKey('message', { onDelete: 'SET NULL' })
  messageId!: string | null;

  @Text()
  kind!: InboundKind;

  /** What we took it for, where the owner corrected the kind. */
  @Text({ nullable: true })
  firstKind!: InboundKind | null;

  /** The owner has taken note: it is not shown to them as news any more. */
  @Instant({ nullable: true })
  seenAt!: Date | null;

  /** How it was matched: see `MatchedBy` in core/thread.ts; `owner`: by hand; null: it is of nobody we know. */
  @Text({ nullable: true })
  matchedBy!: string | null;

  @Text({ nullable: true })
  messageIdHeader!: string | null;

  @Text()
  hash!: string;

  @Text({ nullable: true })
  fromAddress!: string | null;

  @Text()
  subject!: string;

  /** When it reached us, domain time. */
  @Instant()
  at!: Date;

  /** auto-reply: back on. */
  @LocalDate({ nullable: true })
  returnOn!: string | null;

  @Text({ nullable: true })
  severity!: 'hard' | 'soft' | 'blocked' | null;

  @Column({ type: 'jsonb', default: {} })
  detail!: Record<string, unknown>;

  /**
   * Who has yet to heed it: the planner (stops or pauses enrollments), then composing (cancels open drafts), then null.
   * The last look before DATA does not wait for either.
   */
  @Text({ nullable: true })
  turn!: 'planner' | 'composing' | null;
}

/** The words of a received mail, and the raw mail for 90 days; of strangers the words for 30, and no raw mail. */
@Entity('inbound_body')
@Index('inbound_body_key', ['ownerId', 'inboundId'], { unique: true })
@Index('inbound_body_raw_idx', ['createdAt'], { where: 'raw IS NOT NULL' })
export class InboundBody extends OwnedRow {
  @Uuid()
  @ForeignKey('inbound', { onDelete: 'CASCADE' })
  inboundId!: string;

  @Text()
  text!: string;

  @Column({ type: 'bytea', nullable: true })
  raw!: Buffer | null;
}

/** An answer the owner owes: the questions and requests of an inbound mail. Log of the inbox. */
@Entity('reply_debt')
@GoesWith()
@Index('reply_debt_open_idx', ['ownerId', 'contactId'], { where: 'closed_at IS NULL' })
@Index('reply_debt_inbound_key', ['ownerId', 'inboundId'], { unique: true })
export class ReplyDebt extends OwnedRow {
  @Uuid()
  contactId!: string;

  @Uuid()
  @ForeignKey('inbound', { onDelete: 'CASCADE' })
  inboundId!: string;

  /** Two working days after the answer, in the owner's zone. */
  @LocalDate()
  dueOn!: string;

  /** Sentences that ask or request. */
  @Column({ type: 'jsonb', default: [] })
  asks!: string[];

  @Instant({ nullable: true })
  closedAt!: Date | null;
}
