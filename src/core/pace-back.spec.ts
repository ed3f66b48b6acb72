import fc from 'fast-check';
import { easeOff, slowDown, SLOWEST, type Slowness } from './pace-back.js';

const NOW = new Date('2026-11-23T09:00:00Z');
const after = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

describe('a mailbox whose provider asks for less', () => {
  it('sends half as often with each limit, and never less than a sixteenth', () => {
    let slow: Slowness = { factor: 1, until: null };
    const factors = [0, 2, 4, 6, 8].map((hours) => (slow = slowDown(slow, after(hours))).factor);
    expect(factors).toEqual([2, 4, 8, 16, 16]);
    expect(slow.until).toEqual(after(8 + 24));
  });

  it('takes a limit that it meets again and again within the hour for one', () => {
    let slow = slowDown({ factor: 1, until: null }, NOW);
    for (let minute = 1; minute <= 300; minute += 1) slow = slowDown(slow, after(minute / 60));
    expect(slow).toEqual({ factor: 2, until: after(5 + 24) });
    expect(slowDown(slow, after(6)).factor).toBe(4);
  });

  it('takes a day of success for each step back', () => {
    const slow = slowDown(slowDown({ factor: 1, until: null }, after(-2)), NOW);
    expect(easeOff(slow, after(23))).toBeNull();
    const eased = easeOff(slow, after(24));
    expect(eased).toEqual({ factor: 2, until: after(48) });
    expect(easeOff(eased!, after(48))).toEqual({ factor: 1, until: null });
    expect(easeOff({ factor: 1, until: null }, NOW)).toBeNull();
    // The limit was met while the clock was a year ahead.
    expect(easeOff({ factor: 4, until: after(24 * 365) }, NOW)).toEqual({ factor: 2, until: after(24) });
  });

  it('stays within its bounds whatever comes', () => {
    const step = fc.record({ limit: fc.boolean(), hours: fc.integer({ min: 0, max: 72 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let slow: Slowness = { factor: 1, until: null };
        let hours = 0;
        for (const { limit, hours: more } of steps) {
          hours += more;
          slow = limit ? slowDown(slow, after(hours)) : (easeOff(slow, after(hours)) ?? slow);
          expect(slow.factor).toBeGreaterThanOrEqual(1);
          expect(slow.factor).toBeLessThanOrEqual(SLOWEST);
          expect(slow.until === null).toBe(slow.factor === 1);
        }
      }),
    );
  });
});
