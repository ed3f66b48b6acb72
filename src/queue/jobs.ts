/**
 * Every job there is, with its data. A job only wakes someone: it carries ids, may be lost or doubled without harm, and
 * never waits for days. At boot, each of these must have exactly one handler.
 */
export interface Jobs {
  /** Read the files of one import. */
  import: { importId: string };
  /** Compare the people of finished imports with everybody else. */
  match: Record<string, never>;
  /** Enroll whom the debrief chose; advance enrollments that are due. */
  plan: Record<string, never>;
  /** Put words to planned messages; write stale drafts anew. */
  compose: Record<string, never>;
  /** Give back expired leases; send what is approved and due. */
  deliver: Record<string, never>;
  /** Notice birthdays in the days ahead. */
  celebrate: Record<string, never>;
  /** Drop old raw mail and answered idempotency keys. */
  tidy: Record<string, never>;
}

export type JobName = keyof Jobs;

export const jobNames = [
  'import',
  'match',
  'plan',
  'compose',
  'deliver',
  'celebrate',
  'tidy',
] as const satisfies readonly JobName[];

/** The jobs every minute offers again, so that a lost one costs a minute. */
export const tickJobs = [
  'match',
  'celebrate',
  'plan',
  'compose',
  'deliver',
  'tidy',
] as const satisfies readonly JobName[];
