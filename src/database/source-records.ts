import { foldContact, type Fold, type FoldRecord } from '../core/import/fold.js';
import { greetingName } from '../core/import/names.js';
import type { Candidate } from '../core/import/records.js';
import { zoneOf } from '../core/zones.js';
import { lockPersons } from './append.js';
import { newId } from './ids.js';
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
}

/** A contact that is not there yet, with the records it is folded from. */
export interface NewPerson {
  id: string;
  records: FoldRecord[];
}

/**
 * One at a time may add to an owner's people, until its transaction ends: two imports side by side would both create the
 * person whom neither sees. Take it before looking for known people.
 */
export async function lockPeople(db: Db, ownerId: string): Promise<void> {
  await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('people ' || $1::text, 0))`, [ownerId]);
}

/** Appends to the log. The contacts must be there; they are not folded anew by this. */
export async function appendSourceRecords(
  db: Db,
  ownerId: string,
  records: readonly NewSourceRecord[],
  now: Date,
): Promise<void> {
  if (records.length === 0) return;
  await db.query(
    `INSERT INTO source_record (id, owner_id, created_at, contact_id, kind, import_id, file_id, line, candidate,
                                fingerprint, verdict)
     SELECT r.id, $1, $2, r."contactId", r.kind, r."importId", r."fileId", r.line, r.candidate, r.fingerprint, r.verdict
       FROM jsonb_to_recordset($3::jsonb) AS r(id uuid, "contactId" uuid, kind text, "importId" uuid, "fileId" uuid,
                                              line int, candidate jsonb, fingerprint text, verdict text)`,
    [ownerId, now, JSON.stringify(records)],
  );
}

/** Puts new contacts into the register, folded from the records given; append those records afterwards. */
export async function createPeople(
  db: Db,
  ownerId: string,
  people: readonly NewPerson[],
  now: Date,
): Promise<void> {
  if (people.length === 0) return;
  const ownerZone = await zoneOfOwner(db, ownerId);
  const folded = people.map(({ id, records }) => ({ id, fold: foldContact(records), records }));
  await db.query(
    `INSERT INTO contact (id, owner_id, created_at, full_name, given_name, family_name, company, title, city, country,
                          birthday, zone, zone_source, language, language_source, conflicts)
     SELECT n.id, $1, $2, n."fullName", n."givenName", n."familyName", n.company, n.title, n.city, n.country,
            n.birthday, n.zone, n."zoneSource", n.language, n."languageSource", n.conflicts
       FROM jsonb_to_recordset($3::jsonb) AS n(${CONTACT_ROW})`,
    [ownerId, now, JSON.stringify(folded.map((one) => contactRow(one, ownerZone)))],
  );
  await writeIdentities(db, ownerId, folded, now);
  await markShared(db, ownerId, folded);
}

/**
 * Rewrites contacts and their identities from all their source records, those of contacts merged into them included.
 * The version rises only where something changed; answers how many contacts did. Who has no source record is left as
 * they are. Locks the persons.
 */
export async function refold(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
  now: Date,
): Promise<number> {
  if (contactIds.length === 0) return 0;
  await lockPersons(db, ownerId, contactIds);
  const said = await rows<FoldRecord & { person: string }>(db, RECORDS_SQL, [ownerId, contactIds]);
  const byPerson = new Map<string, FoldRecord[]>();
  for (const { person, ...record } of said) {
    const records = byPerson.get(person);
    if (records) records.push(record);
    else byPerson.set(person, [record]);
  }
  const folded = [...byPerson].map(([id, records]) => ({ id, fold: foldContact(records), records }));
  if (folded.length === 0) return 0;
  const gone = await dropIdentities(db, ownerId, folded);
  const moved = new Set([...(await writeIdentities(db, ownerId, folded, now)), ...gone]);
  await markShared(db, ownerId, folded);
  const ownerZone = await zoneOfOwner(db, ownerId);
  const contacts = folded.map((one) => ({ ...contactRow(one, ownerZone), moved: moved.has(one.id) }));
  return affected(db, UPDATE_SQL, [ownerId, JSON.stringify(contacts)]);
}

interface Folded {
  id: string;
  fold: Fold;
  records: readonly FoldRecord[];
}

const CONTACT_ROW = `id uuid, "fullName" text, "givenName" text, "familyName" text, company text, title text, city text,
  country text, birthday text, zone text, "zoneSource" text, language text, "languageSource" text, conflicts jsonb`;

function contactRow({ id, fold, records }: Folded, ownerZone: string): Record<string, unknown> {
  const { fields, sources, conflicts } = fold;
  const { zone, source } = zoneOf({ ...fields, ownerZone });
  const kindOf = (id: string | undefined): string | undefined =>
    records.find((record) => record.id === id)?.kind;
  return {
    id,
    // Somebody of whom only an address is known is shown by it; given and family name stay open.
    fullName: fields.name.full || (fields.emails[0] ?? fields.linkedin ?? fields.phones[0] ?? ''),
    // It will stand after "Hi ": the owner's word as it is, a file's only where it is sure.
    givenName: kindOf(sources.name) === 'owner' ? fields.name.given : greetingName(fields.name),
    familyName: fields.name.family,
    company: fields.company,
    title: fields.title,
    city: fields.city,
    country: fields.country,
    birthday: fields.birthday,
    zone,
    zoneSource: source,
    language: fields.language,
    languageSource: fields.language === undefined ? undefined : kindOf(sources.language),
    conflicts,
  };
}

async function zoneOfOwner(db: Db, ownerId: string): Promise<string> {
  const owner = await row<{ zone: string }>(db, `SELECT zone FROM owner WHERE id = $1`, [ownerId]);
  return owner?.zone ?? 'UTC';
}

/** Answers the contacts whose identities are new or changed. */
async function writeIdentities(
  db: Db,
  ownerId: string,
  folded: readonly Folded[],
  now: Date,
): Promise<string[]> {
  const wanted = folded.flatMap(({ id, fold }) =>
    fold.identities.map((identity) => ({ id: newId(), contactId: id, ...identity })),
  );
  const written = await rows<{ contactId: string }>(
    db,
    `INSERT INTO identity (id, owner_id, created_at, contact_id, kind, value, canonical, shared)
     SELECT n.id, $1, $2, n."contactId", n.kind, n.value, n.canonical, n.shared
       FROM jsonb_to_recordset($3::jsonb) AS n(id uuid, "contactId" uuid, kind text, value text, canonical text, shared boolean)
     ON CONFLICT (owner_id, contact_id, kind, canonical)
     DO UPDATE SET value = EXCLUDED.value, shared = identity.shared OR EXCLUDED.shared
      WHERE (identity.value, identity.shared) IS DISTINCT FROM (EXCLUDED.value, identity.shared OR EXCLUDED.shared)
     RETURNING contact_id`,
    [ownerId, now, JSON.stringify(wanted)],
  );
  return written.map(({ contactId }) => contactId);
}

/** Removes what no source record says any more; answers the contacts that lost something. */
async function dropIdentities(db: Db, ownerId: string, folded: readonly Folded[]): Promise<string[]> {
  const kept = folded.flatMap(({ id, fold }) =>
    fold.identities.map(({ kind, canonical }) => `${id} ${kind} ${canonical}`),
  );
  const gone = await rows<{ contactId: string }>(
    db,
    `DELETE FROM identity
      WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[])
        AND contact_id::text || ' ' || kind || ' ' || canonical <> ALL ($3::text[])
     RETURNING contact_id`,
    [ownerId, folded.map(({ id }) => id), kept],
  );
  return gone.map(({ contactId }) => contactId);
}

/** An address that two persons hold proves nothing of either any more. */
async function markShared(db: Db, ownerId: string, folded: readonly Folded[]): Promise<void> {
  const emails = folded.flatMap(({ fold }) =>
    fold.identities.filter(({ kind }) => kind === 'email').map(({ canonical }) => canonical),
  );
  if (emails.length === 0) return;
  const held = await rows<{ canonical: string }>(db, HELD_TWICE_SQL, [ownerId, [...new Set(emails)]]);
  if (held.length === 0) return;
  await db.query(
    `UPDATE identity SET shared = true
      WHERE owner_id = $1 AND kind = 'email' AND canonical = ANY ($2::text[]) AND NOT shared`,
    [ownerId, held.map(({ canonical }) => canonical)],
  );
}

/** $1 owner, $2 addresses. By lateral, for a planner without statistics would read everybody for each batch. */
const HELD_TWICE_SQL = `
SELECT a.canonical FROM unnest($2::text[]) AS a(canonical)
 CROSS JOIN LATERAL (
   SELECT count(DISTINCT coalesce(c.merged_into, c.id)) AS persons
     FROM identity i JOIN contact c ON c.id = i.contact_id
    WHERE i.owner_id = $1 AND i.kind = 'email' AND i.canonical = a.canonical) h
 WHERE h.persons > 1`;

/** $1 owner, $2 contact ids. */
const RECORDS_SQL = `
SELECT p.person, r.id, r.kind, r.created_at AS at, r.candidate
  FROM (SELECT DISTINCT coalesce(merged_into, id) AS person FROM contact
         WHERE owner_id = $1 AND id = ANY ($2::uuid[])) p
  CROSS JOIN LATERAL (
    SELECT p.person AS id UNION ALL SELECT k.id FROM contact k WHERE k.merged_into = p.person) k
  JOIN source_record r ON r.owner_id = $1 AND r.contact_id = k.id`;

/** Whoever is said anew is no longer hidden by an undo. */
const UPDATE_SQL = `
UPDATE contact c
   SET full_name = n."fullName", given_name = n."givenName", family_name = n."familyName", company = n.company,
       title = n.title, city = n.city, country = n.country, birthday = n.birthday, zone = n.zone,
       zone_source = n."zoneSource", language = n.language, language_source = n."languageSource",
       conflicts = n.conflicts, hidden_at = NULL, version = c.version + 1
  FROM jsonb_to_recordset($2::jsonb) AS n(${CONTACT_ROW}, moved boolean)
 WHERE c.owner_id = $1 AND c.id = n.id
   AND (n.moved OR c.hidden_at IS NOT NULL
        OR (c.full_name, c.given_name, c.family_name, c.company, c.title, c.city, c.country, c.birthday, c.zone,
            c.zone_source, c.language, c.language_source, c.conflicts)
           IS DISTINCT FROM
           (n."fullName", n."givenName", n."familyName", n.company, n.title, n.city, n.country, n.birthday, n.zone,
            n."zoneSource", n.language, n."languageSource", n.conflicts))`;
