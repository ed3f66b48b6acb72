import { createPrivateKey } from 'node:crypto';
import { providerOfServer, tlsOfPort } from '../core/mail-providers.js';
import { AppError } from '../http/errors.js';
import { type Guess, guessServers } from '../mail/guess.js';
import type { OutsideWorld } from '../mail/guess-outside.js';
import type { OAuthProviderName, OAuthProviders } from '../mail/oauth-providers.js';
import { refusePlainPassword } from './plain-password.js';
import type { CreateMailbox, Tls } from './mailboxes.schemas.js';

export interface WishedServer {
  host: string;
  port: number;
  tls: Tls;
  username: string | null;
  password: string | null;
}

/** A mailbox as it is to be, whether its servers were given or found. */
export interface Wish {
  smtp: WishedServer;
  imap: WishedServer | null;
  auth: 'password' | 'oauth2';
  oauthProvider: OAuthProviderName | null;
  savesSent: boolean | null;
}

/** Fills in what the owner left out, from the address or from the port. @throws AppError in words for the owner */
export async function wishOf(
  body: CreateMailbox,
  world: OutsideWorld,
  providers: OAuthProviders,
): Promise<Wish> {
  const wish = body.host === undefined ? await found(body, world, providers) : byHand(body, body.host);
  if (wish.auth === 'oauth2') refuseUnknownClient(wish.oauthProvider, providers);
  const { smtp, imap } = wish;
  refusePlainPassword({ ...smtp, hasPassword: smtp.password !== null || wish.auth === 'oauth2' });
  if (imap) {
    const hasPassword = (imap.password ?? smtp.password) !== null || wish.auth === 'oauth2';
    refusePlainPassword({ ...imap, hasPassword, field: 'imap.tls' });
  }
  return wish;
}

function byHand(body: CreateMailbox, host: string): Wish {
  const auth = body.auth ?? 'password';
  const tls = body.tls ?? (body.port === undefined ? 'starttls' : tlsOfPort(body.port));
  const port = body.port ?? (tls === 'implicit' ? 465 : 587);
  return {
    smtp: {
      host,
      port,
      tls,
      username: body.username ?? (auth === 'oauth2' ? body.address : null),
      password: body.password ?? null,
    },
    imap: body.imap ? imapOf(body.imap) : null,
    auth,
    oauthProvider: auth === 'oauth2' ? (body.oauthProvider ?? null) : null,
    savesSent: body.savesSent ?? providerOfServer({ host, port })?.savesSent ?? null,
  };
}

/** A server to be read at, with what belongs to it by custom. */
export function imapOf(imap: NonNullable<CreateMailbox['imap']>): WishedServer {
  const tls = imap.tls ?? (imap.port === undefined ? 'implicit' : tlsOfPort(imap.port));
  return {
    host: imap.host,
    port: imap.port ?? (tls === 'implicit' ? 993 : 143),
    tls,
    username: imap.username ?? null,
    password: imap.password ?? null,
  };
}

async function found(body: CreateMailbox, world: OutsideWorld, providers: OAuthProviders): Promise<Wish> {
  const guess = await guessServers(body.address, world);
  if (guess.kind === 'none') {
    throw new AppError(
      'unprocessable',
      `The servers of ${body.address} were not found (asked: ${guess.tried.join(', ')}). Give them by hand: your provider’s help names them, as SMTP or outgoing mail and IMAP.`,
      [{ in: 'body', field: 'host', message: 'is needed, for it was not found from the address' }],
    );
  }
  const auth = body.auth ?? authOf(guess, body.password !== undefined, providers);
  const secret = auth === 'password' ? (body.password ?? null) : null;
  const signsIn = secret !== null || auth === 'oauth2';
  const username = signsIn ? (body.username ?? guess.smtp.username) : null;
  const { host, port, tls } = guess.smtp;
  const imap = body.imap === undefined ? guess.imap && imapOf({ ...guess.imap, username: body.username ?? guess.imap.username }) : body.imap && imapOf(body.imap); // prettier-ignore
  return {
    smtp: { host, port, tls, username, password: secret },
    imap,
    auth,
    oauthProvider: auth === 'oauth2' ? (body.oauthProvider ?? guess.oauth) : null,
    savesSent: body.savesSent ?? guess.savesSent,
  };
}

/** A password given is a password meant; without one, OAuth where it can be had. */
function authOf(
  guess: Extract<Guess, { kind: 'found' }>,
  hasPassword: boolean,
  providers: OAuthProviders,
): 'password' | 'oauth2' {
  if (hasPassword || guess.oauth === null) return 'password';
  return guess.oauthOnly || providers.get(guess.oauth) ? 'oauth2' : 'password';
}

/** @throws AppError */
export function refuseUnknownClient(name: OAuthProviderName | null, providers: OAuthProviders): void {
  if (name !== null && providers.get(name)) return;
  const setting = name === 'microsoft' ? 'MICROSOFT_CLIENT_ID' : 'GOOGLE_CLIENT_ID';
  throw new AppError(
    'conflict',
    name === null
      ? 'With OAuth it must be said where to sign in: google or microsoft.'
      : `Signing in at ${name === 'google' ? 'Google' : 'Microsoft'} wants an OAuth client of yours: set ${setting}, docs/mailboxes.md says how.`,
  );
}

/** @throws AppError unless the key can sign (RFC 6376, RFC 8463) */
export function refuseBadKey(key: string): void {
  const refuse = (message: string): never => {
    throw new AppError('invalid', `dkim.key (body): ${message}.`, [
      { in: 'body', field: 'dkim.key', message },
    ]);
  };
  let read;
  try {
    read = createPrivateKey(key);
  } catch {
    return refuse('is no private key in PEM');
  }
  const bits = read.asymmetricKeyDetails?.modulusLength ?? 0;
  // Ed25519 (RFC 8463) is checked by few, and what is not checked is as good as unsigned.
  if (read.asymmetricKeyType !== 'rsa') refuse('must be RSA: many receivers check nothing else');
  if (bits < 1024) refuse('is too short: 2048 bits are usual');
}
