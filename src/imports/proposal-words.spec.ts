import { evidenceWords, inOrder } from './proposal-words.js';

const words = (field: string, level: string, weight: number, a = '', b = a): string =>
  evidenceWords({ field, level, weight, a, b });

describe('evidenceWords', () => {
  it('says what agrees and what differs as one would say it', () => {
    expect(words('family', 'exact', 14, 'hopper')).toBe('same family name (hopper), a rare one');
    expect(words('given', 'exact', 3, 'anna')).toBe('same given name (anna), a common one');
    expect(words('given', 'variant', 5, 'bill', 'william')).toBe(
      'given names are forms of each other (bill; william)',
    );
    expect(words('given', 'initial', 2, 'g', 'grace')).toBe('one given name is only an initial (g; grace)');
    expect(words('company', 'somewhat', 1, 'acme', 'acme labs')).toBe(
      'companies are somewhat alike (acme; acme labs)',
    );
    expect(words('city', 'differs', -1, 'graz', 'lund')).toBe('cities differ (graz; lund)');
    expect(words('email', 'shared', 0, 'info@example.com')).toBe(
      "same e-mail address, but it is a shared or a desk's (info@example.com)",
    );
  });

  it('has words for a field it does not know, and puts what speaks for it first', () => {
    expect(words('badge colour', 'exact', 1)).toBe('same badge colour');
    const evidence = [-2, 5, 1].map((weight) => ({ field: 'x', level: 'exact', weight, a: '', b: '' }));
    expect(inOrder(evidence).map(({ weight }) => weight)).toEqual([5, 1, -2]);
  });
});
