import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { readMappingFile } from '../core/import/mapping.js';
import { rememberMapping } from '../database/mappings.js';
import { affected, row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import type { MappingBody, MappingView } from './mappings.schemas.js';

/** How the owner wants tables to be read, by their headers. Register of imports. */
@Injectable()
export class MappingsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The newest first. */
  async list(ownerId: string): Promise<{ items: MappingView[] }> {
    return { items: await rows<MappingView>(this.db, `${MAPPING_SQL} ORDER BY id DESC`, [ownerId]) };
  }

  /** Takes the place of what was said of the same header. @throws AppError invalid */
  async put(ownerId: string, body: MappingBody): Promise<MappingView> {
    const read = readMappingFile(JSON.stringify(body));
    if (read.kind === 'refused') throw new AppError('invalid', read.reason);
    const id = await rememberMapping(this.db, ownerId, read.mapping, this.clock.now());
    const kept = await row<MappingView>(this.db, `${MAPPING_SQL} AND id = $2`, [ownerId, id]);
    if (!kept) throw new AppError('conflict', 'the mapping was removed at the same time; put it again');
    return kept;
  }

  /** Tables with this header are read by their content again. @throws AppError not-found */
  async drop(ownerId: string, id: string): Promise<void> {
    const dropped = await affected(this.db, `DELETE FROM mapping WHERE owner_id = $1 AND id = $2`, [
      ownerId,
      id,
    ]);
    if (dropped === 0) throw new AppError('not-found', `there is no mapping ${id}`);
  }
}

/** $1 owner. */
const MAPPING_SQL = `
SELECT id, created_at, header, columns,
       CASE month_first WHEN true THEN 'month-first' WHEN false THEN 'day-first' END AS dates
  FROM mapping WHERE owner_id = $1`;
