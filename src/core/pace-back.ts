/** How much less often than usual a mailbox sends, since its provider asked for less. */
export interface Slowness {
  /** The gap between two mails is so many times as long; 1: as usual. */
  factor: number;
  /** A day without another limit, sent to its end, halves the factor then; null: not slowed. */
  until: Date | null;
}

/** Beyond this a gap of three minutes is nearly an hour, and pausing says it better. */
export const SLOWEST = 16;
const DAY = 24 * 60 * 60_000;

/** The provider set a limit (421, 4.7.x, "rate limited"): half as often as before, for a day at least. */
export function slowDown(present: Slowness, now: Date): Slowness {
  return {
    factor: Math.min(SLOWEST, Math.max(1, present.factor) * 2),
    until: new Date(now.getTime() + DAY),
  };
}

/** After a mail was taken: a day has gone well, so twice as often again. Null where nothing changes. */
export function easeOff(present: Slowness, now: Date): Slowness | null {
  if (present.until === null || present.until > now) return null;
  const factor = Math.max(1, Math.floor(present.factor / 2));
  return { factor, until: factor > 1 ? new Date(now.getTime() + DAY) : null };
}
