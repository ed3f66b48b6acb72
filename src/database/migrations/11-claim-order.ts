import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What goes on with somebody and what is a first word, each in its order: a claim reads the head of both and sorts nothing. */
export class ClaimOrder1795485600000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be taken back; restore a backup instead'));
  }
}

const statements = [
  `DROP INDEX "message_approved_idx"`,
  `CREATE INDEX "message_goes_on_idx" ON "message" ("mailbox_id", "next_at", "id") WHERE state = 'approved' AND kind <> 'first'`,
  `CREATE INDEX "message_first_idx" ON "message" ("mailbox_id", "next_at", "id") WHERE state = 'approved' AND kind = 'first'`,
];
