import { justHeard } from '../core/decide.js';
import { appendAudit } from '../database/append.js';
import type { FolderRole } from '../database/entities/folder.entity.js';
import type { Mailbox } from '../database/entities/owner.entity.js';
import { lockPlanner } from '../database/line-locks.js';
import { lookAgain } from '../database/look-again.js';
import { row } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import type { FoundFolders } from '../mail/imap-folders.js';
import { ImapTrouble } from '../mail/imap-open.js';
import type { ImapSession, ListedMail } from '../mail/imap.js';
import type { ImapSettings } from '../mail/imap-settings.js';
import { answersAmong, newAmong } from './junk.js';
import { EAR_HELD, EarLost, earParams, noteWhy } from './listen-ear.js';
import { readFolder } from './listen-folder.js';
import { noTroubles, type FolderTroubles } from './listen-part.js';
import type { Ear, ListenTimes, ListenTools } from './listen.types.js';
import { fileCopies } from './sent-copy.js';
import { takeSent } from './sent-mail.js';

/** A mail that we cannot take in is tried this often, then left, and the owner told. */
const TRIES = 3;

const NO_SENT =
  'The server has no folder for sent mail that we know by its name, so mail you write by hand would not be seen. ' +
  'Send one mail with your usual program, which makes that folder; it is looked for each minute.';

/**
 * One look into everything: what was sent, so that mail of the owner's hand is known for what it is wherever else it lies,
 * then what came in, and answers that went astray. Says of the inbox how far it was read.
 * @param troubles what could not be taken in; kept from one look to the next
 * @throws ImapTrouble, EarLost, and what the database throws
 */
export async function lookThrough(
  tools: ListenTools,
  session: ImapSession,
  ear: Ear,
  given: { folders: FoundFolders; settings: ImapSettings; times: ListenTimes; troubles: Troubles },
): Promise<number | null> {
  const { folders, troubles, settings, times } = given;
  const account = `${settings.username} at ${settings.host}`;
  const begun = tools.now();
  const read = (role: FolderRole, path: string): Promise<number | null> =>
    readFolder(
      tools,
      session,
      ear,
      { path, role, account },
      {
        take: (listed) =>
          role === 'sent'
            ? takeSent(tools, ear, listed)
            : takeIn(tools, session, ear, { role, path, listed, tries: troubles.tries }),
        leave: (uid, { message }) => leave(tools, ear, { path, uid, why: message }),
        troubles: folderTroubles(troubles, path),
        giveUp: times.giveUp,
      },
    );
  for (const path of [folders.sent, ...folders.alsoSent]) if (path !== null) await read('sent', path);
  const known = await read('inbox', folders.inbox);
  const closed: string[] = [];
  for (const role of ['junk', 'all'] as const) {
    const path = folders[role];
    if (path === null) continue;
    try {
      await read(role, path);
    } catch (error) {
      // What is owed to law 2 are inbox and Sent; a folder that may not be opened must not make us deaf to them.
      if (!(error instanceof ImapTrouble) || !session.usable) throw error;
      closed.push(`${path} (${error.message})`);
    }
  }
  if (folders.sent === null) {
    await noteWhy(tools.db, ear, NO_SENT);
    return known;
  }
  const why =
    closed.length === 0
      ? null
      : `Answers that went astray are not seen in ${closed.join(' and ')}; the rest is.`;
  await noteHeard(tools, ear, begun, why);
  await fileCopies(tools, ear, session, { ...given, path: folders.sent, readThrough: begun });
  return known;
}

/** Everything that came before `begun` was read. Who waited for a deaf mailbox to hear again is looked at now. */
async function noteHeard({ db, now }: ListenTools, ear: Ear, begun: Date, why: string | null): Promise<void> {
  const before = await row<Pick<Mailbox, 'readThroughAt'>>(
    db,
    `WITH before AS (SELECT id, read_through_at FROM mailbox WHERE owner_id = $1 AND id = $2)
     UPDATE mailbox m SET read_through_at = $4, listen_why = $5 FROM before b WHERE m.id = b.id AND ${EAR_HELD}
     RETURNING b.read_through_at`,
    [...earParams(ear), begun, why],
  );
  if (!before) throw new EarLost();
  if (justHeard(before.readThroughAt, now())) return;
  await db.transaction(async (tx) => {
    await lockPlanner(tx);
    await lookAgain(tx, ear.ownerId, { for: 'not-heard', contactId: null }, now());
  });
}

export interface Troubles {
  /** How often a mail that was given could not be taken in, by folder and UID. */
  tries: Map<string, number>;
  /** By folder. */
  folders: Map<string, FolderTroubles>;
}

function folderTroubles({ folders }: Troubles, path: string): FolderTroubles {
  const known = folders.get(path) ?? noTroubles();
  folders.set(path, known);
  return known;
}

async function takeIn(
  tools: ListenTools,
  session: ImapSession,
  ear: Ear,
  from: { role: FolderRole; path: string; listed: ListedMail[]; tries: Map<string, number> },
): Promise<void> {
  const { path, role, listed, tries } = from;
  const sent = listed.filter(({ draft }) => !draft);
  const others = await newAmong(tools.db, ear.ownerId, sent);
  const wanted = role === 'inbox' ? others : await answersAmong(tools.db, ear.ownerId, others, tools.now());
  for (const { uid } of wanted.filter(({ size }) => size === 0)) {
    await leave(tools, ear, { path, uid, why: 'it is empty' });
  }
  const given = wanted.filter(({ size }) => size > 0);
  for await (const { uid, raw } of session.mails(given)) {
    const key = `${path}/${uid}`;
    try {
      await tools.ingest(ear.ownerId, raw);
      tries.delete(key);
    } catch (error) {
      const tried = (tries.get(key) ?? 0) + 1;
      tries.set(key, tried);
      if (!isOfTheMail(error)) throw error;
      if (!(error instanceof AppError) && tried < TRIES) throw error;
      await leave(tools, ear, { path, uid, why: error instanceof AppError ? error.message : '' });
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
