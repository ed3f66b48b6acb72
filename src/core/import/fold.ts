/** A contact is the fold of its source records: computed from them alone, whatever their order. */
import { canonicalEmail, canonicalPhone, isRoleAddress } from './identity.js';
import { foldName } from './name-compare.js';
import { greetingName } from './names.js';
import type { AddressForm, Candidate, PersonName, Priority } from './records.js';

export interface FoldRecord {
  id: string;
  kind: 'import' | 'owner';
  at: Date;
  /** An owner's empty text clears a field; an import's says nothing. */
  candidate: Partial<Candidate>;
}

export interface Identity {
  kind: 'email' | 'linkedin' | 'phone';
  /** As written. */
  value: string;
  canonical: string;
  shared: boolean;
}

const TEXT_FIELDS = [
  'linkedin',
  'company',
  'title',
  'city',
  'country',
  'birthday',
  'language',
  'zone',
] as const;
type TextField = (typeof TEXT_FIELDS)[number];
const TEXTS = ['notes', ...TEXT_FIELDS] as const;
export type FoldedField = TextField | 'name' | 'notes' | 'consent' | 'origin' | 'priority' | 'form';

export type FoldedFields = {
  name: PersonName;
  /** The one to write to first; all are in the identities. */
  emails: string[];
  phones: string[];
  notes?: string;
  /** False where any file says so, whatever others say: no mail. */
  consent?: boolean;
  origin?: string;
  priority?: Priority;
  form?: AddressForm;
} & Partial<Record<TextField, string>>;

export interface Conflict {
  field: string;
  /** The value taken first; one entry for each different value, with the newest source that says so. */
  values: { value: string; sourceId: string }[];
}

export interface Fold {
  fields: FoldedFields;
  identities: Identity[];
  conflicts: Conflict[];
  /** Where each value taken came from. */
  sources: Partial<Record<FoldedField, string>>;
}

/** The owner first, then the newest; ties by id, so that no order of arrival shows. Each record once. */
function ranked(records: readonly FoldRecord[]): readonly FoldRecord[] {
  if (records.length < 2) return records;
  const order = [...records].sort((a, b) => {
    if (a.kind !== b.kind) return a.kind === 'owner' ? -1 : 1;
    const newer = b.at.getTime() - a.at.getTime();
    if (newer !== 0) return newer;
    return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
  });
  const seen = new Set<string>();
  return order.filter(({ id }) => !seen.has(id) && seen.add(id) !== undefined);
}

interface Said<T> {
  value: T;
  text: string;
  record: FoldRecord;
}

/** How sure a name is: one that can be greeted beats "J. Doe", which beats a single word. */
function sureness(name: PersonName): number {
  if (greetingName(name) !== null) return 3;
  return name.given !== undefined || name.family !== undefined ? 2 : 1;
}

/** The values of one field, the one that counts first. */
function sayings(
  field: TextField | 'name' | 'notes',
  records: readonly FoldRecord[],
): Said<string | PersonName>[] {
  const said: Said<string | PersonName>[] = [];
  for (const record of records) {
    const value = record.candidate[field];
    if (value === undefined) continue;
    const text = (typeof value === 'string' ? value : value.full).trim();
    if (text !== '' || record.kind === 'owner') said.push({ value, text, record });
  }
  if (field === 'name') {
    // Stable: among equally sure names the order by owner and time stays.
    const rank = ({ value, record }: Said<string | PersonName>): number =>
      record.kind === 'owner' ? 9 : typeof value === 'string' ? 0 : sureness(value);
    said.sort((a, b) => rank(b) - rank(a));
  }
  if (field === 'birthday') {
    // A day with its year says the same as the day alone, and more.
    const [first] = said;
    const full = said.find(
      ({ text, record }) =>
        record.kind === first?.record.kind &&
        first.text.startsWith('--') &&
        text.endsWith(first.text.slice(1)) &&
        !text.startsWith('--'),
    );
    if (full && first?.record.kind !== 'owner') return [full, ...said.filter((each) => each !== full)];
  }
  return said;
}

function sameness(field: string, text: string): string {
  const folded = foldName(text).replace(/\s+/g, ' ');
  return field === 'birthday' ? folded.slice(-5) : folded;
}

function conflictOf(field: string, said: readonly Said<string | PersonName>[]): Conflict | null {
  const values = new Map<string, { value: string; sourceId: string }>();
  for (const { text, record } of said) {
    const key = sameness(field, text);
    if (text !== '' && !values.has(key)) values.set(key, { value: text, sourceId: record.id });
  }
  return values.size > 1 ? { field, values: [...values.values()] } : null;
}

function identitiesOf(records: readonly FoldRecord[]): Identity[] {
  const identities: Identity[] = [];
  const add = (kind: Identity['kind'], value: string, canonical: string | null): void => {
    if (canonical === null || canonical === '') return;
    // A handful at most: looking through them is less than keeping a map.
    for (const one of identities) if (one.canonical === canonical && one.kind === kind) return;
    const shared = kind === 'email' && isRoleAddress(canonical);
    identities.push({ kind, value, canonical, shared });
  };
  for (const { candidate } of records) {
    for (const email of candidate.emails ?? []) add('email', email, canonicalEmail(email));
    if (candidate.linkedin !== undefined) add('linkedin', candidate.linkedin, candidate.linkedin);
    for (const phone of candidate.phones ?? []) add('phone', phone, phoneForm(phone, candidate.country));
  }
  return identities;
}

/** E.164, or else the bare digits, which are kept and prove nothing. */
function phoneForm(phone: string, country: string | undefined): string {
  if (isE164(phone)) return phone;
  return canonicalPhone(phone, country) ?? phone.replace(/[^\d+]/g, '');
}

/** Whether a number is written in E.164, so that it means one line worldwide (ITU-T E.164, 15 digits at most). */
export function isE164(phone: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(phone);
}

/** Notes do not contradict each other: all are kept, the oldest first, unless the owner has written them anew. */
function foldNotes(said: readonly Said<string | PersonName>[]): string {
  if (said[0]?.record.kind === 'owner') return said[0].text;
  let notes = '';
  // What is in the notes already is said again, as by our own export, which brings them all in one.
  for (const { text } of [...said].reverse()) {
    if (!`\n${notes}\n`.includes(`\n${text}\n`)) notes = notes === '' ? text : `${notes}\n${text}`;
  }
  return notes;
}

const HEAT: Record<Priority, number> = { hot: 3, warm: 2, cold: 1 };

/** What is not a text among others: a no outweighs, the newest file's hottest counts, the newest word is taken. */
function foldWords(order: readonly FoldRecord[], fold: Fold): void {
  const { fields, sources } = fold;
  const owner = order.filter(({ kind }) => kind === 'owner');
  const files = order.filter(({ kind }) => kind === 'import');
  const says = (field: 'consent' | 'origin' | 'priority' | 'form', among = order): FoldRecord | undefined =>
    among.find(({ candidate }) => candidate[field] !== undefined && candidate[field] !== '');
  const consent =
    says('consent', owner) ??
    files.find(({ candidate }) => candidate.consent === false) ??
    says('consent', files);
  if (consent) {
    fields.consent = consent.candidate.consent;
    sources.consent = consent.id;
  }
  const newest = says('priority');
  for (const { id, kind, at, candidate } of order) {
    const { priority } = candidate;
    if (!newest || !priority || kind !== newest.kind || at.getTime() !== newest.at.getTime()) continue;
    if (kind === 'owner' && fields.priority) continue;
    if (fields.priority && HEAT[priority] <= HEAT[fields.priority]) continue;
    fields.priority = priority;
    sources.priority = id;
  }
  const origin = says('origin');
  // The event's name that a row brings along says where they come from, where nothing says it better.
  const from =
    origin ?? order.find(({ candidate }) => candidate.event !== undefined && candidate.event !== '');
  if (from) {
    fields.origin = from.candidate.origin || from.candidate.event;
    sources.origin = from.id;
  }
  const form = says('form');
  if (form) {
    fields.form = form.candidate.form;
    sources.form = form.id;
  }
}

function valuesOf(identities: readonly Identity[], kind: Identity['kind'], shared: boolean): string[] {
  const values: string[] = [];
  for (const one of identities) if (one.kind === kind && one.shared === shared) values.push(one.value);
  return values;
}

/** Nine contacts of ten are known of one row: nothing is to be weighed. */
function foldOne(record: FoldRecord): Fold {
  const { id, kind, candidate } = record;
  const fold = begun([record]);
  const { fields, sources } = fold;
  const name = candidate.name;
  if (name !== undefined && (kind === 'owner' || name.full.trim() !== '')) {
    fields.name = name;
    sources.name = id;
  }
  for (const field of TEXTS) {
    const text = candidate[field]?.trim();
    if (text === undefined || (text === '' && kind === 'import')) continue;
    sources[field] = id;
    if (text !== '') fields[field] = text;
  }
  const { consent, priority, form } = candidate;
  const origin = candidate.origin || candidate.event;
  if (consent !== undefined) {
    fields.consent = consent;
    sources.consent = id;
  }
  if (origin !== undefined && origin !== '') {
    fields.origin = origin;
    sources.origin = id;
  }
  if (priority !== undefined) {
    fields.priority = priority;
    sources.priority = id;
  }
  if (form !== undefined) {
    fields.form = form;
    sources.form = id;
  }
  return fold;
}

/** The surer of what a newer and an older file call a person. */
export function surerName(newer: PersonName, older: PersonName): PersonName {
  if (older.full.trim() === '' || newer.full === older.full) return newer;
  return newer.full.trim() === '' || sureness(older) > sureness(newer) ? older : newer;
}

/** Identities, addresses and numbers; the other fields are still to be told. */
function begun(order: readonly FoldRecord[]): Fold {
  const identities = identitiesOf(order);
  // A person's own address before a desk's.
  const emails = valuesOf(identities, 'email', false);
  const desks = valuesOf(identities, 'email', true);
  if (desks.length > 0) emails.push(...desks);
  const fields: FoldedFields = { name: { full: '' }, emails, phones: valuesOf(identities, 'phone', false) };
  return { fields, identities, conflicts: [], sources: {} };
}

/**
 * The contact that the records tell of. The owner's word wins, then the newest sure value; values that were not taken
 * stay visible as conflicts. Independent of order, and a record given twice counts once.
 */
export function foldContact(records: readonly FoldRecord[]): Fold {
  const [only, ...others] = records;
  if (only && others.length === 0) return foldOne(only);
  const order = ranked(records);
  const fold = begun(order);
  const { fields } = fold;
  for (const field of ['name', ...TEXTS] as const) {
    const said = sayings(field, order);
    const [winner] = said;
    if (!winner) continue;
    fold.sources[field] = winner.record.id;
    if (field === 'notes') {
      const notes = foldNotes(said);
      if (notes !== '') fields.notes = notes;
      continue;
    }
    const conflict = conflictOf(field, said);
    if (conflict) fold.conflicts.push(conflict);
    if (field === 'name' && typeof winner.value !== 'string') fields.name = winner.value;
    else if (field !== 'name' && winner.text !== '') fields[field] = winner.text;
  }
  foldWords(order, fold);
  return fold;
}
