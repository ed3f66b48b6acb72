import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import { DkimRefused, signed } from './dkim.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const key = { domain: 'example.org', selector: 'ft', privateKey };
const mail = (over: Record<string, string> = {}): Buffer => {
  const headers = {
    From: 'Ada <ada@example.org>',
    To: 'Grace <grace@example.com>',
    Subject: 'Your talk',
    Date: 'Mon, 23 Nov 2026 10:00:00 +0100',
    'Message-ID': '<a@example.org>',
    'List-Unsubscribe': '<https://out.example.org/out/x>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    ...over,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\nHello Grace,\r\n\r\nit was good.  \r\n\r\n`);
};

/** RFC 6376, 6.1.3, for relaxed/relaxed and rsa-sha256: written anew here, so that it is no echo of the signer. */
function verify(raw: Buffer): boolean {
  const text = raw.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const fields = text
    .slice(0, end)
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
    .map((line): [string, string] => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1),
    ]);
  const relaxed = ([name, value]: [string, string]) => `${name}:${value.replace(/[ \t]+/g, ' ').trim()}`;
  const own = fields.find(([name]) => name === 'dkim-signature');
  if (!own) return false;
  const tags = new Map(
    own[1]
      .split(';')
      .map((tag): [string, string] => [
        tag.slice(0, tag.indexOf('=')).trim(),
        tag.slice(tag.indexOf('=') + 1).replace(/\s+/g, ''),
      ]),
  );
  const body = text
    .slice(end + 4)
    .replace(/[ \t]+(?=\r\n)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '\r\n');
  if (createHash('sha256').update(body, 'latin1').digest('base64') !== tags.get('bh')) return false;
  const left = [...fields].reverse().filter(([name]) => name !== 'dkim-signature');
  const lines = (tags.get('h') ?? '').split(':').flatMap((name) => {
    const at = left.findIndex(([field]) => field === name.toLowerCase());
    return at < 0 ? [] : left.splice(at, 1).map(relaxed);
  });
  const unsigned = relaxed(['dkim-signature', own[1].replace(/(?<=[;\s])b=[^;]*/, 'b=')]);
  const verifier = createVerify('RSA-SHA256').update([...lines, unsigned].join('\r\n'), 'latin1');
  return verifier.verify(publicKey, tags.get('b') ?? '', 'base64');
}

describe('DKIM', () => {
  it('signs so that a receiver can check it, and both headers of one click with it', () => {
    const raw = signed(mail(), key);
    const head = raw.toString('latin1').replace(/\r\n[ \t]+/g, '');
    expect(head).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256; .*d=example\.org;.*s=ft;/);
    expect(head.toLowerCase()).toMatch(/list-unsubscribe:list-unsubscribe-post/);
    expect(verify(raw)).toBe(true);
  });

  it.each([
    ['another subject', (text: string) => text.replace('Your talk', 'Your money')],
    ['another way out', (text: string) => text.replace('/out/x', '/out/y')],
    ['other words', (text: string) => text.replace('it was good', 'it was bad')],
    ['a second subject above', (text: string) => `Subject: Your money\r\n${text}`],
    ['a second subject below', (text: string) => text.replace('\r\n\r\n', '\r\nSubject: Your money\r\n\r\n')],
    ['a second author', (text: string) => `From: Eve <eve@example.net>\r\n${text}`],
    ['another address to answer', (text: string) => `Reply-To: eve@example.net\r\n${text}`],
    ['another way to read it', (text: string) => `Content-Type: text/html\r\n${text}`],
  ])('a message with %s on its way no longer fits', (_what, change) => {
    const raw = signed(mail(), key);
    expect(verify(Buffer.from(change(raw.toString('latin1')), 'latin1'))).toBe(false);
  });

  it('fits still where the way has put its own on top and blank lines at the end', () => {
    const raw = signed(mail(), key).toString('latin1');
    expect(verify(Buffer.from(`Received: from a by b\r\n${raw}\r\n\r\n`, 'latin1'))).toBe(true);
  });

  it.each([
    ['of another kind', generateKeyPairSync('ed25519').privateKey],
    ['that is too short', generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey],
  ])('refuses a key %s, rather than send unsigned', (_what, other) => {
    const privateKey = other.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => signed(mail(), { ...key, privateKey })).toThrow(DkimRefused);
  });

  it('refuses what is no key', () => {
    expect(() => signed(mail(), { ...key, privateKey: 'no key' })).toThrow(DkimRefused);
  });
});
