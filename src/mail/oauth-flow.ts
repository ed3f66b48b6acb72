import * as oauth from 'oauth4webapi';
import type { OAuthProvider } from './oauth-providers.js';

/** What the owner granted; sealed as JSON. */
export interface Grant {
  refreshToken: string;
  accessToken: string;
  /** ms since 1970, by the database's clock; a little before it really ends. */
  expiresAt: number;
}

/** `refused`: the owner or the provider said no. `passing`: try again later, nothing is decided. */
export type Granted =
  { kind: 'granted'; grant: Grant } | { kind: 'refused'; why: string } | { kind: 'passing'; why: string };

/** ms for one question to a provider. */
const PATIENCE = 15_000;
/** s; where a provider does not say how long a token lives. */
const SHORT_LIFE = 600;
/** A token is not used in its last minutes: a sign-in with it may take a while. */
const MARGIN = 120_000;

/**
 * Where to send the owner's browser (RFC 6749 4.1 with PKCE, RFC 7636, by S256).
 * @param redirectUri exactly as it is registered, or any port of 127.0.0.1 for a client of the desktop kind (RFC 8252 7.3)
 */
export async function signInUrl(
  provider: OAuthProvider,
  ask: { redirectUri: string; state: string; verifier: string; address: string },
): Promise<string> {
  const url = new URL(provider.authorization);
  const parameters = {
    client_id: provider.clientId,
    response_type: 'code',
    redirect_uri: ask.redirectUri,
    scope: provider.scopes.join(' '),
    state: ask.state,
    code_challenge: await oauth.calculatePKCECodeChallenge(ask.verifier),
    code_challenge_method: 'S256',
    login_hint: ask.address,
    ...provider.extra,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

export const newVerifier = oauth.generateRandomCodeVerifier;
export const newState = oauth.generateRandomState;

/**
 * The answer the browser brought back, against a token.
 * @param now ms, of the clock that will judge the token's end
 */
export async function redeemCode(
  provider: OAuthProvider,
  told: { parameters: URLSearchParams; redirectUri: string; state: string; verifier: string },
  now: number,
): Promise<Granted> {
  const server = serverOf(provider);
  const client = { client_id: provider.clientId };
  return asked('redeem', async () => {
    const valid = oauth.validateAuthResponse(server, client, told.parameters, told.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      clientAuth(provider),
      valid,
      told.redirectUri,
      told.verifier,
      options(provider),
    );
    const answer = await oauth.processAuthorizationCodeResponse(server, client, response);
    return granted(provider, answer, null, now);
  });
}

/** A fresh access token. The refresh token may be another one afterwards: the old must not be used again. */
export async function refresh(provider: OAuthProvider, grant: Grant, now: number): Promise<Granted> {
  const server = serverOf(provider);
  const client = { client_id: provider.clientId };
  return asked('refresh', async () => {
    const response = await oauth.refreshTokenGrantRequest(
      server,
      client,
      clientAuth(provider),
      grant.refreshToken,
      options(provider),
    );
    const answer = await oauth.processRefreshTokenResponse(server, client, response);
    return granted(provider, answer, grant.refreshToken, now);
  });
}

function serverOf({ issuer, authorization, token }: OAuthProvider): oauth.AuthorizationServer {
  return { issuer, authorization_endpoint: authorization, token_endpoint: token };
}

function clientAuth({ clientSecret }: OAuthProvider): oauth.ClientAuth {
  return clientSecret === null ? oauth.None() : oauth.ClientSecretPost(clientSecret);
}

function options({ token }: OAuthProvider): oauth.TokenEndpointRequestOptions {
  return {
    signal: () => AbortSignal.timeout(PATIENCE),
    // Never a provider's: only a test's own server speaks plain http.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it stands out, as here
    [oauth.allowInsecureRequests]: token.startsWith('http://127.0.0.1:'),
  };
}

function granted(
  provider: OAuthProvider,
  answer: oauth.TokenEndpointResponse,
  before: string | null,
  now: number,
): Granted {
  const scopes = answer.scope?.split(' ') ?? null;
  if (scopes && before === null && !scopes.some((scope) => scope.endsWith(provider.needed))) {
    const why = `${provider.title} let us sign in, but not to the mail: sign in again and leave the mail permission ticked.`;
    return { kind: 'refused', why };
  }
  const refreshToken = answer.refresh_token ?? before;
  if (refreshToken === null) {
    const why = `${provider.title} gave a permission that ends within the hour: remove Followthrough from the apps of your account there, then sign in again.`;
    return { kind: 'refused', why };
  }
  const life = (answer.expires_in ?? SHORT_LIFE) * 1000;
  return {
    kind: 'granted',
    grant: {
      refreshToken,
      accessToken: answer.access_token,
      expiresAt: now + Math.max(life - MARGIN, life / 2),
    },
  };
}

/** Answers by which a provider ends a grant or refuses us for good (RFC 6749 4.1.2.1 and 5.2). */
const FINAL = new Set([
  'access_denied',
  'consent_required',
  'interaction_required',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'login_required',
  'unauthorized_client',
  'unsupported_response_type',
]);

/** No error of a provider is a surprise; neither are tokens ever part of one. */
async function asked(what: 'redeem' | 'refresh', ask: () => Promise<Granted>): Promise<Granted> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError) {
      const said = plain(error.error_description ?? '');
      const declined = error.error === 'access_denied' ? 'the permission was declined, by you or by an administrator' : ''; // prettier-ignore
      const why = [declined, plain(error.error), said].filter(Boolean).join(': ');
      return { kind: FINAL.has(error.error) ? 'refused' : 'passing', why };
    }
    if (error instanceof oauth.WWWAuthenticateChallengeError) {
      return { kind: 'refused', why: `the client id or secret was not accepted (${error.status})` };
    }
    // At a refresh it is a broken answer, and nothing is decided; at a sign-in it is not the answer to our question.
    const invalid = error instanceof oauth.OperationProcessingError && error.code === oauth.INVALID_RESPONSE;
    if (invalid && what === 'redeem') {
      return { kind: 'refused', why: plain(error.message) };
    }
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
    return {
      kind: 'passing',
      why: plain(`${error instanceof Error ? error.message : String(error)}${cause}`),
    };
  }
}

function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
