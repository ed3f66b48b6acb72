import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OAuthDouble {
  origin: string;
  /** Access tokens that are good now. */
  good: Set<string>;
  /** Questions to the token endpoint, with their outcome. */
  asked: { grant: string; outcome: string }[];
  script: {
    /** s that a token lives. */
    life: number;
    /** Answered instead of a token. */
    trouble?: { status: number; body: string; type?: string };
    /** Awaited before a refresh is answered. */
    beforeRefresh?: () => Promise<void>;
    scope?: string;
    leaveOut?: 'refresh_token';
  };
  /** The owner ends the grant at the provider. */
  revoke(): void;
  /** What the owner's browser does: opens the page, agrees (or not), and is sent back; gives that address. */
  browse(url: string, agree?: boolean): Promise<string>;
  close(): Promise<void>;
}

/**
 * A provider of its own: authorization code with PKCE (S256), an exact redirect URI, codes good once, and refresh tokens that
 * rotate; whoever shows an old one ends the whole grant (RFC 9700 4.14.2).
 */
export async function startOAuthProvider(client: {
  id: string;
  secret: string | null;
  redirects: RegExp;
}): Promise<OAuthDouble> {
  const codes = new Map<string, { challenge: string; redirect: string }>();
  let refreshToken: string | null = null;
  const random = (): string => randomBytes(12).toString('hex');
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      if (url.pathname === '/authorize') {
        const asked = url.searchParams;
        const redirect = asked.get('redirect_uri') ?? '';
        const right =
          asked.get('client_id') === client.id &&
          asked.get('response_type') === 'code' &&
          asked.get('code_challenge_method') === 'S256' &&
          client.redirects.test(redirect);
        if (!right) return answer(400, { error: 'invalid_request' });
        const back = new URL(redirect);
        back.searchParams.set('state', asked.get('state') ?? '');
        if (asked.get('agree') === 'no') {
          back.searchParams.set('error', 'access_denied');
        } else {
          const code = random();
          codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirect });
          back.searchParams.set('code', code);
        }
        response.writeHead(302, { Location: back.href });
        return void response.end();
      }
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const grant = form.get('grant_type') ?? '';
      const end = (outcome: string, status: number, body: unknown): void => {
        double.asked.push({ grant, outcome });
        answer(status, body);
      };
      if (grant === 'refresh_token') await double.script.beforeRefresh?.();
      const { trouble } = double.script;
      if (trouble) {
        double.asked.push({ grant, outcome: 'trouble' });
        response.writeHead(trouble.status, { 'Content-Type': trouble.type ?? 'application/json' });
        return void response.end(trouble.body);
      }
      if (form.get('client_id') !== client.id || form.get('client_secret') !== client.secret) {
        return end('invalid_client', 400, { error: 'invalid_client' });
      }
      if (grant === 'authorization_code') {
        const code = codes.get(form.get('code') ?? '');
        codes.delete(form.get('code') ?? '');
        const shown = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        if (!code || code.challenge !== shown || code.redirect !== form.get('redirect_uri')) {
          return end('invalid_grant', 400, { error: 'invalid_grant' });
        }
      } else if (refreshToken === null || form.get('refresh_token') !== refreshToken) {
        refreshToken = null;
        return end('invalid_grant', 400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }); // prettier-ignore
      }
      double.good.clear();
      const access = `access-${random()}`;
      double.good.add(access);
      refreshToken = `refresh-${random()}`;
      const { life, scope, leaveOut } = double.script;
      end('token', 200, {
        access_token: access,
        token_type: 'Bearer',
        expires_in: life,
        ...(leaveOut !== 'refresh_token' && { refresh_token: refreshToken }),
        ...(scope !== undefined && { scope }),
      });
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const double: OAuthDouble = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    good: new Set(),
    asked: [],
    script: { life: 3600 },
    revoke: () => {
      refreshToken = null;
      double.good.clear();
    },
    browse: async (url, agree = true) => {
      const response = await fetch(`${url}${agree ? '' : '&agree=no'}`, { redirect: 'manual' });
      return response.headers.get('location') ?? '';
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return double;
}
