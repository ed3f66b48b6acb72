import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { row, type Db } from '../database/rows.js';
import { refresh, type Grant } from './oauth-flow.js';
import type { OAuthProviderName, OAuthProviders } from './oauth-providers.js';
import { openSecret, sealSecret, SecretUnreadable } from './secrets.js';
import { sealedFor } from './sealed-columns.js';

/** `sign-in`: only the owner can help. `later`: the provider did not answer; nothing is decided. */
export type Token =
  { kind: 'token'; accessToken: string } | { kind: 'sign-in'; why: string } | { kind: 'later'; why: string };

interface Keys {
  secretKey: Buffer;
  secretKeys: readonly Buffer[];
}

interface Row {
  oauthProvider: OAuthProviderName | null;
  oauthSealed: Buffer | null;
  address: string;
  /** By the database's clock: a token's end has nothing to do with a faked one. */
  now: Date;
}

const grantSchema = z.object({ refreshToken: z.string(), accessToken: z.string(), expiresAt: z.number() });

export function sealGrant(grant: Grant, keys: Keys, mailboxId: string): Buffer {
  return sealSecret(JSON.stringify(grant), keys.secretKey, sealedFor('oauth_sealed', mailboxId));
}

/**
 * An access token that is good for some minutes. Only one process at a time refreshes a mailbox's: a lock on its row, for
 * many providers give a new refresh token each time and end the grant when an old one is shown again. Whoever waited finds
 * the new one there. It is committed before anybody uses what came with it.
 */
export async function accessTokenOf(
  db: DataSource,
  keys: Keys,
  providers: OAuthProviders,
  mailboxId: string,
): Promise<Token> {
  const looked = await look(db, keys, mailboxId, '');
  if (looked.kind !== 'stale') return looked;
  return db.transaction(async (tx) => {
    const locked = await look(tx, keys, mailboxId, 'FOR NO KEY UPDATE');
    if (locked.kind !== 'stale') return locked;
    const provider = providers.get(locked.provider);
    if (!provider)
      return { kind: 'sign-in', why: `no OAuth client for ${locked.provider} is set (.env.example)` };
    const answer = await refresh(provider, locked.grant, locked.now);
    if (answer.kind === 'passing') return { kind: 'later', why: `${provider.title}: ${answer.why}` };
    if (answer.kind === 'refused') {
      return { kind: 'sign-in', why: `${provider.title} no longer lets us in (${answer.why})` };
    }
    await tx.query(`UPDATE mailbox SET oauth_sealed = $2 WHERE id = $1`, [
      mailboxId,
      sealGrant(answer.grant, keys, mailboxId),
    ]);
    return { kind: 'token', accessToken: answer.grant.accessToken };
  });
}

type Look = Token | { kind: 'stale'; grant: Grant; provider: OAuthProviderName; now: number };

async function look(db: Db, keys: Keys, mailboxId: string, lock: '' | 'FOR NO KEY UPDATE'): Promise<Look> {
  const found = await row<Row>(
    db,
    `SELECT oauth_provider, oauth_sealed, address, clock_timestamp() AS now FROM mailbox WHERE id = $1 ${lock}`,
    [mailboxId],
  );
  if (!found?.oauthSealed || found.oauthProvider === null) {
    return { kind: 'sign-in', why: 'nobody has signed in yet' };
  }
  let grant: Grant;
  try {
    const opened = openSecret(found.oauthSealed, keys.secretKeys, sealedFor('oauth_sealed', mailboxId));
    grant = grantSchema.parse(JSON.parse(opened));
  } catch (error) {
    if (error instanceof SecretUnreadable) return { kind: 'sign-in', why: error.message };
    throw error;
  }
  const now = found.now.getTime();
  if (grant.expiresAt > now) return { kind: 'token', accessToken: grant.accessToken };
  return { kind: 'stale', grant, provider: found.oauthProvider, now };
}
