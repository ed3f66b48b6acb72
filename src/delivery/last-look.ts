import type { DataSource } from 'typeorm';
import { decide, type Decision, type DecisionRows } from '../core/decide.js';
import { decisionRows, type DecisionSubject } from '../database/decision-rows.js';
import type { Db } from '../database/rows.js';
import type { Candidate, Claimed } from './claim.js';
import { inOneGo } from './mark-line.js';

export type NotNow = Exclude<Decision, { kind: 'send' }>;

export function isHeld(decision: Decision | undefined): decision is NotNow {
  return decision !== undefined && decision.kind !== 'send';
}

export type LastLook = { kind: 'marked' } | { kind: 'lost' } | { kind: 'held'; decision: NotNow };

/** What `decide` needs to know of claimed messages, keyed by id. A message whose rows are gone is not in it. */
export async function looks(
  db: Db,
  claimed: readonly Claimed[],
  now: Date,
): Promise<Map<string, DecisionRows>> {
  const found = new Map<string, DecisionRows>();
  for (const ownerId of new Set(claimed.map((one) => one.ownerId))) {
    const subjects = claimed.filter((one) => one.ownerId === ownerId).map(subjectOf);
    for (const [id, look] of await decisionRows(db, ownerId, subjects, now)) found.set(id, look);
  }
  return found;
}

/**
 * The last look and the mark, between the servers' 354 and the first bytes: one transaction for all who stand there at the
 * moment, that first locks whoever a stop could be recorded for, and only then reads and marks. Checking and marking in one
 * statement was seen to let a stop slip through that was committed while the statement waited. Answers in the order given.
 * @param input.patience ms a group waits for somebody's lock; alone, a message waits as long as its lease
 */
export async function lookAndMark(
  dataSource: DataSource,
  candidates: readonly Candidate[],
  input: { now: Date; leaseSeconds: number; patience?: number },
): Promise<LastLook[]> {
  const passed = stopwatch();
  const lease = Math.round(input.leaseSeconds * 1000);
  const patience = Math.round(Math.min(lease, input.patience ?? lease));
  const answers = await inOneGo(dataSource, async (line) => {
    const claimed = candidates.map((one) => one.claimed);
    const persons = await line.lock(claimed, { statement: lease, lock: patience });
    const decided = oneForEach(claimed, persons, await looks(line.tx, claimed, input.now), input.now);
    const sendable = candidates.filter(({ claimed: { id } }) => decided.get(id)?.kind === 'send');
    const marked = await line.markAndCommit(sendable, input.leaseSeconds);
    return claimed.map(({ id }): LastLook => {
      const decision = decided.get(id);
      if (isHeld(decision)) return { kind: 'held', decision };
      return marked.has(id) ? { kind: 'marked' } : { kind: 'lost' };
    });
  });
  // Frozen past the lease between the commit and here: others may have called them unknown, so they must not leave.
  if (passed() > lease) return candidates.map(() => ({ kind: 'lost' }));
  return answers;
}

/** ms since now. Of two clocks the one that says more: one stands still while a laptop sleeps, the other may be set back. */
function stopwatch(): () => number {
  const [here, wall] = [performance.now(), Date.now()];
  return () => Math.max(performance.now() - here, Date.now() - wall);
}

/**
 * What is decided for each; of several to one person, or to one address, the first that may go is *under way* for the
 * others. The rows cannot say so yet: none of them is marked.
 */
export function oneForEach(
  claimed: readonly Pick<Claimed, 'id' | 'ownerId' | 'contactId' | 'toCanonical'>[],
  persons: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, DecisionRows>,
  now: Date,
): Map<string, Decision> {
  const taken = new Set<string>();
  const decided = new Map<string, Decision>();
  for (const { id, ownerId, contactId, toCanonical } of claimed) {
    const look = found.get(id);
    if (!look) continue;
    const keys = [
      `person ${persons.get(contactId) ?? contactId}`,
      ...(toCanonical === null ? [] : [`address ${ownerId} ${toCanonical}`]),
    ];
    const inFlight = look.inFlight + keys.filter((key) => taken.has(key)).length;
    const decision = decide({ ...look, inFlight }, now);
    if (decision.kind === 'send') keys.forEach((key) => taken.add(key));
    decided.set(id, decision);
  }
  return decided;
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
