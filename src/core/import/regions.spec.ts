import { languageTag, regionOf, regionOfZone, zoneName } from './regions.js';

describe('countries', () => {
  it.each([
    ['DE', 'Germany, Deutschland, Allemagne, Alemania, Germania, Duitsland, Niemcy, Německo, Tyskland, Германия, Almanya, 德国, ドイツ, 독일, ألمانيا, DEU, de , Germany (DE)'],
    ['US', 'USA, U.S.A., United States, Vereinigte Staaten, États-Unis, Estados Unidos, America'],
    ['GB', 'UK, England, Great Britain, Royaume-Uni, GBR'],
    ['KR', 'South Korea, Republic of Korea, 대한민국'],
    ['CI', 'Côte d’Ivoire, Ivory Coast'],
    ['CZ', 'Czechia, Czech Republic, Česko'],
  ])('%s', (code, names) => {
    for (const name of names.split(', ')) expect([name, regionOf(name)]).toEqual([name, code]);
  }); // prettier-ignore

  it('are not guessed', () => {
    for (const text of ['', 'Europe', 'Bavaria', 'nowhere', 'x'.repeat(100)])
      expect(regionOf(text)).toBeUndefined();
  });

  it('of zones are those in which the zone’s city lies', () => {
    expect(['Europe/Berlin', 'Europe/Oslo', 'America/New_York', 'Asia/Kolkata'].map(regionOfZone)).toEqual(['DE', 'NO', 'US', 'IN']); // prettier-ignore
    for (const zone of ['UTC', 'Etc/GMT+3', 'CET', 'Europe/Simferopol', 'Foo/Bar', '']) expect(regionOfZone(zone)).toBeUndefined(); // prettier-ignore
  });
});

describe('languages and zones', () => {
  it('are taken as codes or names, and zones as IANA has them', () => {
    expect([languageTag('de_AT'), languageTag('Deutsch'), languageTag('x y')]).toEqual([
      'de-AT',
      'de',
      undefined,
    ]);
    expect([zoneName('Europe/Berlin'), zoneName('-05:00'), zoneName('EST')]).toEqual(['Europe/Berlin', undefined, undefined]); // prettier-ignore
  });
});
