import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { goesByItself, reviewMorning, split } from '../core/review.js';
import type { ComposeContext } from '../database/compose-context.js';
import { lockComposing } from '../database/line-locks.js';
import { row, type Db } from '../database/rows.js';
import { Log } from '../log.js';
import { judge, judgeWithout, loadBatch, type ComposeOwner, type Judged, type Ready } from './batch.js';
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
import { genericAmong, reviewedToday, trustedSequences } from './measure.js';

/** A message that failed by surprise is tried again then. */
const RETRY_MINUTES = 10;

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
      const judged = loaded.map((one) => judge(one, now));
      await this.writeHeld(tx, ownerId, judged, now);
      const particular = await this.withoutGeneric(tx, ownerId, judged.flatMap(ready), now);
      return { looked: ids.length, approved: await this.placeAll(tx, owner, particular, now) };
    });
  }

  /** Stopped, withheld, waiting, failed: each kind in one statement. */
  private async writeHeld(tx: Db, ownerId: string, judged: readonly Judged[], now: Date): Promise<void> {
    const by = { now, who: 'composing' as const };
    const moves = { stop: [], withhold: [], wait: [] } as Record<
      'stop' | 'withhold' | 'wait',
      Parameters<typeof postpone>[2][number][]
    >;
    for (const { loaded, outcome } of judged) {
      const { context } = loaded;
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

  /** What is told to everybody is withheld, unless there is something else to say to this one. */
  private async withoutGeneric(
    tx: Db,
    ownerId: string,
    drafts: readonly Ready[],
    now: Date,
  ): Promise<Ready[]> {
    const generic = await genericAmong(tx, ownerId, drafts);
    const particular: Ready[] = [];
    for (const one of drafts) {
      const shared = generic.get(one.context.id);
      const [other] = shared ? ready(judgeWithout(one.loaded, shared, now)) : [one];
      if (other) particular.push(other);
      else await this.place(tx, ownerId, one, { to: 'withheld', code: 'generic', why: GENERIC, now });
    }
    return particular;
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

function ready({ loaded, outcome }: Judged): Ready[] {
  if (outcome.kind !== 'draft') return [];
  const { context } = loaded;
  const { draft } = outcome;
  return [{ loaded, context, draft, kind: context.kind, score: draft.score, dueAt: context.dueAt }];
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
