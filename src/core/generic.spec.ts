import fc from 'fast-check';
import { normaliseWords, sharedWords } from './generic.js';

const shared = (...words: string[][]) => [
  ...sharedWords(words.map((one, i) => ({ id: String(i), words: one }))),
];

describe('what is said to more than half of a batch is generic', () => {
  it('knows the same words in other dress, and leaves what is of somebody alone', () => {
    expect(
      shared(['The keynote'], ['the  keynote!'], ['“The Keynote”'], ['the keynote', 'her move to Porto']),
    ).toEqual(['the keynote']);
  });

  it('is exact about half', () => {
    expect(shared(['a'], ['a'], ['b'], ['c'])).toEqual([]);
    expect(shared(['a'], ['a'], ['a'], ['c'])).toEqual(['a']);
    expect(shared(['a', 'a'], ['a', 'A'], ['b'], ['c'])).toEqual([]);
  });

  it('does not judge fewer than four, nor counts mails that cite nothing', () => {
    expect(shared(['a'], ['a'], ['a'])).toEqual([]);
    expect(shared(['a'], ['a'], ['a'], [])).toEqual([]);
  });

  it('is never what nobody else hears, and does not depend on the order', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (many) => {
        const whole = [...many, ['theirs alone', 'a']];
        expect(shared(...whole)).not.toContain('theirs alone');
        expect(shared(...[...whole].reverse()).sort()).toEqual(shared(...whole).sort());
      }),
    );
  });

  it('keeps letters of every script', () => {
    expect(normaliseWords(' Größe — 日本語! ')).toBe('größe 日本語');
  });
});
