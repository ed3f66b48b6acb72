import { followed } from './followed-pairs.js';
import type { Decided } from './kept-pairs.js';

const pair = (a: number, b: number, bits: number, verdict: Decided['verdict'] = 'propose'): Decided => ({
  ...{ a, b, bits, verdict },
});
const never = (): boolean => false;

describe('pairs that follow', () => {
  it('who is like one record of a person is told beside the others', () => {
    expect(followed([pair(1, 2, 20, 'merge'), pair(2, 3, 6)], never)).toEqual([pair(1, 3, 6)]);
  });

  it('a weak likeness leads nowhere', () => {
    expect(followed([pair(1, 2, 20, 'merge'), pair(2, 3, 2)], never)).toEqual([]);
  });

  it('two likenesses make no third, unless one of them is as good as sure', () => {
    expect(followed([pair(1, 2, 9), pair(2, 3, 9)], never)).toEqual([]);
    expect(followed([pair(1, 2, 15), pair(2, 3, 9)], never)).toEqual([pair(1, 3, 9)]);
  });

  it('where something speaks for two people nothing follows, however high the score', () => {
    expect(followed([pair(1, 2, 25), pair(2, 3, 9)], ({ b }) => b === 2)).toEqual([]);
  });

  it('what is decided is not told twice, and a chain of everybody is cut', () => {
    expect(followed([pair(1, 2, 20, 'merge'), pair(2, 3, 6), pair(1, 3, 1)], never)).toEqual([]);
    const chain = Array.from({ length: 1000 }, (_each, n) => pair(n, n + 1, 20));
    expect(followed(chain, never).length).toBeLessThan(1000 * 100);
  });
});
