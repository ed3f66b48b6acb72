/**
 * The lines of one vCard, 2.1 to 4.0, -> its properties, each by itself: a broken line spoils no other. Read by hand
 * and not by a library: every library refuses some of what phones and old address books write.
 */
import { decodeBase64, decodeQuotedPrintable, reread } from './card-text.js';

export interface Property {
  /** Lower case; '' where the property stands in none ("item1" of "item1.EMAIL"). */
  group: string;
  /** Lower case, without its group. */
  name: string;
  /** Lower case names -> their values. Bare ones of 2.1 stand under `type`, as do the lists of 3.0. */
  params: Map<string, string[]>;
  /** The parts of a structured value (N, ADR, ORG), else one. Lists within a part are joined. */
  parts: string[];
}

/** Names that begin a line of their own, whatever their case; any other word before a colon may be a note's. */
const KNOWN = new Set(
  (
    'begin end version fn n nickname email tel org title role adr label bday anniversary deathdate birthplace gender note url ' +
    'photo logo sound key lang tz geo kind member related rev prodid uid source name profile class categories sort-string ' +
    'mailer agent impp fburl caladruri caluri clientpidmap xml expertise hobby interest org-directory contact-uri socialprofile ' +
    'created grammaticalgender pronouns language jsprop'
  ).split(' '),
);

const START = /^(?:[\w-]+\.)*([A-Za-z][\w-]*)[ \t]*[;:]/;

function beginsProperty(line: string): boolean {
  const name = START.exec(line.slice(0, 500))?.[1];
  if (name === undefined) return KNOWN.has(line.trim().toLowerCase());
  return name === name.toUpperCase() || /^x-/i.test(name) || KNOWN.has(name.toLowerCase());
}

/** What of a property's continued lines is folded in with a space in front, and what says it with that space. */
function joinQuoted([first = '', ...others]: string[]): string {
  const spaced = others.filter((line) => /^[ \t]/.test(line));
  const value = first.slice(first.indexOf(':') + 1);
  const writesSpaces = / /.test(value) || others.some((line) => / /.test(line.trim()));
  const isFolded =
    spaced.length > 0 && spaced.length === others.length && (others.length > 1 || !writesSpaces);
  return [first, ...others.map((line) => (isFolded ? line.slice(1) : line))].join('');
}

interface Unfolding {
  pieces: string[];
  /** Quoted-printable; its lines end in a soft break where they go on. */
  quoted: boolean;
  soft: boolean;
  /** Characters of the last line, as it stands in the file. */
  last: number;
}

/**
 * Unfolds (RFC 6350, 3.2), joins the soft breaks of quoted-printable, and what broken software breaks without a sign:
 * a line that begins no property goes on with the one before, where that is long or a note.
 */
function logicalLines(text: string): string[] {
  const lines: Unfolding[] = [];
  for (const line of text.split(/\r\r?\n|\r|\n/)) {
    const current = lines[lines.length - 1];
    if (current?.soft && !/^END[ \t]*:[ \t]*VCARD/i.test(line)) {
      current.soft = line.endsWith('=');
      current.pieces.push(current.soft ? line.slice(0, -1) : line);
      continue;
    }
    if (line.trim() === '') continue;
    if (current && /^[ \t]/.test(line)) {
      const isHead = !current.quoted && current.pieces.length < 4 && !current.pieces.join('').includes(':');
      current.pieces.push(line.slice(1));
      if (isHead) current.quoted = isQuoted(current.pieces.join(''));
    } else if (current && !beginsProperty(line)) {
      const isNote = /^(?:[\w-]+\.)?NOTE[;:]/i.test(current.pieces[0] ?? '');
      if (current.last >= 70) current.pieces.push(line);
      else if (isNote) current.pieces.push(`\\n${line}`);
    } else {
      lines.push({ pieces: [line], quoted: isQuoted(line), soft: false, last: 0 });
    }
    const open = lines[lines.length - 1];
    if (!open) continue;
    open.last = line.length;
    const end = open.pieces[open.pieces.length - 1] ?? '';
    open.soft = open.quoted && end.endsWith('=');
    if (open.soft) open.pieces[open.pieces.length - 1] = end.slice(0, -1);
  }
  return lines.map(({ pieces, quoted }) => (quoted ? joinQuoted(pieces) : pieces.join('')));
}

function isQuoted(line: string): boolean {
  return /^[^:]{0,300}QUOTED-PRINTABLE/i.test(line.slice(0, 400));
}

/** Cuts at a sign outside of quotes. */
function outsideQuotes(text: string, sign: string): string[] {
  const pieces: string[] = [];
  let quoted = false;
  let from = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '"') quoted = !quoted;
    else if (text[index] === sign && !quoted) {
      pieces.push(text.slice(from, index));
      from = index + 1;
    }
  }
  return [...pieces, text.slice(from)];
}

/** The position of the colon that ends name and parameters; -1 where there is none. */
function headEnd(line: string): number {
  let quoted = false;
  for (let index = 0; index < line.length; index += 1) {
    if (line[index] === '"') quoted = !quoted;
    else if (line[index] === ':' && !quoted) return index;
  }
  return line.indexOf(':');
}

const ENCODED = new Map([["^n", '\n'], ["^'", '"'], ['^^', '^']]); // prettier-ignore

/** RFC 6868. */
const decoded = (value: string): string => value.replace(/\^[n'^]/g, (sign) => ENCODED.get(sign) ?? sign);

function bareName(value: string): string {
  if (/^(?:quoted-printable|base64|b|q|[78]bit|binary)$/i.test(value)) return 'encoding';
  if (/^(?:utf-?\d+|iso-8859-\d+|windows-\d+|us-ascii)$/i.test(value)) return 'charset';
  return /^(?:inline|url|uri|content-id|cid)$/i.test(value) ? 'value' : 'type';
}

/** vCard 2.1 writes `TEL;WORK;VOICE:`; the others `TEL;TYPE=WORK,VOICE:` or `TYPE="work,voice"`. */
function readParams(written: string[]): Map<string, string[]> {
  const params = new Map<string, string[]>();
  for (const param of written) {
    const equals = param.indexOf('=');
    const value = param.slice(equals + 1).trim();
    if (value === '') continue;
    const name = equals < 0 ? bareName(value) : param.slice(0, equals).trim().toLowerCase();
    const isType = name === 'type';
    const values = (isType ? value.replaceAll('"', '').split(',') : outsideQuotes(value, ',')).map((each) =>
      decoded(each.trim().replace(/^"|"$/g, '')),
    );
    params.set(name, [...(params.get(name) ?? []), ...values]);
  }
  return params;
}

/** Cuts at a sign that no backslash stands before. */
function outsideEscapes(text: string, sign: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === sign) {
      pieces.push(text.slice(from, index));
      from = index + 1;
    }
  }
  return [...pieces, text.slice(from)];
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .replace(/\\r(?=\\n)/gi, '')
    .replace(/\\([\\,;:nN"])/g, (_all, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));
}

/** The parts of a structured value; lists within them, which 2.1 has not, are joined as people write them. */
function structured(name: string, value: string, version: string): string[] {
  return outsideEscapes(value, ';').map((part, index) => {
    if (version === '2.1' || name === 'org') return unescaped(part);
    const list = outsideEscapes(part, ',').map((each) => unescaped(each).trim());
    return list.filter((each) => each !== '').join(name === 'adr' || index === 4 ? ', ' : ' ');
  });
}

/** Pictures and their like, and what long values nobody reads; a value's text is never looked at before. */
const UNREAD = new Set(['photo', 'logo', 'sound', 'key', 'begin', 'end', 'agent', 'xml', 'prodid', 'rev']);

function parseLine(line: string, version: string): Property | null {
  const colon = headEnd(line);
  if (colon <= 0) return null;
  const [path = '', ...written] = outsideQuotes(line.slice(0, colon), ';');
  const [name = '', ...groups] = path.trim().toLowerCase().split('.').reverse();
  if (!/^[a-z][\w-]*$/.test(name) || UNREAD.has(name)) return null;
  const params = readParams(written);
  const charset = params.get('charset')?.[0];
  const encoding = params.get('encoding')?.[0]?.toLowerCase() ?? '';
  let value = line.slice(colon + 1);
  if (/^q/.test(encoding)) value = decodeQuotedPrintable(value, charset);
  else if (/^b(?:ase64)?$/.test(encoding)) value = decodeBase64(value, charset) ?? value;
  else value = reread(value, charset);
  const isStructured = name === 'n' || name === 'adr' || name === 'org';
  const parts = isStructured ? structured(name, value, version) : [unescaped(value)];
  return { group: groups[0] ?? '', name, params, parts };
}

/** Of alternatives of one thing (RFC 6350, 5.4), such as a name in two languages, the first. */
function withoutAlternatives(properties: Property[]): Property[] {
  const seen = new Set<string>();
  return properties.filter(({ name, params }) => {
    const id = params.get('altid')?.[0];
    if (id === undefined || name === 'email' || name === 'tel') return true;
    const key = `${name} ${id}`;
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * A card's properties, in its order. Null where the text does not begin as a card. A card without an end loses its last
 * line, unless a line end follows it: half an address would be another's.
 */
export function cardProperties(text: string): { isWhole: boolean; properties: Property[] } | null {
  const lines = logicalLines(text);
  const first = (lines[0] ?? '').replace(/^\ufeff/, '').trim(); // prettier-ignore
  if (!/^BEGIN[ \t]*:[ \t]*VCARD$/i.test(first)) return null;
  const isWhole = /^END[ \t]*:[ \t]*VCARD/i.test(lines[lines.length - 1] ?? '');
  const isCut = !isWhole && !/[\r\n]$/.test(text);
  const inner = isWhole || isCut ? lines.slice(1, -1) : lines.slice(1);
  const version = inner.map((line) => /^VERSION[ \t]*:[ \t]*([\d.]+)/i.exec(line)?.[1]).find(Boolean) ?? '';
  const properties = inner.flatMap((line) => parseLine(line, version) ?? []);
  return { isWhole, properties: withoutAlternatives(properties) };
}
