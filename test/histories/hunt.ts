import fc from 'fast-check';
import { play, type Act } from './acts.js';
import type { Ways } from './small-world.js';
import type { World } from './world.js';

const WAYS: Ways[] = [
  { gapSeconds: 0, dailyCap: 10_000, hourlyCap: 10_000 },
  { gapSeconds: 0, dailyCap: 10_000, hourlyCap: 10_000, trusting: true },
  { gapSeconds: 180, dailyCap: 3, hourlyCap: 2 },
  { gapSeconds: 0, dailyCap: 4, hourlyCap: 4 },
];

/** Plays so many histories. @throws with the fewest acts that go wrong, and all that happened */
export async function hunt(world: World, anAct: fc.Arbitrary<Act>, numRuns: number): Promise<void> {
  const history = fc.tuple(fc.constantFrom(...WAYS), fc.array(anAct, { minLength: 20, maxLength: 60 }));
  const property = fc.asyncProperty(history, ([ways, acts]) => play(world, acts, ways));
  const found = await fc.check(property, { numRuns, endOnFailure: true });
  if (!found.failed || !found.counterexample) return;
  const [[ways, acts]] = found.counterexample;
  throw new Error(
    `seed ${found.seed} run ${found.numRuns}: ${await smallest(acts, String(found.errorInstance), (some) => play(world, some, ways))}`,
  );
}

/** The fewest acts that still go wrong, and how. */
async function smallest(
  acts: readonly Act[],
  first: string,
  run: (acts: readonly Act[]) => Promise<void>,
): Promise<string> {
  const wrongOf = (some: readonly Act[]): Promise<string | null> =>
    run(some).then(
      () => null,
      (error: unknown) => String(error),
    );
  let [kept, told] = [acts, (await wrongOf(acts)) ?? first];
  for (let size = Math.ceil(kept.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = kept.length - size; at > -size; at -= size) {
      const fewer = kept.filter((_, index) => index < at || index >= at + size);
      const wrong = fewer.length === kept.length ? null : await wrongOf(fewer);
      if (wrong !== null) [kept, told] = [fewer, wrong];
    }
  }
  return `${told}\n${JSON.stringify(kept)}`;
}
