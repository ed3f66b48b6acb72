import { addDays, localDate, startOfDay } from './schedule.js';

/** How fast a mailbox may send. What a person could send by hand, not what a server could take. */
export interface Pace {
  /** Mails a day, on the owner's calendar. */
  dailyCap: number;
  /** Mails in any sixty minutes. */
  hourlyCap: number;
  /** Seconds between two mails, on average; 0: one after the other. */
  gapSeconds: number;
  /** Days before today on which a new mailbox has sent: it starts with a few a day. Null: it is known already. */
  daysOfUse: number | null;
  /** Gaps are so many times as long, and caps as much smaller, since the provider asked for less (core/pace-back.ts). */
  slowFactor: number;
}

/** What has left the mailbox, or is about to. */
export interface LeftLately {
  /** On this local day of the owner. */
  today: number;
  /** In the last sixty minutes. */
  thisHour: number;
  /** The first of those sixty minutes; null when there is none. */
  oldestThisHour: Date | null;
}

export interface Allowance {
  /** Mails that may be taken in hand now. */
  count: number;
  /** No mail is taken before; after a slot was given, the gap's end. */
  nextAt: Date;
  /** Why none may go now, for the owner; null when one may. */
  why: string | null;
}

const HOUR = 3_600_000;
/** Mails on a new mailbox's first day, and how many more on each day after. */
const WARM_UP = { first: 5, more: 2 } as const;

/** What may leave today: the cap, less while the mailbox is new. A day on which nothing left has taught nobody its name. */
export function capToday({ dailyCap, daysOfUse }: Pick<Pace, 'dailyCap' | 'daysOfUse'>): number {
  if (daysOfUse === null) return dailyCap;
  return Math.min(dailyCap, WARM_UP.first + WARM_UP.more * daysOfUse);
}

/**
 * How many mails a mailbox may take in hand now, and when it may take the next. With a gap it is one at a time, and the gap
 * varies between half and one and a half of its length, as a person's would.
 */
export function allowance(input: {
  pace: Pace;
  left: LeftLately;
  now: Date;
  /** The owner's IANA zone, in which days are counted. */
  zone: string;
  /** From the slot before; null: none was given yet. */
  nextSlotAt: Date | null;
  /** In [0, 1): where in its range the gap lies. */
  jitter: number;
}): Allowance {
  const { pace, left, now, zone, nextSlotAt, jitter } = input;
  const slow = Math.max(1, pace.slowFactor);
  // A clock set back, or a cap raised since, must not hold the mailbox for longer than its longest gap.
  const until = new Date(Math.min(nextSlotAt?.getTime() ?? 0, now.getTime() + gap(pace, slow, 1)));
  // The gap goes on under a cap that is reached: what is full ends no pause.
  const none = (nextAt: Date, why: string): Allowance => ({ count: 0, nextAt: later(nextAt, until), why });
  const daily = slowed(capToday(pace), slow) - left.today;
  if (daily <= 0) {
    const why = slow > 1 ? SLOWED : `the ${left.today} mails of today have gone out`;
    return none(startOfDay(addDays(localDate(now, zone), 1), zone), why);
  }
  const hourly = slowed(pace.hourlyCap, slow) - left.thisHour;
  if (hourly <= 0) {
    const free = new Date((left.oldestThisHour ?? now).getTime() + HOUR + 1);
    return none(free, slow > 1 ? SLOWED : 'the mails of this hour have gone out');
  }
  if (until > now) return none(until, 'a pause between two mails');
  if (pace.gapSeconds === 0 && slow === 1) return { count: Math.min(daily, hourly), nextAt: now, why: null };
  return { count: 1, nextAt: new Date(now.getTime() + gap(pace, slow, jitter)), why: null };
}

const SLOWED = 'the provider asked for fewer mails, so this mailbox sends slowly for a while';
/** A mailbox without gaps still gets some when its provider complains. In seconds. */
const SLOW_GAP = 30;

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

/** In ms. */
function gap(pace: Pace, slow: number, jitter: number): number {
  const seconds = slow > 1 ? Math.max(pace.gapSeconds, SLOW_GAP) * slow : pace.gapSeconds;
  return Math.round(seconds * 1000 * (0.5 + jitter));
}

function slowed(cap: number, slow: number): number {
  return cap === 0 ? 0 : Math.max(1, Math.floor(cap / slow));
}
