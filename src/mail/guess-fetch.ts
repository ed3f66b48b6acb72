import { request } from 'node:https';
import { isIP, isIPv6 } from 'node:net';
import { isPublicAddress } from './public-address.js';

/** `none`: there is no such file, nobody answers, or we do not ask there. */
export type Fetched = { kind: 'text'; text: string } | { kind: 'none'; why: string };

/** Over all redirects, in ms. */
const PATIENCE = 8_000;
const MOST_BYTES = 200_000;
const REDIRECTS = 3;

/** Where a test's own server stands for the address that was found and checked. */
export interface InPlaceOf {
  port: number;
  ca: string;
}

/**
 * Fetches a small text by https from the public internet and from nowhere else: the host is resolved once, every address of
 * it must be public, and the connection goes to the very address that was looked at, so that a second answer of the DNS
 * changes nothing. Redirects are held to the same. Whoever writes the address must not reach this network through us.
 * @param resolve addresses of a host name
 */
export async function fetchPublic(
  url: string,
  resolve: (host: string) => Promise<string[]>,
  inPlaceOf: InPlaceOf | null = null,
): Promise<Fetched> {
  const deadline = AbortSignal.timeout(PATIENCE);
  let next = url;
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    const where = await placeOf(next, resolve);
    if (where.kind === 'none') return where;
    const answer = await ask(where.url, where.address, deadline, inPlaceOf).catch((error: unknown) =>
      none(error instanceof Error ? error.message : String(error)),
    );
    if (answer.kind !== 'redirect') return answer;
    if (!URL.canParse(answer.to, next)) return none('it leads to no address');
    next = new URL(answer.to, next).href;
  }
  return none('it leads on and on');
}

async function placeOf(
  text: string,
  resolve: (host: string) => Promise<string[]>,
): Promise<{ kind: 'place'; url: URL; address: string } | Extract<Fetched, { kind: 'none' }>> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:') return none('it is not https');
  if (url.username !== '' || url.password !== '' || (url.port !== '' && url.port !== '443'))
    return none('it names a port or a user');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return none('it names no host');
  const addresses = await resolve(host).catch(() => []);
  const [address] = addresses;
  if (address === undefined) return none(`${host} has no address`);
  // One private address among public ones is no accident.
  if (!addresses.every(isPublicAddress)) return none(`${host} is not on the public internet`);
  return { kind: 'place', url, address };
}

function ask(
  url: URL,
  address: string,
  signal: AbortSignal,
  inPlaceOf: InPlaceOf | null,
): Promise<Fetched | { kind: 'redirect'; to: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      signal,
      agent: false,
      servername: url.hostname,
      headers: { accept: 'application/xml, text/xml', 'user-agent': 'Followthrough' },
      lookup: (_host, options, found) => {
        const family = isIPv6(address) ? 6 : 4;
        const pinned = inPlaceOf ? { address: '127.0.0.1', family: 4 } : { address, family };
        if (options.all) found(null, [pinned]);
        else found(null, pinned.address, pinned.family);
      },
      ...(inPlaceOf && { port: inPlaceOf.port, ca: inPlaceOf.ca }),
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      const { statusCode = 0, headers } = response;
      const end = (answer: Fetched | { kind: 'redirect'; to: string }): void => {
        response.destroy();
        resolve(answer);
      };
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
        return end({ kind: 'redirect', to: headers.location });
      }
      if (statusCode !== 200) return end(none(`it answers ${statusCode}`));
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > MOST_BYTES) end(none('it is too long'));
      });
      response.once('error', reject);
      response.once('end', () => resolve({ kind: 'text', text: Buffer.concat(chunks).toString('utf8') }));
    });
    sent.end();
  });
}

function none(why: string): Extract<Fetched, { kind: 'none' }> {
  return { kind: 'none', why };
}
