import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { countryOfZone, isPublicHoliday } from './holidays.js';
import {
  addDays,
  afterWorkingDays,
  daysBetween,
  DEFAULT_WINDOW,
  EVERY_DAY_WINDOW,
  isInWindow,
  isoWeekday,
  localDate,
  nextInWindow,
  seededFraction,
  startOfDay,
  windowProblem,
  type SendWindow,
} from './schedule.js';

const ZONES = Intl.supportedValuesOf('timeZone');
const MINUTE = 60_000;
const DAY = 86_400_000;
const FIRST = Date.parse('2024-01-01T00:00:00Z');
const LAST = Date.parse('2031-01-01T00:00:00Z');

/** What the clock on the wall shows, read by Intl and so by other code than what is tested. */
const formats = new Map<string, Intl.DateTimeFormat>();
function wall(at: Date, zone: string): { date: string; time: string; weekday: number } {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${part['year']}-${part['month']}-${part['day']}`,
    time: `${part['hour']}:${part['minute']}`,
    weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part['weekday'] ?? '') + 1,
  };
}

function inside(at: Date, zone: string, window: SendWindow): boolean {
  const { date, time, weekday } = wall(at, zone);
  if (window.onHolidays !== true && isPublicHoliday(date, zone)) return false;
  return window.weekdays.includes(workday(weekday, zone)) && time >= window.from && time < window.to;
}

/** The place of an ISO weekday in a week that begins on Monday, from the weekends that the runtime's own CLDR names. */
const weekends = new Map<string, number[]>();
function workday(weekday: number, zone: string): number {
  const country = countryOfZone(zone) ?? 'DE';
  const locale = new Intl.Locale(`en-${country}`) as Intl.Locale & {
    weekInfo?: { weekend: number[] };
    getWeekInfo?: () => { weekend: number[] };
  };
  const weekend = weekends.get(country) ?? (locale.getWeekInfo?.() ?? locale.weekInfo)?.weekend ?? [6, 7];
  weekends.set(country, weekend);
  return weekend[0] === 5 ? (weekday % 7) + 1 : weekday;
}

/** The instants at which a zone changed its clocks within a year (of ten days more, for late changes). */
const changesSeen = new Map<string, number[]>();
function changes(zone: string, year: number): number[] {
  const key = `${zone} ${year}`;
  const known = changesSeen.get(key);
  if (known) return known;
  const found: number[] = [];
  let at = Temporal.Instant.from(`${year}-01-01T00:00Z`).toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > Date.parse(`${year + 1}-01-10T00:00Z`)) break;
    found.push(next.epochMilliseconds);
    at = next;
  }
  changesSeen.set(key, found);
  return found;
}

const minuteText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const windows: fc.Arbitrary<SendWindow> = fc.oneof(
  fc.constant(DEFAULT_WINDOW),
  fc
    .record({
      ends: fc.uniqueArray(fc.nat({ max: 1440 }), { minLength: 2, maxLength: 2 }),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    })
    .map(({ ends, weekdays }) => {
      const [from, to] = ends.sort((a, b) => a - b).map(minuteText);
      return { from: from ?? '', to: to ?? '', weekdays };
    }),
);

/** A zone and an instant, half of them within two days of a clock change. */
const places: fc.Arbitrary<{ zone: string; at: Date }> = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    at: fc.integer({ min: FIRST, max: LAST }),
    near: fc.option(fc.record({ pick: fc.nat({ max: 3 }), by: fc.integer({ min: -2 * DAY, max: 2 * DAY }) })),
  })
  .map(({ zone, at, near }) => {
    const edges = near ? changes(zone, new Date(at).getUTCFullYear()) : [];
    const edge = near && edges.length > 0 ? edges[near.pick % edges.length] : undefined;
    return { zone, at: new Date(edge === undefined ? at : edge + (near?.by ?? 0)) };
  });

/** Around every clock change of the zones that do it oddly: gaps at midnight, half hours, a day left out. */
const EDGES: [zone: string, year: number][] = [
  ['Europe/Berlin', 2026],
  ['America/New_York', 2026],
  ['Australia/Sydney', 2026],
  ['Australia/Lord_Howe', 2026],
  ['Asia/Beirut', 2026],
  ['Africa/Cairo', 2026],
  ['America/Santiago', 2026],
  ['America/Havana', 2026],
  ['Africa/Casablanca', 2026],
  ['Antarctica/Troll', 2026],
  ['Pacific/Apia', 2011],
  ['Pacific/Kiritimati', 1994],
  ['America/Asuncion', 2023],
  ['America/St_Johns', 2010],
];
const EDGE_WINDOWS = [
  DEFAULT_WINDOW,
  { from: '00:00', to: '00:30', weekdays: [1, 2, 3, 4, 5, 6, 7] },
  { from: '00:00', to: '23:30', weekdays: [5, 6, 7] },
  { from: '01:45', to: '02:15', weekdays: [1, 7] },
  { from: '02:00', to: '03:00', weekdays: [1, 2, 3, 4, 5, 6, 7] },
  { from: '23:30', to: '24:00', weekdays: [6, 7] },
].map((window): SendWindow => ({ ...window, onHolidays: true }));

describe('nextInWindow', () => {
  it('is never outside the window and never earlier than due, in every zone', () => {
    fc.assert(
      fc.property(places, windows, ({ zone, at }, window) => {
        const next = nextInWindow(at, zone, window);
        expect(next.getTime()).toBeGreaterThanOrEqual(at.getTime());
        expect(inside(next, zone, window)).toBe(true);
        expect(isInWindow(next, zone, window)).toBe(true);
        if (inside(at, zone, window)) expect(next).toBe(at);
      }),
      { numRuns: 3000 },
    );
  });

  it('passes over no instant of the window', () => {
    fc.assert(
      fc.property(
        places,
        windows,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        ({ zone, at }, window, share) => {
          const next = nextInWindow(at, zone, window);
          const gap = next.getTime() - at.getTime();
          fc.pre(gap > 0);
          expect(inside(new Date(next.getTime() - 1), zone, window)).toBe(false);
          expect(inside(new Date(at.getTime() + Math.floor(gap * share)), zone, window)).toBe(false);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('changes nothing when asked again, and keeps the order of what it is asked', () => {
    fc.assert(
      fc.property(places, windows, fc.nat({ max: 3 * DAY }), ({ zone, at }, window, later) => {
        const next = nextInWindow(at, zone, window);
        expect(nextInWindow(next, zone, window)).toBe(next);
        const other = nextInWindow(new Date(at.getTime() + later), zone, window);
        expect(other.getTime()).toBeGreaterThanOrEqual(next.getTime());
      }),
      { numRuns: 1000 },
    );
  });

  it.each(EDGES)('finds the first minute of each window around the changes of %s in %i', (zone, year) => {
    const edges = changes(zone, year);
    expect(edges.length).toBeGreaterThan(0);
    for (const edge of edges.slice(0, 2)) {
      const start = edge - DAY;
      const walls = Array.from({ length: 2.5 * 1440 }, (_, i) => wall(new Date(start + i * MINUTE), zone));
      for (const window of EDGE_WINDOWS) {
        // Walking back minute by minute, `first` is always the next one inside the window, once there was one.
        let first: number | null = null;
        for (let i = walls.length - 1; i >= 0; i--) {
          const { weekday, time } = walls[i]!;
          const open = window.weekdays.includes(workday(weekday, zone));
          if (open && time >= window.from && time < window.to) first = i;
          const wanted = Math.abs(i - 1440) < 100 ? i % 7 === 0 : i % 60 === 0;
          if (first === null || !wanted) continue;
          const next = nextInWindow(new Date(start + i * MINUTE), zone, window);
          expect(next.getTime()).toBe(start + first * MINUTE);
        }
      }
    }
  });

  it('sends "Mon-Fri 08:00" in Sydney never on a local Saturday or Sunday', () => {
    for (let at = Date.parse('2026-03-27T00:00Z'); at < Date.parse('2026-04-13T00:00Z'); at += 30 * MINUTE) {
      const next = nextInWindow(new Date(at), 'Australia/Sydney', DEFAULT_WINDOW);
      const { weekday, time } = wall(next, 'Australia/Sydney');
      expect(weekday).toBeLessThanOrEqual(5);
      expect(time >= '08:00' && time < '17:00').toBe(true);
    }
    // Friday 22:00 UTC is Saturday 09:00 in Sydney.
    expect(nextInWindow(new Date('2026-11-20T22:00Z'), 'Australia/Sydney', DEFAULT_WINDOW)).toEqual(
      new Date('2026-11-22T21:00Z'),
    );
  });

  it('keeps "Monday 09:00 Berlin" at 09:00 through both clock changes', () => {
    const monday: SendWindow = { from: '09:00', to: '17:00', weekdays: [1] };
    const seen: string[] = [];
    for (const week of ['2026-03-21', '2026-03-28', '2026-10-17', '2026-10-24']) {
      seen.push(nextInWindow(new Date(`${week}T12:00Z`), 'Europe/Berlin', monday).toISOString());
    }
    expect(seen).toEqual([
      '2026-03-23T08:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
      '2026-10-19T07:00:00.000Z',
      '2026-10-26T08:00:00.000Z',
    ]);
  });

  it('opens when the swallowed hour is over, or the next day when the whole window is swallowed', () => {
    const saturday = new Date('2026-03-28T20:00Z');
    const days = [1, 2, 3, 4, 5, 6, 7];
    const opening = nextInWindow(saturday, 'Europe/Berlin', { from: '02:30', to: '04:00', weekdays: days });
    expect(opening).toEqual(new Date('2026-03-29T01:00Z'));
    const gone = nextInWindow(saturday, 'Europe/Berlin', { from: '02:15', to: '02:45', weekdays: days });
    expect(gone).toEqual(new Date('2026-03-30T00:15Z'));
  });

  it('refuses what it cannot compute', () => {
    const now = new Date('2026-11-24T10:00Z');
    expect(() => nextInWindow(now, 'Europe/Nowhere', DEFAULT_WINDOW)).toThrow(RangeError);
    expect(() => nextInWindow(new Date(NaN), 'UTC', DEFAULT_WINDOW)).toThrow(RangeError);
    expect(() => nextInWindow(now, 'UTC', { ...DEFAULT_WINDOW, weekdays: [] })).toThrow(RangeError);
  });
});

describe('windowProblem', () => {
  it.each([
    [DEFAULT_WINDOW, null],
    [{ from: '00:00', to: '24:00', weekdays: [1] }, null],
    [{ from: '17:00', to: '08:00', weekdays: [1] }, /before/],
    [{ from: '08:00', to: '08:00', weekdays: [1] }, /before/],
    [{ from: '8:00', to: '17:00', weekdays: [1] }, /8:00/],
    [{ from: '08:00', to: '25:00', weekdays: [1] }, /25:00/],
    [{ from: '08:00', to: '17:00', weekdays: [] }, /weekday/],
    [{ from: '08:00', to: '17:00', weekdays: [0] }, /weekday/],
    [{ from: '08:00', to: '17:00', weekdays: [1, 1.5] }, /weekday/],
  ])('reads %j', (window, problem) => {
    if (problem === null) expect(windowProblem(window)).toBeNull();
    else expect(windowProblem(window)).toMatch(problem);
  });
});

describe('public holidays', () => {
  it('are passed over: the word that falls on Christmas leaves on Monday', () => {
    const christmas = new Date('2026-12-25T09:00Z');
    expect(isInWindow(christmas, 'Europe/Berlin', DEFAULT_WINDOW)).toBe(false);
    expect(nextInWindow(christmas, 'Europe/Berlin', DEFAULT_WINDOW)).toEqual(new Date('2026-12-28T07:00Z'));
    expect(nextInWindow(christmas, 'Asia/Tokyo', DEFAULT_WINDOW)).toEqual(new Date('2026-12-27T23:00Z'));
  });

  it('count as no working day', () => {
    const input = { from: '2026-12-23', days: 2, zone: 'Europe/Berlin', window: DEFAULT_WINDOW, spread: 0 };
    expect(afterWorkingDays(input)).toEqual(new Date('2026-12-28T07:00Z'));
    expect(afterWorkingDays({ ...input, zone: 'Etc/UTC' })).toEqual(new Date('2026-12-25T08:00Z'));
  });

  it('hold no birthday wish back', () => {
    const christmas = new Date('2026-12-25T09:00Z');
    expect(nextInWindow(christmas, 'Europe/Berlin', EVERY_DAY_WINDOW)).toBe(christmas);
  });
});

describe('the working week', () => {
  it('is Sunday to Thursday where Friday and Saturday are the weekend', () => {
    // Thursday evening in Cairo and Berlin.
    const evening = new Date('2026-11-19T18:00:00Z');
    expect(localDate(nextInWindow(evening, 'Africa/Cairo', DEFAULT_WINDOW), 'Africa/Cairo')).toBe(
      '2026-11-22',
    );
    expect(localDate(nextInWindow(evening, 'Europe/Berlin', DEFAULT_WINDOW), 'Europe/Berlin')).toBe(
      '2026-11-20',
    );
    expect(isInWindow(new Date('2026-11-20T10:00:00Z'), 'Asia/Riyadh', DEFAULT_WINDOW)).toBe(false);
    expect(isInWindow(new Date('2026-11-20T10:00:00Z'), 'Asia/Riyadh', EVERY_DAY_WINDOW)).toBe(true);
  });
});

describe('afterWorkingDays', () => {
  const dates = fc.integer({ min: FIRST / DAY, max: LAST / DAY }).map((day) => addDays('1970-01-01', day));
  const spreads = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('lands on the counted working day, in the window, in its first three hours, in every zone', () => {
    const input = fc.record({
      from: dates,
      days: fc.nat({ max: 15 }),
      zone: fc.constantFrom(...ZONES),
      spread: spreads,
    });
    fc.assert(
      fc.property(input, ({ from, days, zone, spread }) => {
        const at = afterWorkingDays({ from, days, zone, window: DEFAULT_WINDOW, spread });
        const { date, time, weekday } = wall(at, zone);
        expect(workday(weekday, zone)).toBeLessThanOrEqual(5);
        expect(isPublicHoliday(date, zone)).toBe(false);
        expect(time >= '08:00' && time < '11:00').toBe(true);
        expect(at.getTime() % 1000).toBe(0);
        let counted = 0;
        for (let day = addDays(from, 1); day <= date; day = addDays(day, 1)) {
          if (workday(isoWeekday(day), zone) <= 5 && !isPublicHoliday(day, zone)) counted += 1;
        }
        if (days > 0) expect(counted).toBe(days);
        else expect(counted).toBe(date === from ? 0 : 1);
      }),
      { numRuns: 2000 },
    );
  });

  it('stays in any window on any day, also where the clocks change', () => {
    fc.assert(
      fc.property(places, windows, fc.nat({ max: 6 }), spreads, ({ zone, at }, window, days, spread) => {
        const from = localDate(at, zone);
        const placed = afterWorkingDays({ from, days, zone, window, spread });
        expect(inside(placed, zone, window)).toBe(true);
        expect(daysBetween(from, wall(placed, zone).date)).toBeGreaterThanOrEqual(days);
      }),
      { numRuns: 1500 },
    );
  });

  const berlin = { zone: 'Europe/Berlin', window: DEFAULT_WINDOW, spread: 0 };
  it.each([
    ['2026-11-20', 0, '2026-11-20T07:00Z'],
    ['2026-11-21', 0, '2026-11-23T07:00Z'],
    ['2026-11-20', 1, '2026-11-23T07:00Z'],
    ['2026-11-21', 1, '2026-11-23T07:00Z'],
    ['2026-11-20', 5, '2026-11-27T07:00Z'],
    ['2026-03-27', 1, '2026-03-30T06:00Z'],
  ])('counts from %s by %i working days to %s', (from, days, expected) => {
    expect(afterWorkingDays({ from, days, ...berlin })).toEqual(new Date(expected));
  });

  it('spreads over the first three hours, or over a shorter window', () => {
    const almost = 1 - 2 ** -53;
    const late = afterWorkingDays({ from: '2026-11-20', days: 1, ...berlin, spread: almost });
    expect(late).toEqual(new Date('2026-11-23T09:59Z'));
    const short = { ...DEFAULT_WINDOW, to: '08:20' };
    const end = afterWorkingDays({ from: '2026-11-20', days: 1, ...berlin, window: short, spread: almost });
    expect(end).toEqual(new Date('2026-11-23T07:19Z'));
  });

  it('goes on to the next working day where the local day or the whole window does not exist', () => {
    const apia = { zone: 'Pacific/Apia', window: DEFAULT_WINDOW, spread: 0 };
    expect(localDate(afterWorkingDays({ from: '2011-12-29', days: 1, ...apia }), apia.zone)).toBe(
      '2012-01-02',
    );
    const gap: SendWindow = { from: '02:00', to: '03:00', weekdays: [6, 7] };
    const at = afterWorkingDays({
      from: '2026-03-28',
      days: 1,
      zone: 'Europe/Berlin',
      window: gap,
      spread: 0.5,
    });
    expect(at).toEqual(new Date('2026-04-04T00:30Z'));
  });

  it('refuses what it cannot count', () => {
    const ask = (change: object) => () =>
      afterWorkingDays({ from: '2026-11-20', days: 1, ...berlin, ...change });
    expect(ask({ from: '2026-02-30' })).toThrow(RangeError);
    expect(ask({ from: '2026-11-20T10:00' })).toThrow(RangeError);
    expect(ask({ days: -1 })).toThrow(RangeError);
    expect(ask({ days: 0.5 })).toThrow(RangeError);
    expect(ask({ spread: 1 })).toThrow(RangeError);
    expect(ask({ zone: 'nowhere' })).toThrow(RangeError);
  });
});

describe('local dates', () => {
  it('is the date on the wall in every zone', () => {
    fc.assert(
      fc.property(places, ({ zone, at }) => {
        const date = localDate(at, zone);
        expect(date).toBe(wall(at, zone).date);
        const start = startOfDay(date, zone);
        expect(localDate(start, zone)).toBe(date);
        expect(localDate(new Date(start.getTime() - 1), zone) < date).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('adds and counts days', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
    expect(isoWeekday('2026-11-20')).toBe(5);
    expect(() => addDays('2026-02-29', 1)).toThrow(RangeError);
  });
});

describe('seededFraction', () => {
  it('is the same on every machine', () => {
    expect(['', 'a', 'enrollment-1:first', 'ü'].map(seededFraction)).toEqual([
      0.6689221884589642, 0.10352621669881046, 0.32674634573049843, 0.0313222894910723,
    ]);
  });

  it('spreads neighbouring ids evenly', () => {
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) {
      const fraction = seededFraction(`0193f1c2-0000-7000-8000-${String(i).padStart(12, '0')}`);
      expect(fraction >= 0 && fraction < 1).toBe(true);
      const tenth = Math.floor(fraction * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(Math.min(...tenths)).toBeGreaterThan(900);
    expect(Math.max(...tenths)).toBeLessThan(1100);
  });
});
