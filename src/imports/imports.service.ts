import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { pageOf, type Page, type PageQuery } from '../http/page.js';
import type { Counts } from './plan-batch.js';
import { RejectedCsv } from './rejected-csv.js';
import type { ImportView, RejectionsQuery, RejectionView } from './imports.schemas.js';

type Found = Omit<ImportView, 'files' | 'event'> & {
  eventId: string | null;
  eventName: string | null;
  files: ImportView['files'];
};

/** What was imported, and how it went. */
@Injectable()
export class ImportsService {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Newest first. */
  async list(ownerId: string, page: PageQuery): Promise<Page<ImportView>> {
    const found = await rows<Found>(
      this.db,
      `${IMPORT_SQL} AND ($2::uuid IS NULL OR i.id < $2) ORDER BY i.id DESC LIMIT $3`,
      [ownerId, page.cursor ?? null, page.limit + 1],
    );
    return pageOf(found.map(viewOf), page.limit);
  }

  /** @throws AppError not-found */
  async get(ownerId: string, id: string): Promise<ImportView> {
    const found = await row<Found>(this.db, `${IMPORT_SQL} AND i.id = $2`, [ownerId, id]);
    if (!found) throw new AppError('not-found', `there is no import ${id}`);
    return viewOf(found);
  }

  /** Rows that could not be taken, in the order of the files. @throws AppError not-found */
  async rejections(ownerId: string, id: string, query: RejectionsQuery): Promise<Page<RejectionView>> {
    await this.get(ownerId, id);
    const found = await rows<RejectionView>(
      this.db,
      `SELECT r.id, r.file_id, f.name AS file, r.line, r.reason, left(r.raw, 2000) AS raw
         FROM import_rejection r JOIN import_file f ON f.id = r.file_id
        WHERE r.owner_id = $1 AND r.import_id = $2 AND ($3::uuid IS NULL OR r.file_id = $3)
          AND ($4::uuid IS NULL OR r.id > $4)
        ORDER BY r.id LIMIT $5`,
      [ownerId, id, query.fileId ?? null, query.cursor ?? null, query.limit + 1],
    );
    return pageOf(found, query.limit);
  }

  /**
   * The rejected rows of one file as a CSV, to be corrected and imported again: the file's own columns, with the reason in
   * front.
   * @throws AppError not-found
   */
  async *rejectedCsv(ownerId: string, id: string, fileId: string): AsyncGenerator<string, void, undefined> {
    const file = await row<{ header: string | null }>(
      this.db,
      `SELECT header FROM import_file WHERE owner_id = $1 AND import_id = $2 AND id = $3`,
      [ownerId, id, fileId],
    );
    if (!file) throw new AppError('not-found', `there is no file ${fileId} in import ${id}`);
    const csv = new RejectedCsv(file.header);
    yield csv.head();
    let cursor: string | undefined;
    do {
      const found = await rows<{ id: string; line: number; reason: string; raw: string }>(
        this.db,
        `SELECT id, line, reason, raw FROM import_rejection
          WHERE owner_id = $1 AND file_id = $2 AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4`,
        [ownerId, fileId, cursor ?? null, CSV_PAGE],
      );
      for (const one of found) yield csv.row(one);
      cursor = found.length === CSV_PAGE ? found.at(-1)?.id : undefined;
    } while (cursor !== undefined);
  }
}

/** Rejected rows read at a time. */
const CSV_PAGE = 500;

function viewOf({ eventId, eventName, ...found }: Found): ImportView {
  const { files } = found;
  const sum = (key: keyof Counts | 'rows'): number => files.reduce((total, file) => total + file[key], 0);
  return {
    ...found,
    event: eventId === null ? null : { id: eventId, name: eventName ?? '' },
    rows: sum('rows'),
    created: sum('created'),
    merged: sum('merged'),
    unchanged: sum('unchanged'),
    proposed: sum('proposed'),
    rejected: sum('rejected'),
    ignored: sum('ignored'),
  };
}

/** $1 owner. */
const IMPORT_SQL = `
SELECT i.id, i.state, i.created_at, i.finished_at, i.dry_run, i.undone_at, i.undo, i.error, i.version, i.event_id, e.name AS event_name,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes, 'sha256', f.sha256,
                                  'state', f.state, 'parentId', f.parent_id, 'format', f.format,
                                  'confidence', f.confidence, 'why', f.why, 'columns', f.columns, 'asks', f.asks,
                                  'rows', f.rows, 'proposed', f.proposed,
                                  'created', f.created, 'merged', f.merged, 'unchanged', f.unchanged,
                                  'rejected', f.rejected, 'ignored', f.ignored) ORDER BY f.name, f.id)
                   FROM import_file f WHERE f.import_id = i.id), '[]') AS files
  FROM import i LEFT JOIN event e ON e.id = i.event_id
 WHERE i.owner_id = $1`;
