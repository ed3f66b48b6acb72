import fc from 'fast-check';
import { allowance, capOn, type LeftLately, type Pace } from './pace.js';

const NOW = new Date('2026-11-23T10:00:00Z');
const pace = (over: Partial<Pace> = {}): Pace => ({
  dailyCap: 20,
  hourlyCap: 10,
  gapSeconds: 180,
  warmUpFrom: null,
  slowedUntil: null,
  slowFactor: 1,
  ...over,
});
const left = (over: Partial<LeftLately> = {}): LeftLately => ({
  today: 0,
  thisHour: 0,
  oldestThisHour: null,
  ...over,
});
const ask = (over: Partial<Parameters<typeof allowance>[0]> = {}) =>
  allowance({
    pace: pace(),
    left: left(),
    now: NOW,
    zone: 'Europe/Berlin',
    nextSlotAt: null,
    jitter: 0.5,
    ...over,
  });

describe('the pace of a mailbox', () => {
  it('gives one mail, and the next after the gap', () => {
    expect(ask()).toEqual({ count: 1, nextAt: new Date('2026-11-23T10:03:00Z'), why: null });
  });

  it('gives none before the gap is over', () => {
    const nextSlotAt = new Date('2026-11-23T10:02:00Z');
    expect(ask({ nextSlotAt })).toMatchObject({ count: 0, nextAt: nextSlotAt });
  });

  it('varies the gap between half and one and a half of it', () => {
    expect(ask({ jitter: 0 }).nextAt).toEqual(new Date('2026-11-23T10:01:30Z'));
    expect(ask({ jitter: 0.999999 }).nextAt.getTime()).toBeLessThanOrEqual(+new Date('2026-11-23T10:04:30Z'));
  });

  it('gives all that the caps leave where there is no gap', () => {
    expect(ask({ pace: pace({ gapSeconds: 0 }), left: left({ today: 13, thisHour: 1 }) })).toMatchObject({
      count: 7,
    });
    expect(ask({ pace: pace({ gapSeconds: 0 }), left: left({ today: 3, thisHour: 3 }) })).toMatchObject({
      count: 7,
    });
  });

  it("waits for the owner's next day when the day's mails have gone, also where the clocks change", () => {
    expect(ask({ left: left({ today: 20 }) })).toMatchObject({
      count: 0,
      nextAt: new Date('2026-11-23T23:00:00Z'),
      why: 'the 20 mails of today have gone out',
    });
    const now = new Date('2026-10-24T20:00:00Z');
    expect(ask({ left: left({ today: 20 }), now }).nextAt).toEqual(new Date('2026-10-24T22:00:00Z'));
  });

  it('waits until the first of the hour is an hour ago', () => {
    const oldestThisHour = new Date('2026-11-23T09:20:00Z');
    const said = ask({ left: left({ today: 10, thisHour: 10, oldestThisHour }) });
    expect(said).toMatchObject({ count: 0, nextAt: new Date('2026-11-23T10:20:00.001Z') });
  });

  it('starts a new mailbox with a few a day and grows to the cap', () => {
    const fresh = { dailyCap: 20, warmUpFrom: '2026-11-20' };
    const days = ['2026-11-20', '2026-11-21', '2026-11-25', '2026-11-28', '2026-12-24'];
    expect(days.map((day) => capOn(day, fresh))).toEqual([5, 7, 15, 20, 20]);
    expect(capOn('2026-11-19', fresh)).toBe(5);
    expect(capOn('2026-11-20', { ...fresh, warmUpFrom: null })).toBe(20);
  });

  it('slows down while the provider wants it, and not a moment longer', () => {
    const until = { slowedUntil: new Date('2026-11-23T12:00:00Z'), slowFactor: 4 };
    expect(ask({ pace: pace(until) }).nextAt).toEqual(new Date('2026-11-23T10:12:00Z'));
    expect(ask({ pace: pace(until), left: left({ today: 5 }) })).toMatchObject({ count: 0 });
    expect(ask({ pace: pace({ ...until, gapSeconds: 0 }) })).toMatchObject({ count: 1 });
    expect(ask({ pace: pace(until), now: new Date('2026-11-23T12:00:00Z') }).nextAt).toEqual(
      new Date('2026-11-23T12:03:00Z'),
    );
  });

  it('is not held by a clock that was set back an hour', () => {
    const nextSlotAt = new Date(NOW.getTime() + 3_600_000);
    expect(ask({ nextSlotAt }).nextAt).toEqual(new Date('2026-11-23T10:04:30Z'));
  });

  it('never goes over a cap, and is asked again only later, whatever has gone', () => {
    const counts = fc.record({ today: fc.nat(60), thisHour: fc.nat(30) });
    fc.assert(
      fc.property(
        counts,
        fc.nat(50),
        fc.nat(30),
        fc.nat(400),
        fc.integer({ min: 1, max: 16 }),
        (gone, dailyCap, hourlyCap, gapSeconds, slowFactor) => {
          const slowedUntil = slowFactor > 1 ? new Date(NOW.getTime() + 1) : null;
          const said = ask({
            pace: pace({ dailyCap, hourlyCap, gapSeconds, slowFactor, slowedUntil }),
            left: left({ ...gone, oldestThisHour: NOW }),
          });
          expect(said.count + gone.today).toBeLessThanOrEqual(Math.max(dailyCap, gone.today));
          expect(said.count + gone.thisHour).toBeLessThanOrEqual(Math.max(hourlyCap, gone.thisHour));
          expect(said.count === 0).toBe(said.why !== null);
          if (said.count === 0) expect(said.nextAt.getTime()).toBeGreaterThan(NOW.getTime());
        },
      ),
    );
  });
});
