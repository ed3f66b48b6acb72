import { createDataSource } from '../../src/database/data-source.js';
import { rows } from '../../src/database/rows.js';
import { cloneDatabase, type TestDatabase } from '../database.js';
import type { DataSource } from 'typeorm';

describe('the schema', () => {
  let database: TestDatabase;
  let db: DataSource;

  beforeAll(async () => {
    database = await cloneDatabase();
    db = await createDataSource(database.url, 2).initialize();
  });
  afterAll(async () => {
    await db.destroy();
    await database.drop();
  });

  it('is what the entities say: nothing is missing from the migrations', async () => {
    const { upQueries } = await db.driver.createSchemaBuilder().log();
    expect(upQueries.map((query) => query.query)).toEqual([]);
  });

  it('gives every table an owner, except the owner itself', async () => {
    const without = await rows<{ name: string }>(
      db,
      `SELECT c.relname AS name FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'owner_id' AND a.attnotnull)`,
    );
    expect(without.map((table) => table.name).sort()).toEqual(['migration', 'owner']);
  });

  it('begins every unique index with the owner, primary keys apart', async () => {
    const strange = await rows<{ name: string }>(
      db,
      `SELECT i.relname AS name FROM pg_index x
         JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
         LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
        WHERE t.relnamespace = 'public'::regnamespace AND t.relname NOT IN ('owner', 'migration')
          AND x.indisunique AND NOT x.indisprimary AND a.attname IS DISTINCT FROM 'owner_id'`,
    );
    expect(strange).toEqual([]);
  });

  it('removes everything of an owner with the owner', async () => {
    const stuck = await rows<{ name: string }>(
      db,
      `SELECT conrelid::regclass::text AS name FROM pg_constraint
        WHERE contype = 'f' AND confrelid = 'owner'::regclass AND confdeltype <> 'c'`,
    );
    expect(stuck).toEqual([]);
  });

  it('uses nothing newer than Postgres 15 knows and compares text in UTF-8', async () => {
    const [lower] = await rows<{ text: string }>(db, `SELECT lower('ÉÅΣ') AS text`);
    expect(lower?.text).toBe('éåσ');
  });
});
