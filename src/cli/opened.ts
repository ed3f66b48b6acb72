import type { DraftView } from '../composing/composing.schemas.js';
import { appendAudit } from '../database/append.js';
import { rows } from '../database/rows.js';
import type { Desk } from './desk.js';

/** Many are approved at once only if each was opened, in the words it has now: `show` and `review` note that here. */
export async function noteOpened(desk: Desk, { id, version }: DraftView): Promise<void> {
  await appendAudit(desk.db, {
    ownerId: desk.ownerId,
    at: desk.now(),
    who: 'owner',
    what: 'opened',
    subjectKind: 'message',
    subjectId: id,
    detail: { version },
  });
}

/** Drafts in review that were opened in their present version. */
export function openedDrafts(desk: Desk): Promise<{ id: string; version: number }[]> {
  return rows(
    desk.db,
    `SELECT m.id, m.version FROM message m
      WHERE m.owner_id = $1 AND m.state = 'needs_review' AND m.channel = 'mail'
        AND EXISTS (SELECT 1 FROM audit a WHERE a.owner_id = $1 AND a.subject_kind = 'message'
                       AND a.subject_id = m.id AND a.what = 'opened'
                       AND a.detail @> jsonb_build_object('version', m.version))
      ORDER BY m.id`,
    [desk.ownerId],
  );
}
