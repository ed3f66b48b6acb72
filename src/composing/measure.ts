import { normaliseWords, sharedWords, type Cited } from '../core/generic.js';
import { localDate, startOfDay } from '../core/schedule.js';
import type { ComposeContext } from '../database/compose-context.js';
import { row, rows, type Db } from '../database/rows.js';
import type { ComposeOwner, Ready } from './batch.js';

/** What a draft is measured by beyond itself: its batch, its sequence, its owner's day. */

/**
 * Law 3: the drafts that cite only what most of their batch is told, each with what that is. A batch is everything the
 * same step says or has said to the people of the same event.
 */
export async function genericAmong(
  tx: Db,
  ownerId: string,
  drafts: readonly Ready[],
): Promise<Map<string, ReadonlySet<string>>> {
  const generic = new Map<string, ReadonlySet<string>>();
  const batchOf = ({ context }: Ready): string => `${context.stepId ?? ''} ${context.event?.id ?? ''}`;
  const inBatches = drafts.filter(({ context }) => context.stepId && context.event);
  for (const key of new Set(inBatches.map(batchOf))) {
    const here = inBatches.filter((one) => batchOf(one) === key);
    const others = await rows<Cited>(
      tx,
      `SELECT m.id, array_agg(r.words) AS words FROM message m
         JOIN message_reason r ON r.message_id = m.id AND r.released_at IS NULL
        WHERE m.owner_id = $1 AND m.step_id = $2 AND m.event_id = $3 AND m.state NOT IN ('planned', 'cancelled')
        GROUP BY m.id`,
      [ownerId, here[0]?.context.stepId, here[0]?.context.event?.id],
    );
    const shared = sharedWords([...others, ...here.map(cited)]);
    for (const one of here) {
      const told = cited(one).words.every((words) => shared.has(normaliseWords(words)));
      if (told && !knowingly(one.context)) generic.set(one.context.id, shared);
    }
  }
  return generic;
}

function cited({ context, draft }: Ready): Cited {
  return { id: context.id, words: draft.reasons.map(({ words }) => words) };
}

/** The owner's own words, or their own release. */
function knowingly({ edited, releasedCode }: ComposeContext): boolean {
  return edited || (releasedCode?.split(',').includes('generic') ?? false);
}

/** How many mails of each sequence that may go by itself the owner has approved, as far as it matters. */
export async function trustedSequences(
  tx: Db,
  ownerId: string,
  drafts: readonly Ready[],
): Promise<Map<string, number>> {
  const ids = drafts
    .filter(({ context }) => context.approval === 'after-ten')
    .flatMap(({ context }) => context.sequenceId ?? []);
  if (ids.length === 0) return new Map();
  const found = await rows<{ id: string; approved: number }>(
    tx,
    `SELECT s.id, count(m.id)::int AS approved FROM unnest($2::uuid[]) AS s(id)
       LEFT JOIN LATERAL (
         SELECT m.id FROM enrollment e JOIN message m ON m.owner_id = $1 AND m.enrollment_id = e.id
          WHERE e.owner_id = $1 AND e.sequence_id = s.id AND m.approved_by = 'owner' AND m.channel = 'mail'
            AND m.state <> 'cancelled'
            AND (NOT EXISTS (SELECT 1 FROM mailbox s WHERE s.id = m.mailbox_id AND s.kind = 'sandbox')
                 OR NOT EXISTS (SELECT 1 FROM mailbox r WHERE r.owner_id = $1 AND r.kind = 'smtp'))
          LIMIT 10) m ON true
      GROUP BY s.id`,
    [ownerId, [...new Set(ids)]],
  );
  return new Map(found.map(({ id, approved }) => [id, approved]));
}

/** Drafts and tasks put before the owner on this local day of theirs, those aside that are being written anew. */
export async function reviewedToday(
  tx: Db,
  owner: ComposeOwner,
  aside: readonly string[],
  now: Date,
): Promise<number> {
  const found = await row<{ count: number }>(
    tx,
    `SELECT count(*)::int AS count FROM message
      WHERE owner_id = $1 AND reviewed_from >= $2 AND kind NOT IN ('birthday', 'birthday-reminder')
        AND id <> ALL ($3::uuid[])`,
    [owner.id, startOfDay(localDate(now, owner.zone), owner.zone), aside],
  );
  return found?.count ?? 0;
}
