import { countryOfZone, isPublicHoliday, publicHolidays } from './holidays.js';

describe('public holidays', () => {
  it('knows fixed and moving days of a country', () => {
    const german = publicHolidays('DE', 2026);
    expect(
      [
        '2026-01-01',
        '2026-04-03',
        '2026-04-06',
        '2026-05-01',
        '2026-10-03',
        '2026-12-25',
        '2026-12-26',
      ].every((day) => german.has(day)),
    ).toBe(true);
    expect(german.has('2026-11-23')).toBe(false);
    expect(publicHolidays('US', 2026).has('2026-11-26')).toBe(true);
  });

  it('leaves out what only a part of the country keeps', () => {
    expect(publicHolidays('DE', 2026).has('2026-08-15')).toBe(false);
  });

  it('keeps every day of a holiday of several days', () => {
    const chinese = [...publicHolidays('CN', 2026)].filter((day) => day.startsWith('2026-10'));
    expect(chinese).toEqual(expect.arrayContaining(['2026-10-01', '2026-10-02', '2026-10-03']));
  });

  it('says nothing of a country nobody knows', () => {
    expect(publicHolidays('XX', 2026).size).toBe(0);
    expect(publicHolidays('de; drop', 2026).size).toBe(0);
  });

  it('finds the country by the zone', () => {
    expect(countryOfZone('Europe/Berlin')).toBe('DE');
    expect(countryOfZone('America/Sao_Paulo')).toBe('BR');
    expect(countryOfZone('Etc/UTC')).toBeNull();
    // Shared by several.
    expect(countryOfZone('America/Panama')).toBe('PA');
    expect(countryOfZone('Asia/Riyadh')).toBe('SA');
    expect(countryOfZone('America/New_York')).toBe('US');
    expect(isPublicHoliday('2026-12-25', 'Europe/Vienna')).toBe(true);
    expect(isPublicHoliday('2026-12-25', 'America/Puerto_Rico')).toBe(true);
    expect(isPublicHoliday('2026-12-25', 'Asia/Tokyo')).toBe(false);
    expect(isPublicHoliday('2026-12-25', 'Etc/UTC')).toBe(false);
  });
});
