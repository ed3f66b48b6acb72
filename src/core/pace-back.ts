/** How much less often than usual a mailbox sends, since its provider asked for less. */
export interface Slowness {
  /** The gap between two mails is so many times as long; 1: as usual. It stays so until a mail eases it. */
  factor: number;
  /** A day after the last limit: the first mail that is taken then halves the factor; null: not slowed. */
  until: Date | null;
}

/** Beyond this a gap of three minutes is nearly an hour, and pausing says it better. */
export const SLOWEST = 16;
const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/**
 * The provider set a limit (421, 4.7.x, "rate limited"): half as often as before, for a day at least. A mailbox that rests
 * knocks again by the minute; what it hears within an hour of the last time is still the same limit.
 */
export function slowDown(present: Slowness, now: Date): Slowness {
  const same = present.until !== null && present.until.getTime() > now.getTime() + DAY - HOUR;
  const factor = Math.max(1, present.factor) * (same ? 1 : 2);
  return { factor: Math.min(SLOWEST, factor), until: new Date(now.getTime() + DAY) };
}

/** After a mail was taken: a day has gone well, so twice as often again. Null where nothing changes. */
export function easeOff(present: Slowness, now: Date): Slowness | null {
  const left = (present.until?.getTime() ?? Infinity) - now.getTime();
  // Of a clock that was ahead, where it is more than a day.
  if (left === Infinity || (left > 0 && left <= DAY)) return null;
  const factor = Math.max(1, Math.floor(present.factor / 2));
  return { factor, until: factor > 1 ? new Date(now.getTime() + DAY) : null };
}
