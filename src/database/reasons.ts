import type { Reason, Support } from '../core/compose.js';
import { addDays, localDate, startOfDay } from '../core/schedule.js';
import { canonicalOf, contactsOf } from './persons.js';
import { rows, type Db } from './rows.js';

interface Found {
  key: string;
  kind: 'fact' | 'promise' | 'kept-promise';
  id: string;
  support: Support;
  text: string;
  dueOn: string | null;
}

const DAY_WORDS = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/**
 * What may justify a word to each person, by the contact id asked for, read through merges: open facts that may be
 * quoted, open promises with their day, and kept promises that can be told. Cited once is spent; with `alsoOf` what
 * that message cites itself counts as unspent, so that it can be written anew. A promise whose day has passed is no
 * reason: it first has to be kept, or given a new day.
 */
export async function unspentReasons(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
  options: { now: Date; zoneOf: (contactId: string) => string; alsoOf?: string | null },
): Promise<Map<string, Reason[]>> {
  const reasons = new Map<string, Reason[]>(contactIds.map((id) => [id, []]));
  if (contactIds.length === 0) return reasons;
  const found = await rows<Found>(db, REASONS_SQL, [ownerId, contactIds, options.alsoOf ?? null]);
  for (const one of found) {
    const reason = shape(one, options.now, options.zoneOf(one.key));
    if (reason) reasons.get(one.key)?.push(reason);
  }
  return reasons;
}

function shape(one: Found, now: Date, zone: string): Reason | null {
  const { kind, id, support } = one;
  if (kind === 'fact') return { kind, id, support, words: asClause(one.text), occurrence: '' };
  if (kind === 'kept-promise') return { kind, id, support, words: asSentenceEnd(one.text), occurrence: '' };
  if (one.dueOn === null || one.dueOn < localDate(now, zone)) return null;
  return {
    kind,
    id,
    support,
    words: lowerFirst(asClause(one.text)),
    occurrence: '',
    extra: { by: DAY_WORDS.format(new Date(`${one.dueOn}T00:00:00Z`)).replace(',', '') },
    until: startOfDay(addDays(one.dueOn, 1), zone),
  };
}

/** Words that stand inside a sentence of the template, which brings its own full stop. */
export function asClause(text: string): string {
  return text.trim().replace(/[\s.!?…;:,]+$/u, '');
}

/** Words that end a sentence; a link at the end takes no full stop, it would become part of it. */
export function asSentenceEnd(text: string): string {
  const trimmed = lowerFirst(text.trim());
  return /[.!?…]$/u.test(trimmed) || /\S+:\/\/\S+$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** "Send the slides" stands after "I promised to"; "API keys" and "I" keep their capitals. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) && !/^I['’]/u.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}

/** $1 owner, $2 contact ids, $3 the message whose own reasons count as unspent. */
const REASONS_SQL = `
WITH person AS (
  SELECT given.id AS key, k.id
    FROM contact given
    CROSS JOIN LATERAL (${contactsOf(canonicalOf('given'))}) k
   WHERE given.owner_id = $1 AND given.id = ANY ($2::uuid[])
), reason AS (
  SELECT p.key, 'fact' AS kind, f.id, f.kind AS support, f.text, NULL::date AS due_on
    FROM person p JOIN fact f ON f.owner_id = $1 AND f.contact_id = p.id
   WHERE f.quotable AND f.closed_at IS NULL AND f.kind <> 'hardship'
  UNION ALL
  SELECT p.key, 'promise', r.id, 'promise', r.text, r.due_on
    FROM person p JOIN promise r ON r.owner_id = $1 AND r.contact_id = p.id
   WHERE r.kept_at IS NULL AND r.closed_at IS NULL
  UNION ALL
  SELECT p.key, 'kept-promise', r.id, 'kept', r.kept_with, NULL::date
    FROM person p JOIN promise r ON r.owner_id = $1 AND r.contact_id = p.id
   WHERE r.kept_at IS NOT NULL AND r.kept_with IS NOT NULL AND r.closed_at IS NULL
)
SELECT reason.* FROM reason
 WHERE NOT EXISTS (
   SELECT 1 FROM message_reason m
    WHERE m.owner_id = $1 AND m.kind = reason.kind AND m.ref_id = reason.id AND m.occurrence = ''
      AND m.released_at IS NULL AND m.message_id IS DISTINCT FROM $3)
 ORDER BY reason.id`;
