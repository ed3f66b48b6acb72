/** By what two sources are known to mean one person: address, LinkedIn profile, phone. */
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { oneLine } from '../text.js';
import { regionOf } from './regions.js';

const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?';
const LOCAL = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+";
/** A dot-atom at a domain of two labels or more (RFC 5321, 4.1.2; no quoted strings, no address literals). */
const ADDRESS = new RegExp(
  `^(${LOCAL}(?:\\.${LOCAL})*)@((?:${LABEL}\\.)+(?:xn--[a-z0-9-]{1,59}|[\\p{L}\\p{M}]{2,63}))$`,
  'iu',
);

const GMAIL = new Set(['gmail.com', 'googlemail.com']);
/** Providers that publish that `name+tag` is delivered to `name`. */
const PLUS_TAGS = new Set(
  'outlook.com hotmail.com live.com icloud.com me.com mac.com fastmail.com fastmail.fm proton.me protonmail.com pm.me'.split(
    ' ',
  ),
);

function asciiDomain(domain: string): string | null {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(domain)) return domain;
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
}

/**
 * The form in which addresses are compared; null when the text is no valid address. Lower case throughout, the
 * domain in its ASCII form; Gmail's dots and the tags of providers known for them are taken out.
 */
export function canonicalEmail(address: string): string | null {
  const text = address.trim();
  // RFC 5321, 4.5.3.1: 64 octets before the @, 254 for all. Full-width look-alikes are not addresses.
  if (text.length > 254 || text !== text.normalize('NFKC')) return null;
  const [, local, domain] = ADDRESS.exec(text.toLowerCase()) ?? [];
  if (local === undefined || domain === undefined || local.length > 64) return null;
  const host = asciiDomain(domain);
  if (host === null) return null;
  const untagged = local.split('+', 1)[0] ?? '';
  if (GMAIL.has(host)) {
    const plain = untagged.replaceAll('.', '');
    return `${plain === '' ? local : plain}@gmail.com`;
  }
  return `${PLUS_TAGS.has(host) && untagged !== '' ? untagged : local}@${host}`;
}

const ROLES = new Set(
  (
    'info office hello hi hallo team sales contact contacts support noreply donotreply nepasrepondre admin administrator webmaster ' +
    'postmaster hostmaster abuse mail email enquiries inquiries enquiry inquiry help helpdesk service services ' +
    'customerservice customercare billing invoice invoices accounting accounts finance orders jobs job careers career ' +
    'hr recruiting recruitment press media pr marketing events event booking bookings reception secretary ' +
    'sekretariat kontakt buero empfang vertrieb verkauf anfrage anfragen post rechnung buchhaltung bewerbung presse ' +
    'contacto ventas soporte ayuda bonjour ciao contatti vendite everyone all staff newsletter news ' +
    'partners partner partnerships community privacy security legal root mailerdaemon'
  ).split(' '),
);
const ROLE_WITH_MORE = /^(info|office|sales|support|contact|kontakt|no-?reply|vertrieb|press|marketing)[._-]/;

/** Whether an address belongs to a desk and not to a person (RFC 2142 and custom): never a proof of identity. */
export function isRoleAddress(address: string): boolean {
  const local = (address.trim().toLowerCase().split('@', 1)[0] ?? '').split('+', 1)[0] ?? '';
  return ROLES.has(local.replace(/[._-]/g, '')) || ROLE_WITH_MORE.test(local);
}

const PROFILE = /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)*linkedin\.(?:com|cn)\/(?:mwlite\/)?in\/([^/?#\s]+)/i;
const PATH = /^\/?in\/([^/?#\s]+)/i;
const BARE = /^[\p{L}\p{M}\p{N}_%-]{3,200}$/u;
const PLACEHOLDERS = new Set([
  'linkedin',
  'yes',
  'none',
  'null',
  'undefined',
  'unknown',
  'profile',
  'true',
  'false',
]);

/** The canonical slug of a LinkedIn profile's address or of a bare slug; null for companies, schools and anything else. */
export function linkedinSlug(urlOrSlug: string): string | null {
  const text = urlOrSlug.trim();
  if (text.length > 2_000) return null;
  const written = PROFILE.exec(text)?.[1] ?? PATH.exec(text)?.[1] ?? text;
  let slug = written;
  try {
    slug = decodeURIComponent(written);
  } catch {
    // A stray percent sign: compare it as it stands.
  }
  slug = oneLine(slug).normalize('NFC').toLowerCase();
  return BARE.test(slug) && !PLACEHOLDERS.has(slug) ? slug : null;
}

/**
 * A phone number in E.164; null where it cannot be told. Without a leading + the region decides, and then only a
 * number valid there is taken.
 * @param region a country's two letters or its name, as files write it
 */
export function canonicalPhone(text: string, region?: string): string | null {
  const number = text
    .normalize('NFKC')
    .trim()
    .replace(/^['=\s]+/, '')
    .replace(/^tel:/i, '')
    .split(';', 1)[0];
  if (number === undefined || number.length > 60) return null;
  const parsed = parsePhoneNumberFromString(number.replace(/^00(?=[1-9])/, '+'), regionOf(region));
  if (!parsed) return null;
  return (/^(\+|00)/.test(number) ? parsed.isPossible() : parsed.isValid()) ? parsed.number : null;
}
