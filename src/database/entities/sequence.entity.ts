import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { GoesWith, Instant, OwnedRow, Text, Uuid } from '../columns.js';
import { enrollmentStates, type EnrollmentState } from '../../core/states.js';
import type { SendWindow } from '../../core/schedule.js';
import type { TemplateParagraph } from '../../core/compose.js';

/** A plan of steps over days. Register of sequences. */
@Entity('sequence')
@Index('sequence_name_key', ['ownerId', 'name'], { unique: true })
@Index('sequence_default_key', ['ownerId'], { unique: true, where: 'is_default' })
export class Sequence extends OwnedRow {
  @Text()
  name!: string;

  @Column({ type: 'boolean', default: false })
  isDefault!: boolean;

  /** `each`: the owner approves every draft; `after-ten`: first mails go by themselves once ten were approved. */
  @Text({ default: 'each' })
  approval!: 'each' | 'after-ten';

  @Column({ type: 'jsonb' })
  window!: SendWindow;

  @Column({ type: 'integer', default: 1 })
  version!: number;
}

/** One step of a sequence. Its id is what a message is unique by, so an edit keeps it. */
@Entity('step')
@Index('step_position_key', ['ownerId', 'sequenceId', 'position'], { unique: true })
export class Step extends OwnedRow {
  @Uuid()
  @ForeignKey('sequence', { onDelete: 'CASCADE' })
  sequenceId!: string;

  /** From 1. */
  @Column({ type: 'integer' })
  position!: number;

  /** `first` needs one unspent particular; `follow-up` needs something new since; `by-hand` waits for the owner. */
  @Text()
  kind!: 'first' | 'follow-up' | 'by-hand';

  /** Working days in the contact's zone, after the event's last day (first) or the real sending of the one before. */
  @Column({ type: 'integer' })
  offsetDays!: number;

  /** Spread over this many working days more, so that not all go out at once. */
  @Column({ type: 'integer', default: 0 })
  spreadDays!: number;

  /** Later than this many days after the event's end: ask the owner first. Null: never too late. */
  @Column({ type: 'integer', nullable: true })
  askAfterDays!: number | null;

  @Uuid()
  @ForeignKey('template', { onDelete: 'RESTRICT' })
  templateId!: string;

  @Column({ type: 'integer', default: 1 })
  version!: number;
}

/** Words with gaps: Liquid, strict, paragraph by paragraph with what each claims. Register of sequences. */
@Entity('template')
@Index('template_name_key', ['ownerId', 'name'], { unique: true })
export class Template extends OwnedRow {
  @Text()
  name!: string;

  /** BCP 47. */
  @Text({ default: 'en' })
  language!: string;

  @Text()
  subject!: string;

  @Column({ type: 'jsonb' })
  paragraphs!: TemplateParagraph[];

  @Column({ type: 'integer', default: 1 })
  version!: number;
}

/** One contact going through one sequence. The line; written by the planner alone. */
@Entity('enrollment')
@GoesWith()
@Check('enrollment_state_check', `state IN (${enrollmentStates.map((s) => `'${s}'`).join(', ')})`)
@Index('enrollment_owner_key', ['ownerId', 'id'], { unique: true })
@Index('enrollment_key', ['ownerId', 'contactId', 'sequenceId'], { unique: true })
@Index('enrollment_due_idx', ['nextAt'], { where: `state = 'active' AND next_at IS NOT NULL` })
@Index('enrollment_event_idx', ['ownerId', 'eventId'])
export class Enrollment extends OwnedRow {
  @Uuid()
  contactId!: string;

  @Uuid()
  @ForeignKey('sequence', { onDelete: 'RESTRICT' })
  sequenceId!: string;

  /** The event it is about now; a second event moves it on. */
  @Uuid({ nullable: true })
  @ForeignKey('event', { onDelete: 'SET NULL' })
  eventId!: string | null;

  /** It stays with its mailbox. */
  @Uuid()
  @ForeignKey('mailbox', { onDelete: 'RESTRICT' })
  mailboxId!: string;

  @Text()
  state!: EnrollmentState;

  /** Answers count from here; set again when a second event or the owner's hand takes it up. */
  @Instant()
  startedAt!: Date;

  /** Why it is stopped, paused or done. */
  @Text({ nullable: true })
  why!: string | null;

  /** The received mail that stopped it; null: something else did. Should it turn out to be no stop, it goes on. */
  @Uuid({ nullable: true })
  stoppedBy!: string | null;

  @Uuid({ nullable: true })
  @ForeignKey('step', { onDelete: 'SET NULL' })
  nextStepId!: string | null;

  /** When the planner looks at it again; null while a message of it is under way. */
  @Instant({ nullable: true })
  nextAt!: Date | null;

  @Column({ type: 'integer', default: 1 })
  version!: number;
}
