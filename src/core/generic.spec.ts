import fc from 'fast-check';
import { genericOnes, normaliseWords } from './generic.js';

const batch = (...words: string[][]) => words.map((one, i) => ({ id: String(i), words: one }));

describe('what is said to more than half of a batch is generic', () => {
  it('finds the same words in other dress, and leaves who has something of their own', () => {
    const said = batch(
      ['The keynote'],
      ['the  keynote!'],
      ['“The Keynote”'],
      ['the keynote', 'her move to Porto'],
    );
    expect([...genericOnes(said)]).toEqual(['0', '1', '2']);
  });

  it('is exact about half', () => {
    expect(genericOnes(batch(['a'], ['a'], ['b'], ['c'])).size).toBe(0);
    expect(genericOnes(batch(['a'], ['a'], ['a'], ['c'])).size).toBe(3);
  });

  it('does not judge fewer than four, nor counts mails that cite nothing', () => {
    expect(genericOnes(batch(['a'], ['a'], ['a'])).size).toBe(0);
    expect(genericOnes(batch(['a'], ['a'], ['a'], [])).size).toBe(0);
  });

  it('never calls a mail generic whose words nobody else hears, and does not depend on the order', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (many) => {
        const whole = [...batch(...many), { id: 'own', words: ['theirs alone', 'a'] }];
        const found = genericOnes(whole);
        expect(found.has('own')).toBe(false);
        expect([...genericOnes([...whole].reverse())].sort()).toEqual([...found].sort());
      }),
    );
  });

  it('keeps letters of every script', () => {
    expect(normaliseWords(' Größe — 日本語! ')).toBe('größe 日本語');
  });
});
