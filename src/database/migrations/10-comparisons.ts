import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the comparing of an owner's people goes: asked for, done, failed. */
export class Comparisons1795482000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be taken back; restore a backup instead'));
  }
}

const statements = [
  `CREATE TABLE "comparison" ("id" uuid NOT NULL, "owner_id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "wanted_at" TIMESTAMP(3) WITH TIME ZONE, "finished_at" TIMESTAMP(3) WITH TIME ZONE, "people" integer, "merged" integer, "proposed" integer, "failures" integer NOT NULL DEFAULT '0', "why" text, "next_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "PK_51be8e5ef5bc9453ca330205f90" PRIMARY KEY ("id"))`,
  `CREATE INDEX "comparison_wanted_idx" ON "comparison" ("owner_id") WHERE wanted_at IS NOT NULL`,
  `CREATE UNIQUE INDEX "comparison_owner_key" ON "comparison" ("owner_id")`,
  `ALTER TABLE "comparison" ADD CONSTRAINT "FK_b7f79348ebc567b2bb6e2fd6e6f" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
];
