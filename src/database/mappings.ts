import type { Mapping } from '../core/import/records.js';
import { newId } from './ids.js';
import { row, rows, type Db } from './rows.js';

/** How the owner said tables are to be read, the newest first; at most one for each header. */
export function mappingsOf(db: Db, ownerId: string): Promise<Mapping[]> {
  return rows<Mapping>(
    db,
    `SELECT header, columns, month_first FROM mapping WHERE owner_id = $1 ORDER BY id DESC`,
    [ownerId],
  );
}

/** Keeps how a header is to be read, in the place of what was said of it before; answers the row's id. */
export async function rememberMapping(
  db: Db,
  ownerId: string,
  { header, columns, monthFirst }: Mapping,
  now: Date,
): Promise<string> {
  const id = newId();
  const kept = await row<{ id: string }>(
    db,
    `INSERT INTO mapping (id, owner_id, created_at, header, columns, month_first)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (owner_id, header)
     DO UPDATE SET columns = EXCLUDED.columns, month_first = EXCLUDED.month_first, created_at = EXCLUDED.created_at
     RETURNING id`,
    [id, ownerId, now, header, JSON.stringify(columns), monthFirst],
  );
  return kept?.id ?? id;
}
