import { afterWorkingDays, localDate, seededFraction, type SendWindow } from './schedule.js';
import { WRITTEN, type Decision, type Purpose } from './decide.js';

/** The planner's own decisions: when a step is due, what to do with an enrollment that is, and who is enrolled how. */
export interface PlanStep {
  kind: 'first' | 'follow-up' | 'by-hand';
  offsetDays: number;
  spreadDays: number;
}

const DAY = 86_400_000;
const MINUTE = 60_000;

/** A draft is written this long before it is due, so that the owner has time to read it. */
export const AHEAD_MS = DAY;
/** A follow-up with nothing new to say is looked at again for so many working days. */
export const PATIENCE_DAYS = 10;

/**
 * When a step may leave. A first word counts working days from the event's last day; a later one from the real sending
 * of the one before (law 7), or from a newer event's end. A word by hand is due when the owner asks for it. The spread
 * is drawn from `seed` alone, so the same person gets the same hour on every machine.
 */
export function stepDueAt(input: {
  step: PlanStep;
  /** Local date of the event's last day. */
  eventEndsOn: string | null;
  lastSentAt: Date | null;
  now: Date;
  zone: string;
  window: SendWindow;
  seed: string;
}): Date {
  const { step, eventEndsOn, lastSentAt, now, zone, window, seed } = input;
  if (step.kind === 'by-hand') return now;
  const sentOn = lastSentAt && localDate(lastSentAt, zone);
  const dates = [eventEndsOn, step.kind === 'first' ? null : sentOn].filter((date) => date !== null);
  const from = dates.sort().at(-1) ?? localDate(now, zone);
  const more = Math.floor(seededFraction(`${seed}:day`) * (step.spreadDays + 1));
  const spread = seededFraction(`${seed}:hour`);
  return afterWorkingDays({ from, days: step.offsetDays + more, zone, window, spread });
}

/** When the planner looks at a step due at `due`. */
export function lookAt(due: Date): Date {
  return new Date(due.getTime() - AHEAD_MS);
}

export type Planning =
  | { kind: 'plan' }
  | { kind: 'look-again'; at: Date; why: string }
  | { kind: 'stop'; why: string }
  | { kind: 'done'; why: string };

/** Waits that a draft may be written in: the message carries its due instant, and delivery keeps to it. */
const WRITE_AHEAD = ['not-due', 'window'];

/** What becomes of an enrollment that is due, from what `decide` said and what there is to say. Never loops: `at` > now. */
export function planningOf(input: {
  purpose: Purpose;
  decision: Decision;
  /** Unspent reasons about this person. */
  reasons: readonly { support: string }[];
  owedAnswers: number;
  dueAt: Date;
  now: Date;
  zone: string;
  window: SendWindow;
}): Planning {
  const { purpose, decision, reasons, now } = input;
  // Put on the line all the same, where it is cancelled at once, and the sequence goes on after it.
  if (decision.kind === 'stop' && decision.code === WRITTEN) return { kind: 'plan' };
  if (decision.kind === 'stop') return { kind: 'stop', why: decision.why };
  if (decision.kind === 'wait' && !mayWrite(decision.code, input)) {
    return { kind: 'look-again', at: after(now, decision.until), why: decision.why };
  }
  if (purpose === 'follow-up' && reasons.length === 0) return nothingNew(input);
  return { kind: 'plan' };
}

/** A promise that is owed holds nudges back, except the one that says when it will be kept. */
function mayWrite(
  code: string,
  { reasons, owedAnswers }: { reasons: readonly { support: string }[]; owedAnswers: number },
): boolean {
  if (code === 'owed') return owedAnswers === 0 && reasons.some((reason) => aboutPromise(reason.support));
  return WRITE_AHEAD.includes(code);
}

function aboutPromise(support: string): boolean {
  return support === 'promise' || support === 'kept';
}

function nothingNew(input: { dueAt: Date; now: Date; zone: string; window: SendWindow }): Planning {
  const { dueAt, now, zone, window } = input;
  const days = (from: Date, count: number): Date =>
    afterWorkingDays({ from: localDate(from, zone), days: count, zone, window, spread: 0 });
  if (days(dueAt, PATIENCE_DAYS) <= now) return { kind: 'done', why: 'nothing new to say' };
  return { kind: 'look-again', at: after(now, days(now, 1)), why: 'nothing new to say yet' };
}

function after(now: Date, until: Date): Date {
  return until > now ? until : new Date(now.getTime() + MINUTE);
}

export const BY_HAND_WHY = 'the next word is by your hand';

/** A person of the debrief, as the planner finds them. */
export interface Chosen {
  hidden: boolean;
  doNotContact: boolean;
  /** The last word of theirs that forbids more, or a suppression of every address they have. */
  refused: 'opt-out' | 'complaint' | 'bounce' | 'suppressed' | null;
  /** Their enrollment, in this sequence or alive in another. */
  enrollment: { state: 'active' | 'paused' | 'done' | 'stopped' } | null;
  /** The first step without a message; never a greeting once a greeting has gone out. */
  nextStep: { kind: PlanStep['kind'] } | null;
}

export type Enrolling =
  | { kind: 'refuse'; outcome: string }
  | { kind: 'enroll'; outcome: 'enrolled'; state: 'active' | 'paused'; why: string | null }
  /** It keeps its step; only the event moves on. */
  | { kind: 'move'; outcome: string }
  /** It starts again, at the next step. */
  | { kind: 'restart'; outcome: string; state: 'active' | 'paused'; why: string | null };

const REFUSALS = {
  'opt-out': 'they asked to stop',
  complaint: 'they complained',
  bounce: 'their address bounced',
  suppressed: 'nothing may be sent to their address',
};

/** Whom the debrief chose is enrolled once; a second event continues the one enrollment (law 1). */
export function enrolling(chosen: Chosen): Enrolling {
  const refuse = (why: string): Enrolling => ({ kind: 'refuse', outcome: `not written to: ${why}` });
  const { enrollment, nextStep } = chosen;
  if (chosen.hidden) return refuse('the import that knew them was undone');
  if (chosen.doNotContact) return refuse('you set "do not contact"');
  if (chosen.refused) return refuse(REFUSALS[chosen.refused]);
  if (enrollment?.state === 'active') return { kind: 'move', outcome: 'continued' };
  const byHand = `already written to; ${BY_HAND_WHY}`;
  if (enrollment?.state === 'paused') return { kind: 'move', outcome: byHand };
  if (!nextStep)
    return refuse(enrollment ? 'already written to, and no step is left' : 'the sequence has no step');
  const paused = nextStep.kind === 'by-hand';
  const state = paused ? 'paused' : 'active';
  const why = paused ? BY_HAND_WHY : null;
  if (enrollment) return { kind: 'restart', outcome: paused ? byHand : 'continued', state, why };
  return { kind: 'enroll', outcome: 'enrolled', state, why };
}

/** How a final message leaves its enrollment. */
export type Advance =
  | { kind: 'next'; nextAt: Date }
  | { kind: 'by-hand' }
  | { kind: 'done'; why: string }
  | { kind: 'stopped'; why: string };

/** The code composing gives a draft that the owner threw away. */
export const DISCARDED = 'discarded';

export function advanceOf(input: {
  message: {
    state: 'sent' | 'failed' | 'cancelled';
    sentAt: Date | null;
    why: string | null;
    whyCode: string | null;
  };
  nextStep: PlanStep | null;
  eventEndsOn: string | null;
  now: Date;
  zone: string;
  window: SendWindow;
  seed: string;
}): Advance {
  const { message, nextStep, now, zone, window, seed, eventEndsOn } = input;
  if (message.state === 'failed')
    return { kind: 'stopped', why: message.why ?? 'the message could not be delivered' };
  if (message.state === 'cancelled' && message.whyCode !== WRITTEN) {
    const why = message.why ?? 'the draft was given up';
    return { kind: message.whyCode === DISCARDED ? 'done' : 'stopped', why };
  }
  if (!nextStep) return { kind: 'done', why: 'every step was taken' };
  if (nextStep.kind === 'by-hand') return { kind: 'by-hand' };
  const due = stepDueAt({
    step: nextStep,
    eventEndsOn,
    lastSentAt: message.sentAt ?? now,
    now,
    zone,
    window,
    seed,
  });
  return { kind: 'next', nextAt: lookAt(due) };
}
