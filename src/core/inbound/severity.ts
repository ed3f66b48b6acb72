import type { BounceReason, BounceSeverity } from './verdict.js';

const DEAD = new Set<BounceReason>(['user-unknown', 'host-unknown', 'moved']);
const UNWANTED = new Set<BounceReason>(['policy', 'spam', 'authentication', 'relay', 'content']);

/** The stage and the code that came with a refusal. */
export interface Circumstances {
  /** RFC 3463. */
  status: string | null;
  /** Said of the address, in answer to RCPT TO. */
  atRecipient: boolean;
  /** Said once the whole mail was there. */
  afterData: boolean;
  /** The server itself calls it passing. */
  passing: boolean;
  /** In a sentence that leaves nothing open about whether the mailbox is there, whatever the stage. */
  plainly: boolean;
}

/**
 * Only an address that is not there is hard: nothing else may keep us from a person for good. "User unknown" from a
 * server that took the address first, or with a code for rules (x.7.x) or for the state of a mailbox (x.2.x), is what
 * filters say; and a domain that cannot be found right now may be found tomorrow.
 */
export function severityOf(reason: BounceReason, said: Circumstances): BounceSeverity {
  if (reason === 'user-unknown') {
    if (said.plainly || /^\d\.1\./.test(said.status ?? '')) return 'hard';
    const otherCode = /^\d\.[27]\./.test(said.status ?? '') && !said.atRecipient;
    return said.afterData || otherCode ? 'blocked' : 'hard';
  }
  if (reason === 'host-unknown') return said.passing ? 'soft' : 'hard';
  if (DEAD.has(reason)) return 'hard';
  return UNWANTED.has(reason) ? 'blocked' : 'soft';
}
