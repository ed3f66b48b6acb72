import { appendAudit } from '../database/append.js';
import type { FolderRole } from '../database/entities/folder.entity.js';
import { affected } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import type { FoundFolders } from '../mail/imap-folders.js';
import type { ImapSession, ListedMail } from '../mail/imap.js';
import type { ImapSettings } from '../mail/imap-settings.js';
import { answersAmong, withoutOurs } from './junk.js';
import { EAR_HELD, EarLost, earParams, noteWhy } from './listen-ear.js';
import { readFolder } from './listen-folder.js';
import type { Ear, ListenTimes, ListenTools } from './listen.types.js';
import { fileCopies } from './sent-copy.js';
import { takeSent } from './sent-mail.js';

/** A mail that we cannot take in is tried this often, then left, and the owner told. */
const TRIES = 3;

const NO_SENT =
  'The server has no folder for sent mail that we know by its name, so mail you write by hand would not be seen. ' +
  'Send one mail with your usual program, which makes that folder; it is looked for each minute.';

/**
 * One look into everything: what came in, answers that went astray, then what was sent, for an answer of the owner must
 * find the question. Says of the inbox how far it was read.
 * @param tries how often a mail could not be taken in, by folder and UID; kept from one look to the next
 * @throws ImapTrouble, EarLost, and what the database throws
 */
export async function lookThrough(
  tools: ListenTools,
  session: ImapSession,
  ear: Ear,
  given: { folders: FoundFolders; settings: ImapSettings; times: ListenTimes; tries: Map<string, number> },
): Promise<number | null> {
  const { folders, tries, settings } = given;
  const account = `${settings.username} at ${settings.host}`;
  const begun = tools.now();
  const read = (role: FolderRole, path: string): Promise<number | null> =>
    readFolder(tools, session, ear, { path, role, account }, (listed) =>
      role === 'sent'
        ? takeSent(tools, ear, listed)
        : takeIn(tools, session, ear, { role, path, listed, tries }),
    );
  const known = await read('inbox', folders.inbox);
  if (folders.junk !== null) await read('junk', folders.junk);
  if (folders.all !== null) await read('all', folders.all);
  if (folders.sent === null) {
    await noteWhy(tools.db, ear, NO_SENT);
    return known;
  }
  await read('sent', folders.sent);
  const heard = await affected(
    tools.db,
    `UPDATE mailbox SET read_through_at = $4, listen_why = NULL WHERE owner_id = $1 AND id = $2 AND ${EAR_HELD}`,
    [...earParams(ear), begun],
  );
  if (heard !== 1) throw new EarLost();
  await fileCopies(tools, ear, session, { ...given, path: folders.sent, readThrough: begun });
  return known;
}

async function takeIn(
  tools: ListenTools,
  session: ImapSession,
  ear: Ear,
  from: { role: FolderRole; path: string; listed: ListedMail[]; tries: Map<string, number> },
): Promise<void> {
  const others = await withoutOurs(tools.db, ear.ownerId, from.listed);
  const wanted =
    from.role === 'inbox' ? others : await answersAmong(tools.db, ear.ownerId, others, tools.now());
  for await (const { uid, raw } of session.mails(wanted)) {
    try {
      await tools.ingest(ear.ownerId, raw);
      from.tries.delete(`${from.path}/${uid}`);
    } catch (error) {
      const key = `${from.path}/${uid}`;
      const tried = (from.tries.get(key) ?? 0) + 1;
      from.tries.set(key, tried);
      if (!isOfTheMail(error)) throw error;
      if (!(error instanceof AppError) && tried < TRIES) throw error;
      await leave(tools, ear, { path: from.path, uid, why: error instanceof AppError ? error.message : '' });
    }
  }
}

/** It lies in the mail, and would be so again: not that the database or its pool is away for a moment. */
function isOfTheMail(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'invalid' || error.code === 'too-large';
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return true;
  const { code } = error as { code?: unknown };
  // SQLSTATE class 22: data that no column takes.
  return typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
}

/** It stays where it is; the owner finds in the audit which one it was. */
async function leave(
  { db, log, now }: ListenTools,
  ear: Ear,
  mail: { path: string; uid: number; why: string },
): Promise<void> {
  log.warn(
    { mailbox: ear.mailboxId, folder: mail.path, uid: mail.uid, why: mail.why },
    'a mail could not be read',
  );
  await appendAudit(db, {
    ownerId: ear.ownerId,
    at: now(),
    who: 'inbox',
    what: 'mail-unreadable',
    subjectKind: 'mailbox',
    subjectId: ear.mailboxId,
    detail: { folder: mail.path, uid: mail.uid, why: mail.why },
  });
}
