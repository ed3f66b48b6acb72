import { oneLine } from '../core/text.js';
import { newId } from '../database/ids.js';
import type { ArchiveMember, FileReading, FileSource } from '../files/file-reading.js';
import { readFile } from '../files/read-file.js';
import { AppError } from '../http/errors.js';
import { storedSource } from './chunks.js';
import { isPassing } from './import-errors.js';
import { counted } from './take-file.js';
import { filesOf, setFile, type ImportFileRow, type LookedAt, type Work } from './work.js';

/**
 * Looks over all files that are not done yet, archives with all that is in them. The members of an archive become files
 * of the import once; afterwards they are found again by their place in it. Reads; writes nothing else.
 */
export async function lookOver(work: Work, found: readonly ImportFileRow[]): Promise<LookedAt[]> {
  const looked: LookedAt[] = [];
  for (const file of found) {
    if (file.parentId === null) await lookAt(work, file, sourceOf(work, file), found, looked);
  }
  return looked;
}

function sourceOf({ pool, ownerId, sources }: Work, file: ImportFileRow): FileSource {
  return sources.get(file.id) ?? storedSource(pool, ownerId, file);
}

async function lookAt(
  work: Work,
  file: ImportFileRow,
  given: FileSource,
  found: readonly ImportFileRow[],
  looked: LookedAt[],
): Promise<void> {
  const isEnded = ['done', 'captured', 'skipped', 'refused'].includes(file.state);
  const inside = found.filter(({ parentId }) => parentId === file.id).sort((a, b) => (a.id < b.id ? -1 : 1));
  if (isEnded || (file.state === 'archive' && inside.every(hasEnded(found)))) return;
  const source = counted(given);
  const reading = await readingOf(work, source);
  if (reading.kind !== 'archive') {
    looked.push({ file, source, reading, asks: [] });
    return;
  }
  const { members, why } = reading;
  const files = file.state === 'archive' ? inside : await addMembers(work, file, members, why);
  // A member and its row belong together by their place: names may come twice in an archive.
  for (const [index, member] of members.entries()) {
    const row = files[index];
    if (row && member.kind === 'file') await lookAt(work, row, member.source, found, looked);
  }
}

/** What nobody foresaw about one file must not keep the others out. */
async function readingOf({ importId, reading, log }: Work, source: FileSource): Promise<FileReading> {
  try {
    return await readFile(source, reading);
  } catch (error) {
    if (isPassing(error)) throw error;
    if (error instanceof AppError) return { kind: 'refused', reason: error.message };
    log.error({ import: importId, err: String(error) }, 'a file could not be looked over');
    return { kind: 'refused', reason: 'it could not be read: an error on our side' };
  }
}

function hasEnded(found: readonly ImportFileRow[]): (file: ImportFileRow) => boolean {
  return (file) =>
    file.state === 'archive'
      ? found.filter(({ parentId }) => parentId === file.id).every(hasEnded(found))
      : !['queued', 'running'].includes(file.state);
}

/** The members' rows and the archive's new state, together or not at all. */
async function addMembers(
  work: Work,
  archive: ImportFileRow,
  members: readonly ArchiveMember[],
  why: string,
): Promise<ImportFileRow[]> {
  const { ownerId, importId } = work;
  const kept = members.map((member) => {
    const { name, bytes } = member.kind === 'file' ? member.source : member;
    const refused = member.kind === 'refused' ? member.reason : null;
    return { id: newId(), name: oneLine(name).slice(0, 1_000), bytes, refused };
  });
  return work.db.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO import_file (id, owner_id, created_at, import_id, parent_id, name, bytes, state, why)
       SELECT n.id, $1, f.created_at, $2, f.id, n.name, n.bytes, CASE WHEN n.refused IS NULL THEN 'queued' ELSE 'refused' END,
              n.refused
         FROM import_file f, jsonb_to_recordset($4::jsonb) AS n(id uuid, name text, bytes bigint, refused text)
        WHERE f.owner_id = $1 AND f.id = $3`,
      [ownerId, importId, archive.id, JSON.stringify(kept)],
    );
    await setFile({ db: tx, ownerId }, archive.id, 'archive', { why });
    const all = await filesOf({ db: tx, ownerId, importId });
    return all.filter(({ parentId }) => parentId === archive.id).sort((a, b) => (a.id < b.id ? -1 : 1));
  });
}
