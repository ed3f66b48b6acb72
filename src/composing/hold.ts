import type { DraftParagraph } from '../core/compose.js';
import type { MessageState } from '../core/states.js';
import { lockPersons } from '../database/append.js';
import { composeContexts, type ComposeContext } from '../database/compose-context.js';
import { row, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { stale } from '../http/if-match.js';

/** A message in the owner's hand: locked until the transaction ends, as is the person. */
export interface Held {
  context: ComposeContext;
  state: MessageState;
  why: string | null;
  whyCode: string | null;
  validUntil: Date | null;
  sentAt: Date | null;
  body: { subject: string; text: string; paragraphs: DraftParagraph[] } | null;
}

/**
 * Locks the person, then the message: whoever records a stop takes the person's lock too, so what is decided here holds.
 * @throws AppError not-found, or stale with the present version where another was read
 */
export async function hold(tx: Db, ownerId: string, id: string, read: { version?: number }): Promise<Held> {
  const whose = await row<{ contactId: string }>(
    tx,
    `SELECT contact_id FROM message WHERE owner_id = $1 AND id = $2`,
    [ownerId, id],
  );
  if (!whose) throw new AppError('not-found', `there is no message ${id}`);
  await lockPersons(tx, ownerId, [whose.contactId]);
  const held = await row<Omit<Held, 'context' | 'body'> & { version: number }>(
    tx,
    `SELECT state, why, why_code, valid_until, sent_at, version FROM message WHERE owner_id = $1 AND id = $2 FOR UPDATE`,
    [ownerId, id],
  );
  const [context] = await composeContexts(tx, ownerId, [id]);
  if (!held || !context) throw new AppError('not-found', `there is no message ${id}`);
  const { version, ...rest } = held;
  if (read.version !== undefined && read.version !== version) {
    throw stale(`this message (now ${held.state}, version ${version})`);
  }
  const body = await row<NonNullable<Held['body']>>(
    tx,
    `SELECT subject, text, paragraphs FROM message_body WHERE owner_id = $1 AND message_id = $2`,
    [ownerId, id],
  );
  return { ...rest, context, body };
}
