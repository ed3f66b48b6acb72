import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { SendVerdict } from '../core/smtp-result.js';
import type { Mailbox } from '../database/entities/owner.entity.js';
import { row } from '../database/rows.js';
import { wayOutKey } from '../database/way-out.js';
import { MailboxServers } from '../mail/mailbox-servers.js';
import { sealedFor } from '../mail/sealed-columns.js';
import { openSecret, SecretUnreadable } from '../mail/secrets.js';
import { startSandbox } from '../mail/sandbox.js';
import type { SmtpSettings } from '../mail/smtp.js';
import type { Stationery } from './outgoing.js';

/** We cannot sign in at present; nobody was refused. The mailbox pauses with this verdict. */
export class MailboxResting extends Error {
  constructor(readonly verdict: Extract<SendVerdict, { kind: 'mailbox' }>) {
    super(verdict.why);
    this.name = 'MailboxResting';
  }
}

type Found = Pick<
  Mailbox,
  'kind' | 'ownerId' | 'imapHost' | 'savesSent' | 'dkimDomain' | 'dkimSelector' | 'dkimKeySealed'
>;

/** How to reach a mailbox's server. The sandbox is a real SMTP server in this process that keeps what it takes. */
@Injectable()
export class MailboxAccess implements OnApplicationShutdown {
  private sandbox: ReturnType<typeof startSandbox> | null = null;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly servers: MailboxServers,
  ) {}

  /** @throws MailboxResting when a password cannot be opened or no token is to be had */
  async settings(
    mailboxId: string,
  ): Promise<{ smtp: SmtpSettings; sandbox: boolean; stationery: Stationery }> {
    const mailbox = await row<Found>(
      this.db,
      `SELECT kind, owner_id, imap_host, saves_sent, dkim_domain, dkim_selector, dkim_key_sealed FROM mailbox WHERE id = $1`,
      [mailboxId],
    );
    if (!mailbox) throw new Error('the mailbox is gone');
    const stationery = await this.stationery(mailboxId, mailbox);
    const silence = this.config.SMTP_TIMEOUT_SECONDS * 1000;
    const timeouts = { connect: silence, greeting: silence, socket: silence };
    if (mailbox.kind === 'sandbox') {
      this.sandbox ??= startSandbox(join(this.config.dataDir, 'sandbox'));
      return { smtp: { ...(await this.sandbox).settings, timeouts }, sandbox: true, stationery };
    }
    const access = await this.servers.smtp(mailboxId, timeouts);
    if (access.kind === 'none') throw new Error('the mailbox has no server');
    if (access.kind === 'resting') throw new MailboxResting({ ...access, kind: 'mailbox' });
    return { smtp: access.settings, sandbox: false, stationery };
  }

  /** @throws MailboxResting when the DKIM key cannot be opened: unsigned mail would be another than the owner set up */
  private async stationery(mailboxId: string, mailbox: Found): Promise<Stationery> {
    const { PUBLIC_URL, secretKeys } = this.config;
    const wayOut = PUBLIC_URL
      ? { publicUrl: PUBLIC_URL, key: await wayOutKey(this.db, mailbox.ownerId) }
      : null;
    const { dkimDomain, dkimSelector, dkimKeySealed } = mailbox;
    const keepsCopies = mailbox.imapHost !== null && mailbox.savesSent !== true;
    if (dkimDomain === null || dkimSelector === null || dkimKeySealed === null)
      return { wayOut, dkim: null, keepsCopies };
    try {
      const privateKey = openSecret(dkimKeySealed, secretKeys, sealedFor('dkim_key_sealed', mailboxId));
      return { wayOut, dkim: { domain: dkimDomain, selector: dkimSelector, privateKey }, keepsCopies };
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      throw new MailboxResting({ kind: 'mailbox', why: error.message, advice: '', pauseSeconds: null });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.sandbox)?.close();
  }
}
