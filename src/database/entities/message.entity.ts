import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { GoesWith, Instant, LocalDate, OwnedRow, Text, Uuid } from '../columns.js';
import { messageStates, type MessageState } from '../../core/states.js';
import type { DraftParagraph } from '../../core/compose.js';

export type MessageKind = 'first' | 'follow-up' | 'by-hand' | 'birthday' | 'birthday-reminder';

/** One word to one person, from planned to sent: the outbox row. The line; who may write which state: ARCHITECTURE.md. */
@Entity('message')
@GoesWith()
@GoesWith('enrollment')
@Check('message_state_check', `state IN (${messageStates.map((s) => `'${s}'`).join(', ')})`)
@Check('message_attempt_check', 'attempt BETWEEN 1 AND 2')
@Index('message_step_key', ['ownerId', 'enrollmentId', 'stepId', 'attempt'], {
  unique: true,
  where: 'enrollment_id IS NOT NULL',
})
@Index('message_open_step_key', ['ownerId', 'enrollmentId', 'stepId'], {
  unique: true,
  where: `enrollment_id IS NOT NULL AND state NOT IN ('sent', 'failed', 'cancelled')`,
})
@Index('message_occurrence_key', ['ownerId', 'contactId', 'kind', 'subjectKey', 'occursOn'], {
  unique: true,
  where: 'enrollment_id IS NULL',
})
@Index('message_id_header_key', ['ownerId', 'messageIdHeader'], {
  unique: true,
  where: 'message_id_header IS NOT NULL',
})
@Index('message_planned_idx', ['nextAt'], { where: `state = 'planned'` })
@Index('message_goes_on_idx', ['mailboxId', 'nextAt', 'id'], {
  where: `state = 'approved' AND kind <> 'first'`,
})
@Index('message_first_idx', ['mailboxId', 'nextAt', 'id'], { where: `state = 'approved' AND kind = 'first'` })
@Index('message_lease_idx', ['leaseUntil'], { where: `state IN ('claimed', 'sending')` })
@Index('message_review_idx', ['ownerId', 'state', 'dueAt'], {
  where: `state IN ('needs_review', 'withheld', 'unknown')`,
})
@Index('message_expiry_idx', ['validUntil'], {
  where: `state IN ('needs_review', 'withheld') AND valid_until IS NOT NULL`,
})
@Index('message_handover_idx', ['enrollmentId'], { where: 'handover' })
@Index('message_in_flight_idx', ['ownerId', 'toCanonical'], { where: `state IN ('sending', 'unknown')` })
@Index('message_reached_idx', ['ownerId', 'toCanonical', 'sentAt'], { where: `state = 'sent'` })
@Index('message_mailbox_sent_idx', ['mailboxId', 'sentAt'], { where: `state = 'sent'` })
@Index('message_contact_idx', ['ownerId', 'contactId', 'sentAt'])
@Index('message_reviewed_idx', ['ownerId', 'reviewedFrom'], { where: 'reviewed_from IS NOT NULL' })
@Index('message_batch_idx', ['ownerId', 'stepId', 'eventId'], {
  where: `step_id IS NOT NULL AND state NOT IN ('planned', 'cancelled')`,
})
@Index('message_owner_key', ['ownerId', 'id'], { unique: true })
export class Message extends OwnedRow {
  @Uuid()
  contactId!: string;

  @Uuid({ nullable: true })
  enrollmentId!: string | null;

  @Uuid({ nullable: true })
  @ForeignKey('step', { onDelete: 'RESTRICT' })
  stepId!: string | null;

  @Uuid({ nullable: true })
  @ForeignKey('event', { onDelete: 'SET NULL' })
  eventId!: string | null;

  @Text()
  kind!: MessageKind;

  /** Outside a sequence: what the occurrence is of, e.g. `birthday`. */
  @Text({ nullable: true })
  subjectKey!: string | null;

  /** Outside a sequence: the local date of the occurrence. */
  @LocalDate({ nullable: true })
  occursOn!: string | null;

  @Text()
  channel!: 'mail' | 'task';

  @Text()
  state!: MessageState;

  /** Why it is in this state, in words for the owner. */
  @Text({ nullable: true })
  why!: string | null;

  /** Machine-readable why, e.g. `no-particular`, `generic`, `late`, `mailbox-cannot-listen`. */
  @Text({ nullable: true })
  whyCode!: string | null;

  @Uuid({ nullable: true })
  @ForeignKey('mailbox', { onDelete: 'RESTRICT' })
  mailboxId!: string | null;

  /** The one recipient, as written; null for a task. */
  @Text({ nullable: true })
  toAddress!: string | null;

  /** Its canonical form: no address gets one message twice. */
  @Text({ nullable: true })
  toCanonical!: string | null;

  /** The earliest instant it may leave. */
  @Instant()
  dueAt!: Date;

  /** When its room looks at it again. */
  @Instant({ nullable: true })
  nextAt!: Date | null;

  /** Its words are true until then; later it is written anew or lapses. */
  @Instant({ nullable: true })
  validUntil!: Date | null;

  /** When it was last put before the owner. */
  @Instant({ nullable: true })
  reviewedFrom!: Date | null;

  @Instant({ nullable: true })
  approvedAt!: Date | null;

  /** `owner` (their yes to this one) or `sequence` (by itself, after the first ten). */
  @Text({ nullable: true })
  approvedBy!: 'owner' | 'sequence' | null;

  /** The owner released it knowingly although it was withheld for this code. */
  @Text({ nullable: true })
  releasedCode!: string | null;

  /** Fencing token: only the holder of the newest may write; grows with every claim. */
  @Column({ type: 'integer', default: 0 })
  fence!: number;

  /** On the database's clock. */
  @Instant({ nullable: true })
  leaseUntil!: Date | null;

  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  /** 2: the first one was sent and came back for a passing reason. Never two of one step are open (law 1). */
  @Column({ type: 'integer', default: 1 })
  attempt!: number;

  /** Set with the mark, before the body may leave. */
  @Text({ nullable: true })
  messageIdHeader!: string | null;

  @Text({ nullable: true })
  inReplyTo!: string | null;

  @Column({ type: 'jsonb', default: [] })
  threadRefs!: string[];

  @Instant({ nullable: true })
  sentAt!: Date | null;

  /** Taken by the sandbox: never sent again by a real mailbox, never counted as sent to a person. */
  @Column({ type: 'boolean', default: false })
  sandbox!: boolean;

  /** Final and not yet heeded by the planner, which moves the enrollment on and clears it. */
  @Column({ type: 'boolean', default: false })
  handover!: boolean;

  /** The server's last word. */
  @Text({ nullable: true })
  serverReply!: string | null;

  @Column({ type: 'integer', default: 1 })
  version!: number;
}

/** The words of a message, with what each paragraph was written from. Beside the state row; written by composing. */
@Entity('message_body')
@GoesWith('message')
@Index('message_body_key', ['ownerId', 'messageId'], { unique: true })
export class MessageBody extends OwnedRow {
  @Uuid()
  messageId!: string;

  @Text()
  subject!: string;

  @Text()
  text!: string;

  @Column({ type: 'jsonb' })
  paragraphs!: DraftParagraph[];

  /** The owner changed the words: they are their own source. */
  @Column({ type: 'boolean', default: false })
  edited!: boolean;
}

/** A reason a message cites. Spent once cited; released when the message is cancelled or written anew. */
@Entity('message_reason')
@Index('message_reason_spent_key', ['ownerId', 'kind', 'refId', 'occurrence'], {
  unique: true,
  where: 'released_at IS NULL',
})
@Index('message_reason_message_idx', ['messageId'])
export class MessageReason extends OwnedRow {
  @Uuid()
  @ForeignKey('message', { onDelete: 'CASCADE' })
  messageId!: string;

  /** `fact`, `promise`, `kept-promise`, `birthday`. */
  @Text()
  kind!: string;

  @Uuid()
  refId!: string;

  /** The occurrence, where a reason comes back each year (`2026-03-15`); else empty. */
  @Text({ default: '' })
  occurrence!: string;

  /** The words as they stand in the mail. */
  @Text()
  words!: string;

  @Instant({ nullable: true })
  releasedAt!: Date | null;
}

/** One try to send and how it ended. Append-only; written by delivery. */
@Entity('send_attempt')
@Index('send_attempt_message_idx', ['messageId'])
export class SendAttempt extends OwnedRow {
  @Uuid()
  @ForeignKey('message', { onDelete: 'CASCADE' })
  messageId!: string;

  @Text()
  stage!: string;

  /** `sent`, `retry`, `failed`, `unknown`, `withdrawn`, `mailbox`. */
  @Text()
  result!: string;

  @Column({ type: 'integer', nullable: true })
  code!: number | null;

  @Text()
  reply!: string;

  /** Milliseconds from claim to end. */
  @Column({ type: 'integer' })
  tookMs!: number;
}
