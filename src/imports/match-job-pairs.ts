import { matchPeople } from '../core/matching/match-people.js';
import type { Evidence } from '../database/proposals.js';
import type { ComparedPerson } from './match-job-people.js';

/** Two people who may be one, with the versions they were compared in. */
export interface FoundPair {
  a: string;
  b: string;
  /** 0 to 1. */
  score: number;
  verdict: 'merge' | 'propose';
  evidence: Evidence[];
  aVersion: number;
  bVersion: number;
}

/** Compares in this thread, which does nothing else meanwhile. @param only whom to decide about; null: everybody */
export function compareHere(
  people: readonly ComparedPerson[],
  only: ReadonlySet<string> | null,
): FoundPair[] {
  const { pairs } = matchPeople([...people], only === null ? {} : { only: new Set(only) });
  const wanted = new Set(pairs.flatMap(({ a, b }) => [a, b]));
  const versions = new Map<string, number>();
  for (const { id, version } of people) if (wanted.has(id)) versions.set(id, version);
  return pairs.map(({ a, b, score, verdict, evidence }) => ({
    a,
    b,
    score,
    verdict,
    evidence: evidence.map((one) => ({ ...one })),
    aVersion: versions.get(a) ?? 0,
    bVersion: versions.get(b) ?? 0,
  }));
}
