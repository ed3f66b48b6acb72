import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signInPage } from '../accounts/sign-in-page.js';

export interface Loopback {
  redirectUri: string;
  /** The provider's answer, once. What it resolves to is what the browser is shown in the end. */
  answer(take: (parameters: URLSearchParams) => Promise<{ ok: boolean; words: string }>): Promise<void>;
  close(): void;
}

/** ms that the browser has. */
const PATIENCE = 600_000;

/** A door for one answer of the owner's browser, on this machine alone (RFC 8252 7.3). */
export async function openLoopback(): Promise<Loopback> {
  let heard: (parameters: URLSearchParams) => Promise<{ ok: boolean; words: string }> = () =>
    Promise.resolve({ ok: false, words: 'Not yet.' });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    response.setHeader('Connection', 'close');
    if (request.method !== 'GET' || url.pathname !== '/oauth/callback')
      return void response.writeHead(404).end();
    void heard(url.searchParams).then(({ ok, words }) => {
      response.writeHead(ok ? 200 : 400, {
        'Content-Type': 'text/html; charset=utf-8',
        'Referrer-Policy': 'no-referrer',
      });
      response.end(signInPage(words));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    redirectUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth/callback`,
    answer: (take) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('nobody came back from the browser')), PATIENCE);
        heard = async (parameters) => {
          const said = await take(parameters).catch((error: unknown) => {
            reject(error instanceof Error ? error : new Error(String(error)));
            return { ok: false, words: error instanceof Error ? error.message : String(error) };
          });
          clearTimeout(timer);
          resolve();
          return said;
        };
      }),
    close: () => void server.close(),
  };
}
