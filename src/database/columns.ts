import { Column, type ColumnOptions, ForeignKey, PrimaryColumn } from 'typeorm';

/** An instant, `timestamptz`, read as `Date`. Never defaulted by the database: the app's clock may be faked. */
export const Instant = (options: ColumnOptions = {}) =>
  Column({ type: 'timestamptz', precision: 3, ...options });

/** A local date, `date`, read as `YYYY-MM-DD` text: it belongs to a calendar, not to an instant. */
export const LocalDate = (options: ColumnOptions = {}) => Column({ type: 'date', ...options });

export const Text = (options: ColumnOptions = {}) => Column({ type: 'text', ...options });

export const Uuid = (options: ColumnOptions = {}) => Column({ type: 'uuid', ...options });

/**
 * A row that goes with another one of the same owner, by default the contact it tells of. The owner stands in the key, so
 * that it can point to nobody else's row, and so that the indexes, which begin with the owner, find it when the other goes:
 * Postgres before 18 would read them whole.
 */
export const GoesWith = (table = 'contact', column = `${table}Id`) =>
  ForeignKey(table, ['ownerId', column], ['ownerId', 'id'], { onDelete: 'CASCADE' });

/** What every row of every table carries: a UUIDv7 made by the app, its owner, and when it came to be. */
export abstract class OwnedRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Uuid()
  @ForeignKey('owner', { onDelete: 'CASCADE' })
  ownerId!: string;

  @Instant()
  createdAt!: Date;
}

/** A row of somebody's contact: it goes with its owner through the contact, and its owner is not checked once more. */
export abstract class ContactsRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Uuid()
  ownerId!: string;

  @Instant()
  createdAt!: Date;
}
