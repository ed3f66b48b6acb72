/** z for a two-sided 95 % interval. */
const Z = 1.959963984540054;

export interface Interval {
  low: number;
  high: number;
}

/** Counts of one group (an event, a step, a kind). Auto-replies and bounces must not be in `answered`. */
export interface OutcomeCounts {
  sent: number;
  bounced: number;
  answered: number;
  /** Hours from sending to the first human answer, one entry per answer. */
  hoursToAnswer: number[];
}

export interface RateSummary {
  sent: number;
  arrived: number;
  answered: number;
  /** null: not enough data. */
  rate: { value: number; low: number; high: number } | null;
  medianHours: number | null;
}

/**
 * 95 % score interval for the share of `arrived` mails that were `answered`, both ends in 0..1.
 * It stays honest for few mails and for 0 % or 100 %, where the textbook interval collapses to a point.
 * Source: Wilson 1927, J. Am. Stat. Assoc. 22; recommended for small n by Brown, Cai and DasGupta 2001,
 * Statistical Science 16(2). Nothing arrived: nothing is known, so 0..1.
 */
export function wilson(answered: number, arrived: number): Interval {
  if (!(arrived > 0)) return { low: 0, high: 1 };
  const p = Math.min(1, Math.max(0, answered / arrived));
  const z2 = Z * Z;
  const centre = p + z2 / (2 * arrived);
  const spread = Z * Math.sqrt((p * (1 - p)) / arrived + z2 / (4 * arrived * arrived));
  const scale = 1 + z2 / arrived;
  // At the very ends rounding would leave 1e-17 instead of 0, and 0.99... instead of 1.
  return {
    low: p === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: p === 1 ? 1 : Math.min(1, (centre + spread) / scale),
  };
}

/** Middle value; the mean of the two middle ones for an even count; null for none. */
export function median(values: number[]): number | null {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/**
 * Adds the rows up. The rate is humans who answered over mails that arrived (law 12), and null below `minimum`
 * arrived mails.
 */
export function summarise(rows: OutcomeCounts[], minimum = 10): RateSummary {
  const total = (pick: (row: OutcomeCounts) => number): number =>
    rows.reduce((sum, row) => sum + pick(row), 0);
  const sent = total((row) => row.sent);
  const arrived = Math.max(0, sent - total((row) => row.bounced));
  const answered = total((row) => row.answered);
  const enough = arrived > 0 && arrived >= minimum;
  return {
    sent,
    arrived,
    answered,
    rate: enough ? { value: Math.min(1, answered / arrived), ...wilson(answered, arrived) } : null,
    medianHours: median(rows.flatMap((row) => row.hoursToAnswer)),
  };
}
