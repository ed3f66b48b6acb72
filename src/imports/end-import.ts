import type { EntityManager } from 'typeorm';
import { headerFingerprint } from '../core/import/mapping.js';
import type { Mapping } from '../core/import/records.js';
import { headerKey } from '../core/import/columns.js';
import { rememberMapping } from '../database/mappings.js';
import { rows } from '../database/rows.js';
import { dropChunks } from './chunks.js';

/** All files have been taken: what was stored of them goes, and the people it made are compared with the others. */
export async function endImport(
  db: EntityManager,
  ownerId: string,
  importId: string,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await dropChunks(tx, ownerId, importId);
    await keepMapping(tx, ownerId, importId, now);
    await tx.query(
      `UPDATE import i
          SET state = CASE WHEN f.read > 0 THEN 'done' ELSE 'failed' END, finished_at = $3, version = version + 1,
              to_match = f.made > 0 AND NOT i.dry_run,
              error = CASE WHEN f.read = 0 THEN 'none of the files could be read'
                           WHEN f.refused > 0 THEN f.refused || ' of the files could not be read' END
         FROM (SELECT count(*) FILTER (WHERE state IN ('done', 'captured', 'skipped')) AS read,
                      count(*) FILTER (WHERE state = 'refused') AS refused, sum(created + merged) AS made
                 FROM import_file WHERE owner_id = $1 AND import_id = $2) f
        WHERE i.owner_id = $1 AND i.id = $2 AND i.state = 'running'`,
      [ownerId, importId, now],
    );
  });
}

/** What the owner said of columns holds for the next file with the same header, too. */
async function keepMapping(tx: EntityManager, ownerId: string, importId: string, now: Date): Promise<void> {
  const told = await rows<{ mapping: Mapping; columns: { header: string }[] }>(
    tx,
    `SELECT i.mapping, f.columns FROM import i JOIN import_file f ON f.import_id = i.id
      WHERE i.owner_id = $1 AND i.id = $2 AND NOT i.dry_run AND i.mapping IS NOT NULL AND f.state = 'done'
        AND f.columns IS NOT NULL`,
    [ownerId, importId],
  );
  for (const { mapping, columns } of told) {
    const header = columns.map((column) => column.header);
    const isMeant = header.some((cell) => headerKey(cell) in mapping.columns);
    if (isMeant) await rememberMapping(tx, ownerId, { ...mapping, header: headerFingerprint(header) }, now);
  }
}
