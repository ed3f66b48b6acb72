import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { GoesWith, Instant, OwnedRow, Text, Uuid } from '../columns.js';

/** What a folder of a listening mailbox is to us. */
export type FolderRole = 'inbox' | 'sent' | 'junk' | 'all';

/** How far a folder was read. Register of the inbox; written by whoever holds the mailbox's ear. */
@Entity('mail_folder')
@Index('mail_folder_path_key', ['ownerId', 'mailboxId', 'path'], { unique: true })
export class MailFolder extends OwnedRow {
  @Uuid()
  @ForeignKey('mailbox', { onDelete: 'CASCADE' })
  mailboxId!: string;

  /** As the server names it, decoded. */
  @Text()
  path!: string;

  @Text()
  role!: FolderRole;

  /** Whose it is on which server: another account may have the same numbers. */
  @Text()
  account!: string;

  /** RFC 3501, 2.3.1.1: another one means that all UIDs are others. */
  @Text()
  uidValidity!: string;

  /** Everything up to this UID was read, or lies before `readFrom`. */
  @Column({ type: 'bigint' })
  lastUid!: string;

  /** What the server received before this was never looked at. */
  @Instant()
  readFrom!: Date;

  /** Everything that had come before this instant was read; null: not yet to the end. */
  @Instant({ nullable: true })
  readThroughAt!: Date | null;
}

/** Who listens to a mailbox: one process at a time, by a lease on the database's clock. */
@Entity('mail_ear')
@Index('mail_ear_mailbox_key', ['ownerId', 'mailboxId'], { unique: true })
export class MailEar extends OwnedRow {
  @Uuid()
  @ForeignKey('mailbox', { onDelete: 'CASCADE' })
  mailboxId!: string;

  /** Of the process that holds it. */
  @Uuid()
  holder!: string;

  @Instant()
  leaseUntil!: Date;
}

/**
 * What is known of our copy of a message in Sent: that it was seen there, under which Message-ID (some servers write
 * their own), or that we file it. A sighting proves *sent*. Log; one row for each message.
 */
@Entity('sent_copy')
@GoesWith('message')
@Index('sent_copy_message_key', ['ownerId', 'messageId'], { unique: true })
@Index('sent_copy_header_idx', ['ownerId', 'messageIdHeader'], { where: 'message_id_header IS NOT NULL' })
@Index('sent_copy_mailbox_idx', ['mailboxId'])
export class SentCopy extends OwnedRow {
  @Uuid()
  messageId!: string;

  @Uuid()
  @ForeignKey('mailbox', { onDelete: 'CASCADE' })
  mailboxId!: string;

  /** Its real Message-ID, as it stands in Sent; null: not seen there. */
  @Text({ nullable: true })
  messageIdHeader!: string | null;

  /** First seen in Sent. */
  @Instant({ nullable: true })
  seenAt!: Date | null;

  /** Its Date, as it stands there: when it really went out. */
  @Instant({ nullable: true })
  datedAt!: Date | null;

  /** When we began to file it; without a sighting, it is not sure that it is there. */
  @Instant({ nullable: true })
  filingAt!: Date | null;

  /** Filed, and by whom. */
  @Text({ nullable: true })
  filedBy!: 'server' | 'us' | null;

  /** The bytes as they went out, until they are filed; null: they are written again from the message. */
  @Column({ type: 'bytea', nullable: true })
  raw!: Buffer | null;
}
