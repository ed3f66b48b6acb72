import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Batches are of steps; a mail without a step is written three times on its way, and need not be sorted into them. */
export class BatchesOfSteps1795492800000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be taken back; restore a backup instead'));
  }
}

const statements = [
  `DROP INDEX "message_batch_idx"`,
  `CREATE INDEX "message_batch_idx" ON "message" ("owner_id", "step_id", "event_id")
    WHERE step_id IS NOT NULL AND state NOT IN ('planned', 'cancelled')`,
];
