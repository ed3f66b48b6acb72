import fc from 'fast-check';
import { jaroWinkler, letterMask, slips, slipsAtLeast, soundKey } from './text-distance.js';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'e', '1'), maxLength: 9 });

/** The same distance, written plainly. */
function plainly(a: string, b: string): number {
  const d: number[][] = Array.from({ length: a.length + 1 }, (_row, i) => [i]);
  for (let j = 0; j <= b.length; j += 1) (d[0] as number[])[j] = j;
  const at = (i: number, j: number): number => d[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      let cost = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(i - 2, j - 2) + 1);
      (d[i] as number[])[j] = cost;
    }
  }
  return at(a.length, b.length);
}

describe('slips between words', () => {
  it.each([
    ['miller', 'miller', 0],
    ['miller', 'milelr', 1],
    ['miller', 'miler', 1],
    ['miller', 'muller', 1],
    ['dovenbruck', 'dvenbrukc', 2],
    ['', 'abc', 3],
  ])('%s and %s: %d', (a, b, expected) => {
    expect(slips(a, b, 5)).toBe(expected);
  });

  it('as counted plainly, up to the limit, and never fewer than the letters tell', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 9 }), (a, b, most) => {
        const expected = plainly(a, b);
        expect(slips(a, b, most)).toBe(Math.min(expected, most + 1));
        expect(slipsAtLeast(letterMask(a), letterMask(b))).toBeLessThanOrEqual(expected);
      }),
    );
  });

  it('likeness by Jaro and Winkler, as published', () => {
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3);
    expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 3);
    expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.813, 3);
    fc.assert(fc.property(word, word, (a, b) => expect(jaroWinkler(a, b)).toBeCloseTo(jaroWinkler(b, a), 9)));
  });

  it.each([
    ['meyer', 'maier'],
    ['schmidt', 'schmitt'],
    ['philip', 'filip'],
    ['catherine', 'katharina'],
  ])('%s sounds like %s', (a, b) => {
    expect(soundKey(a)).toBe(soundKey(b));
  });
});
