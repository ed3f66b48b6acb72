/** A contact is the fold of its source records: computed from them alone, whatever their order. */
import { canonicalJson } from './fingerprint.js';
import { canonicalEmail, canonicalPhone, isRoleAddress } from './identity.js';
import { foldName } from './name-compare.js';
import { greetingName } from './names.js';
import type { Candidate, PersonName } from './records.js';

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
export type FoldedField = TextField | 'name' | 'notes';

export type FoldedFields = {
  name: PersonName;
  /** The one to write to first; all are in the identities. */
  emails: string[];
  phones: string[];
  notes?: string;
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

/** The owner first, then the newest; ties by id and content, so that no order of arrival shows. Each record once. */
function ranked(records: readonly FoldRecord[]): FoldRecord[] {
  const keyed = records.map((record) => ({ record, json: canonicalJson(record.candidate) }));
  keyed.sort((a, b) => {
    if (a.record.kind !== b.record.kind) return a.record.kind === 'owner' ? -1 : 1;
    const newer = b.record.at.getTime() - a.record.at.getTime();
    if (newer !== 0) return newer;
    if (a.record.id !== b.record.id) return a.record.id < b.record.id ? 1 : -1;
    return a.json < b.json ? -1 : a.json > b.json ? 1 : 0;
  });
  const seen = new Set<string>();
  return keyed.map(({ record }) => record).filter(({ id }) => !seen.has(id) && seen.add(id) !== undefined);
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
  const identities = new Map<string, Identity>();
  const add = (kind: Identity['kind'], value: string, canonical: string | null): void => {
    if (canonical === null || canonical === '' || identities.has(`${kind} ${canonical}`)) return;
    const shared = kind === 'email' && isRoleAddress(canonical);
    identities.set(`${kind} ${canonical}`, { kind, value, canonical, shared });
  };
  for (const { candidate } of records) {
    for (const email of candidate.emails ?? []) add('email', email, canonicalEmail(email));
    if (candidate.linkedin !== undefined) add('linkedin', candidate.linkedin, candidate.linkedin);
    for (const phone of candidate.phones ?? []) {
      add('phone', phone, canonicalPhone(phone, candidate.country) ?? phone.replace(/[^\d+]/g, ''));
    }
  }
  return [...identities.values()];
}

/** Notes do not contradict each other: all are kept, the oldest first, unless the owner has written them anew. */
function foldNotes(said: readonly Said<string | PersonName>[]): string {
  if (said[0]?.record.kind === 'owner') return said[0].text;
  return [...new Set(said.map(({ text }) => text).reverse())].join('\n');
}

/**
 * The contact that the records tell of. The owner's word wins, then the newest sure value; values that were not taken
 * stay visible as conflicts. Independent of order, and a record given twice counts once.
 */
export function foldContact(records: readonly FoldRecord[]): Fold {
  const order = ranked(records);
  const identities = identitiesOf(order);
  const valuesOf = (kind: Identity['kind']): string[] =>
    identities.filter((identity) => identity.kind === kind).map(({ value }) => value);
  // A person's own address before a desk's.
  const emails = identities
    .filter(({ kind }) => kind === 'email')
    .sort((a, b) => Number(a.shared) - Number(b.shared));
  const fields: FoldedFields = {
    name: { full: '' },
    emails: emails.map(({ value }) => value),
    phones: valuesOf('phone'),
  };
  const fold: Fold = { fields, identities, conflicts: [], sources: {} };
  for (const field of ['name', 'notes', ...TEXT_FIELDS] as const) {
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
  return fold;
}
