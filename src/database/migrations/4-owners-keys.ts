import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A row points to a contact of its own owner, or to none: the owner joins the foreign keys. The indexes, which all begin with
 * the owner, then find what goes with a contact; before Postgres 18 each contact that went cost a walk through whole tables.
 */
export class OwnersKeys1795460400000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be taken back; restore a backup instead'));
  }
}

const statements = [
  `ALTER TABLE "identity" DROP CONSTRAINT "FK_c46611adf9221d5038fedeb401a"`,
  `ALTER TABLE "source_record" DROP CONSTRAINT "FK_27ac2e40c87b24ca3e88a00f282"`,
  `ALTER TABLE "contact_merge" DROP CONSTRAINT "FK_c6cedf10a832886bf067114abe8"`,
  `ALTER TABLE "contact_merge" DROP CONSTRAINT "FK_66e319eede84f5fba692b309694"`,
  `ALTER TABLE "proposal" DROP CONSTRAINT "FK_c20235a427490dfac0d389fcefe"`,
  `ALTER TABLE "proposal" DROP CONSTRAINT "FK_83fb8f2096d55be12ff13bce6af"`,
  `ALTER TABLE "position_change" DROP CONSTRAINT "FK_590924f2bb5d084e46e5132b72c"`,
  `ALTER TABLE "encounter" DROP CONSTRAINT "FK_eda9023500e4822681a1d938532"`,
  `ALTER TABLE "debrief" DROP CONSTRAINT "FK_24548c280baf0c637b922fba0ab"`,
  `ALTER TABLE "inbound" DROP CONSTRAINT "FK_5ff0bb36841c3634e565bf5c66e"`,
  `ALTER TABLE "reply_debt" DROP CONSTRAINT "FK_f49fc0406ae3c8123bfe27ef8df"`,
  `ALTER TABLE "interaction" DROP CONSTRAINT "FK_68355b8e94da2d183eb55ea1ef2"`,
  `ALTER TABLE "fact" DROP CONSTRAINT "FK_ee46c68e29b1d0a4a2e10b08479"`,
  `ALTER TABLE "promise" DROP CONSTRAINT "FK_3b586ca924f9b23306a63741147"`,
  `ALTER TABLE "message" DROP CONSTRAINT "FK_879337e5308cb60ca30309aa896"`,
  `ALTER TABLE "message" DROP CONSTRAINT "FK_1eed52f65c758647fb39e72bf5a"`,
  `ALTER TABLE "message_body" DROP CONSTRAINT "FK_c3c8481739801e1dc4fd3a131aa"`,
  `ALTER TABLE "enrollment" DROP CONSTRAINT "FK_8aa4d6788c8af350cf200c2f395"`,
  `DROP INDEX "public"."contact_page_idx"`,
  `DROP INDEX "public"."message_page_idx"`,
  `DROP INDEX "public"."proposal_b_idx"`,
  `DROP INDEX "public"."contact_merge_into_idx"`,
  `CREATE INDEX "proposal_b_idx" ON "proposal" ("owner_id", "b_id")`,
  `CREATE INDEX "contact_merge_into_idx" ON "contact_merge" ("owner_id", "into_id")`,
  `CREATE UNIQUE INDEX "contact_owner_key" ON "contact" ("owner_id", "id")`,
  `CREATE UNIQUE INDEX "message_owner_key" ON "message" ("owner_id", "id")`,
  `CREATE UNIQUE INDEX "enrollment_owner_key" ON "enrollment" ("owner_id", "id")`,
  `ALTER TABLE "identity" ADD CONSTRAINT "FK_f22528c429809b0c22f959b811a" FOREIGN KEY ("owner_id", "contact_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "source_record" ADD CONSTRAINT "FK_720a3cb68a04c276f607ba40336" FOREIGN KEY ("owner_id", "contact_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "contact_merge" ADD CONSTRAINT "FK_673f5cf7e0641f1510c7d29d2f5" FOREIGN KEY ("owner_id", "into_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "contact_merge" ADD CONSTRAINT "FK_db16deb4421c4a3a3fccc06e48a" FOREIGN KEY ("owner_id", "from_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "proposal" ADD CONSTRAINT "FK_2da0c2f18891948dcc177c1d1c5" FOREIGN KEY ("owner_id", "b_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "proposal" ADD CONSTRAINT "FK_318ac829a104eb918c7ac5d348d" FOREIGN KEY ("owner_id", "a_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "position_change" ADD CONSTRAINT "FK_1dfb8c0a7fef453afe06c021ce2" FOREIGN KEY ("owner_id", "contact_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "encounter" ADD CONSTRAINT "FK_8e6cf3a47d5a621ea638a57dd59" FOREIGN KEY ("owner_id", "contact_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "debrief" ADD CONSTRAINT "FK_0aeac8ceb4890d19b2b2bf45c48" FOREIGN KEY ("owner_id", "contact_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "inbound" ADD CONSTRAINT "FK_3014e38ad7575b81d85c68a533e" FOREIGN KEY ("owner_id", "contact_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "reply_debt" ADD CONSTRAINT "FK_fed42b03a9e2ef366ea70acc649" FOREIGN KEY ("owner_id", "contact_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "interaction" ADD CONSTRAINT "FK_779be003a1996dbbb239961b7fd" FOREIGN KEY ("owner_id", "contact_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "fact" ADD CONSTRAINT "FK_10e9ae43c49d13211be510496e9" FOREIGN KEY ("owner_id", "contact_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "promise" ADD CONSTRAINT "FK_749eebd148a7c5942204a8f4279" FOREIGN KEY ("owner_id", "contact_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "message" ADD CONSTRAINT "FK_2c82ed249e0c70b75a9f82110b4" FOREIGN KEY ("owner_id", "enrollment_id") REFERENCES "enrollment"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "message" ADD CONSTRAINT "FK_3051555556a028c5114baffe0e7" FOREIGN KEY ("owner_id", "contact_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "message_body" ADD CONSTRAINT "FK_9e35d57adf24674e22b8afd82ed" FOREIGN KEY ("owner_id", "message_id") REFERENCES "message"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "enrollment" ADD CONSTRAINT "FK_4e611a4f53bb4af83742110b9f0" FOREIGN KEY ("owner_id", "contact_id") REFERENCES "contact"("owner_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
];
