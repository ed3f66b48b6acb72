import { afterWorkingDays, DEFAULT_WINDOW, localDate } from '../core/schedule.js';
import type { SuppressionScope } from '../core/way-out-choices.js';
import { appendSuppression, lockPersons } from '../database/append.js';
import { newId } from '../database/ids.js';
import { contactsOf } from '../database/persons.js';
import { row, rows, type Db } from '../database/rows.js';
import type { Heard } from './heard.js';
import { proposeLeft, proposeSignature } from './propose.js';

/** An answer is owed within two working days of the owner. */
const DEBT_DAYS = 2;

/**
 * What follows from a received mail at once: an answer owed, an address spared, a question to the owner. What it stops or
 * puts off is the planner's to do. Call it inside a transaction that has locked the person.
 */
export async function takeEffects(tx: Db, heard: Heard, now: Date): Promise<void> {
  switch (heard.kind) {
    case 'reply':
      await owe(tx, heard, now);
      return proposeSignature(tx, heard, now);
    case 'opt-out':
      if (heard.asks.length > 0) await owe(tx, heard, now);
      return spare(tx, heard, await addressesOf(tx, heard), heard.scope, 'they asked to stop', now);
    case 'complaint': {
      const theirs = [...(await addressesOf(tx, { ...heard, from: null })), heard.recipient ?? ''];
      return spare(tx, heard, theirs, 'everything', 'they complained about a mail', now);
    }
    case 'bounce': {
      if (heard.severity !== 'hard' || heard.contactId === null) return;
      const why = `the address does not exist${heard.status === null ? '' : `: ${heard.status}`}`;
      const dead = (await sentTo(tx, heard)) ?? heard.recipient;
      return spare(tx, heard, dead === null ? [] : [dead], 'everything', why, now);
    }
    case 'auto-reply': {
      if (heard.subkind !== 'left' || heard.contactId === null) return;
      const theirs = (await sentTo(tx, heard)) ?? heard.from;
      if (heard.dead && theirs !== null) {
        await spare(tx, heard, [theirs], 'everything', 'they read this address no longer', now);
      }
      return proposeLeft(tx, heard, now);
    }
    default:
  }
}

/** The owner says it is something else: what this very mail did is taken back, and nothing that anything else did. */
export async function takeBack(
  tx: Db,
  heard: Pick<Heard, 'id' | 'ownerId' | 'contactId'>,
  now: Date,
): Promise<string[]> {
  const { id, ownerId } = heard;
  if (heard.contactId !== null) await lockPersons(tx, ownerId, [heard.contactId]);
  const done: string[] = [];
  const lifted = await rows<{ address: string }>(
    tx,
    `UPDATE suppression SET lifted_at = $3
      WHERE owner_id = $1 AND source_kind = 'inbound' AND source_id = $2 AND lifted_at IS NULL RETURNING address`,
    [ownerId, id, now],
  );
  if (lifted.length > 0) {
    const which = [...new Set(lifted.map(({ address }) => address))].join(', ');
    done.push(`${which} may be written to again`);
  }
  const closed = await rows(
    tx,
    `UPDATE reply_debt SET closed_at = $3 WHERE owner_id = $1 AND inbound_id = $2 AND closed_at IS NULL RETURNING id`,
    [ownerId, id, now],
  );
  if (closed.length > 0) done.push('no answer is owed for it');
  const dropped = await rows(
    tx,
    `UPDATE position_change SET state = 'dismissed', decided_at = $3
      WHERE owner_id = $1 AND inbound_id = $2 AND state = 'question' RETURNING id`,
    [ownerId, id, now],
  );
  if (dropped.length > 0) done.push('its question is dropped');
  return done;
}

/**
 * Due in two working days of the owner; a debt that was closed with a mistake opens again. Where a hand-written mail to
 * them lies in Sent that went after it arrived, it is answered already.
 */
async function owe(tx: Db, { ownerId, contactId, id, asks, at }: Heard, now: Date): Promise<void> {
  if (contactId === null) return;
  const owner = await row<{ zone: string }>(tx, `SELECT zone FROM owner WHERE id = $1`, [ownerId]);
  const zone = owner?.zone ?? 'UTC';
  const from = localDate(now, zone);
  const due = afterWorkingDays({ from, days: DEBT_DAYS, zone, window: DEFAULT_WINDOW, spread: 0 });
  await tx.query(
    `INSERT INTO reply_debt (id, owner_id, created_at, contact_id, inbound_id, due_on, asks, closed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, (
       SELECT $3::timestamptz FROM contact given
         CROSS JOIN LATERAL (${contactsOf('coalesce(given.merged_into, given.id)')}) k
         JOIN interaction n ON n.owner_id = $2 AND n.contact_id = k.id
        WHERE given.owner_id = $2 AND given.id = $4 AND n.kind = 'mail-by-hand' AND n.source_kind = 'sent-mail'
          AND n.at > $8 LIMIT 1))
     ON CONFLICT (owner_id, inbound_id) DO UPDATE SET closed_at = EXCLUDED.closed_at, contact_id = EXCLUDED.contact_id`,
    [newId(), ownerId, now, contactId, id, localDate(due, zone), JSON.stringify(asks), at],
  );
}

async function sentTo(tx: Db, { ownerId, messageId }: Heard): Promise<string | null> {
  if (messageId === null) return null;
  const sent = await row<{ to: string | null }>(
    tx,
    `SELECT to_canonical AS "to" FROM message WHERE owner_id = $1 AND id = $2`,
    [ownerId, messageId],
  );
  return sent?.to ?? null;
}

/** Where the person can be written to, where we wrote to, and where the mail came from. */
async function addressesOf(tx: Db, heard: Heard): Promise<string[]> {
  const theirs =
    heard.contactId === null
      ? []
      : await rows<{ canonical: string }>(
          tx,
          `SELECT i.canonical FROM contact given
             CROSS JOIN LATERAL (${contactsOf('coalesce(given.merged_into, given.id)')}) k
             JOIN identity i ON i.owner_id = $1 AND i.contact_id = k.id AND i.kind = 'email'
            WHERE given.owner_id = $1 AND given.id = $2`,
          [heard.ownerId, heard.contactId],
        );
  return [...theirs.map(({ canonical }) => canonical), (await sentTo(tx, heard)) ?? '', heard.from ?? ''];
}

async function spare(
  tx: Db,
  { ownerId, id }: Heard,
  addresses: readonly string[],
  scope: SuppressionScope,
  why: string,
  now: Date,
): Promise<void> {
  const source = { at: now, sourceKind: 'inbound', sourceId: id };
  for (const address of [...new Set(addresses)].filter((one) => one !== '').sort()) {
    await appendSuppression(tx, { ownerId, address, scope, why, ...source });
  }
}
