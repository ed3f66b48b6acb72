/** What a QR code on a badge or a business card says -> a person, as far as it means one. */
import { oneLine } from '../text.js';
import { canonicalEmail, canonicalPhone, linkedinSlug } from './identity.js';
import { nameOfParts, nameOfWhole } from './names.js';
import type { Candidate, PersonName, Reading } from './records.js';
import { readEmails, readPhones } from './row.js';
import { readBirthday } from './dates.js';
import { readCard, splitCards } from './vcard.js';

const MAX_TEXT = 20_000;
const NAMES =
  'VERSION|FN|N|NICKNAME|ORG|TITLE|ROLE|TEL|EMAIL|ADR|LABEL|URL|NOTE|BDAY|PHOTO|LANG|TZ|KIND|GENDER|CATEGORIES|IMPP|UID|REV|PRODID|X-[A-Z-]+|END';

/** Line breaks where a generator of codes left them out, or wrote them as two signs. */
function withLines(text: string): string {
  if (/[\r\n]\s*(?:FN|N|VERSION)[;:]/i.test(text)) return text;
  const literal = new RegExp(`(?:\\\\r)?\\\\n(?=(?:${NAMES})[;:])`, 'gi');
  if (literal.test(text)) return text.replace(literal, '\n');
  const spaced = new RegExp(`\\s+(?=(?:${NAMES})(?:;[^:\\s]*)?:)`, 'g');
  if (/\s(?:FN|N)[;:]/.test(text)) return text.replace(spaced, '\n');
  // Nothing between them at all: "VERSION:3.0N:Doe;JaneFN:Jane DoeTEL:". Short names may end a word in capitals.
  const glued = /(?<![;:,=-])(?=(?:(?<![A-Z])(?:FN|N|LANG|TZ|KIND|UID|REV)|VERSION|ORG|TITLE|ROLE|TEL|EMAIL|ADR|URL|NOTE|BDAY)(?:;[^:\s]*)?:)/g; // prettier-ignore
  return text.replace(glued, '\n').replace(/^\n/, '');
}

function fromCard(text: string): Reading {
  const body = text
    .replace(/^BEGIN\s*:\s*VCARD(?:\\n)?/i, '')
    .replace(/(?:\\n)?\s*END\s*:\s*VCARD[\s\S]*$/i, '');
  const [card] = splitCards(`BEGIN:VCARD\n${withLines(body.trim())}\nEND:VCARD`);
  return card ? readCard(card.text) : { kind: 'rejected', reason: 'is no whole card' };
}

/** `MECARD:N:Doe,Jane;TEL:…;;` and its like: fields ended by semicolons, with backslashes before signs that are meant. */
function fieldsOf(text: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const [, name = '', value = ''] of text.matchAll(/\s*([A-Z][A-Z-]*):((?:\\.|[^\\;])*)(?:;|$)/gis)) {
    const key = name.toUpperCase();
    const values = fields.get(key);
    if (values) values.push(value);
    else fields.set(key, [value]);
  }
  return fields;
}

const unescaped = (text: string): string => oneLine(text.replace(/\\n/gi, '\n').replace(/\\(.)/g, '$1'));

interface Told {
  name: PersonName;
  emails?: readonly string[];
  phones?: readonly string[];
  rest?: Partial<Candidate>;
}

function person({ name, emails = [], phones = [], rest = {} }: Told): Reading {
  const addresses: string[] = [];
  const broken: string[] = [];
  for (const written of emails) {
    const read = readEmails(written);
    if (read.kind === 'invalid') broken.push(oneLine(read.value).slice(0, 60));
    else addresses.push(...read.emails);
  }
  const [wrong] = broken;
  const reason = `holds "${wrong}", which is no e-mail address`;
  if (wrong !== undefined && name.full === '' && addresses.length === 0) return { kind: 'rejected', reason };
  const told = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined && value !== ''),
  );
  const numbers = phones.flatMap((written) => readPhones(written, rest.country));
  const candidate: Candidate = { name, emails: addresses, phones: numbers, ...told };
  if (name.full === '' && addresses.length === 0 && candidate.linkedin === undefined && numbers.length === 0)
    return { kind: 'rejected', reason: 'has neither a name nor an address' };
  if (wrong === undefined) return { kind: 'person', candidate };
  const kept = broken.map((text) => `E-mail as the code has it: ${text}`);
  const notes = [...(candidate.notes === undefined ? [] : [candidate.notes]), ...kept].join('\n');
  return { kind: 'person', candidate: { ...candidate, notes }, remark: `${reason}: kept in the notes` };
}

function fromMecard(body: string): Reading {
  const fields = fieldsOf(body);
  const all = (name: string): string[] => (fields.get(name) ?? []).map(unescaped);
  const [family = '', given = ''] = (fields.get('N')?.[0] ?? '').split(/(?<!\\),/).map(unescaped);
  const place = (fields.get('ADR')?.[0] ?? '').split(/(?<!\\),/).map(unescaped);
  const isPlaced = place.length === 7;
  return person({
    name: given === '' ? nameOfWhole(family) : nameOfParts({ given, family }),
    emails: all('EMAIL').filter((email) => email !== ''),
    phones: all('TEL'),
    rest: {
      linkedin: all('URL').map((url) => profile(url)).find((slug) => slug !== undefined),
      company: all('ORG')[0],
      title: all('TITLE')[0],
      city: isPlaced ? place[3] : undefined,
      country: isPlaced ? place[6] : undefined,
      birthday: readBirthday(all('BDAY')[0] ?? '', null) ?? undefined,
      notes: [...all('NOTE'), ...all('MEMO')].join('\n'),
    },
  }); // prettier-ignore
}

/** NTT DoCoMo's other form: N the given name, X the family name, T title, C company, A address, B phone, M mobile, E e-mail. */
function fromBizcard(body: string): Reading {
  const fields = fieldsOf(body);
  const one = (name: string): string => unescaped(fields.get(name)?.[0] ?? '');
  return person({
    name: nameOfParts({ given: one('N'), family: one('X') }),
    emails: [one('E')].filter((email) => email !== ''),
    phones: ['M', 'B'].map(one),
    rest: { company: one('C'), title: one('T') },
  });
}

function profile(url: string): string | undefined {
  return /linkedin\.[a-z]+\//i.test(url) ? (linkedinSlug(url) ?? undefined) : undefined;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', '%20'));
  } catch {
    return text;
  }
};

/** A person; a rejected reading where the code means one and is broken; null where it means something else. Never throws. */
export function readQrText(written: string): Reading | null {
  const text = written.slice(0, MAX_TEXT).replace(/^\ufeff/, '').trim(); // prettier-ignore
  if (/^BEGIN\s*:\s*VCARD/i.test(text)) return fromCard(text);
  const [, kind = '', body = ''] = /^(MECARD|BIZCARD|MATMSG|MAILTO|TEL|SMSTO|SMS):(.*)$/is.exec(text) ?? [];
  const nobody: PersonName = { full: '' };
  switch (kind.toUpperCase()) {
    case 'MECARD':
      return fromMecard(body);
    case 'BIZCARD':
      return fromBizcard(body);
    case 'MATMSG':
      return person({ name: nobody, emails: (fieldsOf(body).get('TO') ?? []).map(unescaped) });
    case 'MAILTO':
      return person({
        name: nobody,
        emails: [decoded((body.split('?', 1)[0] ?? '').replaceAll('+', '%2B'))],
      });
    case 'TEL':
    case 'SMS':
    case 'SMSTO':
      return person({ name: nobody, phones: [body.split(/[:?]/, 1)[0] ?? ''] });
  }
  const slug = /\s/.test(text) ? undefined : profile(text);
  if (slug !== undefined) return person({ name: nobody, rest: { linkedin: slug } });
  if (canonicalEmail(text) !== null) return person({ name: nobody, emails: [text] });
  return /^\+[\d\s().-]{7,25}$/.test(text) && canonicalPhone(text) !== null
    ? person({ name: nobody, phones: [text] })
    : null;
}
