/** A mailbox that may stand in To, or the field that is wrong and why, in words for the owner. */
export type ParsedMailbox =
  | { kind: 'ok'; name: string; address: string }
  | { kind: 'refused'; field: 'name' | 'address'; reason: string };

const NAME_LIMIT = 255;
const LINE_LIMIT = 998;

const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const LONE_SURROGATE = /\p{Cs}/u;
const BIDI_OVERRIDE = /[\u202a-\u202e\u2066-\u2069]/u;

// RFC 5322 atext, widened by letters, marks and decimal digits of all scripts (RFC 6532). Symbols are left out on
// purpose: some of them become "<", "@" or "," under compatibility folding.
const LOCAL_ATOM = /^[\p{L}\p{M}\p{Nd}!#$%&'*+\-/=?^_`{|}~]+$/u;
const LABEL = /^[\p{L}\p{M}\p{Nd}](?:[\p{L}\p{M}\p{Nd}-]*[\p{L}\p{M}\p{Nd}])?$/u;

function octets(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The domain in its ASCII form (RFC 5891), or null when it has none. */
export function asciiDomain(domain: string): string | null {
  const labels = domain.split('.');
  if (!labels.every((label) => LABEL.test(label))) return null;
  try {
    const host = new URL(`http://${domain}`).hostname;
    return host.length <= 253 && host.split('.').every((label) => label.length >= 1 && label.length <= 63)
      ? host
      : null;
  } catch {
    return null;
  }
}

function addressProblem(address: string): string | null {
  if (address === '') return 'is empty';
  if (CONTROL.test(address)) return 'contains a line break or control character';
  if (LONE_SURROGATE.test(address)) return 'contains a broken character';
  if (/["\\]/.test(address))
    return 'contains a quotation mark or backslash; quoted addresses are not accepted';
  if (/[,;]/.test(address)) return 'holds more than one address; exactly one is wanted';
  if (/[<>]/.test(address)) return 'contains angle brackets; give the bare address';
  if (/:/.test(address)) return 'contains a colon; groups and routes are not accepted';
  if (/[()[\]]/.test(address)) return 'contains brackets; comments and numeric hosts are not accepted';
  if (/\s/u.test(address)) return 'contains a space';

  const [local, domain, ...more] = address.split('@');
  if (local === undefined || domain === undefined) return 'has no @';
  if (more.length > 0) return 'has more than one @';
  if (local === '') return 'has nothing before the @';
  if (octets(local) > 64) return 'is longer than 64 octets before the @ (RFC 5321)';
  if (octets(address) > 254) return 'is longer than 254 octets (RFC 5321)';
  if (!local.split('.').every((atom) => LOCAL_ATOM.test(atom))) return 'is not well formed before the @';

  const labels = domain.split('.');
  if (labels.length < 2) return 'needs a full domain such as example.com';
  if (/^\d+$/.test(labels.at(-1) ?? '')) return 'needs a domain name, not a number';
  return asciiDomain(domain) === null ? 'has a domain that is not well formed' : null;
}

function nameProblem(name: string): string | null {
  if (CONTROL.test(name)) return 'contains a line break or control character';
  if (LONE_SURROGATE.test(name)) return 'contains a broken character';
  if (BIDI_OVERRIDE.test(name)) return 'contains a hidden writing-direction mark';
  if (name.length > NAME_LIMIT) return `is longer than ${NAME_LIMIT} characters`;
  if (/[<>]/.test(name)) return 'contains angle brackets';
  // 'Smith, Bob evil@example.net' as a name has been seen to redirect mail: a name holds no address.
  return /\S@\S/.test(name) ? 'contains an e-mail address' : null;
}

/**
 * One name and exactly one addr-spec (RFC 5321 lengths, RFC 5322 dot-atom, RFC 6531 letters), fit to be handed to a
 * mailer as `{ name, address }`. Stricter than the RFCs: no quoted local part, no route, group, comment or domain
 * literal, since each of these has redirected mail. The domain comes back in lower case, the local part as given.
 */
export function parseMailbox(input: { name?: string; address: string }): ParsedMailbox {
  if (input.address.length > 1000) {
    return { kind: 'refused', field: 'address', reason: 'The address is longer than 254 octets (RFC 5321).' };
  }
  const address = input.address.replace(/^ +| +$/g, '');
  const problem = addressProblem(address);
  if (problem !== null) return { kind: 'refused', field: 'address', reason: `The address ${problem}.` };

  const at = address.lastIndexOf('@');
  const clean = address.slice(0, at) + address.slice(at).toLowerCase();
  const name = (input.name ?? '').slice(0, 1000).replace(/^ +| +$/g, '');
  // Address books often repeat the address as the name; that is no name.
  if (name.toLowerCase() === address.toLowerCase()) return { kind: 'ok', name: '', address: clean };

  const wrong = nameProblem(name);
  return wrong === null
    ? { kind: 'ok', name, address: clean }
    : { kind: 'refused', field: 'name', reason: `The name ${wrong}.` };
}

/**
 * What is wrong with a header's value, naming the header, or null. Refuses what could start another header (CR, LF,
 * NUL, other controls; a tab is allowed) and a line longer than 998 octets (RFC 5322, 2.1.1).
 */
export function headerProblem(name: string, value: string): string | null {
  // RFC 5322 ftext: printable US-ASCII except the colon.
  if (!/^[!-9;-~]{1,76}$/.test(name)) return 'A header name is not well formed.';
  // Most values are this.
  if (name.length + 2 + value.length <= LINE_LIMIT && /^[\t -~]*$/.test(value)) return null;
  if (/[\r\n]/.test(value)) return `${name} contains a line break.`;
  if (CONTROL.test(value.replaceAll('\t', ' '))) return `${name} contains a control character.`;
  if (LONE_SURROGATE.test(value)) return `${name} contains a broken character.`;
  // Counting characters first spares encoding a header of ten megabytes.
  const length = name.length + 2 + value.length;
  if (length > LINE_LIMIT || name.length + 2 + octets(value) > LINE_LIMIT) {
    return `${name} is longer than ${LINE_LIMIT} octets.`;
  }
  return null;
}
