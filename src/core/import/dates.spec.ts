import fc from 'fast-check';
import { readBirthday, readMoment } from './dates.js';

describe('dates as files write them', () => {
  it.each([
    ['27 Mar 2026', '2026-03-27'],
    ['27. März 2026', '2026-03-27'],
    ['27 mars 2026', '2026-03-27'],
    ['27 de marzo de 2026', '2026-03-27'],
    ['Mar 27, 2026 3:43 PM', '2026-03-27'],
    ['2026-03-27', '2026-03-27'],
    ['2026/3/27', '2026-03-27'],
    ['2026-03-27T09:14:00+02:00', '2026-03-27T07:14:00Z'],
    ['2026-07-01 10:00:00 UTC', '2026-07-01T10:00:00Z'],
    ['11/29/24 22:28', '2024-11-29'],
    ['29.11.2024', '2024-11-29'],
    ['03.04.2026', '2026-04-03'],
    ['3/3/2026', '2026-03-03'],
    ['12 juil. 2026', '2026-07-12'],
  ])('%s', (text, iso) => {
    expect(readMoment(text, null)).toBe(iso);
  });

  it.each([
    '03/04/2026',
    '24-11-02',
    '31/02/2026',
    '2026-02-30',
    'tomorrow',
    '',
    '45234',
    '13/13/2026',
    '5 Foo 2026',
  ])('%s is not taken', (text) => {
    expect(readMoment(text, null)).toBeNull();
  });

  it('an open date follows its column, in days and in hours', () => {
    expect(readMoment('03/04/2026', true)).toBe('2026-03-04');
    expect(readMoment('03/04/2026', false)).toBe('2026-04-03');
    expect(readMoment('1-1-24 12:00 PM', null, 'UTC')).toBe('2024-01-01T12:00:00Z');
    expect(readMoment('1-1-24 12:30 AM', null, 'UTC')).toBe('2024-01-01T00:30:00Z');
  });

  it('birthdays with a year, without one, and with a year that means none', () => {
    expect(readBirthday('1990-03-15', null)).toBe('1990-03-15');
    expect(readBirthday('19900315', null)).toBe('1990-03-15');
    expect(readBirthday('1990-03-15T00:00:00Z', null)).toBe('1990-03-15');
    for (const text of ['--0315', '--03-15', '1604-03-15', '0000-03-15', '15.03.90'])
      expect(readBirthday(text, null)).toBe('--03-15');
    for (const text of ['--', '--0230', '1990', '1990-02-29', '03/04/1990', '1750-01-01'])
      expect(readBirthday(text, null)).toBeNull();
    expect(readBirthday('--0229', null)).toBe('--02-29');
  });

  it('reads back every ISO date and throws at nothing', () => {
    const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (day) =>
        expect(readMoment(day.toISOString().slice(0, 10), null)).toBe(day.toISOString().slice(0, 10)),
      ),
    );
    fc.assert(
      fc.property(date, fc.boolean(), (day, monthFirst) => {
        const [year = '', month = '', dayOf = ''] = day.toISOString().slice(0, 10).split('-');
        const written = monthFirst ? `${month}/${dayOf}/${year}` : `${dayOf}/${month}/${year}`;
        expect(readMoment(written, monthFirst)).toBe(`${year}-${month}-${dayOf}`);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(true, false, null), (text, order) => {
        readMoment(text, order);
        readBirthday(text, order);
      }),
    );
  });
});
