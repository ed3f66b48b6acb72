import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The key that signs an owner's way-out links. */
export class WayOut1795478400000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "owner" ADD "way_out_key" bytea`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be taken back; restore a backup instead'));
  }
}
