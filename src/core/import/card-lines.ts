/** The lines of one vCard -> its properties, through ical.js, each by itself: a broken line spoils no other. */
import ICAL from 'ical.js';

export interface Property {
  /** Lower case, without its group. */
  name: string;
  params: Record<string, string | string[]>;
  /** The parts of a structured value (N, ADR, ORG), else one part. Lists within a part are joined by spaces. */
  parts: string[];
}

const WANTED = new Set(['version', 'fn', 'n', 'email', 'tel', 'org', 'title', 'role', 'adr', 'bday', 'note', 'url', 'x-socialprofile', 'socialprofile', 'lang', 'tz', 'kind', 'x-abshowas', 'x-addressbookserver-kind', 'x-linkedin']); // prettier-ignore

/** vCard 3.0 and 4.0 in one, everything as text: dates and numbers are judged by us, and never thrown at. */
const DESIGN = {
  name: 'text',
  value: { text: (ICAL.design.vcard.value as { text: object }).text },
  param: { type: { valueType: 'text', multiValue: ',' } },
  property: {
    n: { defaultType: 'text', structuredValue: ';', multiValue: ',' },
    adr: { defaultType: 'text', structuredValue: ';', multiValue: ',' },
    org: { defaultType: 'text', structuredValue: ';' },
    ...Object.fromEntries(['fn', 'email', 'tel', 'title', 'role', 'bday', 'note', 'url', 'lang', 'tz', 'kind', 'version'].map((name) => [name, { defaultType: 'text' }])), // prettier-ignore
  },
  propertyGroups: true,
};

/** The position of the colon that ends name and parameters; -1 where there is none. */
function headEnd(line: string): number {
  let quoted = false;
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index];
    if (char === '"') quoted = !quoted;
    else if (char === ':' && !quoted) return index;
  }
  return line.indexOf(':');
}

/** vCard 2.1 writes `TEL;WORK;VOICE:`; the others `TEL;TYPE=WORK,VOICE:`. */
function namedParams(head: string): string {
  const [name = '', ...params] = head.split(';');
  const named = params.map((param) => {
    if (param === '' || param.includes('=') || param.includes('"')) return param;
    return /^(?:QUOTED-PRINTABLE|BASE64|8BIT|7BIT)$/i.test(param) ? `ENCODING=${param}` : `TYPE=${param}`;
  });
  return [name, ...named.filter((param) => param !== '')].join(';');
}

function decodeQuotedPrintable(value: string, charset: string): string {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const piece of value.match(/=[0-9A-Fa-f]{2}|[^=]+|=/g) ?? []) {
    if (/^=[0-9A-Fa-f]{2}$/.test(piece)) bytes.push(Number.parseInt(piece.slice(1), 16));
    else for (const byte of encoder.encode(piece)) bytes.push(byte);
  }
  try {
    return new TextDecoder(charset).decode(Uint8Array.from(bytes));
  } catch {
    return new TextDecoder().decode(Uint8Array.from(bytes));
  }
}

/** Unfolds (RFC 6350, 3.2), and joins the soft breaks of quoted-printable; photos and their like are passed over. */
function logicalLines(text: string): string[] {
  const lines: string[][] = [];
  let soft = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const last = lines[lines.length - 1];
    if (soft && last) last.push(line);
    else if (/^[ \t]/.test(line) && last) last.push(line.slice(1));
    else lines.push([line]);
    const current = lines[lines.length - 1] ?? [];
    const end = current[current.length - 1] ?? '';
    soft = end.endsWith('=') && /^[^:]{0,200}QUOTED-PRINTABLE/i.test(current[0] ?? '');
    if (soft) current[current.length - 1] = end.slice(0, -1);
  }
  return lines.map((pieces) => pieces.join('')).filter((line) => line.trim() !== '');
}

function parseLine(line: string): Property | null {
  const colon = headEnd(line);
  if (colon <= 0) return null;
  const head = namedParams(line.slice(0, colon));
  const name = (head.split(';', 1)[0] ?? '').toLowerCase().replace(/^[^.]*\./, '');
  if (!WANTED.has(name)) return null;
  let value = line.slice(colon + 1);
  if (/;ENCODING="?QUOTED-PRINTABLE/i.test(head)) {
    const charset = /;CHARSET="?([\w-]+)/i.exec(head)?.[1] ?? 'utf-8';
    value = decodeQuotedPrintable(value, charset).replace(/\r?\n/g, '\\n');
  }
  try {
    const parsed: unknown = ICAL.parse.property(`${head.replace(/;VALUE=[^;]*/i, '')}:${value}`, DESIGN);
    if (!Array.isArray(parsed)) return null;
    const [, params, , content] = parsed as [string, Record<string, string | string[]>, string, unknown];
    const parts = Array.isArray(content) && ['n', 'adr', 'org'].includes(name) ? content : [content];
    return {
      name,
      params,
      parts: parts.map((part: unknown) => (Array.isArray(part) ? part.join(' ') : String(part))),
    };
  } catch {
    return null;
  }
}

/** The properties we want, in the card's order; null where the text is no whole card. */
export function cardProperties(text: string): Property[] | null {
  const lines = logicalLines(text);
  const first = (lines[0] ?? '').replace(/^\ufeff/, '').trim().toUpperCase(); // prettier-ignore
  const last = (lines[lines.length - 1] ?? '').trim().toUpperCase();
  if (first !== 'BEGIN:VCARD' || last !== 'END:VCARD') return null;
  return lines.slice(1, -1).flatMap((line) => parseLine(line) ?? []);
}
