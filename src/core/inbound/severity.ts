import type { Stage } from './smtp-words.js';
import type { BounceReason, BounceSeverity } from './verdict.js';

const DEAD = new Set<BounceReason>(['user-unknown', 'host-unknown', 'moved']);
const UNWANTED = new Set<BounceReason>(['policy', 'spam', 'authentication', 'relay', 'content']);

/** The stage and the code that came with a refusal. */
export interface Circumstances {
  /** RFC 3463. */
  status: string | null;
  stage: Stage | null;
  /** Nobody but another server says it, and it says neither at which stage nor by a code about what. */
  hearsay: boolean;
  /** The server itself calls it passing. */
  passing: boolean;
  /** In a sentence that leaves nothing open about whether the mailbox is there, whatever the stage. */
  plainly: boolean;
}

/** A code that speaks of the address; 5.1.351 is Microsoft's for whatever another server meant by 550. */
const OF_ADDRESS = /^\d\.1\./;
const OF_ANY_550 = /^5\.1\.351$/;
const OF_RULES = /^\d\.[27]\./;

/**
 * What a reason comes to. Only an address that is not there is hard: nothing else may keep us from a person for good,
 * so `user-unknown` wants proof: a code for addresses (x.1.x), the answer to RCPT TO, a reporter who looked itself, or
 * a sentence that leaves nothing open. From a server that has the whole mail by then, with a code for rules (x.7.x) or
 * for the state of a mailbox (x.2.x), or heard of at nobody knows which stage, it is what filters say: a `policy`.
 * A domain that cannot be found right now may be found tomorrow.
 */
export function judged(
  reason: BounceReason,
  said: Circumstances,
): { reason: BounceReason; severity: BounceSeverity } {
  if (reason === 'user-unknown' && !proven(said)) return { reason: 'policy', severity: 'blocked' };
  if (reason === 'host-unknown' && said.passing) return { reason, severity: 'soft' };
  if (DEAD.has(reason)) return { reason, severity: 'hard' };
  return { reason, severity: UNWANTED.has(reason) ? 'blocked' : 'soft' };
}

function proven({ status, stage, hearsay, plainly }: Circumstances): boolean {
  const code = status ?? '';
  if (plainly || (OF_ADDRESS.test(code) && !(OF_ANY_550.test(code) && stage === 'data'))) return true;
  if (stage !== null) return stage === 'recipient';
  return !hearsay && !OF_RULES.test(code);
}
