import { isZone } from './zone.js';
import { zoneOf } from './zones.js';

const ownerZone = 'Europe/Berlin';

describe('isZone', () => {
  it('takes every zone of the runtime', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isZone(zone))).toEqual([]);
  });

  it.each(['', ' ', 'Berlin', '+02:00', '02:00', 'GMT+2', 'Europe/Nowhere', 'Europe/Berlin\u0000'])(
    'refuses %j',
    (text) => {
      expect(isZone(text)).toBe(false);
    },
  );
});

describe('zoneOf', () => {
  const cases: [string, Parameters<typeof zoneOf>[0], string, string][] = [
    ['their own zone', { zone: 'Asia/Tokyo', city: 'Berlin', ownerZone }, 'Asia/Tokyo', 'contact'],
    [
      'not a zone of their own that is none',
      { zone: 'CEST?', city: 'Tokyo', ownerZone },
      'Asia/Tokyo',
      'city',
    ],
    ['a city', { city: 'Sydney', ownerZone }, 'Australia/Sydney', 'city'],
    ['a city with its umlaut', { city: 'Zürich', ownerZone }, 'Europe/Zurich', 'city'],
    ['a city typed without umlauts', { city: 'MUENCHEN', ownerZone }, 'Europe/Berlin', 'city'],
    ['a city in its own letters', { city: 'Kraków', ownerZone }, 'Europe/Warsaw', 'city'],
    ['a city with its state', { city: 'San Francisco, CA', ownerZone }, 'America/Los_Angeles', 'city'],
    ['a city with its province', { city: 'Toronto, ON', ownerZone }, 'America/Toronto', 'city'],
    [
      'a city with region and country',
      { city: 'Munich, Bavaria, Germany', ownerZone },
      'Europe/Berlin',
      'city',
    ],
    [
      'a city with region, country apart',
      { city: 'Munich, Bavaria', country: 'DE', ownerZone },
      'Europe/Berlin',
      'city',
    ],
    [
      'a metropolitan area',
      { city: 'Greater Seattle Area', country: 'USA', ownerZone },
      'America/Los_Angeles',
      'city',
    ],
    ['not the Paris of France', { city: 'Paris, TX', ownerZone }, ownerZone, 'owner'],
    ['not the Paris of France in words', { city: 'Paris, Texas', ownerZone }, ownerZone, 'owner'],
    [
      'not the London of England',
      { city: 'London', country: 'Canada', ownerZone },
      'America/Toronto',
      'city',
    ],
    [
      'the city of that country where another is better known',
      { city: 'San Jose', country: 'Costa Rica', ownerZone },
      'America/Costa_Rica',
      'city',
    ],
    ['a country by code', { country: 'jp', ownerZone }, 'Asia/Tokyo', 'country'],
    ['a country in English', { country: 'South Korea', ownerZone }, 'Asia/Seoul', 'country'],
    ['a country in German', { country: 'Österreich', ownerZone }, 'Europe/Vienna', 'country'],
    ['a country by an everyday name', { country: 'U.K.', ownerZone }, 'Europe/London', 'country'],
    [
      'a country behind an unknown town',
      { city: 'Kleinkleckersdorf, Germany', ownerZone },
      'Europe/Berlin',
      'country',
    ],
    [
      'a town that only a larger table knows',
      { city: 'Portland, Oregon', ownerZone },
      'America/Los_Angeles',
      'city',
    ],
    ['the far larger of two towns', { city: 'Portland', ownerZone }, 'America/Los_Angeles', 'city'],
    ['the smaller one with its state', { city: 'Portland, Maine', ownerZone }, 'America/New_York', 'city'],
    [
      'the larger of two in its country',
      { city: 'Birmingham', country: 'US', ownerZone },
      'America/Chicago',
      'city',
    ],
    ['the country of the number', { phone: '+81312345678', ownerZone }, 'Asia/Tokyo', 'phone'],
    [
      'no number where the country is said',
      { phone: '+493012345678', country: 'US', ownerZone: 'UTC' },
      'UTC',
      'owner',
    ],
    ['no number of a country with many zones', { phone: '+14165550100', ownerZone }, ownerZone, 'owner'],
    ['the country of the company', { emailDomain: 'fjord.example.no', ownerZone }, 'Europe/Oslo', 'company'],
    ['no letters that anybody may buy', { emailDomain: 'start.example.co', ownerZone }, ownerZone, 'owner'],
    ['a country in the place of the city', { city: 'Finland', ownerZone }, 'Europe/Helsinki', 'country'],
    [
      'no state for a country',
      { city: 'Kleinkleckersdorf, DE', ownerZone: 'Asia/Tokyo' },
      'Asia/Tokyo',
      'owner',
    ],
    ['the owner where nothing is known', { city: '', country: ' ', ownerZone }, ownerZone, 'owner'],
    [
      'the owner where the words are unknown',
      { city: 'constructor', country: '__proto__', ownerZone },
      ownerZone,
      'owner',
    ],
  ];
  it.each(cases)('takes %s', (_story, input, zone, source) => {
    expect(zoneOf(input)).toEqual({ zone, source });
  });

  it.each(['US', 'Canada', 'Brasilien', 'AU', 'Russia', 'México', 'Indonesia', 'Chile'])(
    'lets %s, which has several zones, decide nothing',
    (country) => {
      expect(zoneOf({ country, ownerZone })).toEqual({ zone: ownerZone, source: 'owner' });
    },
  );

  it('names only zones that exist', () => {
    for (let a = 65; a <= 90; a++) {
      for (let b = 65; b <= 90; b++) {
        expect(isZone(zoneOf({ country: String.fromCharCode(a, b), ownerZone }).zone)).toBe(true);
      }
    }
    for (const city of ['Cairo', 'Kyiv', 'Buenos Aires', 'Kolkata', 'Bengaluru', 'Auckland', 'Ho Chi Minh']) {
      expect(isZone(zoneOf({ city, ownerZone }).zone)).toBe(true);
    }
  });
});
