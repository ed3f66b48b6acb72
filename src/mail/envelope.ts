import { domainToASCII } from 'node:url';

/** A mailbox that must not reach the wire: it could name a second recipient, or is no mailbox at all. */
export class EnvelopeRefused extends Error {
  constructor(
    readonly field: 'from' | 'to',
    reason: string,
  ) {
    super(`${field}: ${reason}`);
    this.name = 'EnvelopeRefused';
  }
}

// A whitelist, not a blacklist: dot-atom characters (RFC 5322, and RFC 6532 for other scripts) and nothing
// else. So no quotes, groups, comments, commas, angle brackets, spaces or controls, and exactly one @.
const LOCAL = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{N}\p{M}]([\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?$/u;

/**
 * The address exactly as it may go into MAIL or RCPT: checked to be one mailbox, its domain in A-labels unless
 * the local part needs SMTPUTF8 anyway (RFC 6531). Stricter than the RFCs on purpose.
 * @throws EnvelopeRefused
 */
export function envelopeAddress(field: 'from' | 'to', value: string): string {
  const at = value.lastIndexOf('@');
  const local = value.slice(0, Math.max(at, 0));
  const domain = value.slice(at + 1);
  const plausible =
    at > 0 &&
    Buffer.byteLength(value) <= 254 &&
    Buffer.byteLength(local) <= 64 &&
    LOCAL.test(local) &&
    domain.split('.').every((label) => label.length <= 63 && LABEL.test(label));
  if (!plausible) throw new EnvelopeRefused(field, `not exactly one plain mailbox: ${JSON.stringify(value)}`);
  if (isAscii(value) || !isAscii(local)) return value;
  const ascii = domainToASCII(domain);
  if (!ascii) throw new EnvelopeRefused(field, `no such domain name is possible: ${JSON.stringify(domain)}`);
  return `${local}@${ascii}`;
}

export function isAscii(value: string): boolean {
  // eslint-disable-next-line no-control-regex -- the whole of ASCII, controls included
  return /^[\x00-\x7f]*$/.test(value);
}
