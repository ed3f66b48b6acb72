import { eventWhen } from './freshness.js';
import { occurrencePhase } from './milestones.js';
import type { SuppressionScope } from './way-out-choices.js';
import { nextInWindow, startOfDay, type SendWindow } from './schedule.js';

/** What a message is for. Follow-ups need ears; congratulations have a day; what is by hand is the owner's own will. */
export type Purpose = 'first' | 'follow-up' | 'by-hand' | 'birthday' | 'birthday-reminder';

/**
 * Everything the decision about one message to one person rests on, as one query in database/ reads it. Planner and
 * delivery ask the same function: once when planning, once more just before DATA (law 2).
 */
export interface DecisionRows {
  /** `awayUntil`: their time off ends then; null: they are here. */
  owner: { stoppedAt: Date | null; awayUntil: Date | null };
  contact: {
    zone: string;
    hiddenAt: Date | null;
    /** Of the person, or of anybody else known by the address. */
    doNotContactAt: Date | null;
    pausedUntil: Date | null;
    noCongratulations: boolean;
    /** False: they agreed to no mail; null: no source says. */
    consent: boolean | null;
    /** A hardship fact is open: no nudge, no celebration. */
    hardship: boolean;
  };
  message: {
    purpose: Purpose;
    channel: 'mail' | 'task';
    dueAt: Date;
    validUntil: Date | null;
    /** Local date of the occurrence, for milestones. */
    occursOn: string | null;
    approvedBy: 'owner' | 'sequence' | null;
    /** The sequence said yes to it, and the owner wants to see again what that sequence sends. */
    trustEnded: boolean;
    /** It cites a promise that is still owed, or delivers one. */
    aboutPromise: boolean;
    /** It would greet as new whom another first word has reached. */
    greetedBefore: boolean;
    /** A first word, and the owner has written to them by hand since it was planned. */
    writtenByHand: boolean;
    /** Its step was taken, or may have been, under another contact who is the same person. */
    saidBefore: boolean;
    /** Their birthday is not, or no longer, kept on the day it is about. */
    offDay: boolean;
    /** What it rests on no longer holds: a fact, a meeting taken back, a promise kept since, a name corrected. */
    reasonGone: boolean;
    /** How long ago it says the event was, and when the event ended: a local date. */
    eventWords: { said: string; endsOn: string } | null;
  };
  window: SendWindow;
  /** Null for a task. */
  mailbox: {
    state: 'active' | 'paused';
    pausedUntil: Date | null;
    /** It has an IMAP server. */
    listens: boolean;
    /** Inbox and Sent were read to their ends, as they were then. */
    readThroughAt: Date | null;
  } | null;
  /** Scopes of the suppressions in force on the address. */
  suppressed: readonly SuppressionScope[];
  /** Set inside a sequence. */
  enrollment: { state: 'active' | 'paused' | 'done' | 'stopped'; why: string | null } | null;
  /** Inbound of the person since the enrollment (re)started, newest first; opt-outs and complaints for good. */
  heard: readonly { kind: 'reply' | 'opt-out' | 'bounce' | 'complaint'; at: Date }[];
  /** An auto-reply in force: until when to wait. */
  awayUntil: Date | null;
  /** To this person; `overdue`: answers to anybody that are past their day. */
  owed: { promises: number; answers: number; overdue: number };
  /** An auto-reply said that they read this address no longer, and nobody has answered from there since. */
  left: boolean;
  /** Other messages to this person, or to this address, that are sending or unknown. */
  inFlight: number;
  /** Every word that reached the person (or the address) in the last 14 days, and mail by hand. */
  touches: readonly Date[];
}

/** The code of a first word that the owner's own has replaced: the sequence goes on with the next step. */
export const WRITTEN = 'written';

export type Decision =
  | { kind: 'send' }
  | { kind: 'wait'; until: Date; code: string; why: string }
  | { kind: 'stop'; code: string; why: string }
  | { kind: 'withhold'; code: string; why: string };

/** Waits that may end before their time: what was said is taken back or misunderstood, a mailbox hears again (database/look-again.ts). */
export const WAITS = {
  paused: 'you paused this person',
  away: 'they are away',
  'owner-away': 'you are away, and nobody would read the answer',
  'not-heard': 'it waits until inbox and Sent are read to the end: they were not in the last ten minutes',
} as const;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Law 6: one in 2 days, three in 14. */
export const BUDGET = [
  { messages: 1, days: 2 },
  { messages: 3, days: 14 },
] as const;

/** For who asked to hear less often. */
const SELDOM = [{ messages: 1, days: 30 }] as const;

/** Law 2: who cannot listen does not follow up. */
export const EARS_MINUTES = 10;

/** Who owes so many answers past their day begins nothing new. */
export const OVERDUE_DEBTS = 5;

/** Send, wait, stop or withhold. Pure; the order of the questions is the order of the laws. */
export function decide(rows: DecisionRows, now: Date): Decision {
  return (
    stops(rows) ??
    lapses(rows, now) ??
    waitsForPeople(rows, now) ??
    withholds(rows, now) ??
    waitsForTime(rows, now) ??
    saysWrongTime(rows, now) ?? {
      kind: 'send',
    }
  );
}

function stops(rows: DecisionRows): Decision | null {
  const { contact, message, suppressed, enrollment, heard } = rows;
  const stop = (code: string, why: string): Decision => ({ kind: 'stop', code, why });
  if (contact.hiddenAt) return stop('undone', 'the import that knew this person was undone');
  if (contact.doNotContactAt) return stop('do-not-contact', 'you set "do not contact" on this person');
  if (contact.consent === false && message.channel === 'mail') {
    return stop('no-consent', 'they did not agree to be written to, as the file says');
  }
  if (suppressed.includes('everything')) return stop('suppressed', 'nothing may be sent to this address');
  if (message.purpose !== 'by-hand' && suppressed.includes('automatic')) {
    return stop('suppressed', 'nothing automatic may be sent to this address');
  }
  if (
    isCelebration(message.purpose) &&
    (contact.noCongratulations || suppressed.includes('congratulations'))
  ) {
    return stop('no-congratulations', 'this person wants no congratulations');
  }
  if (rows.left && message.channel === 'mail' && message.purpose !== 'by-hand') {
    return stop('left', 'they read this address no longer');
  }
  if (message.greetedBefore) return stop('greeted', 'a first word went to this person already');
  if (message.writtenByHand) return stop(WRITTEN, 'you wrote to them yourself');
  if (message.saidBefore) return stop('said', 'this step was taken under a contact who is the same person');
  if (message.offDay) return stop('off-day', 'their birthday is not on that day');
  const refused = heard.find(({ kind }) => kind === 'opt-out' || kind === 'complaint');
  const last = enrollment ? heard[0] : message.purpose === 'by-hand' ? undefined : refused;
  if (last) return stop(last.kind, HEARD[last.kind]);
  if (enrollment && enrollment.state !== 'active') {
    return stop('enrollment-ended', enrollment.why ?? `the sequence is ${enrollment.state} for this person`);
  }
  return null;
}

const HEARD = {
  reply: 'they answered',
  'opt-out': 'they asked to stop',
  bounce: 'their address bounced',
  complaint: 'they complained',
};

function lapses({ message, contact }: DecisionRows, now: Date): Decision | null {
  if (message.occursOn !== null && occurrencePhase(message.occursOn, now, contact.zone) === 'past') {
    return { kind: 'stop', code: 'lapsed', why: 'the day has passed, and a late wish is worse than none' };
  }
  return null;
}

function waitsForPeople(rows: DecisionRows, now: Date): Decision | null {
  const { owner, contact, message, owed, inFlight, awayUntil } = rows;
  const wait = (until: Date, code: string, why: string): Decision => ({ kind: 'wait', until, code, why });
  if (owner.stoppedAt) return wait(later(now, HOUR), 'stopped', 'you stopped everything');
  if (inFlight > 0) {
    return wait(
      later(now, HOUR),
      'in-flight',
      'another message to this person is under way, or its fate is unknown',
    );
  }
  if (contact.pausedUntil && contact.pausedUntil > now) {
    return wait(contact.pausedUntil, 'paused', WAITS.paused);
  }
  if (awayUntil && awayUntil > now) return wait(awayUntil, 'away', WAITS.away);
  const owes =
    owed.answers > 0 ? 'an answer' : owed.promises > 0 && !message.aboutPromise ? 'a promise' : null;
  if (isNudge(message.purpose) && owes) {
    return wait(later(now, DAY), 'owed', `you owe this person ${owes}; that comes first`);
  }
  if (message.purpose === 'first' && owed.overdue >= OVERDUE_DEBTS) {
    const why = `you owe ${owed.overdue} answers that are past their day; they come before anybody new`;
    return wait(later(now, DAY), 'debts', why);
  }
  return null;
}

function withholds({ contact, message, mailbox }: DecisionRows, now: Date): Decision | null {
  if (message.reasonGone) {
    return { kind: 'withhold', code: 'reason-gone', why: 'what it was written from no longer holds' };
  }
  if (contact.hardship && (isNudge(message.purpose) || isCelebration(message.purpose))) {
    return {
      kind: 'withhold',
      code: 'hardship',
      why: 'this person is going through something hard; write by hand',
    };
  }
  if (message.validUntil && message.validUntil <= now) {
    return {
      kind: 'withhold',
      code: 'stale-words',
      why: 'it waited so long that its words are no longer true',
    };
  }
  if (message.trustEnded) {
    return { kind: 'withhold', code: 'trust-ended', why: 'you want to see what this sequence sends again' };
  }
  if (message.purpose === 'follow-up' && mailbox && !mailbox.listens && message.approvedBy === 'sequence') {
    return {
      kind: 'withhold',
      code: 'cannot-listen',
      why: 'this mailbox cannot listen; a follow-up needs your yes',
    };
  }
  return null;
}

function waitsForTime(rows: DecisionRows, now: Date): Decision | null {
  const { contact, message, mailbox, window } = rows;
  const inside = (at: Date): Date => nextInWindow(at, contact.zone, window);
  const wait = (until: Date, code: string, why: string): Decision => ({ kind: 'wait', until, code, why });
  if (message.dueAt > now) return wait(message.dueAt, 'not-due', 'it is not due yet');
  // Due by the clocks of where they lived when it was planned.
  if (message.occursOn !== null && occurrencePhase(message.occursOn, now, contact.zone) === 'early') {
    return wait(inside(startOfDay(message.occursOn, contact.zone)), 'not-due', 'their day has not come yet');
  }
  if (mailbox?.state === 'paused' && !(mailbox.pausedUntil && mailbox.pausedUntil <= now)) {
    return wait(mailbox.pausedUntil ?? later(now, HOUR), 'mailbox-paused', 'the mailbox is paused');
  }
  if (message.purpose === 'follow-up' && mailbox?.listens && !justHeard(mailbox.readThroughAt, now)) {
    return wait(later(now, HOUR), 'not-heard', WAITS['not-heard']);
  }
  const { awayUntil } = rows.owner;
  if (awayUntil && awayUntil > now && isNudge(message.purpose)) {
    return wait(inside(awayUntil), 'owner-away', WAITS['owner-away']);
  }
  const seldom = rows.suppressed.includes('often') && message.purpose !== 'by-hand';
  const free = budgetFreeAt(rows.touches, now, seldom ? SELDOM : BUDGET);
  if (free > now) return wait(inside(free), 'budget', 'this person had a word from you just now');
  const open = inside(now);
  return open > now ? wait(open, 'window', 'it is not a good hour where they are') : null;
}

/** Read in the future was read before a clock went back: how long ago, nobody knows. Two machines may differ a little. */
export function justHeard(readThroughAt: Date | null, now: Date): boolean {
  const age = readThroughAt === null ? Infinity : now.getTime() - readThroughAt.getTime();
  return age <= EARS_MINUTES * MINUTE && age >= -MINUTE;
}

/** It would leave now: "last week" must be true now, whatever became of the event's dates or of a pause since. */
function saysWrongTime({ contact, message }: DecisionRows, now: Date): Decision | null {
  const { eventWords } = message;
  if (!eventWords || eventWhen(eventWords.endsOn, now, contact.zone)?.words === eventWords.said) return null;
  const why = `it says "${eventWords.said}" of the event, and that is not so`;
  return { kind: 'withhold', code: 'stale-words', why };
}

/** The instant from which the person's budget has room for one more. */
export function budgetFreeAt(
  touches: readonly Date[],
  now: Date,
  budget: readonly { messages: number; days: number }[] = BUDGET,
): Date {
  const newestFirst = touches.map((touch) => touch.getTime()).sort((a, b) => b - a);
  let free = now.getTime();
  for (const { messages, days } of budget) {
    const blocking = newestFirst[messages - 1];
    if (blocking !== undefined) free = Math.max(free, blocking + days * DAY);
  }
  return new Date(free);
}

/** A nudge asks or reminds (law 5). What the owner does by hand is their own judgement. */
function isNudge(purpose: Purpose): boolean {
  return purpose === 'first' || purpose === 'follow-up';
}

function isCelebration(purpose: Purpose): boolean {
  return purpose === 'birthday' || purpose === 'birthday-reminder';
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
