import fc from 'fast-check';
import { median, summarise, wilson } from './rates.js';

describe('rates', () => {
  // Newcombe 1998, Statistics in Medicine 17, table I, method 3 (Wilson without continuity correction).
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives the published interval for %i of %i', (answered, arrived, low, high) => {
    const interval = wilson(answered, arrived);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('knows nothing when nothing arrived', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('always holds the observed rate, inside 0..1, and narrows with more mails', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (arrived, share) => {
          const answered = Math.round(arrived * share);
          const { low, high } = wilson(answered, arrived);
          const wider = high - low;
          const more = wilson(answered * 4, arrived * 4);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(answered / arrived);
          expect(high).toBeGreaterThanOrEqual(answered / arrived);
          expect(more.high - more.low).toBeLessThan(wider);
        },
      ),
    );
  });

  it('is symmetric: the interval of the unanswered mirrors that of the answered', () => {
    const some = wilson(7, 40);
    const rest = wilson(33, 40);
    expect(some.low).toBeCloseTo(1 - rest.high, 12);
    expect(some.high).toBeCloseTo(1 - rest.low, 12);
  });

  it('counts arrived mails only and adds the rows up', () => {
    const summary = summarise([
      { sent: 30, bounced: 2, answered: 6, hoursToAnswer: [1, 5] },
      { sent: 14, bounced: 2, answered: 4, hoursToAnswer: [3] },
    ]);
    expect(summary).toMatchObject({ sent: 44, arrived: 40, answered: 10, medianHours: 3 });
    expect(summary.rate?.value).toBeCloseTo(0.25, 12);
    expect(summary.rate).toMatchObject(wilson(10, 40));
  });

  it('says that there is not enough data below the stated size', () => {
    const rows = [{ sent: 10, bounced: 1, answered: 9, hoursToAnswer: [] }];
    expect(summarise(rows).rate).toBeNull();
    expect(summarise(rows, 9).rate?.value).toBe(1);
    expect(summarise([], 0)).toEqual({ sent: 0, arrived: 0, answered: 0, rate: null, medianHours: null });
  });

  it('takes the mean of the two middle values', () => {
    expect(median([9, 1, 2, 4])).toBe(3);
    expect(median([])).toBeNull();
  });
});
