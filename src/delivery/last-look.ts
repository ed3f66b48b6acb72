import type { DataSource } from 'typeorm';
import { decide, type Decision } from '../core/decide.js';
import { lockPersons } from '../database/append.js';
import { decisionRows, type DecisionSubject } from '../database/decision-rows.js';
import { rows, type Db } from '../database/rows.js';
import { markSending, type Claimed } from './claim.js';
import type { Outgoing } from './outgoing.js';

export type LastLook =
  { kind: 'marked' } | { kind: 'lost' } | { kind: 'held'; decision: Exclude<Decision, { kind: 'send' }> };

/** What `decide` says of claimed messages, keyed by id. A message whose rows are gone is not in it. */
export async function decisions(
  db: Db,
  claimed: readonly Claimed[],
  now: Date,
): Promise<Map<string, Decision>> {
  const said = new Map<string, Decision>();
  for (const ownerId of new Set(claimed.map((one) => one.ownerId))) {
    const subjects = claimed.filter((one) => one.ownerId === ownerId).map(subjectOf);
    for (const [id, found] of await decisionRows(db, ownerId, subjects, now))
      said.set(id, decide(found, now));
  }
  return said;
}

/**
 * The last look and the mark, between the server's 354 and the first byte: one transaction that first locks whoever a
 * stop could be recorded for, and only then reads and marks. Checking and marking in one statement was seen to let a
 * stop slip through that was committed while the statement waited.
 */
export async function lookAndMark(
  dataSource: DataSource,
  claimed: Claimed,
  outgoing: Outgoing,
  input: { now: Date; leaseSeconds: number },
): Promise<LastLook> {
  const started = performance.now();
  const look = await dataSource.transaction(async (tx): Promise<LastLook> => {
    await tx.query(`SET LOCAL statement_timeout = ${Math.round(input.leaseSeconds * 1000)}`);
    // "Stop everything" updates the owner's row, so it waits for this lock and we for it.
    await tx.query('SELECT 1 FROM owner WHERE id = $1 FOR SHARE', [claimed.ownerId]);
    await lockPersons(tx, claimed.ownerId, [claimed.contactId, ...(await holdersOf(tx, claimed))]);
    const decision = (await decisions(tx, [claimed], input.now)).get(claimed.id);
    if (!decision) return { kind: 'lost' };
    if (decision.kind !== 'send') return { kind: 'held', decision };
    const marked = await markSending(tx, claimed, outgoing.header, input.leaseSeconds);
    return marked ? { kind: 'marked' } : { kind: 'lost' };
  });
  // Frozen past the lease between the commit and here: others may have called it unknown, so it must not leave.
  return performance.now() - started > input.leaseSeconds * 1000 ? { kind: 'lost' } : look;
}

/** Everyone who holds the address: a stop of theirs stops it, and no two messages to it are under way at once. */
async function holdersOf(db: Db, claimed: Claimed): Promise<string[]> {
  const holders = await rows<{ contactId: string }>(
    db,
    `SELECT contact_id FROM identity WHERE owner_id = $1 AND kind = 'email' AND canonical = $2`,
    [claimed.ownerId, claimed.toCanonical],
  );
  return holders.map((holder) => holder.contactId);
}

function subjectOf(claimed: Claimed): DecisionSubject {
  return {
    key: claimed.id,
    contactId: claimed.contactId,
    messageId: claimed.id,
    enrollmentId: claimed.enrollmentId,
    mailboxId: claimed.mailboxId,
    toCanonical: claimed.toCanonical,
    purpose: claimed.kind,
    channel: claimed.channel,
    dueAt: claimed.dueAt,
    validUntil: claimed.validUntil,
    occursOn: claimed.occursOn,
    approvedBy: claimed.approvedBy,
  };
}
