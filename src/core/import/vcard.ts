/** vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), with what phones and address books make of them -> what a card tells. */
import { cleanText } from '../text.js';
import { addressOf, birthdayOf, linkedinOf, named, nameOf, phonesOf, types, valueOf } from './card-fields.js';
import { cardProperties, type Property } from './card-lines.js';
import { canonicalEmail } from './identity.js';
import type { Candidate, Reading } from './records.js';
import { languageTag, zoneName } from './regions.js';
import { isContactId, readEmails } from './row.js';

export { FoldMender } from './card-bytes.js';
export { CardSplitter, splitCards, type Card } from './cards.js';

/** Kinds of RFC 6350 and RFC 6473 that are nobody; any other word is taken for a person, as 6.1.4 asks. */
const NOBODY = /^(?:group|org|organization|location|thing|application|device)$/;

/** Addresses of other systems (RFC 2426, 3.3.2), and Exchange's own, are no e-mail addresses and no mistakes. */
const ELSEWHERE = /^(?:x400|aol|applelink|attmail|cis|eworld|ibmmail|mcimail|powershare|prodigy|tlx|ex)$/;

interface Mail {
  emails: string[];
  /** What stands where an address should and is none. */
  broken: string[];
}

function mailOf(properties: readonly Property[]): Mail {
  const mail: Mail = { emails: [], broken: [] };
  for (const property of named(properties, 'email')) {
    const written = valueOf(property);
    const read = readEmails(written);
    if (read.kind === 'addresses')
      mail.emails.push(...read.emails.filter((each) => !mail.emails.includes(each)));
    else if (!types(property).some((type) => ELSEWHERE.test(type)) && !/^\/o=/i.test(written))
      mail.broken.push(read.value.slice(0, 60));
  }
  return mail;
}

/** Why a card is no person's; null where it may be. */
function nobody(properties: readonly Property[]): string | null {
  const first = (name: string): string => valueOf(named(properties, name)[0]);
  const kind = (first('kind') || first('x-addressbookserver-kind') || first('x-kind')).toLowerCase();
  if (NOBODY.test(kind)) return `a card of kind "${kind}", not of a person`;
  const structured = named(properties, 'n')[0];
  const isPerson = valueOf(structured) !== '' && valueOf(structured, 1) !== '';
  if (first('x-abshowas').toUpperCase() === 'COMPANY' && !isPerson) return "a company's card, not a person's";
  return null;
}

function notesOf(properties: readonly Property[], broken: readonly string[]): string {
  const notes = named(properties, 'note').map(({ parts }) => cleanText(parts[0] ?? '').trim());
  return [...notes, ...broken.map((text) => `E-mail as the card has it: ${text}`)]
    .filter((note) => note !== '')
    .join('\n');
}

/** What a card says. Never throws. */
export function readCard(text: string): Reading {
  const card = cardProperties(text);
  const noCard = 'is no whole card: it must begin with BEGIN:VCARD and end with END:VCARD';
  if (!card) return { kind: 'rejected', reason: noCard };
  const { properties, isWhole } = card;
  const reason = nobody(properties);
  if (reason !== null) return { kind: 'ignored', reason };

  const first = (name: string): string => valueOf(named(properties, name)[0]);
  const { emails, broken } = mailOf(properties);
  const company = first('org');
  let name = nameOf(first('fn'), named(properties, 'n')[0], company);
  if (name.full === '') name = nameOf(first('name') || first('nickname'), undefined, company);
  if (canonicalEmail(name.full) !== null) {
    if (emails.length === 0) emails.push(name.full);
    name = { full: '' };
  }
  const place = addressOf(properties);
  const candidate: Candidate = { name, emails, phones: phonesOf(properties, place.region) };
  const optional: Partial<Candidate> = {
    linkedin: linkedinOf(properties),
    company: company || undefined,
    title: first('title') || first('role') || undefined,
    city: place.city || undefined,
    country: place.country || undefined,
    birthday: birthdayOf(properties) ?? undefined,
    language: named(properties, 'lang').map((property) => languageTag(valueOf(property))).find(Boolean),
    contactId: contactIdOf(first('uid')),
    ...ownWords(first),
    zone: named(properties, 'tz').map((property) => zoneName(valueOf(property))).find(Boolean),
  }; // prettier-ignore
  const told = Object.entries(optional).filter(([, value]) => value !== undefined);
  const [wrong] = broken;
  if (wrong !== undefined && emails.length === 0 && candidate.phones.length === 0 && told.length === 0)
    return { kind: 'rejected', reason: `EMAIL holds "${wrong}", which is no e-mail address` };
  if (name.full === '' && emails.length === 0) {
    if (!isWhole) return { kind: 'rejected', reason: noCard };
    if (isEmpty(properties)) return { kind: 'ignored', reason: 'a card without anything in it' };
    if (company !== '') return { kind: 'ignored', reason: "a company's card, not a person's" };
    return { kind: 'rejected', reason: 'has neither a name nor an e-mail address' };
  }
  const notes = notesOf(properties, broken);
  return {
    kind: 'person',
    candidate: { ...candidate, ...Object.fromEntries(told), ...(notes === '' ? {} : { notes }) },
    ...(wrong !== undefined && {
      remark: `EMAIL holds ${broken.map((text) => `"${text}"`).join(', ')}, which is no e-mail address: kept in the notes`,
    }),
  };
}

/** Our export's cards have our id; that of another program is nobody's here. */
function contactIdOf(uid: string): string | undefined {
  const id = uid.toLowerCase().replace(/^urn:uuid:/, '');
  return isContactId(id) ? id : undefined;
}

/** What our own export adds to a card. */
function ownWords(first: (name: string) => string): Partial<Candidate> {
  const one = <T extends string>(text: string, among: readonly T[]): T | undefined =>
    among.find((each) => each === text.toLowerCase());
  const consent = one(first('x-consent'), ['yes', 'no']);
  return {
    consent: consent && consent === 'yes',
    origin: first('x-origin') || undefined,
    priority: one(first('x-priority'), ['hot', 'warm', 'cold']),
    form: one(first('x-form-of-address'), ['informal', 'formal']),
  };
}

function isEmpty(properties: readonly Property[]): boolean {
  const formal = /^(?:version|uid|rev|prodid|class|source|kind|categories|x-.*)$/;
  return properties.every(
    (property) => formal.test(property.name) || property.parts.every((part) => part.trim() === ''),
  );
}
