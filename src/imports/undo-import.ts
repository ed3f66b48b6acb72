import { cutMerges, lockGroups } from '../database/cut-merges.js';
import { lockComposing, lockPlanner } from '../database/line-locks.js';
import { affected, rows } from '../database/rows.js';
import { refoldAll } from '../database/said-identities.js';
import { recomputeShared } from '../database/shared-identities.js';
import { membersOf, standingsOf, type Standings } from '../database/standing.js';
import { cancelToOthers, UNSENT } from '../database/take-back.js';
import { dropEvents } from './undo-events.js';
import { stopLine, UNDONE } from './undo-line.js';
import { dropRecords, dropSayings, type Undo } from './undo-rows.js';
import { MOST_NAMED, type UndoReport } from './undo.schemas.js';

/**
 * Takes back what an import brought, set by set, whatever its size. Call it in a transaction of its own under the owner's
 * people lock. The order: who is concerned; the merges it made; what stays and why; its sayings; the line; its people;
 * and everybody else folded anew.
 */
export async function takeBack(tx: Undo['tx'], input: Omit<Undo, 'tx'>): Promise<UndoReport> {
  const { ownerId, importId, now } = input;
  const undo: Undo = { tx, ...input };
  await lockPlanner(tx);
  await lockComposing(tx, ownerId);
  const touched = await rows<{ id: string }>(tx, TOUCHED_SQL, [ownerId, importId]);
  const contacts = await lockGroups(
    tx,
    ownerId,
    touched.map(({ id }) => id),
  );
  await lockMessages(undo, contacts);
  if (contacts.length >= MANY) await countTables(undo);
  const { edges } = await cutMerges(tx, ownerId, { importId });
  const standings = await tell(undo, contacts);
  const sayings = await dropSayings(undo);
  const records = await dropRecords(undo);
  const line = await stopLine(undo);
  await dropPeople(undo);
  const left = (await rows<{ id: string }>(tx, `SELECT id FROM undo_contact WHERE NOT gone ORDER BY id`)).map(
    ({ id }) => id,
  );
  const unsaid = await refoldAll(tx, ownerId, left, now);
  const misdirected = await cancelToOthers(
    tx,
    ownerId,
    left,
    unsaid.map(({ id }) => id),
    { ...UNDONE, now },
  );
  await tx.query(
    `UPDATE contact c SET hidden_at = $2, version = version + 1 FROM undo_contact u
      WHERE c.owner_id = $1 AND c.id = u.person AND u.standing = 'hidden' AND c.hidden_at IS NULL`,
    [ownerId, now],
  );
  return {
    importId,
    contacts: await count(undo, standings),
    records,
    ...sayings,
    mergesSplit: edges.length,
    ...line,
    messagesCancelled: line.messagesCancelled + misdirected,
    addressesKept: unsaid.length,
    events: await dropEvents(undo),
  };
}

/** $1 owner, $2 import. Whoever has a row of it. */
const TOUCHED_SQL = `
SELECT contact_id AS id FROM source_record WHERE owner_id = $1 AND import_id = $2
 UNION SELECT contact_id FROM encounter WHERE owner_id = $1 AND import_id = $2
 UNION SELECT contact_id FROM interaction WHERE owner_id = $1 AND import_id = $2
 UNION SELECT contact_id FROM fact WHERE owner_id = $1 AND import_id = $2
 UNION SELECT contact_id FROM position_change WHERE owner_id = $1 AND import_id = $2
 UNION SELECT from_id FROM contact_merge WHERE owner_id = $1 AND import_id = $2
 UNION SELECT into_id FROM contact_merge WHERE owner_id = $1 AND import_id = $2`;

/** A worker that is about to claim one waits or has it; from here on it is known which. */
async function lockMessages({ tx, ownerId }: Undo, contacts: readonly string[]): Promise<void> {
  await tx.query(
    `SELECT id FROM message WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[]) AND state = ANY ($3)
      ORDER BY id FOR UPDATE`,
    [ownerId, contacts, UNSENT],
  );
}

/** Writes down for the transaction who is concerned: contact, person, what becomes of them and why. */
async function tell({ tx, ownerId, importId }: Undo, contacts: readonly string[]): Promise<Standings> {
  const members = await membersOf(tx, ownerId, contacts, importId);
  const standings = standingsOf(members);
  const gone = new Set(standings.gone);
  const kindOf = (person: string): string => standings.persons.get(person)?.kind ?? 'known';
  await tx.query(
    `CREATE TEMP TABLE undo_contact (id uuid PRIMARY KEY, person uuid NOT NULL, standing text NOT NULL,
                                     gone boolean NOT NULL) ON COMMIT DROP`,
  );
  await tx.query(
    `INSERT INTO undo_contact (id, person, standing, gone)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[])`,
    [
      members.map(({ id }) => id),
      members.map(({ person }) => person),
      members.map(({ person }) => kindOf(person)),
      members.map(({ id }) => gone.has(id)),
    ],
  );
  await tx.query('CREATE INDEX ON undo_contact (person)');
  await tx.query('ANALYZE undo_contact');
  return standings;
}

/** Nothing was ever sent to them; everything of theirs goes with them. */
async function dropPeople(undo: Undo): Promise<void> {
  const { tx, ownerId } = undo;
  const held = await rows<{ canonical: string }>(
    tx,
    `SELECT DISTINCT i.canonical FROM identity i JOIN undo_contact u ON u.id = i.contact_id
      WHERE i.owner_id = $1 AND u.gone`,
    [ownerId],
  );
  await tx.query('SET LOCAL enable_seqscan = off');
  await affected(
    tx,
    `DELETE FROM contact c USING undo_contact u WHERE c.owner_id = $1 AND c.id = u.id AND u.gone`,
    [ownerId],
  );
  await recomputeShared(
    tx,
    ownerId,
    held.map(({ canonical }) => canonical),
  );
}

/** Fewer are gone before the tables are counted. */
const MANY = 200;

/**
 * Each contact that goes is looked for in every table that points to it, one by one. Just imported, the tables are unknown
 * to the database, and empty as the undo leaves them they look as if any index would do: counted before, it takes the
 * right one (ten thousand people took 70 s without).
 */
async function countTables({ tx }: Undo): Promise<void> {
  await tx.query(
    `ANALYZE contact, contact_merge, identity, source_record, proposal, position_change, encounter, debrief, interaction,
             fact, promise, enrollment, message, inbound, reply_debt`,
  );
}

async function count({ tx, ownerId }: Undo, { persons }: Standings): Promise<UndoReport['contacts']> {
  const counts = { removed: 0, others: 0, kept: 0, hidden: 0 };
  const why = new Map<string, { state: 'kept' | 'hidden'; why: string }>();
  for (const [id, standing] of persons) {
    if (standing.kind === 'gone') counts.removed += 1;
    else if (standing.kind === 'known') counts.others += 1;
    else {
      counts[standing.kind] += 1;
      const words = standing.kind === 'kept' ? standing.why : 'mail was sent to them, or may have been';
      if (why.size < MOST_NAMED) why.set(id, { state: standing.kind, why: words });
    }
  }
  const names = await rows<{ id: string; name: string }>(
    tx,
    `SELECT id, full_name AS name FROM contact WHERE owner_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id`,
    [ownerId, [...why.keys()]],
  );
  const named = names.flatMap((one) => {
    const said = why.get(one.id);
    return said ? [{ ...one, ...said }] : [];
  });
  return { ...counts, named };
}
