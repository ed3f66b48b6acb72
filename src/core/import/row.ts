/** One row of a table, by its plan -> what it tells of one person. */
import { cleanText, oneLine } from '../text.js';
import { readBirthday, readMoment } from './dates.js';
import { canonicalEmail, canonicalPhone, linkedinSlug } from './identity.js';
import { nameOfParts, nameOfWhole } from './names.js';
import type { Candidate, Field, PersonName, Reading, Sign, TablePlan } from './records.js';
import { languageTag, zoneName } from './regions.js';

/** Characters. A longer cell is a slipped quote, not a name. */
const MAX_CELL = 2_000;
const MAX_NOTES = 200_000;

const rejected = (reason: string): Reading => ({ kind: 'rejected', reason });
const ignored = (reason: string): Reading => ({ kind: 'ignored', reason });
const NOTHING =
  /^(?:-+|–|—|n\/?a|none|null|nil|undefined|unknown|not provided|no e-?mail|k\.?\s?a\.?|keine|\.|\?+)$/i;
const said = (text: string): string => (NOTHING.test(text) ? '' : text);

/** A cell shown to the owner in a reason. */
function shown(text: string): string {
  return text.length > 60 ? `"${cleanText(text.slice(0, 60))}..."` : `"${text}"`;
}

export type Addresses = { kind: 'addresses'; emails: string[] } | { kind: 'invalid'; value: string };

/**
 * The addresses of one cell: several, with `mailto:`, with a name before <...>. A piece with an @ that is no address, or
 * a cell without any, is invalid; words beside a good address are commentary.
 */
export function readEmails(cell: string): Addresses {
  const text = said(oneLine(cell));
  if (text === '') return { kind: 'addresses', emails: [] };
  const angled = [...text.matchAll(/<([^<>]*)>/g)].map((match) => match[1] ?? '');
  const pieces = (angled.length > 0 ? angled : text.split(/[;,|\s]+|:::/)).map((piece) => {
    const address = piece.trim().replace(/^mailto:/i, '').replace(/\?.*$/s, '').replace(/^['"(]+|['").]+$/g, ''); // prettier-ignore
    return address;
  });
  const emails = new Map<string, string>();
  for (const piece of pieces) {
    const canonical = canonicalEmail(piece);
    if (canonical !== null && !emails.has(canonical)) emails.set(canonical, piece);
    if (canonical === null && piece.includes('@')) return { kind: 'invalid', value: text };
  }
  return emails.size === 0
    ? { kind: 'invalid', value: text }
    : { kind: 'addresses', emails: [...emails.values()] };
}

/** The numbers of one cell: E.164 where that can be told, else as written; text without digits is none. */
export function readPhones(cell: string, country: string | undefined): string[] {
  const pieces = oneLine(cell).split(/\s*(?::::|[;|])\s*|\s+\/\s+|,\s+/);
  return pieces
    .map((piece) => piece.replace(/^'/, '').trim())
    .filter((piece) => piece.length <= 60 && (piece.match(/\d/g)?.length ?? 0) >= 4)
    .map((piece) => canonicalPhone(piece, country) ?? piece.replace(/^tel:/i, ''));
}

function unusual(plan: TablePlan, row: readonly string[], filled: readonly string[]): Reading | null {
  if (filled.length === 0) return ignored('a blank row');
  if (
    row.length > plan.header.length &&
    row.slice(plan.header.length).some((cell) => oneLine(cell.slice(0, MAX_CELL)) !== '')
  ) {
    return rejected(`has ${row.length} cells where the header has ${plan.header.length}`);
  }
  const named = plan.header.filter((cell) => cell !== '');
  if (
    filled.length > 1 &&
    filled.length === named.length &&
    filled.every((cell, index) => cell === oneLine(named[index] ?? ''))
  ) {
    return ignored('the header again');
  }
  const [first = ''] = filled;
  const hasAddress = filled.some((cell) => cell.includes('@'));
  if (
    !hasAddress &&
    filled.length <= 4 &&
    /^(?:grand |sub-?)?(?:total|totals|summe|gesamt|sum|count|anzahl)\b[^\p{L}]*/iu.test(first) &&
    filled.every((cell, index) => index === 0 || /^[^\p{L}]*$/u.test(cell))
  ) {
    return ignored('a total under the table');
  }
  if (
    !hasAddress &&
    filled.length === 1 &&
    named.length > 2 &&
    (first.split(' ').length > 5 || /https?:|^[^:]{1,40}:\s|©/.test(first))
  ) {
    return ignored('a note under the table');
  }
  return null;
}

function nameOf(cell: (field: Field) => string): PersonName {
  const parts = {
    given: said(cell('given')),
    middle: said(cell('middle')),
    family: said(cell('family')),
    prefix: cell('prefix'),
    suffix: cell('suffix'),
  };
  const whole = said(cell('name'));
  if (parts.given === '' && parts.family === '') {
    return { ...nameOfWhole(whole), ...(parts.prefix === '' ? {} : { prefix: parts.prefix }) };
  }
  const name = nameOfParts(parts);
  return whole === '' ? name : { ...name, full: whole };
}

function signOf(plan: TablePlan, cell: (field: Field) => string): Sign | undefined {
  const moment = (field: Field): { at?: string } => {
    const column = Object.entries(plan.columns).find(([, each]) => each === field)?.[0];
    const utc = /\b(?:utc|gmt)\b/i.test(plan.header[Number(column)] ?? '') ? ('UTC' as const) : undefined;
    const at = readMoment(cell(field), plan.monthFirst, utc);
    return at === null ? {} : { at };
  };
  if (plan.format === 'linkedin-connections') return { kind: 'connection', ...moment('connectedOn') };
  if (plan.format === 'badge-scan') {
    // "Request" and its like are clicks on a web page; only a scan or a talk is a meeting.
    const how = cell('interaction');
    const isMeeting =
      how === '' || /scan|badge|qr|met|meet|booth|stand|talk|convers|demo|visit|gespr/i.test(how);
    return { kind: isMeeting ? 'scan' : 'listed', ...moment('scanAt') };
  }
  if (plan.format === 'attendee-list') {
    const hasColumn = Object.values(plan.columns).includes('checkedIn');
    // Registered and not checked in: nothing says that this person was there.
    if (
      hasColumn &&
      /^(?:|no|nein|non|false|0|no.?show|absent|not checked in)$/i.test(said(cell('checkedIn')))
    )
      return undefined;
    return { kind: 'listed', ...moment('checkedIn') };
  }
  return undefined;
}

const NOT_COMING =
  /declin|cancel|refund|wait.?list|pending|invited|not.?(?:going|attending|coming)|no.?show|^no$|deleted|rejected|abgesagt|storniert/i;

/** What a row says, by its plan. Never throws; every refusal names the column and the value. */
export function readRow(plan: TablePlan, row: string[]): Reading {
  const filled = row.map((cell) => oneLine(cell.slice(0, MAX_CELL))).filter((cell) => cell !== '');
  const odd = unusual(plan, row, filled);
  if (odd) return odd;

  const values = new Map<Field, { value: string; column: string }[]>();
  for (const [key, field] of Object.entries(plan.columns)) {
    const written = row[Number(key)];
    if (written === undefined || written === '') continue;
    const column = plan.header[Number(key)] || `column ${Number(key) + 1}`;
    const limit = field === 'notes' ? MAX_NOTES : MAX_CELL;
    if (written.length > limit)
      return rejected(`${shown(column)} holds ${written.length} characters, more than ${limit}`);
    const value = field === 'notes' ? cleanText(written).trim() : oneLine(written);
    if (value !== '') values.set(field, [...(values.get(field) ?? []), { value, column }]);
  }
  const cell = (field: Field): string => values.get(field)?.[0]?.value ?? '';
  const all = (field: Field): { value: string; column: string }[] => values.get(field) ?? [];

  const status = cell('status');
  if (NOT_COMING.test(status)) return ignored(`did not take part: the status is ${shown(status)}`);

  const emails: string[] = [];
  for (const { value, column } of all('email')) {
    const read = readEmails(value);
    if (read.kind === 'invalid')
      return rejected(`${shown(column)} holds ${shown(read.value)}, which is no e-mail address`);
    emails.push(...read.emails.filter((email) => !emails.includes(email)));
  }
  let name = nameOf(cell);
  if (/^linkedin member$/i.test(name.full)) return ignored('LinkedIn hides who this is ("LinkedIn Member")');
  // Google's "other contacts" have the address for a name; Meetup hides names as "user 12537919".
  if (name.full.includes('@') && canonicalEmail(name.full) !== null) {
    if (emails.length === 0) emails.push(name.full);
    name = { full: '' };
  }
  if (/^user \d+$/i.test(name.full)) name = { full: '' };
  if (name.full === '' && emails.length === 0) return rejected('has neither a name nor an e-mail address');
  return { kind: 'person', candidate: candidateOf(plan, name, emails, cell, all) };
}

function candidateOf(
  plan: TablePlan,
  name: PersonName,
  emails: string[],
  cell: (field: Field) => string,
  all: (field: Field) => { value: string; column: string }[],
): Candidate {
  const country = said(cell('country'));
  const phones = all('phone').flatMap(({ value }) => readPhones(value, country));
  const candidate: Candidate = { name, emails, phones: [...new Set(phones)] };
  const profile =
    all('linkedin').map(({ value }) => linkedinSlug(value)).find((slug) => slug !== null) ??
    all('url').map(({ value }) => (/linkedin\.[a-z]+\//i.test(value) ? linkedinSlug(value) : null)).find((slug) => slug !== null); // prettier-ignore
  const birthday = readBirthday(cell('birthday'), plan.monthFirst);
  const language = languageTag(cell('language'));
  const zone = zoneName(cell('zone'));
  const notes = [...new Set(all('notes').map(({ value }) => value))].join('\n');
  const sign = signOf(plan, cell);
  if (profile) candidate.linkedin = profile;
  for (const field of ['company', 'title', 'city'] as const) {
    const value = said(cell(field));
    if (value !== '') candidate[field] = value;
  }
  if (country !== '') candidate.country = country;
  if (birthday !== null) candidate.birthday = birthday;
  if (language !== undefined) candidate.language = language;
  if (zone !== undefined) candidate.zone = zone;
  if (notes !== '') candidate.notes = notes;
  if (sign) candidate.sign = sign;
  return candidate;
}
