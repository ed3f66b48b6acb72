import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { SendVerdict } from '../core/smtp-result.js';
import type { Mailbox } from '../database/entities/owner.entity.js';
import { row } from '../database/rows.js';
import { MailboxServers } from '../mail/mailbox-servers.js';
import { startSandbox } from '../mail/sandbox.js';
import type { SmtpSettings } from '../mail/smtp.js';

/** We cannot sign in at present; nobody was refused. The mailbox pauses with this verdict. */
export class MailboxResting extends Error {
  constructor(readonly verdict: Extract<SendVerdict, { kind: 'mailbox' }>) {
    super(verdict.why);
    this.name = 'MailboxResting';
  }
}

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
  async settings(mailboxId: string): Promise<{ smtp: SmtpSettings; sandbox: boolean }> {
    const mailbox = await row<Pick<Mailbox, 'kind'>>(this.db, `SELECT kind FROM mailbox WHERE id = $1`, [
      mailboxId,
    ]);
    if (!mailbox) throw new Error('the mailbox is gone');
    const silence = this.config.SMTP_TIMEOUT_SECONDS * 1000;
    const timeouts = { connect: silence, greeting: silence, socket: silence };
    if (mailbox.kind === 'sandbox') {
      this.sandbox ??= startSandbox(join(this.config.dataDir, 'sandbox'));
      return { smtp: { ...(await this.sandbox).settings, timeouts }, sandbox: true };
    }
    const access = await this.servers.smtp(mailboxId, timeouts);
    if (access.kind === 'none') throw new Error('the mailbox has no server');
    if (access.kind === 'resting') throw new MailboxResting({ ...access, kind: 'mailbox' });
    return { smtp: access.settings, sandbox: false };
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.sandbox)?.close();
  }
}
