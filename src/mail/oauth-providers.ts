import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';

export type OAuthProviderName = 'google' | 'microsoft';

/** Where the owner signs in, and as which client we ask. */
export interface OAuthProvider {
  name: OAuthProviderName;
  /** As the owner knows it. */
  title: string;
  issuer: string;
  authorization: string;
  token: string;
  scopes: readonly string[];
  /** Without this scope among those granted there is no mail; matched at the end of a scope's name. */
  needed: string;
  /** More for the authorization request. */
  extra: Readonly<Record<string, string>>;
  clientId: string;
  clientSecret: string | null;
}

/** The providers whose client the settings name. */
@Injectable()
export class OAuthProviders {
  /** A test's own servers stand in for the providers' endpoints; plain http is taken there. */
  elsewhere: Partial<Pick<OAuthProvider, 'issuer' | 'authorization' | 'token'>> | null = null;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Null: no client of ours is registered there. */
  get(name: OAuthProviderName): OAuthProvider | null {
    const provider = name === 'google' ? google(this.config) : microsoft(this.config);
    return provider && { ...provider, ...this.elsewhere };
  }
}

/** https://developers.google.com/workspace/gmail/imap/xoauth2-protocol */
function google({ GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET }: Config): OAuthProvider | null {
  if (GOOGLE_CLIENT_ID === undefined) return null;
  return {
    name: 'google',
    title: 'Google',
    issuer: 'https://accounts.google.com',
    authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
    scopes: ['https://mail.google.com/'],
    needed: 'mail.google.com/',
    // Both are needed for a refresh token at every sign-in, not at the first only.
    extra: { access_type: 'offline', prompt: 'consent' },
    clientId: GOOGLE_CLIENT_ID,
    clientSecret: GOOGLE_CLIENT_SECRET ?? null,
  };
}

/** https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth */
function microsoft(config: Config): OAuthProvider | null {
  if (config.MICROSOFT_CLIENT_ID === undefined) return null;
  const tenant = `https://login.microsoftonline.com/${config.MICROSOFT_TENANT}`;
  return {
    name: 'microsoft',
    title: 'Microsoft',
    issuer: `${tenant}/v2.0`,
    authorization: `${tenant}/oauth2/v2.0/authorize`,
    token: `${tenant}/oauth2/v2.0/token`,
    scopes: [
      'https://outlook.office.com/SMTP.Send',
      'https://outlook.office.com/IMAP.AccessAsUser.All',
      'offline_access',
    ],
    needed: '/SMTP.Send',
    extra: { prompt: 'select_account' },
    clientId: config.MICROSOFT_CLIENT_ID,
    clientSecret: config.MICROSOFT_CLIENT_SECRET ?? null,
  };
}
