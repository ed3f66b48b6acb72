import { foldContact, type Fold, type FoldRecord } from '../core/import/fold.js';
import type { Candidate } from '../core/import/records.js';
import { lockPersons } from './append.js';
import { CONTACT_COLUMNS, CONTACT_TYPES, contactRow, type ContactRow } from './contact-row.js';
import { copyLine, copyRows, type CopyText } from './copy-rows.js';
import { newId } from './ids.js';
import { recomputeShared } from './shared-identities.js';
import { contactsOf } from './persons.js';
import { affected, row, rows, type Db } from './rows.js';

/** One saying about one person, to be added to the log a contact is folded from. */
export interface NewSourceRecord {
  id: string;
  contactId: string;
  kind: 'import' | 'owner';
  importId: string | null;
  fileId: string | null;
  /** Line of the file, from 1. */
  line: number | null;
  candidate: Partial<Candidate>;
  fingerprint: string;
  verdict: 'created' | 'merged' | 'edited';
  /** The candidate as COPY takes it, where that is ready. */
  text?: CopyText;
}

/** A contact that is not there yet, with the records it is folded from. */
export interface NewPerson {
  id: string;
  records: FoldRecord[];
  /** What `readyPerson` made of these very records, where there was time to. */
  ready?: ReadyPerson;
}

/** A new contact and its identities as COPY takes them. */
export interface ReadyPerson {
  contact: string;
  identities: string[];
  /** The identities' canonical values. */
  canonicals: string[];
}

/**
 * One at a time may add to an owner's people, until its transaction ends: two imports side by side would both create the
 * person whom neither sees. Take it before looking for known people, and before folding any anew.
 */
export async function lockPeople(db: Db, ownerId: string): Promise<void> {
  await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('people ' || $1::text, 0))`, [ownerId]);
}

/** Appends to the log. The contacts must be there; they are not folded anew by this. */
export function appendSourceRecords(
  db: Db,
  ownerId: string,
  records: readonly NewSourceRecord[],
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  return copyRows(
    db,
    'source_record',
    'id owner_id created_at contact_id kind import_id file_id line candidate fingerprint verdict'.split(' '),
    records.map((one) => [
      one.id,
      ownerId,
      at,
      one.contactId,
      one.kind,
      one.importId,
      one.fileId,
      one.line,
      one.text ?? one.candidate,
      one.fingerprint,
      one.verdict,
    ]),
  );
}

/**
 * Puts new contacts into the register, folded from the records given; append those records afterwards.
 * @param contested the addresses and numbers that somebody else may hold too; all of theirs, unless the caller knows
 */
export async function createPeople(
  db: Db,
  ownerId: string,
  people: readonly NewPerson[],
  now: Date,
  contested?: readonly string[],
): Promise<void> {
  if (people.length === 0) return;
  const ownerZone = await zoneOfOwner(db, ownerId);
  const made = people.map(
    ({ id, records, ready }) => ready ?? readyPerson({ ownerId, ownerZone, now }, id, records),
  );
  await copyRows(db, 'contact', NEW_CONTACT, made.map(({ contact }) => contact)); // prettier-ignore
  await copyRows(db, 'identity', NEW_IDENTITY, made.flatMap(({ identities }) => identities)); // prettier-ignore
  await recomputeShared(db, ownerId, contested ?? made.flatMap(({ canonicals }) => canonicals));
}

/** What takes time about a new person and needs no database. */
export function readyPerson(
  { ownerId, ownerZone, now }: { ownerId: string; ownerZone: string; now: Date },
  id: string,
  records: readonly FoldRecord[],
): ReadyPerson {
  const fold = foldContact(records);
  const at = now.toISOString();
  return {
    contact: copyLine([id, ownerId, at, ...contactRow({ fold, records }, ownerZone)]),
    identities: fold.identities.map((one) =>
      identityLine(ownerId, at, { id: newId(), contactId: id, ...one }),
    ),
    canonicals: fold.identities.map(({ canonical }) => canonical),
  };
}

const NEW_CONTACT = ['id', 'owner_id', 'created_at', ...CONTACT_COLUMNS];
const NEW_IDENTITY = 'id owner_id created_at contact_id kind value canonical shared'.split(' ');

function identityLine(ownerId: string, at: string, one: Held): string {
  return copyLine([one.id, ownerId, at, one.contactId, one.kind, one.value, one.canonical, one.shared]);
}

/**
 * Rewrites contacts and their identities from all their source records, those of contacts merged into them included.
 * The version rises only where something changed; answers how many contacts did. Who has no source record is left as
 * they are. Call it under `lockPeople`; it locks the persons who change.
 * @param known what `recordsOf` says of them, where it was asked already; then the ids are canonical
 */
export async function refold(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
  now: Date,
  known?: ReadonlyMap<string, FoldRecord[]>,
): Promise<number> {
  if (contactIds.length === 0) return 0;
  const records = known ?? (await recordsOf(db, ownerId, contactIds));
  const ids = known ? contactIds.filter((id) => known.has(id)) : [...records.keys()];
  if (ids.length === 0) return 0;
  const ownerZone = await zoneOfOwner(db, ownerId);
  const before = new Map((await presentOf(db, ownerId, ids)).map((one) => [one.id, one]));
  const held = await heldBy(db, ownerId, ids);
  const changed: { id: string; row: ContactRow; rewritten: boolean }[] = [];
  const added: Held[] = [];
  const gone: Held[] = [];
  const reworded: Held[] = [];
  for (const id of ids) {
    const said = records.get(id) ?? [];
    const one = { id, fold: foldContact(said), records: said };
    const wanted = new Map(identitiesOf(one).map((identity) => [keyOf(identity), identity]));
    const moved = [added.length, gone.length, reworded.length].join();
    for (const there of held.get(id) ?? []) {
      const same = wanted.get(keyOf(there));
      wanted.delete(keyOf(there));
      if (!same) gone.push(there);
      else if (same.value !== there.value) reworded.push({ ...there, value: same.value });
    }
    added.push(...wanted.values());
    const row = contactRow(one, ownerZone);
    const present = before.get(id);
    const rewritten = [added.length, gone.length, reworded.length].join() !== moved;
    if (rewritten || !present || present.hidden || !isSameRow(present.row, row)) {
      changed.push({ id, row, rewritten });
    }
  }
  if (changed.length === 0) return 0;
  await lockPersons(db, ownerId, changed.map(({ id }) => id)); // prettier-ignore
  await dropIdentities(db, ownerId, gone);
  await rewordIdentities(db, ownerId, reworded);
  await addIdentities(db, ownerId, added, now);
  await recomputeShared(
    db,
    ownerId,
    [...added, ...gone].map(({ canonical }) => canonical),
  );
  return affected(db, UPDATE_SQL, [
    ownerId,
    JSON.stringify(changed.map(({ id, row: values }) => rowObject(id, values))),
  ]);
}

/** All source records of persons, by the canonical contact, in the order they came. */
export async function recordsOf(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
): Promise<Map<string, FoldRecord[]>> {
  if (contactIds.length === 0) return new Map();
  const said = await rows<FoldRecord & { person: string }>(db, RECORDS_SQL, [ownerId, contactIds]);
  const byPerson = new Map<string, FoldRecord[]>();
  for (const { person, ...record } of said) {
    const records = byPerson.get(person);
    if (records) records.push(record);
    else byPerson.set(person, [record]);
  }
  return byPerson;
}

interface Folded {
  id: string;
  fold: Fold;
  records: readonly FoldRecord[];
}

interface Held {
  id: string;
  contactId: string;
  kind: string;
  value: string;
  canonical: string;
  shared: boolean;
}

const keyOf = ({ kind, canonical }: { kind: string; canonical: string }): string => `${kind} ${canonical}`;

function identitiesOf({ id, fold }: Folded): Held[] {
  return fold.identities.map((identity) => ({ id: newId(), contactId: id, ...identity }));
}

export async function zoneOfOwner(db: Db, ownerId: string): Promise<string> {
  const owner = await row<{ zone: string }>(db, `SELECT zone FROM owner WHERE id = $1`, [ownerId]);
  return owner?.zone ?? 'UTC';
}

async function presentOf(
  db: Db,
  ownerId: string,
  ids: readonly string[],
): Promise<{ id: string; hidden: boolean; row: ContactRow }[]> {
  // Through json_build_array: the row comes as a list, in the order of the columns.
  return rows(
    db,
    `SELECT id, hidden_at IS NOT NULL AS hidden, json_build_array(${CONTACT_COLUMNS.join(', ')}) AS row
       FROM contact WHERE owner_id = $1 AND id = ANY ($2::uuid[])`,
    [ownerId, ids],
  );
}

function isSameRow(a: ContactRow, b: ContactRow): boolean {
  return b.every((value, index) => {
    const other = a[index] ?? null;
    const one = value ?? null;
    return typeof one === 'object' && one !== null ? isSameList(one, other) : one === other;
  });
}

function isSameList(a: object, b: unknown): boolean {
  // Postgres keeps the keys of a jsonb in an order of its own.
  const text = (value: unknown): string =>
    JSON.stringify(value, (_key, item: unknown) =>
      item !== null && typeof item === 'object' && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([x], [y]) => (x < y ? -1 : 1)))
        : item,
    );
  return text(a) === text(b);
}

function rowObject(id: string, values: ContactRow): Record<string, unknown> {
  return { id, ...Object.fromEntries(CONTACT_COLUMNS.map((column, index) => [column, values[index]])) };
}

async function heldBy(db: Db, ownerId: string, ids: readonly string[]): Promise<Map<string, Held[]>> {
  const found = await rows<Held>(
    db,
    `SELECT id, contact_id, kind, value, canonical, shared FROM identity
      WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[])`,
    [ownerId, ids],
  );
  const held = new Map<string, Held[]>();
  for (const one of found) held.set(one.contactId, [...(held.get(one.contactId) ?? []), one]);
  return held;
}

async function addIdentities(db: Db, ownerId: string, added: readonly Held[], now: Date): Promise<void> {
  const at = now.toISOString();
  const lines = added.map((one) => identityLine(ownerId, at, one));
  await copyRows(db, 'identity', NEW_IDENTITY, lines);
}

async function dropIdentities(db: Db, ownerId: string, gone: readonly Held[]): Promise<void> {
  if (gone.length === 0) return;
  await db.query(`DELETE FROM identity WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, [
    ownerId,
    gone.map(({ id }) => id),
  ]);
}

async function rewordIdentities(db: Db, ownerId: string, reworded: readonly Held[]): Promise<void> {
  if (reworded.length === 0) return;
  await db.query(
    `UPDATE identity i SET value = n.value
       FROM unnest($2::uuid[], $3::text[]) AS n(id, value) WHERE i.owner_id = $1 AND i.id = n.id`,
    [ownerId, reworded.map(({ id }) => id), reworded.map(({ value }) => value)],
  );
}

/** $1 owner, $2 contact ids. */
const RECORDS_SQL = `
SELECT p.person, r.id, r.kind, r.created_at AS at, r.candidate
  FROM (SELECT DISTINCT coalesce(merged_into, id) AS person FROM contact
         WHERE owner_id = $1 AND id = ANY ($2::uuid[])) p
  CROSS JOIN LATERAL (${contactsOf('p.person')}) k
  JOIN source_record r ON r.owner_id = $1 AND r.contact_id = k.id
 ORDER BY r.created_at, r.id`;

/** Whoever is said anew is no longer hidden by an undo. */
const UPDATE_SQL = `
UPDATE contact c
   SET ${CONTACT_COLUMNS.map((column) => `${column} = n.${column}`).join(', ')},
       hidden_at = NULL, version = c.version + 1
  FROM jsonb_to_recordset($2::jsonb) AS n(id uuid, ${CONTACT_TYPES})
 WHERE c.owner_id = $1 AND c.id = n.id`;
