import { ImapTrouble } from '../mail/imap-open.js';
import type { ImapSession, ListedMail } from '../mail/imap.js';

/** Headers asked for at once; after each such part the way that was read is kept. */
const AT_ONCE = 50;

/** What a folder's server has trouble with; kept from one look to the next. */
export interface FolderTroubles {
  /** How many mails are asked for at once: fewer each time the server hung up on a part, until one is left. */
  atOnce: number;
  /** UIDs of mails that the server does not give, and since when by `performance.now()`. */
  withheld: Map<number, number>;
}

export const noTroubles = (): FolderTroubles => ({ atOnce: AT_ONCE, withheld: new Map() });

export interface Reading {
  /** Gets mails by their headers, oldest first, while the folder is open. */
  take: (listed: ListedMail[]) => Promise<void>;
  /** All up to this UID were taken. */
  keep: (last: number) => Promise<void>;
  /** The server has not given it for so long that it is left where it is. */
  leave: (uid: number, trouble: ImapTrouble) => Promise<void>;
  troubles: FolderTroubles;
  /** In ms. */
  giveUp: number;
}

/**
 * Takes mails part by part. One broken mail, which a server refuses or hangs up on, must not make us deaf to those after
 * it: it is narrowed down, then asked for last and alone, and left in the end.
 * @throws ImapTrouble also where a mail is still waited for: the folder was not read to its end
 */
export async function takeAll(
  session: ImapSession,
  uids: readonly number[],
  reading: Reading,
): Promise<void> {
  const { take, keep, leave, troubles, giveUp } = reading;
  const { withheld } = troubles;
  const suspects = uids.filter((uid) => withheld.has(uid));
  const others = uids.filter((uid) => !withheld.has(uid));
  while (others.length > 0) {
    const part = others.splice(0, troubles.atOnce);
    suspects.push(...(await takePart(session, part, reading)));
    await keep(Math.min(part.at(-1) ?? 0, ...suspects.map((uid) => uid - 1)));
  }
  const open = new Set(suspects);
  let waiting: ImapTrouble | null = null;
  for (const uid of suspects) {
    const trouble = await troubleOf(async () => take(await session.heads([uid])));
    const since = withheld.get(uid) ?? performance.now();
    if (trouble !== null && performance.now() - since < giveUp) waiting = trouble;
    else {
      if (trouble !== null) await leave(uid, trouble);
      withheld.delete(uid);
      open.delete(uid);
      await keep(Math.min(uids.at(-1) ?? 0, ...[...open].map((one) => one - 1)));
    }
    if (!session.usable && trouble !== null) throw trouble;
  }
  if (waiting) throw waiting;
  troubles.atOnce = AT_ONCE;
}

/** Says which of them the server does not give, where the line stands all the same. */
async function takePart(
  session: ImapSession,
  part: readonly number[],
  { take, troubles }: Pick<Reading, 'take' | 'troubles'>,
): Promise<number[]> {
  const trouble = await troubleOf(async () => take(await session.heads(part)));
  if (trouble === null) return [];
  const [first, ...more] = part;
  // A line that just broke says nothing of the mails; a server that says BYE to one may mean it.
  const told = session.usable || session.dismissed;
  if (told && first !== undefined && more.length === 0) troubles.withheld.set(first, performance.now());
  const half = Math.ceil(part.length / 2);
  if (!session.usable) {
    troubles.atOnce = half;
    throw trouble;
  }
  if (more.length === 0) return [...part];
  const given = { take, troubles };
  return [
    ...(await takePart(session, part.slice(0, half), given)),
    ...(await takePart(session, part.slice(half), given)),
  ];
}

async function troubleOf(work: () => Promise<void>): Promise<ImapTrouble | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof ImapTrouble) return error;
    throw error;
  }
}
