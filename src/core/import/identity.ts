/** By what two sources are known to mean one person: address, LinkedIn profile, phone. */
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { oneLine } from '../text.js';
import { remembered } from './memo.js';
import { regionOf } from './regions.js';

const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?';
const LOCAL = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+";
/** A dot-atom at a domain of two labels or more (RFC 5321, 4.1.2; no quoted strings, no address literals). */
const ADDRESS = new RegExp(
  `^(${LOCAL}(?:\\.${LOCAL})*)@((?:${LABEL}\\.)+(?:xn--[a-z0-9-]{1,59}|[\\p{L}\\p{M}]{2,63}))$`,
  'iu',
);

/** Most addresses; the other expression says the same of them, and takes longer. */
const PLAIN_ADDRESS =
  /^([a-z0-9_%+-]+(?:\.[a-z0-9_%+-]+)*)@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})$/;
// eslint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/;

const domains = (text: string): Set<string> => new Set(text.split(' '));

interface Provider {
  domains: Set<string>;
  /** The one of its domains that stands for all, where the same name at each is the same mailbox. */
  one?: string;
  /** `name+tag` is delivered to `name`. */
  tags: boolean;
  /** What makes no difference before the @. */
  blind?: (local: string) => string;
}

/** Only what providers publish of themselves. */
const PROVIDERS: Provider[] = [
  { domains: domains('gmail.com googlemail.com'), one: 'gmail.com', tags: true, blind: (local) => local.replaceAll('.', '') },
  { domains: domains('outlook.com hotmail.com live.com msn.com'), tags: true },
  { domains: domains('icloud.com me.com mac.com'), one: 'icloud.com', tags: true },
  { domains: domains('fastmail.com fastmail.fm'), tags: true },
  { domains: domains('proton.me protonmail.com protonmail.ch pm.me'), one: 'proton.me', tags: true, blind: (local) => local.replace(/[._-]/g, '') },
  { domains: domains('yandex.ru ya.ru yandex.com yandex.by yandex.kz yandex.ua'), one: 'yandex.ru', tags: true, blind: (local) => local.replaceAll('.', '-') },
]; // prettier-ignore

const providerOf = new Map(
  PROVIDERS.flatMap((provider) => [...provider.domains].map((host) => [host, provider])),
);

function asciiDomain(domain: string): string | null {
  if (ASCII.test(domain)) return domain;
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
}

/** Fastmail delivers anything@name.fastmail.com to name@fastmail.com. */
function bySubdomain(local: string, host: string): [string, string] {
  const [, name, domain] = /^([a-z0-9_-]+)\.(fastmail\.(?:com|fm))$/.exec(host) ?? [];
  return name === undefined || domain === undefined || name === 'www' ? [local, host] : [name, domain];
}

function computeEmail(address: string): string | null {
  const text = address.trim();
  // RFC 5321, 4.5.3.1: 64 octets before the @, 254 for all. Full-width look-alikes are not addresses.
  if (text.length > 254 || (!ASCII.test(text) && text !== text.normalize('NFKC'))) return null;
  // A quoted name that needs no quotes is the same without them (RFC 5321, 4.1.2).
  const plain = text.toLowerCase().replace(/^"([^"\\\s]+)"@/, '$1@');
  const [, written, domain] = PLAIN_ADDRESS.exec(plain) ?? ADDRESS.exec(plain) ?? [];
  // "j****@example.com": RFC 5322 allows stars, and what has them was made unreadable by whoever handed it out.
  if (written === undefined || domain === undefined || written.length > 64 || written.includes('*'))
    return null;
  const ascii = asciiDomain(domain);
  if (ascii === null) return null;
  const [local, host] = bySubdomain(written, ascii);
  const provider = providerOf.get(host);
  if (!provider) return `${local}@${host}`;
  const untagged = (provider.tags && local.split('+', 1)[0]) || local;
  const plainest = provider.blind ? provider.blind(untagged) : untagged;
  return `${plainest || local}@${provider.one ?? host}`;
}

/**
 * The form in which addresses are compared; null when the text is no valid address. Lower case throughout, the
 * domain in its ASCII form; tags, dots and second domains are taken out where the provider says that they do not count.
 */
export const canonicalEmail: (address: string) => string | null = remembered(20_000, computeEmail);

const ROLES = new Set(
  (
    'info office hello hi hallo team sales contact contacts support noreply donotreply nepasrepondre admin administrator webmaster ' +
    'postmaster hostmaster abuse mail email enquiries inquiries enquiry inquiry help helpdesk service services ' +
    'customerservice customercare billing invoice invoices accounting accounts finance orders jobs job careers career ' +
    'hr recruiting recruitment press media pr marketing events event booking bookings reception secretary ' +
    'sekretariat kontakt buero empfang vertrieb verkauf anfrage anfragen post rechnung buchhaltung bewerbung presse ' +
    'contacto ventas soporte ayuda bonjour ciao contatti vendite everyone all staff newsletter news ' +
    'partners partner partnerships community privacy security legal root mailerdaemon compliance dpo datenschutz ' +
    'gdpr feedback survey request requests order returns shipping shop store webshop bestellung bestellungen versand ' +
    'kundenservice kundendienst service zentrale verwaltung geschaeftsstelle personal karriere werbung redaktion ' +
    'accueil commercial compta comptabilite direction secretariat recrutement facturation informacion informaciones ' +
    'administracion facturacion rrhh comercial prensa atencionalcliente segreteria amministrazione commerciale ' +
    'informazioni ufficio direzione contato vendas suporte atendimento financeiro comercial imprensa klantenservice ' +
    'verkoop boekhouding administratie receptie kundtjanst kontor forsaljning biuro sekretariat sprzedaz obsluga ' +
    'kontakti podpora obchod conference registration registrations speakers sponsors sponsorship tickets volunteers ' +
    'organizers organisers exhibitors booth welcome main general frontdesk desk operations ops it itsupport dev ' +
    'developers engineering product research investors ir board members membership subscribe unsubscribe bounce ' +
    'bounces notifications notification alerts alert updates system daemon nobody noc hostinfo usenet uucp www ftp list lists'
  ).split(' '),
);
const ROLE_WITH_MORE =
  /^(?:info|office|sales|support|contact|kontakt|no-?reply|do-?not-?reply|vertrieb|press|marketing|billing|help|service|team|hello)[._-]|[._-](?:info|office|sales|support|team|marketing|helpdesk|billing|reception|orders|noreply)$/;

/** Whether an address belongs to a desk and not to a person (RFC 2142 and custom): never a proof of identity. */
export function isRoleAddress(address: string): boolean {
  const local = (address.trim().toLowerCase().split('@', 1)[0] ?? '').split('+', 1)[0] ?? '';
  // "info2" is a desk as "info" is.
  return ROLES.has(local.replace(/[._-]|\d{1,3}$/g, '')) || ROLE_WITH_MORE.test(local);
}

const HOST = '(?:https?:\\/\\/)?(?:[a-z0-9-]+\\.)*linkedin\\.(?:com|cn)\\/+';
const PROFILE = new RegExp(`^${HOST}(?:mwlite\\/+)?(?:profile\\/+)?in\\/+([^/?#\\s]+)`, 'i');
/** Addresses of before 2014: the name, and three parts that now stand behind it, the last first. */
const OLD_PROFILE = new RegExp(`^${HOST}pub\\/+([^/?#\\s]+)\\/([0-9a-z]{1,3})\\/([0-9a-z]{1,3})\\/([0-9a-z]{1,3})(?:[/?#]|$)`, 'i'); // prettier-ignore
const PATH = /^\/?in\/([^/?#\s]+)/i;
const BARE = /^(?=.*\p{L})[\p{L}\p{M}\p{N}_%-]{3,200}$/u;
const PLACEHOLDERS = new Set(
  'linkedin linked-in yes none null undefined unknown profile true false nil non oui nein keine tbd connected not-available n-a http https www link url here view missing pending'.split(
    ' ',
  ),
);

function writtenSlug(text: string): string {
  const old = OLD_PROFILE.exec(text);
  if (old) {
    const [, name = '', a = '', b = '', c = ''] = old;
    return `${name}-${c.padStart(3, '0')}${b.padStart(3, '0')}${a}`;
  }
  return PROFILE.exec(text)?.[1] ?? PATH.exec(text)?.[1] ?? text.replace(/^@/, '');
}

/** The canonical slug of a LinkedIn profile's address or of a bare slug; null for companies, schools and anything else. */
export function linkedinSlug(urlOrSlug: string): string | null {
  if (urlOrSlug.length > 2_000) return null;
  const text = urlOrSlug.trim().replace(/^linked-?in\s*[:|]\s*(?=\S)/i, '').replace(/^<|[>.,;)\]]+$/g, ''); // prettier-ignore
  const written = writtenSlug(text);
  let slug = written;
  try {
    slug = decodeURIComponent(written);
  } catch {
    // A stray percent sign: compare it as it stands.
  }
  slug = oneLine(slug).normalize('NFC').toLowerCase();
  return BARE.test(slug) && !PLACEHOLDERS.has(slug) ? slug : null;
}

const EXTENSION =
  /[\s,.;-]*(?:\b(?:ext(?:ension|n)?|durchwahl|dw|app|poste|int|tst|vnr|wewn?)\b\.?|(?<=\d\s*)x|#)\s*:?\s*\d{1,7}$/i;
/** What a spreadsheet makes of a long number. */
const SPOILT = /^\d(?:[.,]\d+)?e\+?\d+$/i;
const KEYS = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

/** "1-800-FLOWERS": the letters that stand on a telephone's keys. */
function dialled(number: string): string {
  if (!/^[+(]?\d[\d\s().-]*[a-z]{3}[a-z\d-]*$/i.test(number)) return number;
  return number.replace(/[a-z]/gi, (letter) =>
    String(KEYS.findIndex((letters) => letters.includes(letter.toLowerCase())) + 2),
  );
}

const parsedPhone = remembered(20_000, (key: string): string | null => {
  const [region = '', text = ''] = key.split('\n', 2);
  const written = text.trim().replace(/^['=\s"]+/, '').replace(/^tel:/i, '').split(';', 1)[0]?.replace(/\.0$/, '') ?? ''; // prettier-ignore
  if (written.length > 60 || SPOILT.test(written)) return null;
  const number = dialled(written.replace(EXTENSION, '')).replace(/^\(?(?:\+\s*)?00\s*(?=[1-9])/, (all) => (all.startsWith('(') ? '(+' : '+')); // prettier-ignore
  const parsed = parsePhoneNumberFromString(number, regionOf(region));
  if (!parsed) return null;
  return (/^\(?\+/.test(number) ? parsed.isPossible() : parsed.isValid()) ? parsed.number : null;
});

/**
 * A phone number in E.164; null where it cannot be told. Without a leading + the region decides, and then only a
 * number valid there is taken. Extensions are left out.
 * @param region a country's two letters or its name, as files write it
 */
export function canonicalPhone(text: string, region?: string): string | null {
  if (text.length > 200) return null;
  return parsedPhone(`${(region ?? '').slice(0, 60)}\n${text.normalize('NFKC').replace(/[\r\n]/g, ' ')}`);
}

/** ISO 3166 code of the country that a number in E.164 belongs to; undefined where several share its code. */
export function regionOfPhone(e164: string): string | undefined {
  return parsePhoneNumberFromString(e164)?.country;
}
