import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Mailbox } from '../database/entities/owner.entity.js';
import { row } from '../database/rows.js';
import type { ImapSettings } from './imap-settings.js';
import { OAuthProviders } from './oauth-providers.js';
import { accessTokenOf } from './oauth-tokens.js';
import { openSecret, SecretUnreadable } from './secrets.js';
import { sealedFor } from './sealed-columns.js';
import type { SmtpSettings } from './smtp.types.js';

/**
 * `none`: the mailbox has no such server. `resting`: we cannot sign in at present; the mailbox should pause with these words,
 * and `pauseSeconds` null means until the owner acts.
 */
export type Access<T> =
  | { kind: 'ready'; settings: T }
  | { kind: 'none' }
  | { kind: 'resting'; why: string; advice: string; pauseSeconds: number | null };

type Row = Pick<
  Mailbox,
  | 'id'
  | 'kind'
  | 'host'
  | 'port'
  | 'tls'
  | 'username'
  | 'passwordSealed'
  | 'auth'
  | 'imapHost'
  | 'imapPort'
  | 'imapTls'
  | 'imapUsername'
  | 'imapPasswordSealed'
  | 'address'
>;
type Timeouts = NonNullable<SmtpSettings['timeouts']>;
type Secret =
  { kind: 'ready'; password?: string; accessToken?: string } | Extract<Access<never>, { kind: 'resting' }>;

/** What it takes to sign in at a mailbox's servers: opened passwords, and tokens that are still good. */
@Injectable()
export class MailboxServers {
  /** A test's certificate authority, in PEM. */
  ca: string | null = null;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly providers: OAuthProviders,
  ) {}

  /** @throws Error when there is no such mailbox */
  async smtp(mailboxId: string, timeouts?: Timeouts): Promise<Access<SmtpSettings>> {
    const mailbox = await this.rowOf(mailboxId);
    const { host, port, tls, username } = mailbox;
    if (mailbox.kind === 'sandbox' || host === null || port === null) return { kind: 'none' };
    const secret = await this.secretOf(mailbox, 'password_sealed', mailbox.passwordSealed);
    if (secret.kind === 'resting') return secret;
    const { password, accessToken } = secret;
    return {
      kind: 'ready',
      settings: {
        host,
        port,
        tls,
        ...(timeouts && { timeouts }),
        ...(this.ca !== null && { ca: this.ca }),
        ...(username !== null && { username }),
        ...(password !== undefined && { password }),
        ...(accessToken !== undefined && { accessToken, username: username ?? mailbox.address }),
      },
    };
  }

  /** @throws Error when there is no such mailbox */
  async imap(mailboxId: string, timeouts?: Timeouts): Promise<Access<ImapSettings>> {
    const mailbox = await this.rowOf(mailboxId);
    const { imapHost: host, imapPort, imapTls: tls, imapPasswordSealed } = mailbox;
    if (mailbox.kind === 'sandbox' || host === null) return { kind: 'none' };
    const secret = imapPasswordSealed
      ? await this.secretOf(mailbox, 'imap_password_sealed', imapPasswordSealed)
      : await this.secretOf(mailbox, 'password_sealed', mailbox.passwordSealed);
    if (secret.kind === 'resting') return secret;
    const { password, accessToken } = secret;
    return {
      kind: 'ready',
      settings: {
        host,
        port: imapPort ?? (tls === 'implicit' ? 993 : 143),
        tls,
        username: mailbox.imapUsername ?? mailbox.username ?? mailbox.address,
        ...(timeouts && { timeouts }),
        ...(this.ca !== null && { ca: this.ca }),
        ...(password !== undefined && { password }),
        ...(accessToken !== undefined && { accessToken }),
      },
    };
  }

  private async rowOf(mailboxId: string): Promise<Row> {
    const found = await row<Row>(
      this.db,
      `SELECT id, kind, address, host, port, tls, username, password_sealed, auth, imap_host, imap_port, imap_tls,
              imap_username, imap_password_sealed FROM mailbox WHERE id = $1`,
      [mailboxId],
    );
    if (!found) throw new Error('the mailbox is gone');
    return found;
  }

  private async secretOf(
    { id, auth, address }: Row,
    column: 'password_sealed' | 'imap_password_sealed',
    sealed: Buffer | null,
  ): Promise<Secret> {
    if (auth === 'oauth2') {
      const token = await accessTokenOf(this.db, this.config, this.providers, id);
      if (token.kind === 'token') return { kind: 'ready', accessToken: token.accessToken };
      return token.kind === 'sign-in'
        ? {
            kind: 'resting',
            why: `${token.why}.`.replace(/\.\.$/, '.'),
            advice: `Sign in again: followthrough mailbox sign-in ${address}`,
            pauseSeconds: null,
          }
        : {
            kind: 'resting',
            why: `No token to sign in with could be had (${token.why}).`,
            advice: 'It is tried again by itself.',
            pauseSeconds: 300,
          };
    }
    if (sealed === null) return { kind: 'ready' };
    try {
      return {
        kind: 'ready',
        password: openSecret(sealed, this.config.secretKeys, sealedFor(column, id)),
      };
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      const advice = `To enter it again: followthrough mailbox edit ${address} --password`;
      return { kind: 'resting', why: error.message, advice, pauseSeconds: null };
    }
  }
}
