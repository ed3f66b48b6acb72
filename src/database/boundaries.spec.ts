import fc from 'fast-check';
import { replayBoundaries, stricter, type BoundaryEdge, type Boundaries } from './boundaries.js';

const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-11-${String(n).padStart(2, '0')}T00:00:00.000Z`);
const boundaries: fc.Arbitrary<Boundaries> = fc.record({
  doNotContactAt: fc.option(day),
  pausedUntil: fc.option(day),
  noCongratulations: fc.boolean(),
  circle: fc.constantFrom('inner', 'active', 'wide'),
});
const merges = fc.array(fc.record({ from: boundaries, cut: fc.boolean() }), { minLength: 1, maxLength: 5 });

/** Merges one after the other; before some of them the owner sets something. */
function told(
  start: Boundaries,
  all: readonly { from: Boundaries; cut: boolean; set?: Partial<Boundaries> }[],
): { edges: BoundaryEdge[]; end: Boundaries } {
  let at = start;
  const edges = all.map(({ from, cut, set = {} }) => {
    const before = { ...at, ...set };
    at = stricter(before, from);
    return { from, cut, before, after: at };
  });
  return { edges, end: at };
}

describe('boundaries given back', () => {
  it('without a word of the owner since, it is as if the merges that are cut had never been', () => {
    fc.assert(
      fc.property(boundaries, merges, (start, all) => {
        const { edges, end } = told(start, all);
        const { now, edges: kept } = replayBoundaries(end, edges);
        const rest = told(
          start,
          all.filter(({ cut }) => !cut),
        );
        expect(now).toEqual(rest.end);
        expect(kept.filter((_, index) => !all[index]?.cut)).toEqual(
          rest.edges.map(({ before, after }) => ({ before, after })),
        );
      }),
    );
  });

  it('what the owner set since is lost on neither side', () => {
    fc.assert(
      fc.property(boundaries, merges, day, (start, all, stopped) => {
        const { edges, end } = told({ ...start, doNotContactAt: null }, all.map((one) => ({ ...one, from: { ...one.from, doNotContactAt: null } }))); // prettier-ignore
        const { now, since } = replayBoundaries({ ...end, doNotContactAt: stopped }, edges);
        expect(now.doNotContactAt).toBe(stopped);
        expect(since.map((one) => one.doNotContactAt)).toEqual(all.map(() => stopped));
      }),
    );
  });

  it('what they set between two merges is of those before it', () => {
    const free: Boundaries = {
      doNotContactAt: null,
      pausedUntil: null,
      noCongratulations: false,
      circle: 'wide',
    };
    const { edges, end } = told(free, [
      { from: free, cut: true },
      { from: free, cut: true, set: { noCongratulations: true } },
    ]);
    const { now, since } = replayBoundaries(end, edges);
    expect(now.noCongratulations).toBe(true);
    expect(since).toEqual([{ noCongratulations: true }, {}]);
  });

  it('a merge of which nothing is known gives nothing back', () => {
    fc.assert(
      fc.property(boundaries, boundaries, (current, from) => {
        const { now } = replayBoundaries(current, [{ from, before: {}, after: {}, cut: true }]);
        expect(now).toEqual(current);
      }),
    );
  });
});
