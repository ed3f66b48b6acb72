import { chooseFolders, type FoundFolders } from './imap-folders.js';
import { HEAD_FIELDS, readHead, type MailHead } from './imap-head.js';
import { closeClient, codeOf, ImapTrouble, openClient, words, type ImapRefused } from './imap-open.js';
import type { QuietImap } from './imap-quiet.js';
import type { ImapSettings } from './imap-settings.js';

/** Mails up to this size are taken whole, of larger ones only the beginning: bytes. */
export const WHOLE_MAIL = 1024 * 1024;
export const LARGE_MAIL_PART = 256 * 1024;
/** Mails asked for at once, and what they may weigh together: bytes. */
const MAILS_AT_ONCE = 20;
const BYTES_AT_ONCE = 4 * 1024 * 1024;

export interface OpenFolder {
  path: string;
  /** RFC 3501, 2.3.1.1. */
  uidValidity: string;
  /** The next mail's UID will not be lower; null where the server does not tell. */
  uidNext: number | null;
}

export interface ListedMail {
  uid: number;
  /** Bytes, as the server reckons. */
  size: number;
  /** It was never sent: it lies there as a draft. */
  draft: boolean;
  head: MailHead;
}

/**
 * One conversation with an IMAP server that changes nothing: folders are opened by EXAMINE, mails read with PEEK, and
 * anything else is stopped on this side (`QuietImap`). All methods but `open` throw ImapTrouble.
 */
export class ImapSession {
  /** Said by the server unasked: something is new in the open folder. */
  private news = false;

  private constructor(private readonly client: QuietImap) {
    client.on('exists', () => (this.news = true));
  }

  static async open(settings: ImapSettings): Promise<{ kind: 'open'; session: ImapSession } | ImapRefused> {
    const opened = await openClient(settings);
    return opened.kind === 'refused' ? opened : { kind: 'open', session: new ImapSession(opened.client) };
  }

  get usable(): boolean {
    return this.client.usable;
  }

  /** The server ended it with a word (BYE); a line that just broke had none. */
  get dismissed(): boolean {
    return this.client.byeReason !== undefined;
  }

  async folders(): Promise<FoundFolders> {
    const listed = await this.say(() => this.client.list());
    if (!Array.isArray(listed) || listed.length === 0) throw new ImapTrouble('the server lists no folders');
    return chooseFolders(
      listed.map(({ path, delimiter, flags, specialUse }) => ({
        path,
        delimiter: delimiter ?? '',
        flags,
        ...(specialUse !== undefined && { use: specialUse }),
      })),
    );
  }

  async examine(path: string): Promise<OpenFolder> {
    const opened = await this.say(() => this.client.mailboxOpen(path, { readOnly: true }));
    if (opened.uidValidity === undefined)
      throw new ImapTrouble(`the server gives no UIDVALIDITY for ${path}`);
    this.news = false;
    return { path, uidValidity: String(opened.uidValidity), uidNext: opened.uidNext ?? null };
  }

  /** UIDs above `after` of mails that the server received on or after the day of `since`, ascending. */
  async uidsAbove(after: number, since: Date): Promise<number[]> {
    // A date holds by any clock; an age (RFC 5032), which imapflow would rather send, is reckoned by ours, which may be wrong.
    this.client.capabilities.delete('WITHIN');
    const found = await this.say(() => this.client.search({ uid: `${after + 1}:*`, since }, { uid: true }));
    if (!Array.isArray(found)) throw new ImapTrouble('the server could not search');
    // `*` is the newest mail, even where that lies below the range.
    return found.filter((uid) => uid > after).sort((a, b) => a - b);
  }

  /** Sizes and headers; a mail that went away meanwhile is not among them. */
  async heads(uids: readonly number[]): Promise<ListedMail[]> {
    const found = await this.fetched(uids, () =>
      this.client.fetchAll(
        uids.join(','),
        { uid: true, size: true, flags: true, labels: true, headers: HEAD_FIELDS },
        { uid: true },
      ),
    );
    const read = found.map(async ({ uid, size, flags, labels, headers }) => {
      // A mail without a byte, as a full disk leaves it behind, has no header either.
      if (!headers && size !== 0) {
        throw new ImapTrouble(`the server left out the header of a mail (UID ${uid})`);
      }
      const draft = flags?.has('\\Draft') === true || labels?.has('\\Draft') === true;
      const head = await readHead(headers ?? Buffer.alloc(0));
      return { uid, size: size ?? Number.MAX_SAFE_INTEGER, draft, head };
    });
    return (await Promise.all(read)).sort((a, b) => a.uid - b.uid);
  }

  /** The mails themselves, a few at a time; of one above WHOLE_MAIL only its beginning. */
  async *mails(listed: readonly ListedMail[]): AsyncGenerator<{ uid: number; raw: Buffer; whole: boolean }> {
    for (const group of inGroups(listed)) {
      const whole = group.every(({ size }) => size <= WHOLE_MAIL);
      const uids = group.map(({ uid }) => uid);
      // A limit in any case: the size above is only what the server reckons.
      const source = { start: 0, maxLength: whole ? WHOLE_MAIL : LARGE_MAIL_PART };
      const found = await this.fetched(uids, () =>
        this.client.fetchAll(uids.join(','), { uid: true, source }, { uid: true }),
      );
      for (const { uid, source: raw } of found.sort((a, b) => a.uid - b.uid)) {
        if (!raw || raw.length === 0) throw new ImapTrouble(`the server sent an empty mail (UID ${uid})`);
        yield { uid, raw, whole };
      }
    }
  }

  /** Whether the open folder holds a mail with this Message-ID. */
  async holds(messageId: string): Promise<boolean> {
    const found = await this.say(() =>
      this.client.search({ header: { 'message-id': messageId } }, { uid: true }),
    );
    if (!Array.isArray(found)) throw new ImapTrouble('the server could not search');
    return found.length > 0;
  }

  /**
   * Waits in `folder` for something new: IDLE (RFC 2177), and where a server has none a look at the end. At most `ms`,
   * which must be well below the 29 minutes after which a server may hang up.
   * @param known the UIDNEXT up to which it was read
   * @param idle false: a look at the end is enough
   */
  async waitForNews(
    folder: string,
    known: number | null,
    ms: number,
    signal: AbortSignal,
    idle = true,
  ): Promise<'news' | 'quiet'> {
    const opened = await this.examine(folder);
    if (known !== null && opened.uidNext !== null && opened.uidNext > known) return 'news';
    if (this.news) return 'news';
    if (!signal.aborted) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          this.client.off('exists', done).off('close', done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        this.client.on('exists', done).on('close', done);
        signal.addEventListener('abort', done);
        if (idle) this.client.idle().catch(() => undefined);
      });
    }
    // Ends the IDLE, and shows whether the line still stands.
    if (!signal.aborted) await this.say(() => this.client.noop());
    if (!this.client.usable) throw new ImapTrouble(this.client.byeReason ?? 'the server hung up');
    return this.news ? 'news' : 'quiet';
  }

  async close(): Promise<void> {
    await closeClient(this.client);
  }

  /** What was asked for, or trouble: what is missing must be gone from the folder, not just from the answer. */
  private async fetched<T extends { uid: number }>(
    uids: readonly number[],
    ask: () => Promise<T[]>,
  ): Promise<T[]> {
    if (uids.length === 0) return [];
    const wanted = new Set(uids);
    const found = new Map<number, T>();
    for (const one of await this.say(ask)) if (wanted.has(one.uid)) found.set(one.uid, one);
    const missing = uids.filter((uid) => !found.has(uid));
    if (missing.length > 0) {
      const left = await this.say(() => this.client.search({ uid: missing.join(',') }, { uid: true }));
      if (!Array.isArray(left) || left.length > 0) {
        throw new ImapTrouble(`the server left out ${missing.length} of ${uids.length} mails`);
      }
    }
    return [...found.values()];
  }

  private async say<T>(command: () => Promise<T>): Promise<T> {
    if (!this.client.usable) throw new ImapTrouble(this.client.byeReason ?? 'the server hung up');
    try {
      return await command();
    } catch (error) {
      throw new ImapTrouble(words(error), /TooLarge$/.test(codeOf(error)));
    }
  }
}

function inGroups(listed: readonly ListedMail[]): ListedMail[][] {
  const groups: ListedMail[][] = [];
  let weight = Infinity;
  for (const one of listed) {
    const group = groups.at(-1);
    const alone = one.size > WHOLE_MAIL;
    const fits = group && !alone && weight + one.size <= BYTES_AT_ONCE && group.length < MAILS_AT_ONCE;
    if (fits) group.push(one);
    else groups.push([one]);
    weight = alone ? Infinity : (fits ? weight : 0) + one.size;
  }
  return groups;
}
