import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { parseDebriefLines, type DebriefLine } from '../core/debrief-line.js';
import { decide } from '../core/decide.js';
import { mayBeQuoted } from '../core/facts.js';
import { promiseDueOn } from '../core/promise-due.js';
import { leavesAt } from '../core/review.js';
import { appendFact, appendPromise } from '../database/append.js';
import { decisionSubject } from '../database/compose-context.js';
import { decisionRows } from '../database/decision-rows.js';
import { row, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { Queue } from '../queue/queue.service.js';
import type { ApprovedMany, ApproveMany, DraftView, EditDraft, MessageView } from './composing.schemas.js';
import { DraftsService } from './drafts.service.js';
import { editedParagraphs, editedUntil } from './edit.js';
import { refusalsOf } from './findings.js';
import { hold, type Held } from './hold.js';
import { moveAll, noted } from './line.js';

/** What a yes came to: the message is the same, but the world may have moved on since it was read. */
type Yes = { kind: 'approved' } | { kind: 'stopped' | 'rewritten'; why: string };

/** The owner's word on drafts. Every move is guarded by version and state, and noted. */
@Injectable()
export class ComposingService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly drafts: DraftsService,
  ) {}

  /**
   * The owner's yes to one draft.
   * @throws AppError stale, conflict (a task, not in review, or stopped meanwhile: the message says why), unprocessable
   *   (the etiquette's refusals, by rule)
   */
  async approve(ownerId: string, id: string, version: number): Promise<MessageView> {
    const yes = await this.sayYes(ownerId, id, version);
    await this.queue.wake(
      yes.kind === 'approved' ? 'deliver' : yes.kind === 'stopped' ? 'plan' : 'compose',
      {},
    );
    if (yes.kind === 'stopped')
      throw new AppError('conflict', `it is cancelled, and nothing leaves: ${yes.why}`);
    if (yes.kind === 'rewritten')
      throw new AppError('conflict', `it goes back to be written anew: ${yes.why}`);
    return this.drafts.message(ownerId, id);
  }

  /** Each by itself: one that cannot be approved says so and holds up no other. */
  async approveMany(ownerId: string, { drafts }: ApproveMany): Promise<ApprovedMany> {
    const items: ApprovedMany['items'] = [];
    for (const { id, version } of drafts) {
      try {
        await this.approve(ownerId, id, version);
        items.push({ id, approved: true, code: null, why: 'approved' });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        items.push({ id, approved: false, code: error.code, why: error.message });
      }
    }
    return { items };
  }

  /** The owner's own words. They cite what the draft cited, and are never written over. */
  async edit(ownerId: string, id: string, version: number, edit: EditDraft): Promise<DraftView> {
    const now = this.clock.now();
    const again = await this.db.transaction(async (tx) => {
      const held = await hold(tx, ownerId, id, { version });
      const { context, state, body } = held;
      const stale = state === 'withheld' && held.whyCode === 'stale-words';
      if (!body || !(state === 'needs_review' || stale)) {
        throw new AppError(
          'conflict',
          `only a draft in review can be edited; this one is ${state}${held.why ? `: ${held.why}` : ''}`,
        );
      }
      const subject = context.channel === 'task' ? '' : (edit.subject ?? body.subject);
      if (context.channel === 'task' && edit.subject)
        throw new AppError('invalid', 'subject: a task has none');
      const found = await decisionsOf(tx, ownerId, held, now);
      const paragraphs = editedParagraphs(edit.text, body.paragraphs, ownerId);
      const until = editedUntil(
        { subject: subject === body.subject ? '' : subject, paragraphs, before: body.paragraphs },
        { now, leaves: leavesAt(found, now), zone: context.contact.zone },
      );
      await tx.query(
        `UPDATE message_body SET subject = $3, text = $4, paragraphs = $5, edited = true WHERE owner_id = $1 AND message_id = $2`,
        [ownerId, id, subject, edit.text, JSON.stringify(paragraphs)],
      );
      await tx.query(
        `UPDATE message SET valid_until = $3, version = version + 1 WHERE owner_id = $1 AND id = $2`,
        [ownerId, id, context.occursOn === null ? until : held.validUntil],
      );
      await noted(tx, ownerId, id, { now, who: 'owner', what: 'edited' });
      if (stale) {
        const move = { id, code: 'edited', why: 'you changed its words', nextAt: now };
        await moveAll(tx, ownerId, 'planned', [move], { now, who: 'owner' });
      }
      return stale;
    });
    if (again) await this.queue.wake('compose', {});
    return this.drafts.message(ownerId, id);
  }

  /** The one line that was asked for: it becomes a fact or a promise, and the message is written from it. */
  async giveLine(ownerId: string, id: string, line: string): Promise<MessageView> {
    const now = this.clock.now();
    const said = parseDebriefLines(line);
    const refused = said.find((one) => one.kind === 'refused');
    if (refused)
      throw new AppError('invalid', `line: ${refused.reason}`, [
        { in: 'body', field: 'line', message: refused.reason },
      ]);
    await this.db.transaction(async (tx) => {
      const held = await hold(tx, ownerId, id, {});
      if (held.state !== 'withheld')
        throw new AppError('conflict', `no line is asked for; this message is ${held.state}`);
      for (const one of said) await appendLine(tx, ownerId, held, one, now);
      const move = { id, code: 'line-given', why: 'you gave a line', nextAt: now };
      await moveAll(tx, ownerId, 'planned', [move], { now, who: 'owner', what: 'line-given' });
    });
    await this.queue.wake('compose', {});
    return this.drafts.message(ownerId, id);
  }

  /**
   * Generic or late: let it go on knowingly. Withheld for anything else: look again, e.g. after the first name was given
   * or the template mended.
   */
  async release(ownerId: string, id: string): Promise<MessageView> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      const { state, whyCode, context } = await hold(tx, ownerId, id, {});
      if (state !== 'withheld')
        throw new AppError('conflict', `only what is withheld can be released; this is ${state}`);
      const knowingly = whyCode === 'generic' || whyCode === 'late';
      if (knowingly) {
        const codes = new Set([...(context.releasedCode?.split(',') ?? []), whyCode]);
        await tx.query(`UPDATE message SET released_code = $3 WHERE owner_id = $1 AND id = $2`, [
          ownerId,
          id,
          [...codes].join(','),
        ]);
      }
      if (whyCode === 'stale-words') {
        await tx.query(`UPDATE message SET valid_until = NULL WHERE owner_id = $1 AND id = $2`, [
          ownerId,
          id,
        ]);
      }
      const move = {
        id,
        code: 'released',
        why: knowingly ? 'you released it knowingly' : 'you asked to look again',
        nextAt: now,
      };
      await moveAll(tx, ownerId, 'planned', [move], { now, who: 'owner', what: 'released' });
    });
    await this.queue.wake('compose', {});
    return this.drafts.message(ownerId, id);
  }

  /** Never mind: the planner goes on without it. */
  async discard(ownerId: string, id: string): Promise<MessageView> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      const { state } = await hold(tx, ownerId, id, {});
      const move = { id, code: 'discarded', why: 'you let it go' };
      const moved = await moveAll(tx, ownerId, 'cancelled', [move], { now, who: 'owner', what: 'discarded' });
      if (moved.length === 0)
        throw new AppError('conflict', `this message is ${state}; only a draft can be discarded`);
    });
    await this.queue.wake('plan', {});
    return this.drafts.message(ownerId, id);
  }

  private sayYes(ownerId: string, id: string, version: number): Promise<Yes> {
    const now = this.clock.now();
    return this.db.transaction(async (tx): Promise<Yes> => {
      const held = await hold(tx, ownerId, id, { version });
      const { context, body } = held;
      if (context.channel === 'task') {
        throw new AppError(
          'conflict',
          'this is a task, there is no address to send to: mark it done when you have said it',
        );
      }
      if (held.state !== 'needs_review' || !body) {
        throw new AppError(
          'conflict',
          `only a draft in review can be approved; this one is ${held.state}${held.why ? `: ${held.why}` : ''}`,
        );
      }
      const decision = decide(await decisionsOf(tx, ownerId, held, now), now);
      if (decision.kind === 'stop') {
        await moveAll(tx, ownerId, 'cancelled', [{ id, ...decision }], { now, who: 'composing' });
        return { kind: 'stopped', why: decision.why };
      }
      if (decision.kind === 'withhold') {
        const move = { id, ...decision, nextAt: now };
        await moveAll(tx, ownerId, 'planned', [move], { now, who: 'composing', what: 'written-anew' });
        return { kind: 'rewritten', why: decision.why };
      }
      refuseBadManners(held, body);
      await tx.query(
        `UPDATE message SET state = 'approved', approved_by = 'owner', approved_at = $3, next_at = greatest(due_at, $3),
                mailbox_id = coalesce((SELECT e.mailbox_id FROM enrollment e WHERE e.id = message.enrollment_id AND message.channel = 'mail'), mailbox_id),
                why = 'you approved it', why_code = NULL, version = version + 1
          WHERE owner_id = $1 AND id = $2 AND state = 'needs_review'`,
        [ownerId, id, now],
      );
      await noted(tx, ownerId, id, { now, who: 'owner', what: 'approved' });
      return { kind: 'approved' };
    });
  }
}

function refuseBadManners({ context }: Held, body: { subject: string; text: string }): void {
  const { kind, channel, threadSubject } = context;
  const findings = refusalsOf({ ...body, kind, channel, inThread: threadSubject !== null });
  const [first] = findings;
  if (!first) return;
  const issues = findings.map(({ rule, advice }) => ({ in: 'body' as const, field: rule, message: advice }));
  throw new AppError(
    'unprocessable',
    `${first.rule}: ${first.advice}${first.excerpt ? ` (“${first.excerpt}”)` : ''} Edit it first.`,
    issues,
  );
}

async function decisionsOf(tx: Db, ownerId: string, { context }: Held, now: Date) {
  const subject = { ...decisionSubject(context, 'kept'), approvedBy: 'owner' as const };
  const found = (await decisionRows(tx, ownerId, [subject], now)).get(context.id);
  if (!found) throw new AppError('not-found', `there is no message ${context.id}`);
  return found;
}

async function appendLine(
  tx: Db,
  ownerId: string,
  { context }: Held,
  line: DebriefLine,
  now: Date,
): Promise<void> {
  const said = {
    ownerId,
    contactId: context.personId,
    eventId: context.event?.id ?? null,
    at: now,
    sourceKind: 'owner',
    sourceId: context.id,
  };
  if (line.kind === 'fact') {
    await appendFact(tx, { ...said, kind: line.fact, text: line.text, quotable: mayBeQuoted(line.fact) });
  } else if (line.kind === 'promise') {
    const owner = await row<{ zone: string }>(tx, `SELECT zone FROM owner WHERE id = $1`, [ownerId]);
    await appendPromise(tx, {
      ...said,
      text: line.text,
      dueOn: line.dueOn ?? promiseDueOn(now, owner?.zone ?? 'UTC'),
    });
  }
}
