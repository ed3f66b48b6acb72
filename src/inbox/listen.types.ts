import type { DataSource } from 'typeorm';
import type { Log } from '../log.js';

/** Whose mailbox is listened to, and by which process: what a row is guarded with. */
export interface Ear {
  ownerId: string;
  mailboxId: string;
  holder: string;
}

/** What a listener works with. */
export interface ListenTools {
  db: DataSource;
  log: Log;
  /** Domain time. */
  now: () => Date;
  /** Takes one raw mail in; the same mail twice is one mail. */
  ingest: (ownerId: string, raw: Buffer) => Promise<unknown>;
  /** Somebody has a turn now. */
  wake: (name: 'plan' | 'deliver') => Promise<void>;
}

/** How long a listener waits for what, in ms. Leases are on the database's clock. */
export interface ListenTimes {
  /** A mailbox stays with the process that listens to it for this long after its last sign of life. */
  lease: number;
  /** How often mailboxes are looked for that nobody listens to. */
  search: number;
  /** The longest time from one look into all folders to the next. */
  look: number;
  /** The first pause after a failure; it doubles up to `longestPause`. */
  pause: number;
  longestPause: number;
  /** The same after a refused sign-in: tried often, it locks the account. */
  signInPause: number;
  longestSignInPause: number;
  /** So long after a send we see whether the provider files a copy by itself. */
  findOut: number;
  /** A mail that the server would not give for so long is left, and the owner told. */
  giveUp: number;
}

export const LISTEN_TIMES: ListenTimes = {
  lease: 45_000,
  search: 5_000,
  look: 60_000,
  pause: 5_000,
  longestPause: 300_000,
  signInPause: 120_000,
  longestSignInPause: 1_800_000,
  findOut: 300_000,
  giveUp: 3_600_000,
};
