import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ContactsRow, GoesWith, Instant, LocalDate, OwnedRow, Text, Uuid } from '../columns.js';

/** A conference or meetup. Register of events. */
@Entity('event')
@Index('event_name_key', { synchronize: false })
@Index('event_page_idx', ['ownerId', 'id'])
export class Event extends OwnedRow {
  @Text()
  name!: string;

  @LocalDate()
  startsOn!: string;

  /** Its last day. */
  @LocalDate()
  endsOn!: string;

  /** IANA zone of the place; the owner's where unknown. */
  @Text()
  zone!: string;

  @Text({ nullable: true })
  city!: string | null;

  /** Two letters (ISO 3166-1), where known: phone numbers without a country are read as of here. */
  @Text({ nullable: true })
  country!: string | null;

  /** The import that made it: undone with it, unless something else rests on it by then. */
  @Uuid({ nullable: true })
  importId!: string | null;

  /** The sequence its people go through; null means the owner's default one. */
  @Uuid({ nullable: true })
  @ForeignKey('sequence', { onDelete: 'SET NULL' })
  sequenceId!: string | null;

  @Column({ type: 'integer', default: 1 })
  version!: number;
}

/** A contact at an event, said by one source. Log. Who has one `met` has met; lists alone make `attended`. */
@Entity('encounter')
@GoesWith()
@Index('encounter_key', ['ownerId', 'contactId', 'eventId', 'sourceKind', 'sourceId'], { unique: true })
@Index('encounter_import_idx', ['importId'])
@Index('encounter_event_idx', ['ownerId', 'eventId', 'contactId'])
export class Encounter extends ContactsRow {
  @Uuid()
  contactId!: string;

  @Uuid()
  @ForeignKey('event', { onDelete: 'CASCADE' })
  eventId!: string;

  @Text()
  kind!: 'met' | 'attended';

  /** When, where the source says so. */
  @Instant({ nullable: true })
  at!: Date | null;

  /** `scan`, `connection`, `listed`, `exported`, `owner`. */
  @Text()
  sourceKind!: string;

  @Uuid()
  sourceId!: string;

  @Uuid({ nullable: true })
  @ForeignKey('import', { onDelete: 'CASCADE' })
  importId!: string | null;

  /** Set when the owner said they had not met after all. */
  @Instant({ nullable: true })
  closedAt!: Date | null;
}

/**
 * What the owner decided about one person of an event. `open`, `decided`, `confirmed` are the events' turn (confirmed
 * means: told how many and whom, and agreed); from `confirmed` the planner takes it and leaves `taken`.
 */
@Entity('debrief')
@GoesWith()
@Index('debrief_key', ['ownerId', 'eventId', 'contactId'], { unique: true })
@Index('debrief_confirmed_idx', ['createdAt'], { where: `state = 'confirmed'` })
export class Debrief extends OwnedRow {
  @Uuid()
  contactId!: string;

  @Uuid()
  @ForeignKey('event', { onDelete: 'CASCADE' })
  eventId!: string;

  @Text()
  decision!: 'write' | 'remember' | 'not-met';

  @Text()
  state!: 'decided' | 'confirmed' | 'taken';

  /** What the planner made of it: `enrolled`, `continued`, or why not. */
  @Text({ nullable: true })
  outcome!: string | null;
}
