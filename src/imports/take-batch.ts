import type { ImportFormat } from '../core/import/records.js';
import { cleanText } from '../core/text.js';
import type { EventDays } from '../database/find-event.js';
import { newId } from '../database/ids.js';
import { keysOf, knownPeople } from '../database/known-people.js';
import { mergePeople } from '../database/merge-people.js';
import { affected, rows, type Db } from '../database/rows.js';
import { appendSourceRecords, createPeople, lockPeople, refold } from '../database/source-records.js';
import { encounterOf, momentOf } from './encounter.js';
import { planBatch, saidBy, type BatchPlan, type Counts } from './plan-batch.js';
import type { FileRow } from '../files/file-reading.js';

/** Rows as they came, with where they belong. */
export interface Batch {
  ownerId: string;
  importId: string;
  fileId: string;
  format: ImportFormat;
  event: EventDays | null;
  rows: readonly FileRow[];
  /** Rows of the file that were taken before this batch: where it goes on. */
  from: number;
  now: Date;
}

/** Characters of a refused row that are kept to be shown. */
const MAX_RAW = 2_000;

/**
 * Takes one batch of rows, all or nothing, together with the count of rows taken: a crash between two batches loses
 * nothing and counts nothing twice. Null when the file is no longer where the batch begins: somebody else has taken it.
 * Call it inside a transaction.
 */
export async function takeBatch(tx: Db, batch: Batch): Promise<Counts | null> {
  const { ownerId, importId, fileId, now } = batch;
  await lockPeople(tx, ownerId);
  const isOurs = await affected(
    tx,
    `SELECT f.id FROM import_file f JOIN import i ON i.id = f.import_id
      WHERE f.owner_id = $1 AND f.id = $2 AND f.rows = $3 AND i.state = 'running' FOR UPDATE`,
    [ownerId, fileId, batch.from],
  );
  if (isOurs === 0) return null;
  const said = batch.rows
    .map((row) => saidBy(row, batch.format, batch.event?.id ?? null))
    .filter((one) => one !== null);
  const ids = (): string[] => said.map(() => newId()).sort();
  const plan = planBatch({
    said,
    seen: await seenBefore(
      tx,
      ownerId,
      said.map(({ fingerprint }) => fingerprint),
    ),
    known: await knownPeople(tx, ownerId, [...new Set(said.flatMap(({ candidate }) => keysOf(candidate)))]),
    importId,
    fileId,
    now,
    recordIds: ids(),
    contactIds: ids(),
  });
  await createPeople(tx, ownerId, plan.people, now);
  await appendSourceRecords(tx, ownerId, plan.records, now);
  await mergePeople(tx, ownerId, plan.merges, { by: 'row', importId }, now);
  await refold(tx, ownerId, plan.touched, now);
  await appendEncounters(tx, batch, plan);
  await appendNotes(tx, batch, plan);
  await keepRejections(tx, batch);
  const counts = countsOf(batch, plan);
  await tx.query(
    `UPDATE import_file SET rows = rows + $3, created = created + $4, merged = merged + $5, unchanged = unchanged + $6,
                            rejected = rejected + $7, ignored = ignored + $8
      WHERE owner_id = $1 AND id = $2`,
    [
      ownerId,
      fileId,
      batch.rows.length,
      counts.created,
      counts.merged,
      counts.unchanged,
      counts.rejected,
      counts.ignored,
    ],
  );
  return counts;
}

function countsOf(batch: Batch, plan: BatchPlan): Counts {
  const read = (kind: FileRow['reading']['kind']): number =>
    batch.rows.filter(({ reading }) => reading.kind === kind).length;
  const ended = (verdict: string): number => plan.records.filter((one) => one.verdict === verdict).length;
  return {
    created: ended('created'),
    merged: ended('merged'),
    unchanged: plan.unchanged,
    rejected: read('rejected'),
    ignored: read('ignored'),
  };
}

async function seenBefore(tx: Db, ownerId: string, fingerprints: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ fingerprint: string }>(
    tx,
    `SELECT fingerprint FROM source_record WHERE owner_id = $1 AND fingerprint = ANY ($2::text[])`,
    [ownerId, fingerprints],
  );
  return new Set(found.map(({ fingerprint }) => fingerprint));
}

async function appendEncounters(tx: Db, batch: Batch, plan: BatchPlan): Promise<void> {
  const { event } = batch;
  if (!event) return;
  const encounters = plan.records.flatMap(({ id, contactId, candidate }) => {
    const encounter = encounterOf(candidate, batch.format, event);
    return encounter ? [{ ...encounter, id: newId(), contactId, sourceId: id }] : [];
  });
  await tx.query(
    `INSERT INTO encounter (id, owner_id, created_at, contact_id, event_id, kind, at, source_kind, source_id, import_id)
     SELECT n.id, $1, $2, n."contactId", $3, n.kind, n.at, n."sourceKind", n."sourceId", $4
       FROM jsonb_to_recordset($5::jsonb) AS n(id uuid, "contactId" uuid, kind text, at timestamptz, "sourceKind" text,
                                              "sourceId" uuid)
     ON CONFLICT DO NOTHING`,
    [batch.ownerId, batch.now, event.id, batch.importId, JSON.stringify(encounters)],
  );
}

/** What somebody noted in a file is kept to be read, never to be quoted: who wrote it for whom is not known. */
async function appendNotes(tx: Db, batch: Batch, plan: BatchPlan): Promise<void> {
  const zone = batch.event?.zone ?? 'UTC';
  const notes = plan.records.flatMap(({ id, contactId, candidate: { notes: text, sign } }) =>
    text === undefined
      ? []
      : [{ id: newId(), contactId, text, at: sign?.at ? momentOf(sign.at, zone) : batch.now, sourceId: id }],
  );
  if (notes.length === 0) return;
  await tx.query(
    `INSERT INTO interaction (id, owner_id, created_at, contact_id, kind, at, text, source_kind, source_id, import_id)
     SELECT n.id, $1, $2, n."contactId", 'note', n.at, n.text, 'import', n."sourceId", $3
       FROM jsonb_to_recordset($4::jsonb) AS n(id uuid, "contactId" uuid, at timestamptz, text text, "sourceId" uuid)`,
    [batch.ownerId, batch.now, batch.importId, JSON.stringify(notes)],
  );
}

async function keepRejections(tx: Db, batch: Batch): Promise<void> {
  const refused = batch.rows.flatMap(({ line, raw, reading }) =>
    reading.kind === 'rejected'
      ? [{ id: newId(), line, reason: cleanText(reading.reason), raw: cleanText(raw.slice(0, MAX_RAW)) }]
      : [],
  );
  if (refused.length === 0) return;
  const ids = refused.map(({ id }) => id).sort();
  await tx.query(
    `INSERT INTO import_rejection (id, owner_id, created_at, import_id, file_id, line, reason, raw)
     SELECT n.id, $1, $2, $3, $4, n.line, n.reason, n.raw
       FROM jsonb_to_recordset($5::jsonb) AS n(id uuid, line int, reason text, raw text)`,
    [
      batch.ownerId,
      batch.now,
      batch.importId,
      batch.fileId,
      JSON.stringify(refused.map((one, index) => ({ ...one, id: ids[index] }))),
    ],
  );
}
