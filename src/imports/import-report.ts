import type { EntityManager } from 'typeorm';
import { row, rows } from '../database/rows.js';
import type { FileState, Work } from './work.js';
import type { Counts } from './plan-batch.js';

/** Rejected rows that a dry run tells of at most. */
export const REJECTIONS_TOLD = 10_000;

export interface ReportedFile extends Counts {
  id: string;
  parentId: string | null;
  name: string;
  bytes: number;
  state: FileState;
  format: string | null;
  why: string | null;
  confidence: number | null;
  header: string | null;
  columns: { header: string; field: string | null }[] | null;
  asks: string[];
  rows: number;
}

export interface ReportedRejection {
  fileId: string;
  file: string;
  line: number;
  reason: string;
  raw: string;
}

/** What an import did, or would do. */
export interface Report {
  event: { name: string; startsOn: string; endsOn: string } | null;
  files: ReportedFile[];
  /** In the order of the files and their lines, `REJECTIONS_TOLD` at most. */
  rejections: ReportedRejection[];
}

export async function reportOf({
  db,
  ownerId,
  importId,
}: Pick<Work, 'db' | 'ownerId' | 'importId'>): Promise<Report> {
  return {
    event: await row(
      db,
      `SELECT e.name, e.starts_on::text, e.ends_on::text FROM import i JOIN event e ON e.id = i.event_id
        WHERE i.owner_id = $1 AND i.id = $2`,
      [ownerId, importId],
    ),
    files: await rows<ReportedFile>(
      db,
      `SELECT id, parent_id, name, bytes::float8 AS bytes, state, format, why, confidence, header, columns, asks, rows,
              created, merged, unchanged, proposed, rejected, ignored
         FROM import_file WHERE owner_id = $1 AND import_id = $2 ORDER BY name, id`,
      [ownerId, importId],
    ),
    rejections: await rows<ReportedRejection>(
      db,
      `SELECT r.file_id, f.name AS file, r.line, r.reason, left(r.raw, 2000) AS raw
         FROM import_rejection r JOIN import_file f ON f.id = r.file_id
        WHERE r.owner_id = $1 AND r.import_id = $2 ORDER BY f.name, f.id, r.line LIMIT $3`,
      [ownerId, importId, REJECTIONS_TOLD],
    ),
  };
}

/** Writes what a dry run of a stored import has found: the files' own rows and the rejections, nothing else. */
export async function keepReport(
  tx: EntityManager,
  ownerId: string,
  importId: string,
  { files, rejections }: Report,
  newIds: (count: number) => string[],
): Promise<void> {
  // Members of archives have no row yet: theirs was taken back with all else. Parents come before their members.
  const inOrder = [...files].sort((a, b) => (a.id < b.id ? -1 : 1));
  await tx.query(
    `INSERT INTO import_file (id, owner_id, created_at, import_id, parent_id, name, bytes)
     SELECT n.id, $1, i.created_at, i.id, n."parentId", n.name, n.bytes
       FROM import i, jsonb_to_recordset($3::jsonb) AS n(id uuid, "parentId" uuid, name text, bytes bigint)
      WHERE i.owner_id = $1 AND i.id = $2 ORDER BY n.id
     ON CONFLICT (id) DO NOTHING`,
    [ownerId, importId, JSON.stringify(inOrder)],
  );
  await tx.query(
    `UPDATE import_file f
        SET state = n.state, format = n.format, why = n.why, confidence = n.confidence, header = n.header,
            columns = n.columns, asks = n.asks, rows = n.rows, created = n.created, merged = n.merged,
            unchanged = n.unchanged, proposed = n.proposed, rejected = n.rejected, ignored = n.ignored
       FROM jsonb_to_recordset($3::jsonb) AS n(id uuid, state text, format text, why text, confidence real, header text,
              columns jsonb, asks jsonb, rows int, created int, merged int, unchanged int, proposed int, rejected int,
              ignored int)
      WHERE f.owner_id = $1 AND f.import_id = $2 AND f.id = n.id`,
    [ownerId, importId, JSON.stringify(inOrder)],
  );
  const ids = newIds(rejections.length);
  await tx.query(
    `INSERT INTO import_rejection (id, owner_id, created_at, import_id, file_id, line, reason, raw)
     SELECT n.id, $1, i.created_at, i.id, n."fileId", n.line, n.reason, n.raw
       FROM import i, jsonb_to_recordset($3::jsonb) AS n(id uuid, "fileId" uuid, line int, reason text, raw text)
      WHERE i.owner_id = $1 AND i.id = $2`,
    [ownerId, importId, JSON.stringify(rejections.map((one, index) => ({ ...one, id: ids[index] })))],
  );
}
