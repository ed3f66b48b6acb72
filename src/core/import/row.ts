/** One row of a table, by its plan -> what it tells of one person. */
import { cleanText } from '../text.js';
import {
  cellNotes,
  cellText,
  firstOf,
  readEmails,
  readForm,
  readPhones,
  readPriority,
  said,
  wasAbsent,
  yesOrNo,
} from './cell-values.js';
import { compiledPlan, type CompiledPlan, type Source } from './compiled-plan.js';
import { monthFirstIn } from './date-orders.js';
import { birthdayOfParts, readBirthday, readMoment } from './dates.js';
import { canonicalEmail, linkedinSlug } from './identity.js';
import { readInvitation } from './invitations.js';
import { COMPANY } from './name-words.js';
import { rowName } from './plain-name.js';
import { OUR_EXPORT } from './products.js';
import type { Candidate, Field, PersonName, Reading, Sign, TablePlan } from './records.js';
import { languageTag, zoneName } from './regions.js';
import { ignored, MAX_CELL, rejected, unusual } from './unusual-rows.js';

export { readEmails, readPhones, type Addresses } from './cell-values.js';

const MAX_NOTES = 200_000;
const LONG = new Set<Field>(['notes', 'whereMet']);

/** A cell shown to the owner in a reason. */
function shown(text: string): string {
  return text.length > 60 ? `"${cleanText(text.slice(0, 60))}..."` : `"${text}"`;
}

/** A row with the plan that reads it. */
interface Row {
  plan: TablePlan;
  compiled: CompiledPlan;
  cells: readonly string[];
}

const NOWHERE: Source[] = [];

/** Google joins the values of one field by " ::: ". */
const one = (row: Row, text: string): string =>
  row.plan.product === 'Google Contacts' ? firstOf(text) : text;

/** Where a field stands in this row and what it says: the first of its columns that says anything. */
function find(row: Row, field: Field): { source: Source; text: string } | null {
  for (const source of row.compiled.of[field] ?? NOWHERE) {
    const written = row.cells[source.index];
    if (written === undefined || written === '') continue;
    const text = one(row, cellText(written));
    if (text !== '') return { source, text };
  }
  return null;
}

const textOf = (row: Row, field: Field): string =>
  row.compiled.of[field] === undefined ? '' : (find(row, field)?.text ?? '');

/** The first that says more than "n/a". */
function saidOf(row: Row, field: Field): string {
  for (const source of row.compiled.of[field] ?? NOWHERE) {
    const written = row.cells[source.index];
    if (written === undefined || written === '') continue;
    const text = said(one(row, cellText(written)));
    if (text !== '') return text;
  }
  return '';
}

function* allOf(row: Row, field: Field): Generator<{ source: Source; written: string }, void, undefined> {
  for (const source of row.compiled.of[field] ?? NOWHERE) {
    const written = row.cells[source.index];
    if (written !== undefined && written !== '') yield { source, written };
  }
}

function nameOf(row: Row): PersonName {
  return rowName(
    saidOf(row, 'name'),
    {
      given: saidOf(row, 'given'),
      middle: saidOf(row, 'middle'),
      family: saidOf(row, 'family'),
      prefix: saidOf(row, 'prefix'),
      suffix: saidOf(row, 'suffix'),
    },
    row.compiled.isFamilyFirst,
  );
}

function momentOf(row: Row, field: Field): { at?: string } {
  const found = find(row, field);
  if (found === null) return {};
  const { source, text } = found;
  const utc = /\b(?:utc|gmt)\b/i.test(source.label) ? ('UTC' as const) : undefined;
  const at = readMoment(text, monthFirstIn(row.plan, source.index), utc);
  return at === null ? {} : { at };
}

/** "Request" and its like are clicks on a web page; only a scan or a talk is a meeting. */
const MEETING =
  /scan|badge|qr|met|meet|booth|stand|talk|convers|demo|visit|gespr|card|karte|nfc|tap|photo|camera|manual|kiosk|face|person/i;

function signOf(row: Row, how: string): Sign | undefined {
  const { format } = row.plan;
  if (format === 'linkedin-connections') return { kind: 'connection', ...momentOf(row, 'connectedOn') };
  if (format === 'badge-scan') {
    return { kind: how === '' || MEETING.test(how) ? 'scan' : 'listed', ...momentOf(row, 'scanAt') };
  }
  if (format === 'attendee-list') {
    // Registered and not checked in: nothing says that this person was there.
    const isCounted = row.compiled.of.checkedIn !== undefined;
    const checkedIn = said(textOf(row, 'checkedIn'));
    if (isCounted && (checkedIn === '' || wasAbsent(checkedIn))) return undefined;
    return { kind: 'listed', ...momentOf(row, 'checkedIn') };
  }
  return undefined;
}

const NOT_COMING =
  /declin|cancel|refund|transferred|wait.?list|pending|invited|not.?(?:going|attending|coming|approved)|no.?show|^no$|deleted|rejected|abgesagt|storniert|annul|warteliste|abgelehnt/i;

/** What a row says, by its plan. Never throws; every refusal names the column and the value. */
export function readRow(plan: TablePlan, cells: readonly string[]): Reading {
  const compiled = compiledPlan(plan);
  const odd = unusual(plan, compiled, cells);
  if (odd) return odd;
  if (plan.format === 'linkedin-messages') return ignored('a message; conversations are read as a whole');
  if (plan.format === 'linkedin-invitations') return readInvitation(plan, cells);
  for (const { index, field, label } of compiled.all) {
    const length = cells[index]?.length ?? 0;
    const limit = LONG.has(field) ? MAX_NOTES : MAX_CELL;
    if (length > limit) return rejected(`${shown(label)} holds ${length} characters, more than ${limit}`);
  }
  const row: Row = { plan, compiled, cells };
  const status = textOf(row, 'status');
  if (status !== '' && NOT_COMING.test(status))
    return ignored(`did not take part: the status is ${shown(status)}`);

  const { emails, broken } = addressesOf(row);
  let name = nameOf(row);
  if (/^linkedin (?:member|mitglied)$/i.test(name.full))
    return ignored('LinkedIn hides who this is ("LinkedIn Member")');
  // Google's "other contacts" have the address for a name; Meetup hides names as "user 12537919".
  if (name.full.includes('@') && canonicalEmail(name.full) !== null) {
    if (emails.length === 0) emails.push(name.full);
    name = { full: '' };
  }
  if (/^user \d+$/i.test(name.full)) {
    if (emails.length === 0 && plan.product?.startsWith('Meetup') === true) {
      return ignored(`Meetup hides who this is (${shown(name.full)})`);
    }
    name = { full: '' };
  }
  const [wrong] = broken;
  if (name.full === '' && emails.length === 0) {
    if (wrong) return rejected(isNoAddress(wrong));
    return plan.format === 'linkedin-connections'
      ? ignored('LinkedIn hides who this is: the row has no name')
      : rejected('has neither a name nor an e-mail address');
  }
  const candidate = candidateOf(row, name, emails);
  return wrong ? withBroken(candidate, broken) : { kind: 'person', candidate };
}

interface Broken {
  label: string;
  text: string;
}

/** The addresses of a row, and what stands in their columns and is none. */
function addressesOf({ compiled, cells }: Row): { emails: string[]; broken: Broken[] } {
  const emails: string[] = [];
  const broken: Broken[] = [];
  for (const source of compiled.of.email ?? NOWHERE) {
    const written = cells[source.index];
    if (written === undefined || written === '') continue;
    const read = readEmails(written);
    if (read.kind === 'invalid') broken.push({ label: source.label, text: read.value });
    else for (const email of read.emails) if (!emails.includes(email)) emails.push(email);
  }
  return { emails, broken };
}

const isNoAddress = ({ label, text }: Broken): string =>
  `${shown(label)} holds ${shown(text)}, which is no e-mail address`;

/** Somebody with a name is taken without the address: the owner finds it in the notes, and may know better. */
function withBroken(candidate: Candidate, broken: readonly Broken[]): Reading {
  const kept = broken.map(({ text }) => `E-mail as the table has it: ${text}`);
  const notes = [...(candidate.notes === undefined ? [] : [candidate.notes]), ...kept].join('\n');
  const remark = `${broken.map(isNoAddress).join('; ')}: kept in the notes`;
  return { kind: 'person', candidate: { ...candidate, notes }, remark };
}

function candidateOf(row: Row, name: PersonName, emails: string[]): Candidate {
  const candidate: Candidate = { name, emails, phones: [] };
  readProfile(row, candidate);
  const company = saidOf(row, 'company');
  const title = saidOf(row, 'title');
  if (company !== '') candidate.company = company;
  // A firm in the name column is no person's name, and tells where the address belongs.
  else if (row.plan.product !== OUR_EXPORT && isFirm(name)) candidate.company = name.full;
  if (title !== '') candidate.title = title;
  const id = row.compiled.of.contactId ? textOf(row, 'contactId').toLowerCase() : '';
  if (isContactId(id)) candidate.contactId = id;
  readAddress(row, candidate);
  for (const { written } of allOf(row, 'phone')) {
    for (const phone of readPhones(written, candidate.country, row.plan.region)) {
      if (!candidate.phones.includes(phone)) candidate.phones.push(phone);
    }
  }
  readPersonal(row, candidate);
  readMeeting(row, candidate);
  return candidate;
}

/** A UUIDv7, as ours are. */
export function isContactId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}

const isFirm = ({ full, given, family }: PersonName): boolean =>
  given === undefined && family === undefined && COMPANY.test(full);

function readProfile(row: Row, candidate: Candidate): void {
  const slugs = (field: 'linkedin' | 'url', isProfile: (text: string) => boolean): string | undefined => {
    for (const { written } of allOf(row, field)) {
      for (const piece of cellText(written).split(/\s*:::\s*|[\s,;]+/)) {
        const slug = isProfile(piece) ? linkedinSlug(piece) : null;
        if (slug !== null) return slug;
      }
    }
    return undefined;
  };
  const profile = slugs('linkedin', () => true) ?? slugs('url', (text) => /linkedin\.[a-z]+\//i.test(text));
  if (profile !== undefined) candidate.linkedin = profile;
}

/** City and country of one address: of the office before the home, and never one of each. */
function readAddress(row: Row, candidate: Candidate): void {
  const { city: cities = NOWHERE, country: countries = NOWHERE } = row.compiled.of;
  if (cities.length === 0 && countries.length === 0) return;
  const at = (sources: Source[], group?: string): { source: Source; text: string } | undefined => {
    for (const source of sources) {
      if (group !== undefined && source.group !== group) continue;
      const text = said(one(row, cellText(row.cells[source.index] ?? '')));
      if (text !== '') return { source, text };
    }
    return undefined;
  };
  const city = at(cities);
  const country = at(countries, city && groupFor(city.source.group, countries));
  if (city) candidate.city = city.text;
  if (country) candidate.country = country.text;
}

/** Of which address a country may be taken for a city; undefined: of any. */
function groupFor(group: string, countries: readonly Source[]): string | undefined {
  if (countries.some((source) => source.group === group)) return group;
  return group === 'none' ? undefined : 'none';
}

function readPersonal(row: Row, candidate: Candidate): void {
  const { of } = row.compiled;
  if (of.birthday) {
    const found = find(row, 'birthday');
    const birthday = found && readBirthday(found.text, monthFirstIn(row.plan, found.source.index));
    if (birthday !== null) candidate.birthday = birthday;
  }
  if (of.birthMonth && candidate.birthday === undefined) {
    const birthday = birthdayOfParts(
      textOf(row, 'birthYear'),
      textOf(row, 'birthMonth'),
      textOf(row, 'birthDay'),
    );
    if (birthday !== null) candidate.birthday = birthday;
  }
  if (of.language) {
    const language = languageTag(saidOf(row, 'language'));
    if (language !== undefined) candidate.language = language;
  }
  if (of.zone) {
    const zone = zoneName(textOf(row, 'zone'));
    if (zone !== undefined) candidate.zone = zone;
  }
  if (of.form) {
    const form = readForm(textOf(row, 'form'));
    if (form !== undefined) candidate.form = form;
  }
  if (of.consent || of.optOut) {
    const consent = consentOf(row);
    if (consent !== undefined) candidate.consent = consent;
  }
}

/** One clear no is enough; a yes counts where nothing says no. */
function consentOf(row: Row): boolean | undefined {
  let consent: boolean | undefined;
  for (const { written } of allOf(row, 'consent')) {
    const answer = yesOrNo(cellText(written));
    if (answer === false) return false;
    consent ??= answer;
  }
  for (const { written } of allOf(row, 'optOut')) {
    const text = cellText(written);
    if (yesOrNo(text) === true || readMoment(text, true) !== null) return false;
  }
  return consent;
}

function readMeeting(row: Row, candidate: Candidate): void {
  const { plan, compiled } = row;
  const { of } = compiled;
  if (of.notes) {
    const notes = new Set<string>();
    for (const { written } of allOf(row, 'notes')) {
      const text = cellNotes(written);
      if (text !== '') notes.add(text);
    }
    if (notes.size > 0) candidate.notes = [...notes].join('\n');
  }
  if (of.whereMet) {
    const whereMet = said(cellText(textOf(row, 'whereMet')));
    if (whereMet !== '') candidate.whereMet = whereMet;
  }
  if (of.event) {
    const event = saidOf(row, 'event');
    if (event !== '') candidate.event = event;
  }
  if (of.priority) {
    const found = find(row, 'priority');
    const priority = found ? readPriority(found.text, found.source.label) : undefined;
    if (priority !== undefined) candidate.priority = priority;
  }
  const origin = of.origin ? saidOf(row, 'origin') : '';
  const interaction = of.interaction ? saidOf(row, 'interaction') : '';
  // talque's "Origin" is how the two met.
  const how = interaction === '' && plan.product?.startsWith('talque') === true ? origin : interaction;
  const from = origin === '' && plan.format === 'badge-scan' ? interaction : origin;
  // The day or the page a row was taken from is no answer to how they met.
  if (from !== '' && !/^(?:\d{4}-\d\d-\d\d|https?:)/i.test(from)) candidate.origin = from;
  const sign = signOf(row, how);
  if (sign) candidate.sign = sign;
}
