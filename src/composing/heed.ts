import { decide } from '../core/decide.js';
import { composeContexts, decisionSubject } from '../database/compose-context.js';
import { decisionRows } from '../database/decision-rows.js';
import { rows, type Db } from '../database/rows.js';
import { BATCH, lapsesAt, moveAll, type Move } from './line.js';

/**
 * Inbound rows whose turn is composing's: the planner has stopped what it stops, and whatever of the persons' open
 * drafts may not go on is cancelled. Answers how many rows were heeded.
 */
export async function heedInbound(tx: Db, ownerId: string, now: Date): Promise<number> {
  const heeded = await rows<{ id: string; contactId: string | null }>(
    tx,
    `SELECT id, contact_id FROM inbound WHERE turn = 'composing' AND owner_id = $1
      ORDER BY at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    [ownerId],
  );
  if (heeded.length === 0) return 0;
  const open = await rows<{ id: string }>(
    tx,
    `SELECT m.id FROM message m
      WHERE m.owner_id = $1 AND m.state IN ('planned', 'needs_review', 'withheld') AND m.contact_id IN (
        SELECT k.id FROM contact given
          JOIN contact k ON k.id = coalesce(given.merged_into, given.id) OR k.merged_into = coalesce(given.merged_into, given.id)
         WHERE given.owner_id = $1 AND given.id = ANY ($2::uuid[]))`,
    [ownerId, heeded.flatMap(({ contactId }) => contactId ?? [])],
  );
  const contexts = await composeContexts(
    tx,
    ownerId,
    open.map(({ id }) => id),
  );
  const decided = await decisionRows(
    tx,
    ownerId,
    contexts.map((context) => decisionSubject(context, 'new')),
    now,
  );
  const stops: Move[] = [];
  for (const [id, found] of decided) {
    const decision = decide(found, now);
    if (decision.kind === 'stop') stops.push({ id, code: decision.code, why: decision.why });
  }
  await moveAll(tx, ownerId, 'cancelled', stops, { now, who: 'composing' });
  await tx.query(`UPDATE inbound SET turn = NULL WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, [
    ownerId,
    heeded.map(({ id }) => id),
  ]);
  return heeded.length;
}

/**
 * Drafts whose words stopped being true are written anew; a word about a day that has passed lapses. Answers how many
 * there were.
 */
export async function renewStale(tx: Db, ownerId: string, now: Date): Promise<number> {
  const stale = await rows<{ id: string }>(
    tx,
    `SELECT id FROM message WHERE state IN ('needs_review', 'withheld') AND valid_until IS NOT NULL
        AND valid_until <= $2 AND owner_id = $1 ORDER BY valid_until LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    [ownerId, now],
  );
  const contexts = await composeContexts(
    tx,
    ownerId,
    stale.map(({ id }) => id),
  );
  const lapsed = contexts.filter((context) => (lapsesAt(context)?.getTime() ?? Infinity) <= now.getTime());
  const others = contexts.filter((context) => !lapsed.includes(context));
  await moveAll(
    tx,
    ownerId,
    'cancelled',
    lapsed.map(({ id }) => ({ id, code: 'lapsed', why: 'the day has passed' })),
    { now, who: 'composing', what: 'lapsed' },
  );
  await moveAll(
    tx,
    ownerId,
    'planned',
    others.map(({ id }) => ({ id, code: 'stale-words', why: 'its words are no longer true', nextAt: now })),
    { now, who: 'composing', what: 'written-anew' },
  );
  return stale.length;
}
