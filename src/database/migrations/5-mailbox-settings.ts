import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a mailbox is read and how it signs in, its sealed keys and tokens, and the pace it sends at. */
export class MailboxSettings1795464000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be taken back; restore a backup instead'));
  }
}

const statements = [
  `ALTER TABLE "mailbox" ADD "auth" text NOT NULL DEFAULT 'password'`,
  `ALTER TABLE "mailbox" ADD "oauth_provider" text`,
  `ALTER TABLE "mailbox" ADD "oauth_sealed" bytea`,
  `ALTER TABLE "mailbox" ADD "oauth_pending_sealed" bytea`,
  `ALTER TABLE "mailbox" ADD "imap_host" text`,
  `ALTER TABLE "mailbox" ADD "imap_port" integer`,
  `ALTER TABLE "mailbox" ADD "imap_tls" text NOT NULL DEFAULT 'implicit'`,
  `ALTER TABLE "mailbox" ADD "imap_username" text`,
  `ALTER TABLE "mailbox" ADD "imap_password_sealed" bytea`,
  `ALTER TABLE "mailbox" ADD "saves_sent" boolean`,
  `ALTER TABLE "mailbox" ADD "dkim_domain" text`,
  `ALTER TABLE "mailbox" ADD "dkim_selector" text`,
  `ALTER TABLE "mailbox" ADD "dkim_key_sealed" bytea`,
  `ALTER TABLE "mailbox" ADD "preferred" boolean NOT NULL DEFAULT false`,
  `ALTER TABLE "mailbox" ADD "daily_cap" integer NOT NULL DEFAULT 20`,
  `ALTER TABLE "mailbox" ADD "hourly_cap" integer NOT NULL DEFAULT 10`,
  `ALTER TABLE "mailbox" ADD "gap_seconds" integer NOT NULL DEFAULT 180`,
  `ALTER TABLE "mailbox" ADD "warm_up_from" date`,
  `ALTER TABLE "mailbox" ADD "next_slot_at" TIMESTAMP(3) WITH TIME ZONE`,
  `ALTER TABLE "mailbox" ADD "slowed_until" TIMESTAMP(3) WITH TIME ZONE`,
  `ALTER TABLE "mailbox" ADD "slow_factor" integer NOT NULL DEFAULT 1`,
  `ALTER TABLE "mailbox" ADD "listen_why" text`,
  `ALTER TABLE "owner" ADD "forgotten_key_sealed" bytea`,
];
