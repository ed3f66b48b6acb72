import type { FolderRole, MailFolder } from '../database/entities/folder.entity.js';
import { newId } from '../database/ids.js';
import { affected, row } from '../database/rows.js';
import type { ImapSession, OpenFolder } from '../mail/imap.js';
import { EAR_HELD, EarLost, earParams } from './listen-ear.js';
import { takeAll, type Reading } from './listen-part.js';
import type { Ear, ListenTools } from './listen.types.js';

/** IMAP compares days, each server in a zone of its own. */
const DAY = 86_400_000;

type Progress = Pick<MailFolder, 'id' | 'account' | 'uidValidity' | 'lastUid' | 'readFrom'>;

/**
 * Reads a folder from where we were to its end. What was read is kept after every part, so a cut costs at most one part
 * again, which does no harm: taking a mail in twice is taking it in once.
 * @returns the UIDNEXT up to which it was read
 * @throws ImapTrouble, EarLost
 */
export async function readFolder(
  tools: ListenTools,
  session: ImapSession,
  ear: Ear,
  folder: { path: string; role: FolderRole; account: string },
  reading: Omit<Reading, 'keep'>,
): Promise<number | null> {
  const begun = tools.now();
  const opened = await session.examine(folder.path);
  const progress = await progressOf(tools, ear, folder, opened);
  let last = Number(progress.lastUid);
  if (opened.uidNext === null || opened.uidNext - 1 > last) {
    const uids = await session.uidsAbove(last, progress.readFrom);
    const kept = (to: number): Promise<void> => keep(tools, ear, progress.id, Math.max(last, to), null);
    await takeAll(session, uids, { ...reading, keep: kept });
    last = uids.at(-1) ?? last;
    // Whatever is below UIDNEXT has been listed: what was not, is older than we look.
    last = Math.max(last, (opened.uidNext ?? 0) - 1);
  }
  await keep(tools, ear, progress.id, last, begun);
  return opened.uidNext === null ? null : last + 1;
}

/**
 * Where we are in this folder. New to us, or all its UIDs are others: from the first message we sent, from whichever
 * mailbox, for people answer to another one.
 */
async function progressOf(
  { db, now }: ListenTools,
  ear: Ear,
  { role, account }: { role: FolderRole; account: string },
  opened: OpenFolder,
): Promise<Progress> {
  const known = await row<Progress>(
    db,
    `SELECT id, account, uid_validity, last_uid, read_from FROM mail_folder WHERE owner_id = $1 AND mailbox_id = $2 AND path = $3`,
    [ear.ownerId, ear.mailboxId, opened.path],
  );
  if (known?.uidValidity === opened.uidValidity && known.account === account) return known;
  const first = await row<{ at: Date | null }>(
    db,
    `SELECT min(coalesce(sent_at, due_at)) AS at FROM message
      WHERE owner_id = $1 AND state IN ('sending', 'unknown', 'sent') AND NOT sandbox`,
    [ear.ownerId],
  );
  const readFrom = new Date((first?.at ?? now()).getTime() - DAY);
  // Nothing went out, so nothing that is here answers us.
  const lastUid = first?.at || opened.uidNext === null ? 0 : opened.uidNext - 1;
  const made = await row<Progress>(
    db,
    `INSERT INTO mail_folder (id, owner_id, created_at, mailbox_id, path, role, uid_validity, last_uid, read_from, account)
     SELECT $4, $1, $5, $2, $6, $7, $8, $9, $10, $11 WHERE ${EAR_HELD}
     ON CONFLICT (owner_id, mailbox_id, path) DO UPDATE
       SET uid_validity = EXCLUDED.uid_validity, last_uid = EXCLUDED.last_uid, read_from = EXCLUDED.read_from,
           role = EXCLUDED.role, account = EXCLUDED.account, read_through_at = NULL
     RETURNING id, account, uid_validity, last_uid, read_from`,
    [...earParams(ear), newId(), now(), opened.path, role, opened.uidValidity, lastUid, readFrom, account],
  );
  if (!made) throw new EarLost();
  return made;
}

/** Keeps the way. `begun`: everything that had come before it was read. */
async function keep(
  { db }: ListenTools,
  ear: Ear,
  id: string,
  last: number,
  begun: Date | null,
): Promise<void> {
  const kept = await affected(
    db,
    `UPDATE mail_folder SET last_uid = $5, read_through_at = coalesce($6, read_through_at)
      WHERE owner_id = $1 AND mailbox_id = $2 AND id = $4 AND ${EAR_HELD}`,
    [...earParams(ear), id, last, begun],
  );
  if (kept !== 1) throw new EarLost();
}
