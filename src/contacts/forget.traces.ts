import { canonicalEmail } from '../core/import/identity.js';
import { affected, rows, type Db } from '../database/rows.js';

/** By what a person can be known in a text. */
export interface Traces {
  /** Canonical addresses, and as they were written; lower case. */
  emails: string[];
  /** Profiles, numbers and full names, as written. */
  others: string[];
  /** Ids of contacts that are theirs. */
  ids: string[];
}

/** What stands where they were named. */
const GONE = '(forgotten)';

/** Removes what a person left in rows that are not their own. Answers how many rows that were. */
export async function removeTraces(db: Db, ownerId: string, traces: Traces): Promise<number> {
  const counts = [
    await dropUnmatchedMail(db, ownerId, traces),
    await dropRejections(db, ownerId, traces),
    await blankAnswers(db, ownerId, traces),
    await replaceIn(db, ownerId, { table: 'audit', column: 'detail', type: 'jsonb' }, traces),
    await replaceIn(db, ownerId, { table: 'import', column: 'undo', type: 'jsonb' }, traces),
    await replaceIn(db, ownerId, { table: 'import', column: 'error', type: 'text' }, traces),
    await replaceIn(db, ownerId, { table: 'import_file', column: 'why', type: 'text' }, traces),
    await renameFiles(db, ownerId, 'import_file', traces),
    await renameFiles(db, ownerId, 'capture', traces),
  ];
  return counts.reduce((sum, count) => sum + count, 0);
}

/** As it may stand in a text, in JSON, in an address. */
function spellings(word: string): string[] {
  return [...new Set([word, JSON.stringify(word).slice(1, -1), encodeURIComponent(word)])];
}

/** Matches texts that name one of these words whole, so that `ana@…` is not found in `joana@…`; null without words. */
export function namingOf(words: readonly string[]): RegExp | null {
  const escaped = words
    .filter((word) => word.length > 2)
    .flatMap(spellings)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s+'));
  if (escaped.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}._+-])(?:${escaped.join('|')})(?![\\p{L}\\p{N}_-])`, 'giu');
}

/** The rows of which `text` names one of the words. `table` and `text` are SQL of ours. */
async function naming(
  db: Db,
  ownerId: string,
  { table, text }: { table: string; text: string },
  words: readonly string[],
): Promise<{ id: string; text: string }[]> {
  const pattern = namingOf(words);
  if (!pattern) return [];
  const found = await rows<{ id: string; text: string }>(
    db,
    `SELECT id, text FROM (SELECT id, ${text} AS text FROM ${table} WHERE owner_id = $1) x
      WHERE EXISTS (SELECT 1 FROM unnest($2::text[]) w WHERE strpos(lower(x.text), w) > 0)`,
    [ownerId, words.flatMap(spellings).map((word) => word.toLowerCase())],
  );
  return found.filter((one) => one.text.search(pattern) >= 0);
}

/** Mail of theirs that was matched to nobody, and bounces of mail to them. */
async function dropUnmatchedMail(db: Db, ownerId: string, { emails }: Traces): Promise<number> {
  const domains = [...new Set(emails.map((email) => email.slice(email.lastIndexOf('@') + 1)))];
  const from = await rows<{ id: string; from: string }>(
    db,
    `SELECT id, from_address AS "from" FROM inbound
      WHERE owner_id = $1 AND split_part(lower(from_address), '@', 2) = ANY ($2::text[])`,
    [ownerId, domains],
  );
  const theirs = new Set(emails);
  const sent = from.filter((one) => theirs.has(canonicalEmail(one.from) ?? one.from.toLowerCase()));
  const about = await naming(db, ownerId, { table: 'inbound', text: 'detail::text' }, emails);
  const ids = [...sent, ...about].map(({ id }) => id);
  return affected(db, `DELETE FROM inbound WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, [ownerId, ids]);
}

async function dropRejections(db: Db, ownerId: string, { emails, others }: Traces): Promise<number> {
  const text = { table: 'import_rejection', text: `raw || E'\\n' || reason` };
  const ids = (await naming(db, ownerId, text, [...emails, ...others])).map(({ id }) => id);
  return affected(db, `DELETE FROM import_rejection WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, [
    ownerId,
    ids,
  ]);
}

/** Kept answers to requests: that it was done is remembered, its words are not. A refusal need not be remembered. */
async function blankAnswers(db: Db, ownerId: string, { emails, others, ids }: Traces): Promise<number> {
  const text = { table: 'idempotency', text: `coalesce(body::text, '')` };
  const found = await naming(db, ownerId, text, [...emails, ...others, ...ids]);
  const these = [ownerId, found.map(({ id }) => id)];
  await db.query(`DELETE FROM idempotency WHERE owner_id = $1 AND id = ANY ($2::uuid[]) AND status >= 400`, these); // prettier-ignore
  await db.query(`UPDATE idempotency SET body = NULL WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, these);
  return found.length;
}

/** Who did what and when stays in the audit, and how an import went; what names them there does not. */
async function replaceIn(
  db: Db,
  ownerId: string,
  { table, column, type }: { table: string; column: string; type: 'text' | 'jsonb' },
  { emails, others }: Traces,
): Promise<number> {
  const words = [...emails, ...others];
  const pattern = namingOf(words);
  const found = await naming(db, ownerId, { table, text: `${column}::text` }, words);
  if (!pattern || found.length === 0) return 0;
  const changed = found.map(({ id, text }) => ({ id, text: text.replace(pattern, GONE) }));
  return affected(
    db,
    `UPDATE ${table} t SET ${column} = n.text::${type}
       FROM jsonb_to_recordset($2::jsonb) AS n(id uuid, text text) WHERE t.owner_id = $1 AND t.id = n.id`,
    [ownerId, JSON.stringify(changed)],
  );
}

/** "Jane-Doe.vcf". */
async function renameFiles(
  db: Db,
  ownerId: string,
  table: string,
  { emails, others }: Traces,
): Promise<number> {
  const text = { table, text: `name || E'\\n' || translate(name, '-_.', '   ')` };
  const ids = (await naming(db, ownerId, text, [...emails, ...others])).map(({ id }) => id);
  return affected(db, `UPDATE ${table} SET name = $3 WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, [
    ownerId,
    ids,
    GONE,
  ]);
}
