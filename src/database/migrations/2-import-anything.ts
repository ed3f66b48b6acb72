import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What importing needs beyond reading tables: merges that can be split, proposals, mappings, captures, undo. */
export class ImportAnything1795359600000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...statements, MERGES_SO_FAR]) await queryRunner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be taken back; restore a backup instead'));
  }
}

const statements = [
  `CREATE TABLE "contact_merge" (
      "id" uuid NOT NULL,
      "owner_id" uuid NOT NULL,
      "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
      "from_id" uuid NOT NULL,
      "into_id" uuid NOT NULL,
      "by" text NOT NULL,
      "import_id" uuid,
      "boundaries" jsonb NOT NULL,
      CONSTRAINT "PK_6dec1e9d10eb49320bf7949df60" PRIMARY KEY ("id")
    )`,
  `CREATE INDEX "contact_merge_import_idx" ON "contact_merge" ("import_id")`,
  `CREATE INDEX "contact_merge_into_idx" ON "contact_merge" ("into_id")`,
  `CREATE UNIQUE INDEX "contact_merge_from_key" ON "contact_merge" ("owner_id", "from_id")`,
  `CREATE TABLE "proposal" (
      "id" uuid NOT NULL,
      "owner_id" uuid NOT NULL,
      "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
      "a_id" uuid NOT NULL,
      "b_id" uuid NOT NULL,
      "why" text NOT NULL,
      "score" real NOT NULL,
      "evidence" jsonb NOT NULL,
      "state" text NOT NULL DEFAULT 'open',
      "decided_at" TIMESTAMP(3) WITH TIME ZONE,
      "import_id" uuid,
      CONSTRAINT "PK_ca872ecfe4fef5720d2d39e4275" PRIMARY KEY ("id")
    )`,
  `CREATE INDEX "proposal_import_idx" ON "proposal" ("import_id")`,
  `CREATE INDEX "proposal_b_idx" ON "proposal" ("b_id")`,
  `CREATE INDEX "proposal_open_idx" ON "proposal" ("owner_id", "id") WHERE state IN ('open', 'later')`,
  `CREATE UNIQUE INDEX "proposal_pair_key" ON "proposal" ("owner_id", "a_id", "b_id")`,
  `CREATE TABLE "position_change" (
      "id" uuid NOT NULL,
      "owner_id" uuid NOT NULL,
      "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
      "contact_id" uuid NOT NULL,
      "source_id" uuid NOT NULL,
      "import_id" uuid,
      "company_before" text,
      "title_before" text,
      "company" text,
      "title" text,
      "seen_on" date,
      "state" text NOT NULL,
      "decided_at" TIMESTAMP(3) WITH TIME ZONE,
      CONSTRAINT "PK_5723e820a0c8a201fb796b1e040" PRIMARY KEY ("id")
    )`,
  `CREATE INDEX "position_change_import_idx" ON "position_change" ("import_id")`,
  `CREATE INDEX "position_change_contact_idx" ON "position_change" ("owner_id", "contact_id")`,
  `CREATE UNIQUE INDEX "position_change_source_key" ON "position_change" ("owner_id", "source_id")`,
  `CREATE TABLE "forgotten" (
      "id" uuid NOT NULL,
      "owner_id" uuid NOT NULL,
      "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
      "kind" text NOT NULL,
      "hash" text NOT NULL,
      "scopes" text array NOT NULL DEFAULT '{}',
      "sent" integer NOT NULL DEFAULT '0',
      "last_sent_at" TIMESTAMP(3) WITH TIME ZONE,
      CONSTRAINT "PK_a255ba3287060ec066cc4da963e" PRIMARY KEY ("id")
    )`,
  `CREATE UNIQUE INDEX "forgotten_key" ON "forgotten" ("owner_id", "kind", "hash")`,
  `CREATE TABLE "mapping" (
      "id" uuid NOT NULL,
      "owner_id" uuid NOT NULL,
      "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
      "header" text NOT NULL,
      "columns" jsonb NOT NULL,
      "month_first" boolean,
      CONSTRAINT "PK_63215a5148ef25e4bd227cd1bdf" PRIMARY KEY ("id")
    )`,
  `CREATE UNIQUE INDEX "mapping_header_key" ON "mapping" ("owner_id", "header")`,
  `CREATE TABLE "capture" (
      "id" uuid NOT NULL,
      "owner_id" uuid NOT NULL,
      "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
      "import_id" uuid NOT NULL,
      "file_id" uuid NOT NULL,
      "name" text NOT NULL,
      "media_type" text NOT NULL,
      "bytes" bigint NOT NULL,
      "sha256" text NOT NULL,
      "state" text NOT NULL DEFAULT 'open',
      "note" text,
      CONSTRAINT "PK_b0d9e7af405727c1d572aaad438" PRIMARY KEY ("id")
    )`,
  `CREATE INDEX "capture_import_idx" ON "capture" ("import_id")`,
  `CREATE INDEX "capture_page_idx" ON "capture" ("owner_id", "id")`,
  `CREATE TABLE "capture_chunk" (
      "id" uuid NOT NULL,
      "owner_id" uuid NOT NULL,
      "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
      "capture_id" uuid NOT NULL,
      "seq" integer NOT NULL,
      "bytes" bytea NOT NULL,
      CONSTRAINT "PK_99c0771e33f092aa66e2573f634" PRIMARY KEY ("id")
    )`,
  `CREATE UNIQUE INDEX "capture_chunk_key" ON "capture_chunk" ("owner_id", "capture_id", "seq")`,
  `ALTER TABLE "contact" ADD "consent" boolean`,
  `ALTER TABLE "contact" ADD "origin" text`,
  `ALTER TABLE "contact" ADD "priority" text`,
  `ALTER TABLE "contact" ADD "form" text`,
  `ALTER TABLE "contact" ADD "form_source" text`,
  `ALTER TABLE "event" ADD "country" text`,
  `ALTER TABLE "event" ADD "import_id" uuid`,
  `ALTER TABLE "import" ADD "dry_run" boolean NOT NULL DEFAULT false`,
  `ALTER TABLE "import" ADD "mapping" jsonb`,
  `ALTER TABLE "import" ADD "to_match" boolean NOT NULL DEFAULT false`,
  `ALTER TABLE "import" ADD "undone_at" TIMESTAMP(3) WITH TIME ZONE`,
  `ALTER TABLE "import" ADD "undo" jsonb`,
  `ALTER TABLE "import_file" ADD "parent_id" uuid`,
  `ALTER TABLE "import_file" ADD "confidence" real`,
  `ALTER TABLE "import_file" ADD "header" text`,
  `ALTER TABLE "import_file" ADD "columns" jsonb`,
  `ALTER TABLE "import_file" ADD "asks" jsonb NOT NULL DEFAULT '[]'`,
  `ALTER TABLE "import_file" ADD "proposed" integer NOT NULL DEFAULT '0'`,
  `ALTER TABLE "interaction" ADD "said_by" text`,
  `CREATE INDEX "encounter_import_idx" ON "encounter" ("import_id")`,
  `CREATE INDEX "import_match_idx" ON "import" ("id") WHERE to_match`,
  `ALTER TABLE "contact_merge" ADD CONSTRAINT "FK_7308d01e2b8bb750f93e8d4223b" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "contact_merge" ADD CONSTRAINT "FK_c6cedf10a832886bf067114abe8" FOREIGN KEY ("from_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "contact_merge" ADD CONSTRAINT "FK_66e319eede84f5fba692b309694" FOREIGN KEY ("into_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "contact_merge" ADD CONSTRAINT "FK_3488ca0a6801a880242fdbee13c" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "proposal" ADD CONSTRAINT "FK_5cb547a3ae3fcca0bcd8843bc29" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "proposal" ADD CONSTRAINT "FK_c20235a427490dfac0d389fcefe" FOREIGN KEY ("a_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "proposal" ADD CONSTRAINT "FK_83fb8f2096d55be12ff13bce6af" FOREIGN KEY ("b_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "proposal" ADD CONSTRAINT "FK_7920e7ac04196d62356cdaacf84" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "position_change" ADD CONSTRAINT "FK_40c98fe8188ecb94004c990dc76" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "position_change" ADD CONSTRAINT "FK_590924f2bb5d084e46e5132b72c" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "position_change" ADD CONSTRAINT "FK_9cfbb72705adff588cc6c24410d" FOREIGN KEY ("source_id") REFERENCES "source_record"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "position_change" ADD CONSTRAINT "FK_8121666ce556888bb9da45bc61e" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "forgotten" ADD CONSTRAINT "FK_727b91a83cab33afcfd306f7691" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "mapping" ADD CONSTRAINT "FK_02251c3c1fa860ddc35a6726be7" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "capture" ADD CONSTRAINT "FK_bde66b31a349eb791af21c77311" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "capture" ADD CONSTRAINT "FK_70a792124353bf65131b6f13131" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "capture_chunk" ADD CONSTRAINT "FK_a2cc21713d1601a87f52111d61c" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "capture_chunk" ADD CONSTRAINT "FK_9bac74709f28630e82dc8113f61" FOREIGN KEY ("capture_id") REFERENCES "capture"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "import_file" ADD CONSTRAINT "FK_d1ab7b6097ef717e072b4718e8f" FOREIGN KEY ("parent_id") REFERENCES "import_file"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
];

/** Contacts merged before there were edges. */
const MERGES_SO_FAR = `
INSERT INTO contact_merge (id, owner_id, created_at, from_id, into_id, by, import_id, boundaries)
SELECT gen_random_uuid(), owner_id, created_at, id, merged_into, 'row', NULL, '{"before": {}, "after": {}}'
  FROM contact WHERE merged_into IS NOT NULL`;
