import { Temporal } from 'temporal-polyfill';
import type { ComposingService } from '../composing/composing.service.js';
import type { DraftView } from '../composing/composing.schemas.js';
import type { DraftsService } from '../composing/drafts.service.js';
import type { TasksService } from '../composing/tasks.service.js';
import { addDays, isoWeekday, localDate } from '../core/schedule.js';
import type { InboxService } from '../inbox/inbox.service.js';
import type { PromisesService } from '../memory/promises.service.js';
import type { People } from './people.js';
import { answersByHand } from './invented-people.js';
import type { KeptPromise, LaterLine } from './samples.js';
import type { Actor } from './time-lapse.js';

/** The hour of the owner's day at which the drafts are read. */
const MORNING = Temporal.PlainTime.from('08:00');

export interface OwnersHands {
  drafts: DraftsService;
  composing: ComposingService;
  tasks: TasksService;
  promises: PromisesService;
  inbox: InboxService;
}

/**
 * What the owner does each morning: answers, reads every draft, does the tasks, keeps what was promised. At weekends the desk is
 * left alone, but for birthdays.
 */
export class DemoOwner implements Actor {
  approved = 0;
  private next: Date;
  /** Answers to words said by hand: the owner notes them when they come. */
  private answers: { at: Date; messageId: string }[] = [];

  constructor(
    private readonly ownerId: string,
    private readonly zone: string,
    private readonly hands: OwnersHands,
    private readonly people: People,
    private readonly plans: { kept: KeptPromise[]; later: LaterLine[] },
    start: Date,
  ) {
    this.next = this.morningAfter(start);
  }

  nextAt(): Promise<Date | null> {
    const times = [this.next, ...this.answers.map(({ at }) => at)].map((at) => at.getTime());
    return Promise.resolve(new Date(Math.min(...times)));
  }

  async act(now: Date): Promise<void> {
    for (const { messageId } of this.answers.filter(({ at }) => at <= now)) {
      await this.hands.tasks.answered(this.ownerId, messageId, null);
    }
    this.answers = this.answers.filter(({ at }) => at > now);
    if (now < this.next) return;
    this.next = this.morningAfter(now);
    const today = localDate(now, this.zone);
    const free = isoWeekday(today) > 5;
    if (!free) await this.answer();
    if (!free) await this.keepPromises(today);
    if (!free) await this.giveLines(today);
    for (const draft of await this.waiting('needs_review')) {
      if (!free || draft.kind.startsWith('birthday')) await this.read(draft, now);
    }
  }

  /** A considerate owner says yes to each by itself, after having read it. */
  private async read(draft: DraftView, now: Date): Promise<void> {
    if (draft.channel === 'mail') {
      if (draft.onYes.does !== 'leaves') return;
      await this.hands.composing.approve(this.ownerId, draft.id, draft.version);
      this.approved += 1;
      return;
    }
    await this.hands.tasks.done(this.ownerId, draft.id, null);
    const answer = draft.kind === 'birthday-reminder' ? null : answersByHand(draft.contactName);
    if (answer) {
      const at = new Date(Math.ceil((now.getTime() + answer.hours * 3_600_000) / 60_000) * 60_000);
      this.answers.push({ at, messageId: draft.id });
    }
  }

  /** Who has answered is answered, by hand, before anything else. */
  private async answer(): Promise<void> {
    const { items } = await this.hands.inbox.debts(this.ownerId, { limit: 200 });
    for (const { id } of items) await this.hands.inbox.closeDebt(this.ownerId, id, 'answered');
  }

  private async keepPromises(today: string): Promise<void> {
    for (const kept of this.plans.kept.filter(({ on }) => on <= today)) {
      const contactId = await this.people.find(kept.who);
      const [open] = await this.hands.promises.list(this.ownerId, contactId, { limit: 1 });
      if (open) await this.hands.promises.keep(this.ownerId, contactId, open.id, kept.with);
    }
    this.plans.kept = this.plans.kept.filter(({ on }) => on > today);
  }

  /** The one line that a withheld draft asked for comes to mind a few days later. */
  private async giveLines(today: string): Promise<void> {
    const withheld = await this.waiting('withheld');
    for (const later of this.plans.later.filter(({ on }) => on <= today)) {
      const contactId = await this.people.find(later.who);
      const draft = withheld.find((one) => one.contactId === contactId && one.whyCode === 'no-particular');
      if (draft) await this.hands.composing.giveLine(this.ownerId, draft.id, later.line);
    }
    this.plans.later = this.plans.later.filter(({ on }) => on > today);
  }

  private async waiting(state: 'needs_review' | 'withheld'): Promise<DraftView[]> {
    return (await this.hands.drafts.list(this.ownerId, { limit: 200, state })).items;
  }

  /** The next 08:00. */
  private morningAfter(now: Date): Date {
    const today = localDate(now, this.zone);
    const [first, second] = [today, addDays(today, 1)].map((date) => {
      const morning = Temporal.PlainDate.from(date).toZonedDateTime({
        timeZone: this.zone,
        plainTime: MORNING,
      });
      return new Date(morning.epochMilliseconds);
    }) as [Date, Date];
    return first > now ? first : second;
  }
}
