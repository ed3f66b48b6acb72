import { afterWorkingDays, DEFAULT_WINDOW } from './schedule.js';

/** An auto-reply, as far as it tells when its writer is there again. */
export interface Away {
  subkind: string | null;
  /** First day back, `YYYY-MM-DD`. */
  returnOn: string | null;
  /** When it reached us. */
  at: Date;
}

/** Back from an absence, people have a full inbox: so many working days are theirs. */
const SETTLE_DAYS = 3;
/** Where no day of return is named. */
const ABSENCE_DAYS = 14;
/** A return further away than this is a slip of a year, or no return. */
const LONGEST_DAYS = 400;
const DAY = 86_400_000;

/** An absence older than this ended, unless it names a later day of return: how far back a query need look. */
export const AWAY_LOOK_BACK_DAYS = ABSENCE_DAYS + 1;

/**
 * Until when an auto-reply lets us wait, in the zone of the person: the morning of the third working day after the day
 * of return. Null for what is no absence: a confirmation that our mail came, or that somebody has left for good.
 */
export function awayUntil({ subkind, returnOn, at }: Away, zone: string): Date | null {
  if (subkind === 'received' || subkind === 'left') return null;
  const unnamed = new Date(at.getTime() + ABSENCE_DAYS * DAY);
  if (returnOn === null) return unnamed;
  try {
    const until = afterWorkingDays({
      from: returnOn,
      days: SETTLE_DAYS,
      zone,
      window: DEFAULT_WINDOW,
      spread: 0,
    });
    return until.getTime() - at.getTime() > LONGEST_DAYS * DAY ? unnamed : until;
  } catch (error) {
    if (error instanceof RangeError) return unnamed;
    throw error;
  }
}

/** The latest of several; null where none lets us wait. */
export function latestAway(all: readonly Away[], zone: string): Date | null {
  const ends = all.map((one) => awayUntil(one, zone)).filter((end) => end !== null);
  return ends.reduce<Date | null>((latest, end) => (latest && latest >= end ? latest : end), null);
}
