import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Mailbox } from '../database/entities/owner.entity.js';
import { row } from '../database/rows.js';
import { startSandbox } from '../mail/sandbox.js';
import { openSecret } from '../mail/secrets.js';
import type { SmtpSettings } from '../mail/smtp.js';

type Row = Pick<Mailbox, 'id' | 'ownerId' | 'kind' | 'host' | 'port' | 'tls' | 'username' | 'passwordSealed'>;

/** How to reach a mailbox's server. The sandbox is a real SMTP server in this process that keeps what it takes. */
@Injectable()
export class MailboxAccess implements OnApplicationShutdown {
  private sandbox: ReturnType<typeof startSandbox> | null = null;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async settings(mailboxId: string): Promise<{ smtp: SmtpSettings; sandbox: boolean }> {
    const mailbox = await row<Row>(
      this.db,
      `SELECT id, owner_id, kind, host, port, tls, username, password_sealed FROM mailbox WHERE id = $1`,
      [mailboxId],
    );
    if (!mailbox) throw new Error('the mailbox is gone');
    const silence = this.config.SMTP_TIMEOUT_SECONDS * 1000;
    const timeouts = { connect: silence, greeting: silence, socket: silence };
    if (mailbox.kind === 'sandbox') {
      this.sandbox ??= startSandbox(join(this.config.dataDir, 'sandbox'));
      return { smtp: { ...(await this.sandbox).settings, timeouts }, sandbox: true };
    }
    if (mailbox.host === null || mailbox.port === null) throw new Error('the mailbox has no server');
    const { host, port, tls, username, passwordSealed } = mailbox;
    return {
      smtp: {
        host,
        port,
        tls,
        timeouts,
        ...(username !== null && { username }),
        ...(passwordSealed && { password: openSecret(passwordSealed, this.config.secretKey, mailbox.id) }),
      },
      sandbox: false,
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.sandbox)?.close();
  }
}
