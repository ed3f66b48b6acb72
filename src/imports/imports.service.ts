import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { pageOf, type Page, type PageQuery } from '../http/page.js';
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
      `SELECT r.id, r.file_id, f.name AS file, r.line, r.reason, r.raw
         FROM import_rejection r JOIN import_file f ON f.id = r.file_id
        WHERE r.owner_id = $1 AND r.import_id = $2 AND ($3::uuid IS NULL OR r.file_id = $3)
          AND ($4::uuid IS NULL OR r.id > $4)
        ORDER BY r.id LIMIT $5`,
      [ownerId, id, query.fileId ?? null, query.cursor ?? null, query.limit + 1],
    );
    return pageOf(found, query.limit);
  }
}

function viewOf({ eventId, eventName, ...found }: Found): ImportView {
  const { files } = found;
  const sum = (key: 'rows' | 'created' | 'merged' | 'unchanged' | 'rejected' | 'ignored'): number =>
    files.reduce((total, file) => total + file[key], 0);
  return {
    ...found,
    event: eventId === null ? null : { id: eventId, name: eventName ?? '' },
    rows: sum('rows'),
    created: sum('created'),
    merged: sum('merged'),
    unchanged: sum('unchanged'),
    rejected: sum('rejected'),
    ignored: sum('ignored'),
  };
}

/** $1 owner. */
const IMPORT_SQL = `
SELECT i.id, i.state, i.created_at, i.finished_at, i.error, i.version, i.event_id, e.name AS event_name,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes, 'sha256', f.sha256,
                                  'state', f.state, 'format', f.format, 'why', f.why, 'rows', f.rows,
                                  'created', f.created, 'merged', f.merged, 'unchanged', f.unchanged,
                                  'rejected', f.rejected, 'ignored', f.ignored) ORDER BY f.name, f.id)
                   FROM import_file f WHERE f.import_id = i.id), '[]') AS files
  FROM import i LEFT JOIN event e ON e.id = i.event_id
 WHERE i.owner_id = $1`;
