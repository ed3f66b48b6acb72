import type { DataSource, EntityManager } from 'typeorm';
import { camel } from './naming.js';

/** Anything that runs SQL: the data source, or a transaction's manager. */
export type Db = DataSource | EntityManager;

/** All or nothing; within a transaction it is a part of that one. */
export function inTransaction<T>(db: Db, act: (tx: Db) => Promise<T>): Promise<T> {
  return ('manager' in db ? db.manager : db).transaction(act);
}

/** Runs SQL and gives its rows with camelCase keys, whatever the statement was. */
export async function rows<T>(db: Db, sql: string, params: readonly unknown[] = []): Promise<T[]> {
  const answer: unknown = await db.query(sql, [...params]);
  return records(answer).map((record) => renameKeys(record) as T);
}

/** The first row, or null. */
export async function row<T>(db: Db, sql: string, params: readonly unknown[] = []): Promise<T | null> {
  return (await rows<T>(db, sql, params))[0] ?? null;
}

/** Runs SQL and tells how many rows an UPDATE or DELETE touched, or an INSERT/SELECT gave back. */
export async function affected(db: Db, sql: string, params: readonly unknown[] = []): Promise<number> {
  const answer: unknown = await db.query(sql, [...params]);
  if (isCounted(answer)) return answer[1];
  return records(answer).length;
}

/** TypeORM answers UPDATE and DELETE with `[rows, count]`, all else with rows. */
function isCounted(answer: unknown): answer is [Record<string, unknown>[], number] {
  return (
    Array.isArray(answer) && answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number'
  );
}

function records(answer: unknown): Record<string, unknown>[] {
  if (isCounted(answer)) return answer[0];
  return Array.isArray(answer) ? (answer as Record<string, unknown>[]) : [];
}

const renamed = new Map<string, string>();

function renameKeys(record: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(record)) {
    let name = renamed.get(key);
    if (name === undefined) renamed.set(key, (name = camel(key)));
    out[name] = record[key];
  }
  return out;
}
