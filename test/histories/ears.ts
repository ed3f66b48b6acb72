import { existsSync } from 'node:fs';
import { CONFIG, type Config } from '../../src/config.js';
import { newId } from '../../src/database/ids.js';
import { rows } from '../../src/database/rows.js';
import { IngestService } from '../../src/inbox/ingest.service.js';
import { releaseEar, takeEar } from '../../src/inbox/listen-ear.js';
import { lookThrough, type Troubles } from '../../src/inbox/listen-pass.js';
import { LISTEN_TIMES, type ListenTools } from '../../src/inbox/listen.types.js';
import { Log } from '../../src/log.js';
import { ImapSession } from '../../src/mail/imap.js';
import { ImapTrouble } from '../../src/mail/imap-open.js';
import { MailboxServers } from '../../src/mail/mailbox-servers.js';
import { sealedFor } from '../../src/mail/sealed-columns.js';
import { sealSecret } from '../../src/mail/secrets.js';
import { startCuttingProxy, type CuttingProxy } from '../mail/cutting-proxy.js';
import { FOLDERS } from '../mail/dovecot-mailbox.js';
import { DOVECOT_PASSWORD, startDovecot, type Dovecot } from '../mail/dovecot.js';
import { Wrong, type Side, type World } from './world.js';

export type FolderName = 'INBOX' | 'Junk' | 'Alles' | 'Sent';

/** What a received mail became, or one by hand. */
export interface Taken {
  id: string;
  kind: string;
  contactId: string | null;
}

/** A mail that lies in a mailbox. `taken`: what it means, once it was read; it answers why it need not have been read. */
interface Laid {
  side: Side;
  folder: FolderName;
  messageId: string;
  raw: string;
  read: boolean;
  taken: (found: Taken | null) => string | null;
}

/** The owners' mailboxes on a real server, which are looked through when a history says so. */
export class Ears {
  #boxes = new Map<string, { user: string; troubles: Troubles }>();
  #laid: Laid[] = [];
  #count = 0;

  private constructor(
    readonly dovecot: Dovecot,
    private readonly proxy: CuttingProxy,
  ) {}

  static async start(): Promise<Ears> {
    const dovecot = await startDovecot({ extra: FOLDERS });
    return new Ears(dovecot, await startCuttingProxy(dovecot.port));
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.dovecot.stop();
  }

  /** New mailboxes for everybody. */
  async begin(world: World): Promise<void> {
    this.#boxes.clear();
    this.#laid = [];
    const { secretKey } = world.app.nest.get<Config>(CONFIG);
    for (const side of world.sides) {
      const user = `user-${(this.#count += 1)}`;
      this.#boxes.set(side.ownerId, { user, troubles: { tries: new Map(), folders: new Map() } });
      const sealed = sealSecret(
        DOVECOT_PASSWORD,
        secretKey,
        sealedFor('imap_password_sealed', side.mailboxId),
      );
      await world.app.db.query(
        `UPDATE mailbox SET imap_host = '127.0.0.1', imap_port = $2, imap_tls = 'none', imap_username = $3,
                imap_password_sealed = $4, saves_sent = $5 WHERE id = $1`,
        [side.mailboxId, this.proxy.port, user, sealed, this.#files(world, side)],
      );
      await this.dovecot.makeFolder(user, 'Alles');
    }
    await this.lookAll(world);
  }

  /** Puts a mail into a folder; what it means holds once it was read. */
  async lay(
    world: World,
    side: Side,
    folder: FolderName,
    mail: { raw: string; messageId: string },
    taken: Laid['taken'],
  ): Promise<void> {
    this.#laid.push({ side, folder, ...mail, read: false, taken });
    await this.dovecot.deliver(this.#box(side).user, folder, mail.raw, world.now);
  }

  /** Another copy of the last mail, where providers keep one of everything. */
  async copyLast(world: World): Promise<string> {
    const last = this.#laid.filter(({ folder }) => folder === 'INBOX').at(-1);
    if (!last) return 'nothing lies there';
    await this.lay(world, last.side, 'Alles', last, () => null);
    return last.messageId;
  }

  async lookAll(world: World): Promise<void> {
    for (const side of world.sides) await this.look(world, side);
  }

  /**
   * One look into every folder of the owner's mailbox.
   * @param bytes after so many from the server the line breaks
   * @returns whether it was read to the end
   */
  async look(world: World, side: Side, bytes = Infinity): Promise<boolean> {
    const { app } = world;
    const ear = { ownerId: side.ownerId, mailboxId: side.mailboxId, holder: newId() };
    const laid = this.#laid.filter((one) => one.side === side && !one.read);
    // So that this look is told from another one.
    world.pass(1);
    const begun = world.now;
    // By the database's own clock the last look was long ago.
    await app.db.query(`UPDATE sent_copy SET filing_at = filing_at - interval '11 minutes'`);
    const access = await app.get(MailboxServers).imap(side.mailboxId);
    if (access.kind !== 'ready') throw new Wrong(`the mailbox of ${side.address} is ${access.kind}`);
    if (!(await takeEar(app.db, ear, LISTEN_TIMES.lease, begun)))
      throw new Wrong('an ear was not given back');
    this.proxy.cutAfter(bytes);
    try {
      const opened = await ImapSession.open(access.settings);
      if (opened.kind === 'refused') throw new ImapTrouble(opened.text);
      const { session } = opened;
      try {
        const { troubles } = this.#box(side);
        const given = { folders: await session.folders(), settings: access.settings, times: LISTEN_TIMES, troubles }; // prettier-ignore
        await lookThrough(this.#tools(world), session, ear, given);
      } finally {
        await session.close();
      }
    } catch (error) {
      if (!(error instanceof ImapTrouble) || bytes === Infinity) throw error;
    } finally {
      this.proxy.cutAfter(Infinity);
      await releaseEar(app.db, ear);
    }
    // Broken off at the very end, while a copy was filed, it had read everything.
    const [found] = await rows<{ at: Date | null }>(app.db, `SELECT read_through_at AS at FROM mailbox WHERE id = $1`, [side.mailboxId]); // prettier-ignore
    const whole = found?.at?.getTime() === begun.getTime();
    if (whole) world.ledger.readThrough.set(side.ownerId, begun);
    await this.#heard(world, laid, whole);
    if (!whole && bytes === Infinity) throw new Wrong(`${side.address} was not read to the end`);
    await world.look();
    return whole;
  }

  /** @param whole everything was read; else some of it was, perhaps */
  async #heard(world: World, laid: readonly Laid[], whole: boolean): Promise<void> {
    for (const one of laid) {
      const [found] = await rows<Taken>(
        world.app.db,
        `SELECT id, kind, contact_id FROM inbound WHERE owner_id = $1 AND message_id_header = $2
         UNION ALL SELECT id, kind, contact_id FROM interaction
          WHERE owner_id = $1 AND source_kind = 'sent-mail' AND position('Subject: ' || text IN $3) > 0 LIMIT 1`,
        [one.side.ownerId, one.messageId, one.raw],
      );
      if (!found && !whole) continue;
      one.read = true;
      const wrong = one.taken(found ?? null);
      if (wrong !== null) throw new Wrong(`${one.messageId} in ${one.folder}: ${wrong}`);
    }
  }

  #tools({ app }: World): ListenTools {
    return {
      db: app.db,
      log: app.get(Log),
      now: () => app.clock.now(),
      ingest: (ownerId, raw) => app.get(IngestService).ingest(ownerId, raw),
      // The jobs are acts of their own.
      wake: () => Promise.resolve(),
    };
  }

  /** The provider keeps a copy of what it took. */
  async sent(world: World, side: Side, raw: string): Promise<void> {
    if (this.#files(world, side)) await this.dovecot.deliver(this.#box(side).user, 'Sent', raw, world.now);
  }

  /** The server was restored from a backup. */
  async renumber(side: Side, folder: FolderName): Promise<string> {
    const user = this.#box(side).user;
    if (!existsSync(this.dovecot.maildir(user, folder))) return `${folder} is not there yet`;
    await this.dovecot.renumber(user, folder);
    return folder;
  }

  /** Everything that lay there lies there still, as it was; of what we sent there is one copy in Sent, and nothing else. */
  async check(world: World): Promise<void> {
    for (const side of world.sides) {
      const found = Object.entries(await this.dovecot.snapshot(this.#box(side).user));
      const laid = this.#laid.filter((one) => one.side === side);
      const wrong: string[] = [];
      for (const { folder, messageId, raw } of laid) {
        const same = found.filter(([key, one]) => key.startsWith(`${folder}/`) && one.raw === raw);
        if (same.length !== 1) wrong.push(`${messageId} lies ${same.length} times in ${folder}`);
        const flags = same.flatMap(([, one]) => one.flags).filter((flag) => flag !== '\\Recent');
        if (flags.length > 0) wrong.push(`${messageId} is marked ${flags.join()}`);
      }
      const others = found.filter(([, { raw }]) => !laid.some((one) => one.raw === raw));
      const copies = others.map(([key, { raw }]) => `${key.split('/')[0] ?? ''} ${/^Message-ID: (\S+)/im.exec(raw)?.[1] ?? ''}`); // prettier-ignore
      for (const copy of copies.filter((one, at) => copies.indexOf(one) !== at)) wrong.push(`twice: ${copy}`);
      for (const copy of copies.filter((one) => !one.startsWith('Sent '))) wrong.push(`not ours: ${copy}`);
      const left = await rows<{ id: string; header: string }>(
        world.app.db,
        `SELECT id, message_id_header AS header FROM message WHERE mailbox_id = $1 AND state = 'sent' AND message_id_header IS NOT NULL`,
        [side.mailboxId],
      );
      for (const { id, header } of left) {
        // What the owner believes to have gone a provider cannot have kept.
        if (this.#files(world, side) && !world.ledger.arrived.some((one) => one.id === id)) continue;
        if (!copies.includes(`Sent ${header}`)) wrong.push(`no copy of ${header} in Sent`);
      }
      if (wrong.length > 0) throw new Wrong(`the mailbox of ${side.address}: ${wrong.join('; ')}`);
    }
  }

  /** The provider of the second owner files by itself what they send. */
  #files({ sides }: World, side: Side): boolean {
    return side === sides[1];
  }

  #box(side: Side): { user: string; troubles: Troubles } {
    const box = this.#boxes.get(side.ownerId);
    if (!box) throw new Error(`${side.address} has no mailbox`);
    return box;
  }
}
