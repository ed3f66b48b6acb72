import fc from 'fast-check';
import { allowance, capToday, type LeftLately, type Pace } from './pace.js';
import { localDate, startOfDay } from './schedule.js';

const NOW = new Date('2026-11-23T10:00:00Z');
const pace = (over: Partial<Pace> = {}): Pace => ({
  dailyCap: 20,
  hourlyCap: 10,
  gapSeconds: 180,
  daysOfUse: null,
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

  it('starts a new mailbox with a few a day and grows to the cap with each day of use', () => {
    const days = [0, 1, 5, 8, 30];
    expect(days.map((daysOfUse) => capToday({ dailyCap: 20, daysOfUse }))).toEqual([5, 7, 15, 20, 20]);
    expect(capToday({ dailyCap: 20, daysOfUse: null })).toBe(20);
    expect(capToday({ dailyCap: 3, daysOfUse: 0 })).toBe(3);
  });

  it('slows down by gap and cap while the provider wants it', () => {
    const slow = { slowFactor: 4 };
    expect(ask({ pace: pace(slow) }).nextAt).toEqual(new Date('2026-11-23T10:12:00Z'));
    expect(ask({ pace: pace(slow), left: left({ today: 5 }) })).toMatchObject({ count: 0 });
    expect(ask({ pace: pace({ ...slow, gapSeconds: 0 }) })).toMatchObject({ count: 1 });
    expect(ask({ pace: pace({ slowFactor: 1 }) }).nextAt).toEqual(new Date('2026-11-23T10:03:00Z'));
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
          const said = ask({
            pace: pace({ dailyCap, hourlyCap, gapSeconds, slowFactor }),
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

  it('keeps its pause when a cap was reached during it', () => {
    const nextSlotAt = new Date(NOW.getTime() + 50 * 60_000);
    const slow = pace({ gapSeconds: 3600 });
    const oldestThisHour = new Date(NOW.getTime() - 55 * 60_000);
    const full = left({ thisHour: slow.hourlyCap, oldestThisHour });
    expect(ask({ nextSlotAt, pace: slow, left: full })).toMatchObject({ count: 0, nextAt: nextSlotAt });
  });

  it('is held by no slot that was given for a pace it no longer has', () => {
    const nextSlotAt = new Date('2026-11-24T00:00:00Z');
    expect(ask({ nextSlotAt, pace: pace({ gapSeconds: 0 }) })).toMatchObject({ count: 10, why: null });
  });
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ZONES = [
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Cairo',
  'Africa/Casablanca',
];
/** An hour before a change of the clocks there, each way; and days on which nothing changes. */
const BEGINNINGS = [
  '2026-10-24T20:00:00Z',
  '2026-03-28T21:00:00Z',
  '2026-04-04T13:00:00Z',
  '2026-09-06T01:00:00Z',
  '2026-04-23T20:30:00Z',
  '2026-10-29T19:00:00Z',
  '2026-11-23T09:00:00Z',
];

/** A mailbox with more to send than it ever may, as the rows would tell of it, over ticks of a clock that may jump. */
class Simulated {
  readonly sent: Date[] = [];
  nextSlotAt: Date | null = null;

  constructor(
    readonly now: { ms: number },
    private readonly given: Pace,
    private readonly zone: string,
  ) {}

  /** One tick; how many were sent. `fails`: the server took none of them. */
  tick(jitter: number, fails: boolean): number {
    const now = new Date(this.now.ms);
    const midnight = startOfDay(localDate(now, this.zone), this.zone).getTime();
    const counted = this.sent.filter((at) => at.getTime() < now.getTime() + 26 * HOUR);
    const hour = counted.filter((at) => at.getTime() > now.getTime() - HOUR);
    const said = allowance({
      pace: this.given,
      left: {
        today: counted.filter((at) => at.getTime() >= midnight).length,
        thisHour: hour.length,
        oldestThisHour: hour.length === 0 ? null : new Date(Math.min(...hour.map(Number))),
      },
      now,
      zone: this.zone,
      nextSlotAt: this.nextSlotAt,
      jitter,
    });
    this.nextSlotAt = said.nextAt > now ? said.nextAt : null;
    const sent = fails ? 0 : said.count;
    for (let n = 0; n < sent; n += 1) this.sent.push(now);
    return sent;
  }
}

describe('a mailbox through ticks, failures and jumps of the clock', () => {
  const ticks = fc.array(
    fc.record({
      minutes: fc.integer({ min: 1, max: 90 }),
      jump: fc.oneof(
        { weight: 12, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.constantFrom(-1, 1, -24, 24, -9000, 9000) },
      ),
      jitter: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fails: fc.boolean(),
    }),
    { maxLength: 60 },
  );
  const runs = fc.record({
    zone: fc.constantFrom(...ZONES),
    from: fc.constantFrom(...BEGINNINGS),
    pace: fc.record({
      dailyCap: fc.integer({ min: 1, max: 12 }),
      hourlyCap: fc.integer({ min: 1, max: 5 }),
      gapSeconds: fc.constantFrom(0, 60, 180, 3600),
      daysOfUse: fc.option(fc.nat(3)),
      slowFactor: fc.constantFrom(1, 2, 16),
    }),
    ticks,
  });
  const counts = (all: readonly string[]) => [
    ...all.reduce((sum, one) => sum.set(one, (sum.get(one) ?? 0) + 1), new Map<string, number>()).values(),
  ];

  it('never sends more on a local day or in an hour than its caps, and keeps half a gap between two', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const now = { ms: Date.parse(run.from) };
        const box = new Simulated(now, run.pace, run.zone);
        let sinceSent = Infinity;
        for (const { minutes, jump, jitter, fails } of run.ticks) {
          now.ms += minutes * MINUTE + jump * HOUR;
          // A step forward is taken for time that has passed: nothing tells them apart.
          sinceSent += minutes * MINUTE + Math.max(0, jump) * HOUR;
          const sent = box.tick(jitter, fails);
          if (sent === 0) continue;
          expect(sinceSent).toBeGreaterThanOrEqual(run.pace.gapSeconds * 500);
          if (run.pace.gapSeconds > 0) expect(sent).toBe(1);
          sinceSent = 0;
        }
        const days = counts(box.sent.map((at) => localDate(at, run.zone)));
        expect(Math.max(0, ...days)).toBeLessThanOrEqual(run.pace.dailyCap);
        for (const at of box.sent) {
          const within = box.sent.filter((other) => other >= at && other.getTime() < at.getTime() + HOUR);
          expect(within.length).toBeLessThanOrEqual(run.pace.hourlyCap);
        }
      }),
    );
  });

  it('is never held for longer than three days, wherever its clock has been', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const now = { ms: Date.parse(run.from) };
        const box = new Simulated(now, run.pace, run.zone);
        for (const { minutes, jump, jitter, fails } of run.ticks) {
          now.ms += minutes * MINUTE + jump * HOUR;
          box.tick(jitter, fails);
        }
        let sent = 0;
        for (let minute = 0; minute < 3 * 24 * 60 && sent === 0; minute += 5) {
          now.ms += 5 * MINUTE;
          sent = box.tick(0.5, false);
        }
        expect(sent).toBeGreaterThan(0);
      }),
    );
  });
});
