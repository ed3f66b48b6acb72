import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { domainToASCII } from 'node:url';

/** A key of the owner's domain (RFC 6376): its public half stands in the DNS at `selector._domainkey.domain`. */
export interface DkimKey {
  domain: string;
  selector: string;
  /** PEM, RSA: the one algorithm every receiver checks. */
  privateKey: string;
}

/** The key cannot sign. */
export class DkimRefused extends Error {
  constructor() {
    super('the DKIM key cannot sign: it must be an RSA private key in PEM, of 1024 bits or more');
    this.name = 'DkimRefused';
  }
}

/** RFC 8301, 3.2: what is shorter counts as no signature. */
const LEAST_BITS = 1024;

/**
 * What says who wrote to whom about what, how it is to be read, and both headers of one-click unsubscription (RFC 8058 wants
 * them signed). Each is named once more than it stands there, so that none can be added on the way (RFC 6376, 8.15).
 */
const SIGNED = [
  'From', 'Reply-To', 'To', 'Cc', 'Subject', 'Date', 'Message-ID', 'In-Reply-To', 'References', 'MIME-Version',
  'Content-Type', 'Content-Transfer-Encoding', 'List-Unsubscribe', 'List-Unsubscribe-Post',
]; // prettier-ignore

/**
 * The message with a DKIM-Signature in front: rsa-sha256, relaxed/relaxed.
 * @throws DkimRefused
 */
export function signed(mime: Buffer, { domain, selector, privateKey }: DkimKey): Buffer {
  const key = keyOf(privateKey);
  // Latin-1 keeps every octet as it is.
  const text = mime.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const fields = text.slice(0, end).split(/\r\n(?![ \t])/);
  const named = SIGNED.map((name) => ({ name, there: fields.filter((field) => isOf(field, name)) }));
  // Of several, the lowest is signed first (5.4.2).
  const lines = named.flatMap(({ there }) => there.reverse().map(relaxedField));
  const names = named.flatMap(({ name, there }) => Array<string>(there.length + 1).fill(name)).join(':');
  const hash = createHash('sha256').update(relaxedBody(text.slice(end + 4)), 'latin1');
  const unsigned = [
    'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;',
    `d=${domainToASCII(domain)}; s=${selector};`,
    `h=${names.replace(/(.{1,70}:)(?=.)/g, '$1\r\n  ')};`,
    `bh=${hash.digest('base64')};`,
    'b=',
  ].join('\r\n ');
  const said = [...lines, relaxedField(unsigned)].join('\r\n');
  const signature = sign('sha256', Buffer.from(said, 'latin1'), key).toString('base64');
  const field = `${unsigned}${signature.replace(/.{72}(?=.)/g, '$&\r\n ')}\r\n`;
  return Buffer.concat([Buffer.from(field, 'latin1'), mime]);
}

function keyOf(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw new DkimRefused();
  }
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_BITS) {
    throw new DkimRefused();
  }
  return key;
}

function isOf(field: string, name: string): boolean {
  return field.slice(0, name.length + 1).toLowerCase() === `${name.toLowerCase()}:`;
}

/** RFC 6376, 3.4.2. */
function relaxedField(field: string): string {
  const at = field.indexOf(':');
  const value = field
    .slice(at + 1)
    .replaceAll('\r\n', '')
    .replace(/[ \t]+/g, ' ')
    .replace(/^ | $/g, '');
  return `${field.slice(0, at).toLowerCase()}:${value}`;
}

/** RFC 6376, 3.4.4. */
function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines.map((line) => `${line}\r\n`).join('');
}
