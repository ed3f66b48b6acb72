/** Candidate pairs, each looked at once and kept in few bytes until the weights are known. */
import type { Seen } from './estimate.js';
import { lookAt, type Look } from './look.js';
import { bitsOf, chanceBits, logM, lookFor, oddsOf, type MatchModel } from './model.js';
import type { Prepared } from './person.js';
import { mayMerge, plainlyTwo } from './verdict.js';

/** Pairs further below even odds than this are forgotten at once; no estimate lifts them. */
const HOPELESS = -14;
/** A pair and what became of it, by places among the people. */
export interface Decided {
  a: number;
  b: number;
  bits: number;
  verdict: 'merge' | 'propose';
}

/** The candidate pairs that have a chance. */
export class Kept implements Seen {
  count = 0;
  looked = 0;
  levels = new Uint8Array(1024);
  all = new Float64Array(64);
  own = new Float64Array(64);
  givenAlone = new Uint8Array(64);
  private readonly places: [number, number][] = [];
  private readonly known = new Set<number>();
  private readonly look: Look;
  private readonly table: Float64Array;

  constructor(
    private readonly model: MatchModel,
    private readonly people: readonly Prepared[],
  ) {
    this.look = lookFor(model);
    this.table = logM(model);
  }

  take(a: number, b: number): void {
    const [one, two] = [this.people[a], this.people[b]];
    if (!one || !two) return;
    const code = a * this.people.length + b;
    if (this.known.has(code)) return;
    this.looked += 1;
    const { look, model } = this;
    lookAt(one, two, look);
    const chance = chanceBits(model, look);
    if (oddsOf(model, this.table, look.levels, 0, chance).stranger < HOPELESS) return;
    this.known.add(code);
    this.places.push([a, b]);
    this.grow();
    this.levels.set(look.levels, this.count * look.levels.length);
    this.all[this.count] = chance.all;
    this.own[this.count] = chance.own;
    this.givenAlone[this.count] = chance.givenAlone ? 1 : 0;
    this.count += 1;
  }

  /** In order of the pairs' places. */
  decide(thresholds: { merge: number; propose: number }): Decided[] {
    const { model, look } = this;
    const table = logM(model);
    const decided: Decided[] = [];
    for (const [index, [a, b]] of this.places.entries()) {
      const bits = bitsOf(
        oddsOf(model, table, this.levels, index * look.levels.length, {
          all: this.all[index] ?? 0,
          own: this.own[index] ?? NaN,
          givenAlone: this.givenAlone[index] === 1,
        }),
      );
      const [one, two] = [this.people[a], this.people[b]];
      if (bits < thresholds.propose || !one || !two || plainlyTwo(one, two)) continue;
      let verdict: Decided['verdict'] = 'propose';
      if (bits >= thresholds.merge) {
        lookAt(one, two, look);
        if (mayMerge(model, look, one, two)) verdict = 'merge';
      }
      decided.push({ a, b, bits, verdict });
    }
    return decided.sort((x, y) => x.a - y.a || x.b - y.b);
  }

  private grow(): void {
    const width = this.look.levels.length;
    if ((this.count + 1) * width > this.levels.length) {
      const wider = new Uint8Array(this.levels.length * 2);
      wider.set(this.levels);
      this.levels = wider;
    }
    if (this.count + 1 > this.all.length) {
      this.all = longer(this.all);
      this.own = longer(this.own);
      const wider = new Uint8Array(this.own.length);
      wider.set(this.givenAlone);
      this.givenAlone = wider;
    }
  }
}

function longer(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const twice = new Float64Array(numbers.length * 2);
  twice.set(numbers);
  return twice;
}
