import { rows } from '../../src/database/rows.js';
import { buildContact, buildEnrollment, buildMessage, type Ground } from '../factories.js';
import type { Side, World } from './world.js';

const OCTOBER = new Date('2026-10-12T09:00:00Z');

/** Ten mails of the owner's sequence that they said yes to long ago: from now on it may be let go by itself. */
export async function buildTenYeses(ground: Ground, mailboxId: string): Promise<void> {
  const [step] = await rows<{ id: string; sequenceId: string }>(
    ground.db,
    `SELECT id, sequence_id FROM step WHERE owner_id = $1 AND kind = 'first'`,
    [ground.ownerId],
  );
  if (!step) throw new Error('no sequence to trust');
  const { sequenceId } = step;
  const old = { mailboxId, sequenceId, nextStepId: null, state: 'done' as const, startedAt: OCTOBER, nextAt: null }; // prettier-ignore
  const sent = { mailboxId, stepId: step.id, state: 'sent' as const, approvedBy: 'owner' as const, dueAt: OCTOBER, nextAt: null, sentAt: OCTOBER }; // prettier-ignore
  for (let n = 1; n <= 10; n += 1) {
    const { id: contactId } = await buildContact(ground, { fullName: `Otto Ten${n}` });
    const { id: enrollmentId } = await buildEnrollment(ground, { ...old, contactId });
    await buildMessage(ground, { ...sent, contactId, enrollmentId });
  }
}

/** Whether drafts of the owner's sequences leave without a yes of their own. */
export async function trust(world: World, side: Side, approval: 'each' | 'after-ten'): Promise<string> {
  const { items } = (await world.ask(side, 'get', '/sequences')).body as { items: { id: string; version: number }[] }; // prettier-ignore
  const told: number[] = [];
  if (approval === 'each') world.ledger.trusting.delete(side.ownerId);
  for (const { id, version } of items)
    told.push((await world.ask(side, 'patch', `/sequences/${id}`, { approval }, version)).status);
  if (approval === 'after-ten') world.ledger.trusting.add(side.ownerId);
  return `${approval} ${told.join()}`;
}
