import type { DataSource } from 'typeorm';
import { DEFAULT_WINDOW } from '../src/core/schedule.js';
import type { Clock } from '../src/clock.js';
import type { Contact, Identity, Suppression } from '../src/database/entities/contact.entity.js';
import type { Debrief, Encounter, Event } from '../src/database/entities/event.entity.js';
import type { Inbound, InboundBody } from '../src/database/entities/inbound.entity.js';
import type { Fact, Interaction, Promised } from '../src/database/entities/memory.entity.js';
import type { Message, MessageBody, MessageReason } from '../src/database/entities/message.entity.js';
import type { Mailbox, Owner } from '../src/database/entities/owner.entity.js';
import type { Enrollment, Sequence, Step, Template } from '../src/database/entities/sequence.entity.js';
import { newId } from '../src/database/ids.js';
import { snake } from '../src/database/naming.js';
import { rows } from '../src/database/rows.js';

/**
 * Builders: each puts one row into the database, makes the rows it must point to unless they are named, and gives it
 * back whole. `app` of `startApp` is the ground they stand on. Columns the database defaults may be left out.
 */
export interface Ground {
  db: DataSource;
  ownerId: string;
  clock: Clock;
}

let count = 0;
/** A number no other row of this process has. */
const next = (): number => (count += 1);

export async function insert<T>(ground: Ground, table: string, values: Partial<T>): Promise<T> {
  const record: Record<string, unknown> = {
    id: newId(),
    ownerId: ground.ownerId,
    createdAt: ground.clock.now(),
    ...values,
  };
  if (table === 'owner') delete record['ownerId'];
  const keys = Object.keys(record).filter((key) => record[key] !== undefined);
  const [made] = await rows<T>(
    ground.db,
    `INSERT INTO "${table}" (${keys.map((key) => `"${snake(key)}"`).join(', ')})
     VALUES (${keys.map((_, i) => `$${i + 1}`).join(', ')}) RETURNING *`,
    keys.map((key) => parameter(record[key])),
  );
  return made!;
}

/** Objects and lists are JSON columns. */
function parameter(value: unknown): unknown {
  const plain = typeof value === 'object' && value !== null;
  return plain && !(value instanceof Date) && !Buffer.isBuffer(value) ? JSON.stringify(value) : value;
}

/** A bare owner, without mailbox or sequences; `OwnersService.add` makes a whole one. */
export function buildOwner(ground: Ground, over: Partial<Owner> = {}): Promise<Owner> {
  const n = next();
  return insert<Owner>(ground, 'owner', {
    name: `Owner ${n}`,
    email: `owner-${n}@example.org`,
    zone: 'Europe/Berlin',
    ...over,
  });
}

/** Sends without gaps and nearly without caps, unless a test is about its pace. */
export function buildMailbox(ground: Ground, over: Partial<Mailbox> = {}): Promise<Mailbox> {
  return insert<Mailbox>(ground, 'mailbox', {
    kind: 'smtp',
    address: `mailbox-${next()}@example.org`,
    displayName: 'Ada Lindqvist',
    host: '127.0.0.1',
    port: 2525,
    tls: 'none',
    gapSeconds: 0,
    dailyCap: 10_000,
    hourlyCap: 10_000,
    ...over,
  });
}

/** With an e-mail identity, unless `email: null`; `linkedin` adds a profile. */
export async function buildContact(
  ground: Ground,
  { email, linkedin, ...over }: Partial<Contact> & { email?: string | null; linkedin?: string } = {},
): Promise<Contact> {
  const n = next();
  const contact = await insert<Contact>(ground, 'contact', {
    fullName: `Grace Person${n}`,
    givenName: 'Grace',
    familyName: `Person${n}`,
    zone: 'Europe/Berlin',
    zoneSource: 'owner',
    ...over,
  });
  const own = { ...ground, ownerId: contact.ownerId };
  const value = email === undefined ? `person-${n}@example.com` : email;
  if (value !== null) await buildIdentity(own, { contactId: contact.id, kind: 'email', value });
  if (linkedin) await buildIdentity(own, { contactId: contact.id, kind: 'linkedin', value: linkedin });
  return contact;
}

export async function buildIdentity(ground: Ground, over: Partial<Identity> = {}): Promise<Identity> {
  const value = over.value ?? `person-${next()}@example.com`;
  return insert<Identity>(ground, 'identity', {
    contactId: over.contactId ?? (await buildContact(ground, { email: null })).id,
    kind: 'email',
    value,
    canonical: value.toLowerCase(),
    ...over,
  });
}

export function buildSuppression(
  ground: Ground,
  over: Partial<Suppression> & { address: string },
): Promise<Suppression> {
  return insert<Suppression>(ground, 'suppression', {
    scope: 'everything',
    why: 'they asked to stop',
    sourceKind: 'owner',
    ...over,
  });
}

export function buildEvent(ground: Ground, over: Partial<Event> = {}): Promise<Event> {
  return insert<Event>(ground, 'event', {
    name: `DevConf ${next()}`,
    startsOn: '2026-11-18',
    endsOn: '2026-11-20',
    zone: 'Europe/Berlin',
    ...over,
  });
}

/** `met` by a badge scan, unless said otherwise. */
export async function buildEncounter(ground: Ground, over: Partial<Encounter> = {}): Promise<Encounter> {
  return insert<Encounter>(ground, 'encounter', {
    contactId: over.contactId ?? (await buildContact(ground)).id,
    eventId: over.eventId ?? (await buildEvent(ground)).id,
    kind: 'met',
    sourceKind: 'scan',
    sourceId: newId(),
    ...over,
  });
}

export async function buildDebrief(ground: Ground, over: Partial<Debrief> = {}): Promise<Debrief> {
  return insert<Debrief>(ground, 'debrief', {
    contactId: over.contactId ?? (await buildContact(ground)).id,
    eventId: over.eventId ?? (await buildEvent(ground)).id,
    decision: 'write',
    state: 'confirmed',
    ...over,
  });
}

/** In the owner's own words, so it may be quoted. */
export async function buildFact(ground: Ground, over: Partial<Fact> = {}): Promise<Fact> {
  return insert<Fact>(ground, 'fact', {
    contactId: over.contactId ?? (await buildContact(ground)).id,
    kind: 'said',
    text: 'your talk on replayable builds',
    quotable: true,
    sourceKind: 'owner',
    ...over,
  });
}

export async function buildPromise(ground: Ground, over: Partial<Promised> = {}): Promise<Promised> {
  return insert<Promised>(ground, 'promise', {
    contactId: over.contactId ?? (await buildContact(ground)).id,
    text: 'send you the slides',
    dueOn: '2026-11-27',
    sourceKind: 'owner',
    ...over,
  });
}

export async function buildInteraction(
  ground: Ground,
  over: Partial<Interaction> = {},
): Promise<Interaction> {
  return insert<Interaction>(ground, 'interaction', {
    contactId: over.contactId ?? (await buildContact(ground)).id,
    kind: 'note',
    at: ground.clock.now(),
    text: 'a word in the corridor',
    sourceKind: 'owner',
    sourceId: newId(),
    ...over,
  });
}

export function buildTemplate(ground: Ground, over: Partial<Template> = {}): Promise<Template> {
  return insert<Template>(ground, 'template', {
    name: `Template ${next()}`,
    subject: 'A word after the conference',
    paragraphs: [{ id: 'greeting', text: 'Hello {{ contact.given }},', needs: [] }],
    ...over,
  });
}

export function buildSequence(ground: Ground, over: Partial<Sequence> = {}): Promise<Sequence> {
  return insert<Sequence>(ground, 'sequence', {
    name: `Sequence ${next()}`,
    window: DEFAULT_WINDOW,
    ...over,
  });
}

export async function buildStep(ground: Ground, over: Partial<Step> = {}): Promise<Step> {
  return insert<Step>(ground, 'step', {
    sequenceId: over.sequenceId ?? (await buildSequence(ground)).id,
    templateId: over.templateId ?? (await buildTemplate(ground)).id,
    position: 1,
    kind: 'first',
    offsetDays: 1,
    ...over,
  });
}

/** Active and due now, in a sequence of one step, from a mailbox of its own. */
export async function buildEnrollment(ground: Ground, over: Partial<Enrollment> = {}): Promise<Enrollment> {
  const step =
    over.sequenceId === undefined && over.nextStepId === undefined ? await buildStep(ground) : undefined;
  return insert<Enrollment>(ground, 'enrollment', {
    contactId: over.contactId ?? (await buildContact(ground)).id,
    mailboxId: over.mailboxId ?? (await buildMailbox(ground)).id,
    sequenceId: over.sequenceId ?? step?.sequenceId ?? (await buildSequence(ground)).id,
    nextStepId: over.nextStepId ?? step?.id ?? null,
    state: 'active',
    startedAt: ground.clock.now(),
    nextAt: ground.clock.now(),
    ...over,
  });
}

/** A planned first mail that is due; with words beside it when `subject` or `text` is given. */
export async function buildMessage(
  ground: Ground,
  { subject, text, ...over }: Partial<Message> & { subject?: string; text?: string } = {},
): Promise<Message> {
  const now = ground.clock.now();
  const contactId = over.contactId ?? (await buildContact(ground)).id;
  const address = over.channel === 'task' ? null : await addressOf(ground, contactId);
  const message = await insert<Message>(ground, 'message', {
    contactId,
    kind: 'first',
    channel: 'mail',
    state: 'planned',
    mailboxId: over.mailboxId ?? (over.channel === 'task' ? null : (await buildMailbox(ground)).id),
    toAddress: address?.value ?? null,
    toCanonical: address?.canonical ?? null,
    subjectKey: over.enrollmentId ? null : `test-${next()}`,
    dueAt: now,
    nextAt: now,
    ...over,
  });
  if (subject !== undefined || text !== undefined) {
    await buildMessageBody(ground, {
      messageId: message.id,
      ...(subject && { subject }),
      ...(text && { text }),
    });
  }
  return message;
}

/** Approved by the owner for a reason, and due: it leaves with the next delivery. */
export async function buildApproved(
  ground: Ground,
  { email, ...over }: Parameters<typeof buildMessage>[1] & { email?: string } = {},
): Promise<Message> {
  const message = await buildMessage(ground, {
    state: 'approved',
    approvedBy: 'owner',
    subject: 'After DevConf',
    ...over,
    contactId: over.contactId ?? (await buildContact(ground, { email })).id,
  });
  await buildMessageReason(ground, { messageId: message.id });
  return message;
}

async function addressOf(ground: Ground, contactId: string): Promise<Identity | undefined> {
  const [identity] = await rows<Identity>(
    ground.db,
    `SELECT * FROM identity WHERE owner_id = $1 AND contact_id = $2 AND kind = 'email' ORDER BY id LIMIT 1`,
    [ground.ownerId, contactId],
  );
  return identity;
}

export function buildMessageBody(
  ground: Ground,
  over: Partial<MessageBody> & { messageId: string },
): Promise<MessageBody> {
  return insert<MessageBody>(ground, 'message_body', {
    subject: 'A word after the conference',
    text: 'Hello Grace,\n\nIt was good to hear of your builds.\n\nAda',
    paragraphs: [],
    ...over,
  });
}

/** By default a fact about the message's person. */
export async function buildMessageReason(
  ground: Ground,
  over: Partial<MessageReason> & { messageId: string },
): Promise<MessageReason> {
  const refId = over.refId ?? (await buildFact(ground, await contactOf(ground, over.messageId))).id;
  return insert<MessageReason>(ground, 'message_reason', {
    kind: 'fact',
    refId,
    words: 'your talk on replayable builds',
    ...over,
  });
}

async function contactOf(ground: Ground, messageId: string): Promise<{ contactId?: string }> {
  const [message] = await rows<{ contactId: string }>(
    ground.db,
    `SELECT contact_id FROM message WHERE owner_id = $1 AND id = $2`,
    [ground.ownerId, messageId],
  );
  return message ?? {};
}

/** A reply that the planner has yet to heed. */
export async function buildInbound(ground: Ground, over: Partial<Inbound> = {}): Promise<Inbound> {
  return insert<Inbound>(ground, 'inbound', {
    contactId: over.contactId === undefined ? (await buildContact(ground)).id : over.contactId,
    kind: 'reply',
    matchedBy: 'sender',
    hash: newId(),
    subject: 'Re: A word after the conference',
    at: ground.clock.now(),
    turn: 'planner',
    ...over,
  });
}

export function buildInboundBody(
  ground: Ground,
  over: Partial<InboundBody> & { inboundId: string },
): Promise<InboundBody> {
  return insert<InboundBody>(ground, 'inbound_body', { text: 'Thank you for your words.', ...over });
}
