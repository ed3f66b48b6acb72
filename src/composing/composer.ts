import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { genericOnes, type Cited } from '../core/generic.js';
import { goesByItself, reviewMorning, split, type Draft } from '../core/review.js';
import { localDate, startOfDay } from '../core/schedule.js';
import type { ComposeContext } from '../database/compose-context.js';
import { row, rows, type Db } from '../database/rows.js';
import { Log } from '../log.js';
import { judgeBatch, loadBatch, type ComposeOwner, type Judged } from './batch.js';
import { refusalsOf } from './findings.js';
import {
  lapsesAt,
  moveAll,
  placeDraft,
  postpone,
  releaseReasons,
  takePlanned,
  type Placing,
} from './line.js';

/** A message that failed by surprise is tried again then. */
const RETRY_MINUTES = 10;

type Ready = {
  context: ComposeContext;
  draft: Draft;
  kind: ComposeContext['kind'];
  score: number;
  dueAt: Date;
};

/** Puts words to the planned messages of one owner, a batch at a time. */
@Injectable()
export class Composer {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** How many were looked at; zero when nothing is due. One batch of an owner at a time, whoever works. */
  composeOwner(ownerId: string): Promise<{ looked: number; approved: number }> {
    return this.db.transaction(async (tx) => {
      await lockComposing(tx, ownerId);
      const now = this.clock.now();
      const owner = await row<ComposeOwner>(
        tx,
        `SELECT id, name, zone, drafts_per_day FROM owner WHERE id = $1 AND stopped_at IS NULL`,
        [ownerId],
      );
      const ids = owner ? await takePlanned(tx, ownerId, now) : [];
      if (!owner || ids.length === 0) return { looked: 0, approved: 0 };
      const loaded = await loadBatch(tx, owner, ids, now);
      await releaseReasons(
        tx,
        ownerId,
        loaded.map(({ context }) => context.id),
        now,
      );
      const judged = judgeBatch(loaded, now);
      await this.writeHeld(tx, ownerId, judged, now);
      const drafts = judged.flatMap(ready);
      const generic = await genericAmong(tx, ownerId, drafts);
      for (const one of drafts.filter(({ context }) => generic.has(context.id))) {
        await this.place(tx, ownerId, one, { to: 'withheld', code: 'generic', why: GENERIC, now });
      }
      const approved = await this.placeAll(
        tx,
        owner,
        drafts.filter(({ context }) => !generic.has(context.id)),
        now,
      );
      return { looked: ids.length, approved };
    });
  }

  /** Stopped, withheld, waiting, failed: each kind in one statement. */
  private async writeHeld(tx: Db, ownerId: string, judged: readonly Judged[], now: Date): Promise<void> {
    const by = { now, who: 'composing' as const };
    const moves = { stop: [], withhold: [], wait: [] } as Record<
      'stop' | 'withhold' | 'wait',
      Parameters<typeof postpone>[2][number][]
    >;
    for (const { context, outcome } of judged) {
      if (outcome.kind === 'draft') continue;
      if (outcome.kind === 'error') {
        moves.wait.push(this.surprise(context, outcome.error, now));
        continue;
      }
      const move = { id: context.id, code: outcome.code, why: outcome.why };
      if (outcome.kind === 'wait') moves.wait.push({ ...move, nextAt: outcome.until });
      else moves[outcome.kind].push({ ...move, validUntil: lapsesAt(context) });
    }
    await moveAll(tx, ownerId, 'cancelled', moves.stop, by);
    await moveAll(tx, ownerId, 'withheld', moves.withhold, by);
    await postpone(tx, ownerId, moves.wait, now);
  }

  /** Answers how many went on by themselves; delivery is to be woken for them. */
  private async placeAll(tx: Db, owner: ComposeOwner, drafts: readonly Ready[], now: Date): Promise<number> {
    const trusted = await trustedSequences(tx, owner.id, drafts);
    const own = drafts.filter(({ context, draft }) => {
      const { kind, channel, approval, mailboxListens, sequenceId } = context;
      const approvedBefore = trusted.get(sequenceId ?? '') ?? 0;
      return (
        goesByItself({ kind, channel, approval, approvedBefore, mailboxListens }) &&
        refusalsOf({ ...draft, kind, channel, inThread: context.threadSubject !== null }).length === 0
      );
    });
    for (const one of own) {
      await this.place(tx, owner.id, one, {
        to: 'approved',
        code: null,
        why: 'its sequence goes by itself by now',
        now,
      });
    }
    const others = drafts.filter((one) => !own.includes(one));
    const today = others.map(({ context }) => context.id);
    const { before, later } = split(
      others,
      owner.draftsPerDay - (await reviewedToday(tx, owner, today, now)),
    );
    for (const one of before) {
      await this.place(tx, owner.id, one, { to: 'needs_review', code: null, why: whyWritten(one), now });
    }
    const morning = reviewMorning(now, owner.zone);
    const why = `${owner.draftsPerDay} drafts are enough for one day; this one comes up another`;
    await postpone(
      tx,
      owner.id,
      later.map(({ context }) => ({ id: context.id, code: 'day-full', why, nextAt: morning })),
      now,
    );
    return own.length;
  }

  /** Each in a savepoint of its own: what cannot be written blocks nobody else. */
  private async place(tx: Db, ownerId: string, { context, draft }: Ready, placing: Placing): Promise<void> {
    try {
      await tx.transaction(async (inner) => {
        if (!(await placeDraft(inner, context, ownerId, draft, placing))) throw new Overtaken();
      });
    } catch (error) {
      // Overtaken: it stays planned and due, and is written anew without the reason that is gone.
      if (error instanceof Overtaken) return;
      await postpone(tx, ownerId, [this.surprise(context, error, placing.now)], placing.now);
    }
  }

  private surprise(context: ComposeContext, error: unknown, now: Date) {
    this.log.error({ messageId: context.id, err: String(error) }, 'a message could not be composed');
    const nextAt = new Date(now.getTime() + RETRY_MINUTES * 60_000);
    return {
      id: context.id,
      code: 'error',
      why: 'it could not be written; we try again, and the log says why',
      nextAt,
    };
  }
}

class Overtaken extends Error {}

const GENERIC =
  'what it says is said to more than half of the people of this event: give one line that is theirs alone, or release it knowingly';

/** Until the transaction ends, no other worker composes for this owner. */
export async function lockComposing(tx: Db, ownerId: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('compose ' || $1, 0))`, [ownerId]);
}

function ready({ context, outcome }: Judged): Ready[] {
  if (outcome.kind !== 'draft') return [];
  const { draft } = outcome;
  return [{ context, draft, kind: context.kind, score: draft.score, dueAt: context.dueAt }];
}

/** Why there is this draft: what it cites, in words (law 10). */
function whyWritten({ context, draft }: Ready): string {
  const cited = draft.reasons.map(({ kind, words }) =>
    kind === 'birthday' ? 'their birthday' : `${WHAT[kind]} “${words}”`,
  );
  const about = context.event ? ` after ${context.event.name}` : '';
  return `written${about} because of ${cited.join(' and ')}`;
}

const WHAT = {
  fact: 'what you noted:',
  promise: 'your promise to',
  'kept-promise': 'the promise you kept:',
} as const;

/** Law 3, against everything its batch says or has said: the messages of the same step and event. */
async function genericAmong(tx: Db, ownerId: string, drafts: readonly Ready[]): Promise<Set<string>> {
  const generic = new Set<string>();
  const batchOf = ({ context }: Ready): string => `${context.stepId ?? ''} ${context.event?.id ?? ''}`;
  const judgeable = drafts.filter(({ context }) => context.stepId && context.event);
  for (const key of new Set(judgeable.map(batchOf))) {
    const here = judgeable.filter((one) => batchOf(one) === key);
    const others = await rows<Cited>(
      tx,
      `SELECT m.id, array_agg(r.words) AS words FROM message m
         JOIN message_reason r ON r.message_id = m.id AND r.released_at IS NULL
        WHERE m.owner_id = $1 AND m.step_id = $2 AND m.event_id = $3 AND m.state NOT IN ('planned', 'cancelled')
        GROUP BY m.id`,
      [ownerId, here[0]?.context.stepId, here[0]?.context.event?.id],
    );
    const own = here.map(({ context, draft }) => ({
      id: context.id,
      words: draft.reasons.map((r) => r.words),
    }));
    for (const id of genericOnes([...others, ...own])) generic.add(id);
  }
  const judged = drafts.filter(({ context }) => !context.edited && !released(context).includes('generic'));
  return new Set(judged.map(({ context }) => context.id).filter((id) => generic.has(id)));
}

function released({ releasedCode }: ComposeContext): string[] {
  return releasedCode?.split(',') ?? [];
}

/** How many mails of each sequence that may go by itself the owner has approved, as far as it matters. */
async function trustedSequences(
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
          LIMIT 10) m ON true
      GROUP BY s.id`,
    [ownerId, [...new Set(ids)]],
  );
  return new Map(found.map(({ id, approved }) => [id, approved]));
}

/** Drafts and tasks put before the owner on this local day of theirs, those aside that are being written anew. */
async function reviewedToday(
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
