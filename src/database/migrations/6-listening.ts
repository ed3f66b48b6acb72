import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far each folder of a mailbox was read, who listens to it, and what is known of our copies in Sent. */
export class Listening1795467600000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be taken back; restore a backup instead'));
  }
}

const statements = [
  `CREATE TABLE "mail_ear" ("id" uuid NOT NULL, "owner_id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "mailbox_id" uuid NOT NULL, "holder" uuid NOT NULL, "lease_until" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "PK_6303ced6d775b3d477425dcbf4b" PRIMARY KEY ("id"))`,
  `CREATE TABLE "mail_folder" ("id" uuid NOT NULL, "owner_id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "mailbox_id" uuid NOT NULL, "path" text NOT NULL, "role" text NOT NULL, "account" text NOT NULL, "uid_validity" text NOT NULL, "last_uid" bigint NOT NULL, "read_from" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "read_through_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "PK_b049e61f3604a53f41864085957" PRIMARY KEY ("id"))`,
  `CREATE TABLE "sent_copy" ("id" uuid NOT NULL, "owner_id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "message_id" uuid NOT NULL, "mailbox_id" uuid NOT NULL, "message_id_header" text, "seen_at" TIMESTAMP(3) WITH TIME ZONE, "dated_at" TIMESTAMP(3) WITH TIME ZONE, "filing_at" TIMESTAMP(3) WITH TIME ZONE, "filed_by" text, "raw" bytea, CONSTRAINT "PK_e57569d3582f366d6fc0cf18841" PRIMARY KEY ("id"))`,
  `CREATE INDEX "sent_copy_header_idx" ON "sent_copy" ("owner_id", "message_id_header") WHERE message_id_header IS NOT NULL`,
  `CREATE INDEX "sent_copy_mailbox_idx" ON "sent_copy" ("mailbox_id")`,
  `CREATE UNIQUE INDEX "mail_ear_mailbox_key" ON "mail_ear" ("owner_id", "mailbox_id")`,
  `CREATE UNIQUE INDEX "mail_folder_path_key" ON "mail_folder" ("owner_id", "mailbox_id", "path")`,
  `CREATE UNIQUE INDEX "sent_copy_message_key" ON "sent_copy" ("owner_id", "message_id")`,
  `ALTER TABLE "mail_ear" ADD CONSTRAINT "FK_35d53aa84ec006fb826740043bd" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "mail_ear" ADD CONSTRAINT "FK_e157465c95d75b8261c69cda922" FOREIGN KEY ("mailbox_id") REFERENCES "mailbox"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "mail_folder" ADD CONSTRAINT "FK_c761c60cbd6aa7b931c0f445bec" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "mail_folder" ADD CONSTRAINT "FK_c8b6361d15d58f05d0cf197769d" FOREIGN KEY ("mailbox_id") REFERENCES "mailbox"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "sent_copy" ADD CONSTRAINT "FK_26ca1f910457f8347a47e65e820" FOREIGN KEY ("owner_id", "message_id") REFERENCES "message"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "sent_copy" ADD CONSTRAINT "FK_aeae35ec1b2a21d6e966c45021e" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "sent_copy" ADD CONSTRAINT "FK_ce6db2a742e19e37dce80e6373a" FOREIGN KEY ("mailbox_id") REFERENCES "mailbox"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
];
