import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The owner's own days off; and what a mailbox has sent of late, by which its slots are given out. */
export class TimeOff1795471200000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be taken back; restore a backup instead'));
  }
}

const statements = [
  `CREATE TABLE "time_off" ("id" uuid NOT NULL, "owner_id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "from_on" date NOT NULL, "until_on" date NOT NULL, CONSTRAINT "PK_e80a790cc96026d0f557a78f83d" PRIMARY KEY ("id"))`,
  `CREATE INDEX "time_off_days_idx" ON "time_off" ("owner_id", "until_on")`,
  `ALTER TABLE "time_off" ADD CONSTRAINT "FK_3a0518fbe01decb1dc44e3b91f0" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `CREATE INDEX "message_mailbox_sent_idx" ON "message" ("mailbox_id", "sent_at") WHERE state = 'sent'`,
];
