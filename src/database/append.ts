import type { SuppressionScope } from '../core/way-out-choices.js';
import { newId } from './ids.js';
import { affected, rows, type Db } from './rows.js';
import type { FactKind } from '../core/facts.js';
import type { MessageKind } from './entities/message.entity.js';

/**
 * The shared appends: any feature may add to a log, through one function each, naming its source. Only the log's own
 * feature confirms, corrects or closes a row. All answer the new id, or null where the row was there already.
 */
interface Sourced {
  ownerId: string;
  contactId: string;
  at: Date;
  sourceKind: string;
  sourceId: string | null;
  importId?: string | null;
}

export async function appendFact(
  db: Db,
  fact: Sourced & { kind: FactKind; text: string; quotable: boolean; eventId?: string | null },
): Promise<string> {
  const id = newId();
  await db.query(
    `INSERT INTO fact (id, owner_id, created_at, contact_id, event_id, kind, text, quotable, source_kind, source_id, import_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      fact.ownerId,
      fact.at,
      fact.contactId,
      fact.eventId ?? null,
      fact.kind,
      fact.text,
      fact.quotable,
      fact.sourceKind,
      fact.sourceId,
      fact.importId ?? null,
    ],
  );
  return id;
}

export async function appendInteraction(
  db: Db,
  interaction: Sourced & {
    kind: 'met' | 'note' | 'call' | 'meeting' | 'mail-by-hand';
    text: string;
    createdAt: Date;
  },
): Promise<string> {
  const id = newId();
  await db.query(
    `INSERT INTO interaction (id, owner_id, created_at, contact_id, kind, at, text, source_kind, source_id, import_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      interaction.ownerId,
      interaction.createdAt,
      interaction.contactId,
      interaction.kind,
      interaction.at,
      interaction.text,
      interaction.sourceKind,
      interaction.sourceId ?? id,
      interaction.importId ?? null,
    ],
  );
  return id;
}

export async function appendPromise(
  db: Db,
  promise: Sourced & { text: string; dueOn: string; eventId?: string | null },
): Promise<string> {
  const id = newId();
  await db.query(
    `INSERT INTO promise (id, owner_id, created_at, contact_id, event_id, text, due_on, source_kind, source_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      promise.ownerId,
      promise.at,
      promise.contactId,
      promise.eventId ?? null,
      promise.text,
      promise.dueOn,
      promise.sourceKind,
      promise.sourceId,
    ],
  );
  return id;
}

/**
 * `at` is when it was recorded; `metAt` when it happened, where the source says so. Said again by the same source, it
 * stays closed if the owner closed it; only the owner's own word opens it.
 */
export async function appendEncounter(
  db: Db,
  encounter: Sourced & { eventId: string; kind: 'met' | 'attended'; metAt: Date | null; sourceId: string },
): Promise<string | null> {
  const [made] = await rows<{ id: string }>(
    db,
    `INSERT INTO encounter (id, owner_id, created_at, contact_id, event_id, kind, at, source_kind, source_id, import_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (owner_id, contact_id, event_id, source_kind, source_id)
     DO UPDATE SET kind = EXCLUDED.kind,
       closed_at = CASE WHEN EXCLUDED.source_kind = 'owner' THEN NULL ELSE encounter.closed_at END RETURNING id`,
    [
      newId(),
      encounter.ownerId,
      encounter.at,
      encounter.contactId,
      encounter.eventId,
      encounter.kind,
      encounter.metAt,
      encounter.sourceKind,
      encounter.sourceId,
      encounter.importId ?? null,
    ],
  );
  return made?.id ?? null;
}

/**
 * A stop. Locks the persons who hold the address first, as the mark before DATA does, so that no message slips between
 * check and mark. Every source has a row of its own: taking one back leaves what others said.
 */
export async function appendSuppression(
  db: Db,
  suppression: {
    ownerId: string;
    address: string;
    scope: SuppressionScope;
    why: string;
    at: Date;
    sourceKind: string;
    sourceId: string | null;
  },
): Promise<void> {
  await lockPersons(db, suppression.ownerId, await holdersOf(db, suppression.ownerId, [suppression.address]));
  await db.query(
    `INSERT INTO suppression (id, owner_id, created_at, address, scope, why, source_kind, source_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT DO NOTHING`,
    [
      newId(),
      suppression.ownerId,
      suppression.at,
      suppression.address,
      suppression.scope,
      suppression.why,
      suppression.sourceKind,
      suppression.sourceId,
    ],
  );
}

/** The contacts that hold one of these canonical addresses. */
export async function holdersOf(db: Db, ownerId: string, addresses: readonly string[]): Promise<string[]> {
  const holders = await rows<{ contactId: string }>(
    db,
    `SELECT DISTINCT contact_id FROM identity WHERE owner_id = $1 AND kind = 'email' AND canonical = ANY ($2::text[])`,
    [ownerId, addresses],
  );
  return holders.map(({ contactId }) => contactId);
}

/** Locks persons in id order: whoever records a stop for them, merges them or marks a message takes this lock first. */
export async function lockPersons(db: Db, ownerId: string, contactIds: readonly string[]): Promise<void> {
  await db.query(
    `SELECT id FROM contact WHERE owner_id = $1 AND id IN (
       SELECT coalesce(merged_into, id) FROM contact WHERE owner_id = $1 AND id = ANY ($2)) ORDER BY id FOR UPDATE`,
    [ownerId, contactIds],
  );
}

export interface PlannedMessage {
  ownerId: string;
  contactId: string;
  kind: MessageKind;
  channel: 'mail' | 'task';
  enrollmentId: string | null;
  stepId: string | null;
  eventId: string | null;
  subjectKey: string | null;
  occursOn: string | null;
  mailboxId: string | null;
  toAddress: string | null;
  toCanonical: string | null;
  dueAt: Date;
  now: Date;
  /** 2 for a step whose mail came back for a passing reason; 1 by default. */
  attempt?: number;
}

/** Puts a planned message on the line; null where that occurrence, or that attempt of a step, is there already (law 1). */
export async function planMessage(db: Db, message: PlannedMessage): Promise<string | null> {
  const [made] = await rows<{ id: string }>(
    db,
    `INSERT INTO message (id, owner_id, created_at, contact_id, enrollment_id, step_id, event_id, kind, subject_key,
                          occurs_on, channel, state, mailbox_id, to_address, to_canonical, due_at, next_at, attempt)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'planned', $12, $13, $14, $15, $3, $16)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      newId(),
      message.ownerId,
      message.now,
      message.contactId,
      message.enrollmentId,
      message.stepId,
      message.eventId,
      message.kind,
      message.subjectKey,
      message.occursOn,
      message.channel,
      message.mailboxId,
      message.toAddress,
      message.toCanonical,
      message.dueAt,
      message.attempt ?? 1,
    ],
  );
  return made?.id ?? null;
}

/** Who did what, when. */
export async function appendAudit(
  db: Db,
  entry: {
    ownerId: string;
    at: Date;
    who: string;
    what: string;
    subjectKind: string;
    subjectId: string | null;
    detail?: Record<string, unknown>;
  },
): Promise<void> {
  await affected(
    db,
    `INSERT INTO audit (id, owner_id, created_at, who, what, subject_kind, subject_id, detail)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      newId(),
      entry.ownerId,
      entry.at,
      entry.who,
      entry.what,
      entry.subjectKind,
      entry.subjectId,
      JSON.stringify(entry.detail ?? {}),
    ],
  );
}
