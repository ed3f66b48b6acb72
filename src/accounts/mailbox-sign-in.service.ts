import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../clock.js';
import { CONFIG, type Config } from '../config.js';
import { appendAudit } from '../database/append.js';
import { affected, row } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { guessServers } from '../mail/guess.js';
import { OutsideWorld } from '../mail/guess-outside.js';
import { newState, newVerifier, redeemCode, signInUrl } from '../mail/oauth-flow.js';
import { OAuthProviders } from '../mail/oauth-providers.js';
import { sealGrant } from '../mail/oauth-tokens.js';
import { sealedFor } from '../mail/sealed-columns.js';
import { openSecret, sealSecret, SecretUnreadable } from '../mail/secrets.js';
import { refuseUnknownClient } from './mailbox-wish.js';
import type { GuessAnswer, SignInAnswer } from './mailboxes.schemas.js';
import { MailboxesService } from './mailboxes.service.js';

/** s between asking for the page and coming back from it. */
const PATIENCE = 600;

const pendingSchema = z.object({
  state: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  provider: z.enum(['google', 'microsoft']),
  /** ms, by the database's clock. */
  until: z.number(),
});
type Pending = z.infer<typeof pendingSchema>;

/** Signing in at a provider by OAuth (RFC 6749 with PKCE), and what can be known of an address before. */
@Injectable()
export class MailboxSignInService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly mailboxes: MailboxesService,
    private readonly providers: OAuthProviders,
    private readonly world: OutsideWorld,
  ) {}

  async guess(address: string): Promise<GuessAnswer> {
    const guess = await guessServers(address, this.world);
    if (guess.kind === 'none') {
      return {
        ...{ found: false, source: null, name: null, smtp: null, imap: null, oauth: null, oauthReady: false },
        ...{
          oauthOnly: false,
          appPassword: null,
          first: null,
          savesSent: null,
          perDay: null,
          tried: guess.tried,
        },
      };
    }
    const { kind, ...known } = guess;
    const oauthReady = guess.oauth !== null && this.providers.get(guess.oauth) !== null;
    return { found: kind === 'found', ...known, oauthReady, tried: [] };
  }

  /**
   * The address to open in the owner's browser. One sign-in of a mailbox waits at a time; asking again forgets the one before.
   * @param redirectUri null: the route of this service
   */
  async begin(ownerId: string, id: string, redirectUri: string | null): Promise<SignInAnswer> {
    const mailbox = await this.mailboxes.get(ownerId, id);
    if (mailbox.auth !== 'oauth2' || mailbox.oauthProvider === null) {
      throw new AppError(
        'conflict',
        `${mailbox.address} signs in with a password. To change that: followthrough mailbox edit ${mailbox.address} --oauth google (or microsoft).`,
      );
    }
    const provider = this.providers.get(mailbox.oauthProvider);
    if (!provider) {
      refuseUnknownClient(mailbox.oauthProvider, this.providers);
      throw new Error('no provider');
    }
    const back = redirectUri ?? this.ownRedirect();
    // The mailbox stands in the state, so that it can be found again by the provider's answer alone.
    const state = `${id}.${newState()}`;
    const verifier = newVerifier();
    const now = await this.databaseNow();
    const pending: Pending = {
      state,
      verifier,
      redirectUri: back,
      provider: provider.name,
      until: now + PATIENCE * 1000,
    };
    const sealed = sealSecret(
      JSON.stringify(pending),
      this.config.secretKey,
      sealedFor('oauth_pending_sealed', id),
    );
    await affected(this.db, `UPDATE mailbox SET oauth_pending_sealed = $3 WHERE owner_id = $1 AND id = $2`, [
      ownerId,
      id,
      sealed,
    ]);
    const url = await signInUrl(provider, { redirectUri: back, state, verifier, address: mailbox.address });
    return { url, redirectUri: back };
  }

  /**
   * What the browser brought back. A state is good for one answer, for ten minutes, for the mailbox it was made for.
   * @returns the mailbox's address
   * @throws AppError in words for the owner
   */
  async finish(parameters: URLSearchParams): Promise<{ ownerId: string; id: string; address: string }> {
    const state = parameters.get('state') ?? '';
    const taken = await this.take(state);
    if (!taken) {
      throw new AppError(
        'invalid',
        'This sign-in is not one that was asked for here, or it has waited too long: ask for it again.',
      );
    }
    const { ownerId, id, address, pending } = taken;
    const provider = this.providers.get(pending.provider);
    if (!provider)
      throw new AppError('conflict', 'The OAuth client of this sign-in is gone from the settings.');
    const now = await this.databaseNow();
    const answer = await redeemCode(provider, { ...pending, parameters }, now);
    if (answer.kind !== 'granted') {
      const said = answer.kind === 'refused' ? 'did not let us in' : 'did not answer as it should';
      throw new AppError(
        'unprocessable',
        `${provider.title} ${said}: ${answer.why.replace(/\.$/, '')}. Ask for the sign-in again.`,
      );
    }
    await this.db.transaction(async (tx) => {
      await affected(
        tx,
        `UPDATE mailbox SET oauth_sealed = $3, version = version + 1 WHERE owner_id = $1 AND id = $2`,
        [ownerId, id, sealGrant(answer.grant, this.config, id)],
      );
      await appendAudit(tx, {
        ...{ ownerId, at: this.clock.now(), who: 'owner', what: 'mailbox signed in' },
        ...{ subjectKind: 'mailbox', subjectId: id, detail: { provider: provider.name } },
      });
    });
    await this.mailboxes.passed(ownerId, id);
    return { ownerId, id, address };
  }

  /** Takes a waiting sign-in away, whatever comes of it; null where there is none with this state. */
  private async take(
    state: string,
  ): Promise<{ ownerId: string; id: string; address: string; pending: Pending } | null> {
    const id = z.uuid().safeParse(state.slice(0, 36));
    if (!id.success) return null;
    return this.db.transaction(async (tx) => {
      const found = await row<{
        ownerId: string;
        address: string;
        oauthPendingSealed: Buffer | null;
        now: Date;
      }>(
        tx,
        `SELECT owner_id, address, oauth_pending_sealed, clock_timestamp() AS now FROM mailbox
          WHERE id = $1 FOR NO KEY UPDATE`,
        [id.data],
      );
      const pending = found?.oauthPendingSealed && this.opened(found.oauthPendingSealed, id.data);
      if (!found || !pending || !sameText(pending.state, state)) return null;
      await tx.query(`UPDATE mailbox SET oauth_pending_sealed = NULL WHERE id = $1`, [id.data]);
      if (found.now.getTime() > pending.until) return null;
      return { ownerId: found.ownerId, id: id.data, address: found.address, pending };
    });
  }

  private opened(sealed: Buffer, id: string): Pending | null {
    try {
      const text = openSecret(sealed, this.config.secretKeys, sealedFor('oauth_pending_sealed', id));
      return pendingSchema.parse(JSON.parse(text));
    } catch (error) {
      if (error instanceof SecretUnreadable) return null;
      throw error;
    }
  }

  private ownRedirect(): string {
    const { PUBLIC_URL, PORT } = this.config;
    return new URL('/oauth/callback', PUBLIC_URL ?? `http://127.0.0.1:${PORT}`).href;
  }

  /** ms. A faked clock ends no sign-in. */
  private async databaseNow(): Promise<number> {
    const found = await row<{ now: Date }>(this.db, `SELECT clock_timestamp() AS now`);
    return found?.now.getTime() ?? 0;
  }
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
