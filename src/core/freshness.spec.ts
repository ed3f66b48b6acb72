import fc from 'fast-check';
import { eventWhen, validUntil } from './freshness.js';
import { addDays, localDate } from './schedule.js';

const BERLIN = 'Europe/Berlin';
/** A Wednesday, 10:00 in Berlin. */
const WEDNESDAY = new Date('2026-11-25T09:00Z');
const DAY_END = '2026-11-25T23:00:00.000Z';
const WEEK_END = '2026-11-29T23:00:00.000Z';

const until = (text: string) => validUntil(text, WEDNESDAY, BERLIN)?.toISOString() ?? null;

describe('validUntil', () => {
  it.each([
    'It was good to meet you yesterday.',
    'Are you free Tomorrow?',
    "I read today's talk notes.",
    'I thought of you this morning',
    'See you tonight!',
    'We spoke two days ago.',
    'Wir haben uns gestern gesehen.',
    'Ich rufe dich morgen an.',
    'Morgen früh schicke ich es dir.',
    'Bis morgen!',
    'Guten Morgen! Wir sehen uns morgen.',
    'Heute Morgen dachte ich an dich.',
    'Wir sprachen vor zwei Tagen.',
    'Passt es dir übermorgen?',
    'Passt es dir u\u0308bermorgen?',
    'It was last week, or rather yesterday.',
  ])('lets %j end with the day', (text) => {
    expect(until(text)).toBe(DAY_END);
  });

  it.each([
    'It was good to meet you last week.',
    'Are you back in Lisbon next\nweek?',
    'I will send it this week.',
    'Danke für das Gespräch letzte Woche.',
    'Ich melde mich nächste Woche.',
    'Anfang nächster Woche bin ich da.',
    'in dieser Woche',
    'Die vergangene Woche war schön.',
    'We met last Tuesday.',
  ])('lets %j end with the week', (text) => {
    expect(until(text)).toBe(WEEK_END);
  });

  it('lets months, years and weekdays end with themselves', () => {
    expect(until('We met last month.')).toBe('2026-11-30T23:00:00.000Z');
    expect(until('Das war letztes Jahr.')).toBe('2026-12-31T23:00:00.000Z');
    expect(until('Shall we talk this Friday?')).toBe('2026-11-26T23:00:00.000Z');
    expect(until('Passt dir kommenden Mittwoch?')).toBe(DAY_END);
  });

  it.each([
    '',
    'It was good to meet you at DevConf 2026.',
    'Guten Morgen, Anna!',
    'guten morgen anna',
    'Morgen, Anna!',
    'Ich arbeite am liebsten am Morgen.',
    'jeden Morgen um acht',
    'Der Morgen in Berlin war schön.',
    'Sehr geehrte Frau Morgen,',
    'Christian Morgenstern, morgens gelesen',
    'in den letzten Wochen',
    'the last week of March',
    'the next weeks',
    'https://example.com/today/morgen and today@example.com',
    'yesterdays, weekly, Todayish',
  ])('finds no relative word in %j', (text) => {
    expect(until(text)).toBeNull();
  });

  it('ends the day where the reader lives, also where midnight does not exist', () => {
    const now = new Date('2026-11-25T22:30Z');
    expect(validUntil('today', now, 'America/New_York')).toEqual(new Date('2026-11-26T05:00Z'));
    expect(validUntil('today', now, 'Asia/Tokyo')).toEqual(new Date('2026-11-26T15:00Z'));
    expect(validUntil('today', new Date('2026-03-28T12:00Z'), 'Asia/Beirut')).toEqual(
      new Date('2026-03-28T22:00Z'),
    );
  });

  it('reads a long text quickly', () => {
    const began = process.cpuUsage();
    expect(until(`${'this  last next vor letzte '.repeat(20_000)} yesterday`)).toBe(DAY_END);
    expect(until(`${' '.repeat(200_000)}x${'a'.repeat(200_000)}`)).toBeNull();
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(5);
  });
});

describe('eventWhen', () => {
  it.each([
    ['2026-11-26', null],
    ['2026-11-25', 'today'],
    ['2026-11-24', 'yesterday'],
    ['2026-11-23', 'this week'],
    ['2026-11-22', 'last week'],
    ['2026-11-16', 'last week'],
    ['2026-11-15', null],
  ])('says of an event that ended on %s: %s', (endsOn, words) => {
    expect(eventWhen(endsOn, WEDNESDAY, BERLIN)?.words ?? null).toBe(words);
  });

  it('speaks words that hold until the instant it names, and not a moment longer', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const instants = fc.integer({
      min: Date.parse('2024-01-01T00:00Z'),
      max: Date.parse('2031-01-01T00:00Z'),
    });
    fc.assert(
      fc.property(zones, instants, fc.nat({ max: 14 }), (zone, at, ago) => {
        const now = new Date(at);
        const endsOn = addDays(localDate(now, zone), -ago);
        const when = eventWhen(endsOn, now, zone);
        fc.pre(when !== null);
        if (when === null) return;
        expect(when.until.getTime()).toBeGreaterThan(at);
        expect(validUntil(`We met at DevConf ${when.words}.`, now, zone)).toEqual(when.until);
        const before = eventWhen(endsOn, new Date(when.until.getTime() - 1), zone);
        // "This week" stays true of yesterday, so only the words of the later instant may be wider.
        if (when.words === 'today' || when.words === 'yesterday') expect(before?.words).toBe(when.words);
        expect(eventWhen(endsOn, when.until, zone)?.words).not.toBe(when.words);
      }),
      { numRuns: 1000 },
    );
  });
});
