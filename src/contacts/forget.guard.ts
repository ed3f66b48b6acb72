import type { SuppressionScope } from '../core/way-out-choices.js';
import { keysOf } from '../database/known-people.js';
import { appendSuppression } from '../database/append.js';
import { dropForgotten, forgottenAmong } from '../database/forgotten.js';
import type { Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { canonicalPhone } from '../core/import/identity.js';
import type { Candidate } from '../core/import/records.js';

type Addresses = Pick<Candidate, 'emails' | 'phones' | 'linkedin' | 'country'>;

/** By what somebody may have been forgotten; a phone counts, though it alone proves nobody. */
export function forgettableKeys(candidate: Addresses): string[] {
  const phones = candidate.phones.map((phone) => canonicalPhone(phone, candidate.country) ?? phone.replace(/[^\d+]/g, '')); // prettier-ignore
  return [...keysOf(candidate), ...phones.filter((phone) => phone !== '').map((phone) => `phone ${phone}`)];
}

/**
 * Somebody who was erased is not made again by the way.
 * @throws AppError conflict
 */
export async function refuseForgotten(db: Db, ownerId: string, candidate: Addresses): Promise<void> {
  const found = await forgottenAmong(db, ownerId, forgettableKeys(candidate));
  const [first] = found.values();
  if (!first) return;
  const what = first.key.slice(first.key.indexOf(' ') + 1);
  const stops = [...found.values()].some(({ scopes }) => scopes.length > 0);
  throw new AppError(
    'conflict',
    `${what} is of somebody you had forgotten${stops ? ', who must not be written to' : ''}: say "again" if you want them back.`,
  );
}

/**
 * The owner's word that somebody forgotten is wanted again: their hashes go, and the stops that were kept with them are
 * in force again. Call it inside the transaction that makes the contact.
 */
export async function welcomeBack(db: Db, ownerId: string, candidate: Addresses, now: Date): Promise<void> {
  for (const { key, scopes } of await dropForgotten(db, ownerId, forgettableKeys(candidate))) {
    if (!key.startsWith('email ')) continue;
    for (const scope of scopes) {
      await appendSuppression(db, {
        ownerId,
        address: key.slice('email '.length),
        scope: scope as SuppressionScope,
        why: 'in force before they were forgotten',
        at: now,
        sourceKind: 'owner',
        sourceId: null,
      });
    }
  }
}
