import { pairKey, type Evidence } from '../database/proposals.js';
import type { FoundPair } from './match-job-pairs.js';

/** One person as they are in the register now, with what may speak against merging them unasked. */
export interface Side {
  id: string;
  version: number;
  linkedins: readonly string[];
  birthdays: readonly string[];
  /** Something was sent to them, may have been, or is about to be. */
  written: boolean;
}

/** What agrees in a name, and what half the world has in common, prove nobody. */
const WEAK = new Set(['given', 'family', 'order of names', 'city', 'state', 'country', 'title', 'event']);
const AGREES = new Set(['exact', 'variant', 'close']);

/**
 * Why two people whom the comparison would merge are to be asked about instead; null: they may be merged unasked. The
 * comparison has its own laws; this is what it cannot see, and the one that must hold whatever its weights: nobody is
 * merged by a name alone.
 */
export function whyAsk(evidence: readonly Evidence[], a: Side, b: Side): string | null {
  const proved = evidence.some(
    ({ field, level, weight }) => !WEAK.has(field) && AGREES.has(level) && weight > 0,
  );
  if (!proved) return 'nothing but the name agrees';
  if (differ(a.linkedins, b.linkedins)) return 'each has a LinkedIn profile of their own';
  if (differ(a.birthdays.map(dayOf), b.birthdays.map(dayOf))) return 'the birthdays differ';
  if (a.written && b.written) return 'you have written to both';
  return null;
}

/** Both say something, and nothing of it is the same. */
function differ(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && b.length > 0 && !a.some((value) => b.includes(value));
}

/** `--03-15` of `1990-03-15`. */
function dayOf(birthday: string): string {
  return birthday.slice(-5);
}

export function united(stays: Side, gone: Side): Side {
  return {
    ...stays,
    linkedins: [...new Set([...stays.linkedins, ...gone.linkedins])],
    birthdays: [...new Set([...stays.birthdays, ...gone.birthdays])],
    written: stays.written || gone.written,
  };
}

/**
 * Who became whom in one run, and which pairs it may rest on. Two groups become one only where the comparison would
 * merge everybody of the one with everybody of the other: who was left apart, or is to be asked about, is not drawn in
 * through a third.
 */
export class Groups {
  private readonly rootOf = new Map<string, string>();
  private readonly membersOf = new Map<string, string[]>();
  private readonly sure = new Set<string>();

  constructor(pairs: readonly FoundPair[]) {
    for (const { a, b, verdict } of pairs) if (verdict === 'merge') this.sure.add(pairKey(a, b));
  }

  root(id: string): string {
    return this.rootOf.get(id) ?? id;
  }

  /** From now on the two are to be asked about. */
  doubt(a: string, b: string): void {
    this.sure.delete(pairKey(a, b));
  }

  mayJoin(a: string, b: string): boolean {
    return this.across(a, b).every(({ aId, bId }) => this.sure.has(pairKey(aId, bId)));
  }

  /** Everybody of the one group with everybody of the other. */
  across(a: string, b: string): { aId: string; bId: string }[] {
    return this.members(a).flatMap((aId) => this.members(b).map((bId) => ({ aId, bId })));
  }

  /** `from` and `into` are roots. */
  join(from: string, into: string): void {
    const gone = this.members(from);
    this.membersOf.set(into, [...this.members(into), ...gone]);
    this.membersOf.delete(from);
    for (const id of gone) this.rootOf.set(id, into);
  }

  private members(id: string): string[] {
    const root = this.root(id);
    return this.membersOf.get(root) ?? [root];
  }
}
