import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each source's stop is a row of its own: who takes one back leaves the others standing. Mail of strangers is forgotten. */
export class StopPerSource1795489200000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be taken back; restore a backup instead'));
  }
}

const statements = [
  `DROP INDEX "suppression_lookup_idx"`,
  `CREATE UNIQUE INDEX "suppression_lookup_idx" ON "suppression" ("owner_id", "address", "scope", "source_kind", "source_id")
     NULLS NOT DISTINCT WHERE "lifted_at" IS NULL`,
  `CREATE INDEX "inbound_strangers_idx" ON "inbound" ("at") WHERE contact_id IS NULL AND from_address IS NOT NULL`,
  `CREATE INDEX "interaction_sent_mail_idx" ON "interaction" ("owner_id", "source_id") WHERE source_kind = 'sent-mail'`,
  `UPDATE "inbound_body" b SET "raw" = NULL FROM "inbound" i WHERE i."id" = b."inbound_id" AND i."contact_id" IS NULL`,
];
