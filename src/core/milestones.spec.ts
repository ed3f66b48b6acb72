import fc from 'fast-check';
import { monthDaysAhead, monthDaysOn, nextBirthday, occurrencePhase, parseBirthday } from './milestones.js';
import { addDays, localDate, startOfDay } from './schedule.js';

const ZONES = Intl.supportedValuesOf('timeZone');
const HOUR = 3_600_000;
const leapYear = fc.nat({ max: 365 }).map((day) => addDays('2028-01-01', day).slice(5));
const instants = fc
  .integer({ min: Date.parse('2024-01-01T00:00Z'), max: Date.parse('2036-01-01T00:00Z') })
  .map((at) => new Date(at));

describe('parseBirthday', () => {
  it.each([
    ['1990-03-15', { year: 1990, month: 3, day: 15 }],
    ['--03-15', { year: null, month: 3, day: 15 }],
    ['1604-03-15', { year: null, month: 3, day: 15 }],
    ['0000-02-29', { year: null, month: 2, day: 29 }],
    ['--02-29', { year: null, month: 2, day: 29 }],
    ['2000-02-29', { year: 2000, month: 2, day: 29 }],
    ...[
      '1990-02-29',
      '1900-02-29',
      '1990-02-30',
      '--02-30',
      '--',
      '',
      '---15',
      '--13-01',
      '--00-10',
      '--04-31',
    ].map((text): [string, null] => [text, null]),
    ...['1990-3-15', '1990-03-15T00:00', '15.03.1990', '-1990-03-15', '1990-03-00', '١٩٩٠-03-15'].map(
      (text): [string, null] => [text, null],
    ),
  ])('reads %j', (text, expected) => {
    expect(parseBirthday(text)).toEqual(expected);
  });
});

describe('nextBirthday', () => {
  it('keeps every birthday exactly once in each local year, in every zone', () => {
    fc.assert(
      fc.property(
        leapYear,
        fc.constantFrom(...ZONES),
        fc.integer({ min: 2024, max: 2033 }),
        (day, zone, year) => {
          const kept = new Set<string>();
          let now = startOfDay(`${year}-01-01`, zone);
          for (;;) {
            const next = nextBirthday(`--${day}`, now, zone);
            if (next === null || !next.on.startsWith(`${year}-`)) break;
            kept.add(next.on);
            expect(occurrencePhase(next.on, startOfDay(next.on, zone), zone)).toBe('today');
            expect(monthDaysOn(next.on)).toContain(day);
            now = startOfDay(addDays(next.on, 1), zone);
          }
          expect(kept.size).toBe(1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('does not drift over ten years', () => {
    fc.assert(
      fc.property(leapYear, fc.constantFrom(...ZONES), (day, zone) => {
        let now = startOfDay('2024-01-01', zone);
        for (let year = 2024; year < 2034; year++) {
          const next = nextBirthday(`1980-${day}`.replace('1980-02-29', '--02-29'), now, zone);
          const common = day === '02-29' && year % 4 !== 0;
          expect(next?.on).toBe(`${year}-${common ? '02-28' : day}`);
          now = startOfDay(addDays(next?.on ?? '', 1), zone);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is never past, never more than a year away, and today on the day itself', () => {
    fc.assert(
      fc.property(leapYear, fc.constantFrom(...ZONES), instants, (day, zone, now) => {
        const on = nextBirthday(`--${day}`, now, zone)?.on ?? '';
        const today = localDate(now, zone);
        expect(occurrencePhase(on, now, zone)).toBe(on === today ? 'today' : 'early');
        expect(on >= today && on <= addDays(today, 366)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('goes by the day where the contact lives', () => {
    const now = new Date('2026-03-14T23:30Z');
    expect(nextBirthday('--03-14', now, 'America/New_York')?.on).toBe('2026-03-14');
    expect(nextBirthday('--03-14', now, 'Europe/Berlin')?.on).toBe('2027-03-14');
    expect(occurrencePhase('2026-03-15', now, 'Europe/Berlin')).toBe('today');
    expect(occurrencePhase('2026-03-15', now, 'America/New_York')).toBe('early');
    expect(occurrencePhase('2026-03-14', now, 'Europe/Berlin')).toBe('past');
  });

  it('keeps 29 February on the 28th in a common year', () => {
    const ask = (now: string) => nextBirthday('1992-02-29', new Date(now), 'UTC');
    expect(ask('2027-02-28T12:00Z')).toEqual({ on: '2027-02-28', turning: 35 });
    expect(ask('2027-03-01T00:00Z')).toEqual({ on: '2028-02-29', turning: 36 });
    expect(ask('2028-02-28T12:00Z')).toEqual({ on: '2028-02-29', turning: 36 });
  });

  it('knows an age only from a year that has passed', () => {
    const now = new Date('2026-06-01T12:00Z');
    expect(nextBirthday('--07-01', now, 'UTC')?.turning).toBeNull();
    expect(nextBirthday('1604-07-01', now, 'UTC')?.turning).toBeNull();
    expect(nextBirthday('2030-07-01', now, 'UTC')?.turning).toBeNull();
    expect(nextBirthday('1990-07-01', now, 'UTC')?.turning).toBe(36);
    expect(nextBirthday('1990-02-30', now, 'UTC')).toBeNull();
  });
});

describe('monthDaysAhead', () => {
  it('names every birthday that any zone keeps within the days ahead', () => {
    const within = fc.nat({ max: 20 });
    fc.assert(
      fc.property(instants, within, fc.constantFrom(...ZONES), leapYear, (now, daysAhead, zone, day) => {
        const on = nextBirthday(`--${day}`, now, zone)?.on ?? '';
        fc.pre(on <= addDays(localDate(now, zone), daysAhead));
        expect(monthDaysAhead(now, daysAhead)).toContain(day);
      }),
      { numRuns: 300 },
    );
  });

  it('covers the two or three dates that earth has at once, and little more', () => {
    expect(monthDaysAhead(new Date('2026-06-10T11:00Z'), 0)).toEqual(['06-09', '06-10', '06-11']);
    expect(monthDaysAhead(new Date('2027-02-28T12:00Z'), 0)).toEqual(['02-28', '02-29', '03-01']);
    expect(monthDaysAhead(new Date('2026-12-31T12:00Z'), 1)).toEqual(['12-31', '01-01', '01-02']);
    expect(monthDaysAhead(new Date(Date.parse('2026-06-10T00:00Z') - HOUR), 400)).toHaveLength(366);
  });
});
