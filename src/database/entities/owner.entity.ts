import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Instant, LocalDate, OwnedRow, Text, Uuid } from '../columns.js';

/** The signed-in person. The one table without `owner_id`: its id *is* the owner's. Register of accounts. */
@Entity('owner')
@Index('owner_email_key', ['email'], { unique: true })
export class Owner {
  @PrimaryColumn('uuid')
  id!: string;

  /** The name mails are signed with. */
  @Text()
  name!: string;

  /** Lower case. */
  @Text()
  email!: string;

  /** IANA zone. */
  @Text()
  zone!: string;

  /** BCP 47. */
  @Text({ default: 'en' })
  language!: string;

  /** *Stop everything*: while set, nothing is sent. Checked under a lock immediately before DATA. */
  @Instant({ nullable: true })
  stoppedAt!: Date | null;

  /** How many drafts are put before the owner on one of their local days. */
  @Column({ type: 'integer', default: 10 })
  draftsPerDay!: number;

  /**
   * The key that hashes of forgotten people are made with, sealed; null: the one derived from the secret key. Written when
   * that one is changed, for what was hashed before could not be found again.
   */
  @Column({ type: 'bytea', nullable: true })
  forgottenKeySealed!: Buffer | null;

  /** Signs the links of the way out; made with the first of them. */
  @Column({ type: 'bytea', nullable: true })
  wayOutKey!: Buffer | null;

  @Column({ type: 'integer', default: 1 })
  version!: number;

  @Instant()
  createdAt!: Date;
}

/** An owner's sending account. Register of accounts; `state` is also written by delivery when the server refuses us. */
@Entity('mailbox')
@Index('mailbox_adopts_idx', ['ownerId'], { where: 'adopts' })
@Index('mailbox_address_key', ['ownerId', 'address', 'kind'], { unique: true })
export class Mailbox extends OwnedRow {
  /** `sandbox` keeps mail on this machine; what it took is never counted as sent to a person. */
  @Text()
  kind!: 'smtp' | 'sandbox';

  @Text()
  address!: string;

  @Text()
  displayName!: string;

  @Text({ nullable: true })
  host!: string | null;

  @Column({ type: 'integer', nullable: true })
  port!: number | null;

  @Text({ default: 'starttls' })
  tls!: 'implicit' | 'starttls' | 'none';

  @Text({ nullable: true })
  username!: string | null;

  /** AES-256-GCM, see mail/secrets.ts. */
  @Column({ type: 'bytea', nullable: true })
  passwordSealed!: Buffer | null;

  /** How it signs in, at SMTP and IMAP alike. */
  @Text({ default: 'password' })
  auth!: 'password' | 'oauth2';

  @Text({ nullable: true })
  oauthProvider!: 'google' | 'microsoft' | null;

  /** The grant: refresh token, access token and its end, see mail/oauth-tokens.ts. Rewritten with every refresh. */
  @Column({ type: 'bytea', nullable: true })
  oauthSealed!: Buffer | null;

  /** A sign-in that waits for the owner's browser: state, PKCE verifier and its end. */
  @Column({ type: 'bytea', nullable: true })
  oauthPendingSealed!: Buffer | null;

  /** Where it is read; null: it cannot listen. */
  @Text({ nullable: true })
  imapHost!: string | null;

  @Column({ type: 'integer', nullable: true })
  imapPort!: number | null;

  @Text({ default: 'implicit' })
  imapTls!: 'implicit' | 'starttls' | 'none';

  /** Null: as `username`. */
  @Text({ nullable: true })
  imapUsername!: string | null;

  /** Null: as `passwordSealed`. */
  @Column({ type: 'bytea', nullable: true })
  imapPasswordSealed!: Buffer | null;

  /** The provider files a copy in Sent by itself; null: not known. */
  @Column({ type: 'boolean', nullable: true })
  savesSent!: boolean | null;

  @Text({ nullable: true })
  dkimDomain!: string | null;

  @Text({ nullable: true })
  dkimSelector!: string | null;

  /** PEM. */
  @Column({ type: 'bytea', nullable: true })
  dkimKeySealed!: Buffer | null;

  /** The owner's choice where nothing else says which mailbox; with none chosen, the first active one. */
  @Column({ type: 'boolean', default: false })
  preferred!: boolean;

  /** Mails on one of the owner's local days. */
  @Column({ type: 'integer', default: 20 })
  dailyCap!: number;

  /** Mails in any sixty minutes. */
  @Column({ type: 'integer', default: 10 })
  hourlyCap!: number;

  /** Shortest time between two mails, in seconds; some jitter comes on top. */
  @Column({ type: 'integer', default: 180 })
  gapSeconds!: number;

  /** The local day its warm-up began; null: none. */
  @Column({ type: 'date', nullable: true })
  warmUpFrom!: string | null;

  /** No message is claimed before, as of the last claim: caps that are raised and clocks that are set back are heeded at the next. */
  @Instant({ nullable: true })
  nextSlotAt!: Date | null;

  /** The provider asked for less: the first mail taken after that halves `slowFactor`. */
  @Instant({ nullable: true })
  slowedUntil!: Date | null;

  /** The gap is so many times as long; 1: as usual. */
  @Column({ type: 'integer', default: 1 })
  slowFactor!: number;

  /** Why it cannot listen at present, for the owner. */
  @Text({ nullable: true })
  listenWhy!: string | null;

  @Text({ default: 'active' })
  state!: 'active' | 'paused';

  /** Why it is paused and what the owner should do. */
  @Text({ nullable: true })
  pausedWhy!: string | null;

  /** Try again then; null while paused means: not before the owner acts. */
  @Instant({ nullable: true })
  pausedUntil!: Date | null;

  /** Inbox and Sent were read to the end at this instant (IMAP); null: this mailbox cannot listen. */
  @Instant({ nullable: true })
  readThroughAt!: Date | null;

  /**
   * Newly connected: the planner has yet to move here the enrollments that wait in the sandbox and of which nothing was
   * approved or taken. Set by accounts, cleared by the planner.
   */
  @Column({ type: 'boolean', default: false })
  adopts!: boolean;

  @Column({ type: 'integer', default: 1 })
  version!: number;
}

/** Days on which the owner is away: nobody would read the answers, so nothing but congratulations leaves. Register of accounts. */
@Entity('time_off')
@Index('time_off_days_idx', ['ownerId', 'untilOn'])
export class TimeOff extends OwnedRow {
  /** First and last day, in the owner's zone. */
  @LocalDate()
  fromOn!: string;

  @LocalDate()
  untilOn!: string;
}

/** Who did what, when. Append-only. */
@Entity('audit')
@Index('audit_subject_idx', ['ownerId', 'subjectKind', 'subjectId'])
export class Audit extends OwnedRow {
  /** `owner`, or the room that acted by itself. */
  @Text()
  who!: string;

  @Text()
  what!: string;

  @Text()
  subjectKind!: string;

  @Uuid({ nullable: true })
  subjectId!: string | null;

  @Column({ type: 'jsonb', default: {} })
  detail!: Record<string, unknown>;
}

/** The answer once given to a POST with an Idempotency-Key; kept for a day. */
@Entity('idempotency')
@Index('idempotency_key_key', ['ownerId', 'key'], { unique: true })
export class Idempotency extends OwnedRow {
  @Text()
  key!: string;

  /** Hash of method, path and body: the same key with another request is refused. */
  @Text()
  request!: string;

  /** Null while the first request is still at work. */
  @Column({ type: 'integer', nullable: true })
  status!: number | null;

  @Column({ type: 'jsonb', nullable: true })
  body!: unknown;
}
