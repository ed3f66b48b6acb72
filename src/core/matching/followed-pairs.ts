/** Pairs that follow from others: whoever is as good as one person is that person beside a third, too. */
import { Sets } from './clusters.js';
import type { Decided } from './kept-pairs.js';

/** Bits from which two are as good as one, where nothing speaks for two: 9,999 to 1. */
const AS_GOOD_AS_ONE = 13.3;
/** Bits a pair needs for others to follow from it: 19 to 1. */
const LEADS = 4.25;
/** Records of one person, beyond which nothing is made to follow. */
const LARGEST = 50;

/**
 * The pairs that somebody who says yes to those decided would say yes to as well, as proposals; what is decided is not
 * told again. For tables of which all records of a person are wanted. Whoever is asked pair by pair needs none of them:
 * one yes answers for all.
 * @param isDoubtful whether something speaks for two people
 */
export function followed(decided: readonly Decided[], isDoubtful: (pair: Decided) => boolean): Decided[] {
  const sets = new Sets();
  const code = (a: number, b: number): string => (a < b ? `${a}|${b}` : `${b}|${a}`);
  const known = new Set(decided.map(({ a, b }) => code(a, b)));
  const surest = [...decided].sort((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b);
  for (const pair of surest) {
    const [a, b] = [String(pair.a), String(pair.b)];
    if (pair.verdict !== 'merge' && (pair.bits < AS_GOOD_AS_ONE || isDoubtful(pair))) continue;
    if (sets.of(a).length + sets.of(b).length <= LARGEST) sets.join(a, b);
  }
  const found: Decided[] = [];
  const done = new Set<string>();
  for (const { a, b, bits } of surest) {
    if (bits < LEADS) break;
    const [left, right] = [sets.root(String(a)), sets.root(String(b))];
    if (done.has(code(Number(left), Number(right)))) continue;
    done.add(code(Number(left), Number(right)));
    for (const one of sets.of(left).map(Number)) {
      for (const two of sets.of(right).map(Number)) {
        if (one === two || known.has(code(one, two))) continue;
        known.add(code(one, two));
        found.push({ a: Math.min(one, two), b: Math.max(one, two), bits, verdict: 'propose' });
      }
    }
  }
  return found;
}
