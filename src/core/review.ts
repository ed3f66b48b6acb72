import { Temporal } from 'temporal-polyfill';
import {
  chooseReasons,
  compose,
  type Composed,
  type ComposeInput,
  type DraftParagraph,
  type Reason,
} from './compose.js';
import { budgetFreeAt, decide, type Decision, type DecisionRows, type Purpose } from './decide.js';
import { eventWhen, validUntil } from './freshness.js';
import { addDays, daysBetween, localDate, nextInWindow, startOfDay } from './schedule.js';
import { oneLine } from './text.js';

/** Planned message -> what is put before the owner, or why not yet, or why never. */

export interface ReviewSubject {
  kind: Purpose;
  channel: 'mail' | 'task';
  occursOn: string | null;
  askAfterDays: number | null;
  /** Codes the owner released knowingly. */
  released: readonly string[];
  template: ComposeInput['template'] | null;
  owner: ComposeInput['owner'];
  contact: ComposeInput['contact'];
  event: { id: string; name: string; endsOn: string } | null;
  encounter: ComposeInput['encounter'];
  /** Unspent ones; `saidAt` is when the words were written down, for words such as "yesterday". */
  reasons: readonly (Reason & { saidAt: Date | null })[];
  threadSubject: string | null;
  /** The owner's own words, never written over; null where the template speaks. */
  kept: Draft | null;
}

export interface Draft {
  subject: string;
  text: string;
  paragraphs: DraftParagraph[];
  reasons: Reason[];
  validUntil: Date | null;
  score: number;
}

export type Reviewed = { kind: 'draft'; draft: Draft } | Exclude<Decision, { kind: 'send' }>;

/** These have nothing to do with hour and day: nothing is put before the owner while they hold. */
const PEOPLE_CODES: ReadonlySet<string> = new Set(['stopped', 'in-flight', 'paused', 'away', 'owed']);

/** Mails the owner approved by hand before a sequence may go by itself. */
export const APPROVALS_FIRST = 10;

/** Law 3 and 4 at work: decides, then writes from what is known, or says what is missing. */
export function review(subject: ReviewSubject, rows: DecisionRows, now: Date): Reviewed {
  const zone = rows.contact.zone;
  const leaves = leavesAt(rows, now);
  const reasons = subject.reasons.filter((reason) => {
    const until = wordsUntil(reason, zone);
    return until === null || until > leaves;
  });
  const cited = subject.kept?.reasons ?? chooseReasons(reasons);
  const held = holds(subject, asking(rows, cited), now) ?? tooLate(subject, leaves, zone);
  if (held) return held;
  if (subject.kept) return keep(subject.kept, chooseReasons(reasons), leaves);
  if (subject.kind === 'birthday-reminder') return reminder(subject, zone);
  const composed = writeSpoken(subject, reasons, leaves, zone);
  if (composed.kind === 'missing') {
    const stale = reasons.length < subject.reasons.length;
    const because = stale ? ' (what was said holds words of time that are no longer true)' : '';
    return withhold(composed.code, `this needs ${composed.what}${because}`);
  }
  if (composed.kind === 'broken') {
    const name = subject.template ? '' : ' of this name';
    return withhold(
      'broken-template',
      `the template${name} cannot be used: ${composed.where}: ${composed.problem}`,
    );
  }
  const owes = holds(subject, asking(rows, composed.reasons), now);
  if (owes) return owes;
  const said = reasons.filter((reason) => composed.reasons.some((r) => r.id === reason.id));
  const ends = [
    composed.validUntil,
    dayEnds(subject, zone),
    lateFrom(subject, zone),
    ...said.map((reason) => wordsUntil(reason, zone)),
  ];
  return {
    kind: 'draft',
    draft: {
      subject: subjectOf(subject, composed.subject),
      text: composed.text,
      paragraphs: composed.paragraphs,
      reasons: composed.reasons,
      validUntil: earliest(ends),
      score: composed.score,
    },
  };
}

/** When it would leave if the owner said yes now: a word of time must be true then, not when it is written. */
export function leavesAt(rows: DecisionRows, now: Date): Date {
  if (rows.message.channel === 'task') return now;
  const bounds = [
    now,
    rows.message.dueAt,
    budgetFreeAt(rows.touches, now),
    rows.contact.pausedUntil,
    rows.awayUntil,
    rows.mailbox?.state === 'paused' ? rows.mailbox.pausedUntil : null,
  ].filter((bound) => bound !== null);
  const from = new Date(Math.max(...bounds.map((bound) => bound.getTime())));
  return nextInWindow(from, rows.contact.zone, rows.window);
}

/** 07:00 of the owner's next local day: what found no place today is looked at again then. */
export function reviewMorning(now: Date, zone: string): Date {
  const tomorrow = Temporal.PlainDate.from(addDays(localDate(now, zone), 1));
  const morning = tomorrow.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from('07:00') });
  return new Date(morning.epochMilliseconds);
}

/** Birthdays have their day, and do not count among the drafts of one. */
export function countsToday(kind: Purpose): boolean {
  return kind !== 'birthday' && kind !== 'birthday-reminder';
}

/** The most particular first; the rest waits. */
export function split<T extends { kind: Purpose; score: number; dueAt: Date }>(
  drafts: readonly T[],
  places: number,
): { before: T[]; later: T[] } {
  const counted = drafts.filter((draft) => countsToday(draft.kind));
  const ranked = counted.sort((a, b) => b.score - a.score || a.dueAt.getTime() - b.dueAt.getTime());
  const room = Math.max(0, places);
  const free = drafts.filter((draft) => !countsToday(draft.kind));
  return { before: [...free, ...ranked.slice(0, room)], later: ranked.slice(room) };
}

/** Whether it needs no yes of its own: a sequence the owner trusts by now, and ears where it follows up (law 2). */
export function goesByItself(message: {
  kind: Purpose;
  channel: 'mail' | 'task';
  approval: 'each' | 'after-ten' | null;
  approvedBefore: number;
  mailboxListens: boolean;
}): boolean {
  if (message.approval !== 'after-ten' || message.channel !== 'mail') return false;
  if (message.approvedBefore < APPROVALS_FIRST) return false;
  return message.kind === 'first' || (message.kind === 'follow-up' && message.mailboxListens);
}

function asking(rows: DecisionRows, cited: readonly Reason[]): DecisionRows {
  const aboutPromise = cited.some(({ kind }) => kind === 'promise' || kind === 'kept-promise');
  return {
    ...rows,
    message: {
      ...rows.message,
      validUntil: null,
      approvedBy: null,
      aboutPromise,
      reasonGone: false,
      eventWords: null,
    },
  };
}

/**
 * Hour and day are delivery's business, save for a task: putting it before the owner is all the sending it has, so it
 * waits for them here.
 */
function holds(
  subject: ReviewSubject,
  rows: DecisionRows,
  now: Date,
): Exclude<Decision, { kind: 'send' }> | null {
  const decision = decide(rows, now);
  if (decision.kind === 'send') return null;
  if (decision.kind !== 'wait') return decision;
  if (subject.kind === 'birthday-reminder') {
    return rows.message.dueAt > now ? { ...decision, until: rows.message.dueAt } : null;
  }
  return subject.channel === 'task' || PEOPLE_CODES.has(decision.code) ? decision : null;
}

function tooLate(subject: ReviewSubject, leaves: Date, zone: string): Reviewed | null {
  const from = lateFrom(subject, zone);
  const { event } = subject;
  if (!event || from === null || leaves < from) return null;
  const days = daysBetween(event.endsOn, localDate(leaves, zone));
  return withhold('late', `it would leave ${days} days after ${event.name}; say whether it should still go`);
}

/** A first mail that is held up past that is put before the owner again. */
function lateFrom({ kind, event, askAfterDays, released }: ReviewSubject, zone: string): Date | null {
  if (kind !== 'first' || !event || askAfterDays === null || released.includes('late')) return null;
  return startOfDay(addDays(event.endsOn, askAfterDays + 1), zone);
}

/** Where the template has no word for what would carry the mail, the next best carries it. */
function writeSpoken(
  subject: ReviewSubject,
  reasons: readonly Reason[],
  leaves: Date,
  zone: string,
): Composed {
  const composed = write(subject, reasons, leaves, zone);
  if (composed.kind !== 'missing' || composed.code !== 'no-particular') return composed;
  const mute = chooseReasons(reasons).find(({ support }) => support !== 'promise');
  if (!mute) return composed;
  const others = reasons.filter((reason) => reason !== mute);
  const next = writeSpoken(subject, others, leaves, zone);
  return next.kind === 'missing' ? composed : next;
}

function write(subject: ReviewSubject, reasons: readonly Reason[], leaves: Date, zone: string): Composed {
  const { template, owner, contact, event, encounter, channel } = subject;
  if (!template) return { kind: 'broken', where: 'the whole', problem: 'there is no such template' };
  const when = event && eventWhen(event.endsOn, leaves, zone);
  return compose({
    template,
    owner,
    contact,
    event: event && { id: event.id, name: event.name, when },
    encounter,
    reasons: subject.kind === 'birthday' ? birthdayReasons(subject) : reasons,
    channel,
  });
}

function birthdayReasons({ contact, occursOn, kind }: ReviewSubject): Reason[] {
  // The owner's reminder and the mail to the person are two words about one day; each may cite it once.
  const occurrence = `${kind === 'birthday-reminder' ? 'reminder ' : ''}${occursOn ?? ''}`;
  return [{ kind: 'birthday', id: contact.id, support: 'birthday', words: '', occurrence }];
}

/**
 * What the owner wrote stays as it is, or waits for them: writing it anew would lose their words. Where another message
 * has taken its reason meanwhile, it cites the next.
 */
function keep(kept: Draft, unspent: readonly Reason[], leaves: Date): Reviewed {
  const reasons = kept.reasons.length > 0 ? kept.reasons : [...unspent];
  if (reasons.length === 0)
    return withhold('no-particular', 'this needs one line about them that is theirs alone');
  if (kept.validUntil === null || kept.validUntil > leaves) {
    return { kind: 'draft', draft: { ...kept, reasons } };
  }
  return withhold('stale-words', 'your words name a time that will have passed when it leaves; change them');
}

/** For the owner's eyes alone; needs no template and names no address. */
function reminder(subject: ReviewSubject, zone: string): Reviewed {
  const { contact, occursOn } = subject;
  if (occursOn === null) return withhold('broken-date', 'this birthday has no date');
  const date = Temporal.PlainDate.from(occursOn);
  const day = date
    .toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
    .replace(',', '');
  const text = `It is ${contact.full}'s birthday on ${day}. A word in your own way would be kind; mark this done when you have said it.`;
  const sources: DraftParagraph['sources'] = [
    { kind: 'contact', id: contact.id, words: contact.full },
    { kind: 'birthday', id: contact.id, words: day },
  ];
  return {
    kind: 'draft',
    draft: {
      subject: '',
      text,
      paragraphs: [{ id: 'reminder', text, sources }],
      reasons: birthdayReasons(subject),
      validUntil: dayEnds(subject, zone),
      score: 0,
    },
  };
}

function subjectOf({ channel, kind, threadSubject }: ReviewSubject, composed: string): string {
  if (channel === 'task') return '';
  return kind === 'follow-up' && threadSubject !== null ? threadSubject : oneLine(composed);
}

/** When the words of a fact stop being true, as seen from the day they were written down. */
function wordsUntil(reason: Reason & { saidAt: Date | null }, zone: string): Date | null {
  return earliest([reason.until ?? null, reason.saidAt && validUntil(reason.words, reason.saidAt, zone)]);
}

function dayEnds({ occursOn }: ReviewSubject, zone: string): Date | null {
  return occursOn === null ? null : startOfDay(addDays(occursOn, 1), zone);
}

export function earliest(instants: readonly (Date | null)[]): Date | null {
  const known = instants.filter((instant) => instant !== null).map((instant) => instant.getTime());
  return known.length === 0 ? null : new Date(Math.min(...known));
}

function withhold(code: string, why: string): { kind: 'withhold'; code: string; why: string } {
  return { kind: 'withhold', code, why };
}
