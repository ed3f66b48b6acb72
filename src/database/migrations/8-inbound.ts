import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What follows from a received mail: a second attempt where the first one came back, who stopped an enrollment, what the
 * owner corrected and has seen, and what signatures and farewells tell of a person.
 */
export class Inbound1795474800000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be taken back; restore a backup instead'));
  }
}

const statements = [
  `ALTER TABLE "message" ADD "attempt" integer NOT NULL DEFAULT '1'`,
  `ALTER TABLE "message" ADD CONSTRAINT "message_attempt_check" CHECK (attempt BETWEEN 1 AND 2)`,
  `DROP INDEX "message_step_key"`,
  `CREATE UNIQUE INDEX "message_step_key" ON "message" ("owner_id", "enrollment_id", "step_id", "attempt") WHERE enrollment_id IS NOT NULL`,
  `CREATE UNIQUE INDEX "message_open_step_key" ON "message" ("owner_id", "enrollment_id", "step_id") WHERE enrollment_id IS NOT NULL AND state NOT IN ('sent', 'failed', 'cancelled')`,
  `ALTER TABLE "enrollment" ADD "stopped_by" uuid`,
  `ALTER TABLE "inbound" ADD "first_kind" text`,
  `ALTER TABLE "inbound" ADD "seen_at" TIMESTAMP(3) WITH TIME ZONE`,
  `CREATE INDEX "inbound_news_idx" ON "inbound" ("owner_id", "at") WHERE seen_at IS NULL AND kind <> 'list'`,
  `ALTER TABLE "position_change" ALTER COLUMN "source_id" DROP NOT NULL`,
  `ALTER TABLE "position_change" ADD "inbound_id" uuid`,
  `ALTER TABLE "position_change" ADD "phone" text`,
  `ALTER TABLE "position_change" ADD "email" text`,
  `ALTER TABLE "position_change" ADD "successor" text`,
  `ALTER TABLE "position_change" ADD "left" boolean NOT NULL DEFAULT false`,
  `CREATE UNIQUE INDEX "position_change_inbound_key" ON "position_change" ("owner_id", "inbound_id") WHERE inbound_id IS NOT NULL`,
  `ALTER TABLE "position_change" ADD CONSTRAINT "FK_0b16bf8b6244caaea795a01ccaf" FOREIGN KEY ("inbound_id") REFERENCES "inbound"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
];
