import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MailboxSignInService } from '../accounts/mailbox-sign-in.service.js';
import { signInPage } from '../accounts/sign-in-page.js';
import { AppError } from '../http/errors.js';
import { Failed } from './exit.js';

export interface Loopback {
  redirectUri: string;
  /** Hands what a browser brings to `take` until that says that the wait is over, or throws. */
  answer(take: (parameters: URLSearchParams) => Promise<Heard>): Promise<void>;
  close(): void;
}

/** `words` are what the browser is shown. */
export interface Heard {
  over: boolean;
  words: string;
}

/** ms that the browser has. */
const PATIENCE = 600_000;

/** A door for the answer of the owner's browser, on this machine alone (RFC 8252 7.3). */
export async function openLoopback(): Promise<Loopback> {
  let heard: (parameters: URLSearchParams) => Promise<Heard> = () =>
    Promise.resolve({ over: false, words: 'Not yet.' });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    response.setHeader('Connection', 'close');
    if (request.method !== 'GET' || url.pathname !== '/oauth/callback')
      return void response.writeHead(404).end();
    void heard(url.searchParams).then(({ over, words }) => {
      response.writeHead(over ? 200 : 400, {
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
    answer: (take) => {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve, reject) => {
        timer = setTimeout(
          () =>
            reject(
              new Failed('Nobody came back from the browser within ten minutes: ask for the sign-in again.'),
            ),
          PATIENCE,
        );
        heard = async (parameters) => {
          const said = await take(parameters).catch((error: unknown) => {
            reject(error instanceof Error ? error : new Error(String(error)));
            return { over: false, words: error instanceof Error ? error.message : String(error) };
          });
          if (said.over) resolve();
          return said;
        };
      });
      return over.finally(() => clearTimeout(timer));
    },
    close: () => void server.close(),
  };
}

/**
 * Waits for the answer to what was asked. Any page can send a browser to this door: what answers no question of ours ends
 * nothing.
 * @returns the mailbox's address
 */
export async function answerAt(door: Loopback, signIns: MailboxSignInService): Promise<string> {
  let signedIn = '';
  await door.answer(async (parameters) => {
    try {
      ({ address: signedIn } = await signIns.finish(parameters));
    } catch (error) {
      if (error instanceof AppError && error.code === 'invalid') return { over: false, words: error.message };
      throw error;
    }
    return { over: true, words: `${signedIn} is signed in. You can close this window.` };
  });
  return signedIn;
}
