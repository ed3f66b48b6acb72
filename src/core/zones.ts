/** The zone a contact lives in, as far as it can be known: their own word, a city, a country, else the owner's. */
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { plain, zoneOfCity } from './cities.js';
import { isZone } from './zone.js';

/** Zone, country (ISO 3166 alpha-2) and the names of well-known cities, lower case without accents. */
const CITIES = `
Africa/Cairo EG cairo|kairo
Africa/Johannesburg ZA johannesburg|cape town|kapstadt
Africa/Lagos NG lagos
Africa/Nairobi KE nairobi
America/Argentina/Buenos_Aires AR buenos aires
America/Bogota CO bogota
America/Chicago US chicago|austin|dallas|houston|minneapolis
America/Denver US denver|boulder|salt lake city
America/Lima PE lima
America/Los_Angeles US los angeles|san francisco|san francisco bay area|seattle|san diego|san jose|palo alto
America/Mexico_City MX mexico city|ciudad de mexico|mexiko-stadt
America/New_York US new york|new york city|nyc|boston|washington dc|atlanta|miami|philadelphia
America/Santiago CL santiago de chile
America/Sao_Paulo BR sao paulo|rio de janeiro
America/Toronto CA toronto|montreal|ottawa
America/Vancouver CA vancouver
Asia/Bangkok TH bangkok
Asia/Dubai AE dubai|abu dhabi
Asia/Hong_Kong HK hong kong|hongkong
Asia/Jakarta ID jakarta
Asia/Jerusalem IL tel aviv|jerusalem
Asia/Kolkata IN bangalore|bengaluru|mumbai|delhi|new delhi|chennai|pune
Asia/Manila PH manila
Asia/Seoul KR seoul
Asia/Shanghai CN shanghai|beijing|peking|shenzhen
Asia/Singapore SG singapore|singapur
Asia/Taipei TW taipei|taipeh
Asia/Tokyo JP tokyo|tokio|osaka
Australia/Brisbane AU brisbane
Australia/Melbourne AU melbourne
Australia/Perth AU perth
Australia/Sydney AU sydney
Europe/Amsterdam NL amsterdam|rotterdam|utrecht
Europe/Athens GR athens|athen
Europe/Berlin DE berlin|munich|munchen|hamburg|cologne|koln|frankfurt|frankfurt am main|frankfurt/main|frankfurt a m|stuttgart|dusseldorf|leipzig
Europe/Brussels BE brussels|brussel|bruxelles
Europe/Bucharest RO bucharest|bukarest
Europe/Budapest HU budapest
Europe/Copenhagen DK copenhagen|kopenhagen|kobenhavn
Europe/Dublin IE dublin
Europe/Helsinki FI helsinki
Europe/Istanbul TR istanbul
Europe/Kyiv UA kyiv|kiev|kiew
Europe/Lisbon PT lisbon|lissabon|lisboa|porto
Europe/London GB london|manchester|edinburgh|cambridge|oxford|bristol
Europe/Madrid ES madrid|barcelona|valencia
Europe/Oslo NO oslo
Europe/Paris FR paris|lyon|toulouse
Europe/Prague CZ prague|prag|praha
Europe/Rome IT rome|rom|roma|milan|mailand|milano|turin|torino
Europe/Stockholm SE stockholm|gothenburg|goteborg
Europe/Vienna AT vienna|wien|graz
Europe/Warsaw PL warsaw|warschau|warszawa|krakow|krakau
Europe/Zurich CH zurich|geneva|genf|geneve|basel|bern|lausanne
Pacific/Auckland NZ auckland|wellington
`;

/**
 * Countries with one zone. Spain, Portugal and New Zealand are here too: few live on the islands that are an hour
 * off, and an hour's error is less than the owner's zone would make. Left out, and so undecided: US, CA, MX, BR,
 * CL, RU, AU, ID, KZ, MN, CD and the like.
 */
const COUNTRIES = `
AE Asia/Dubai,AR America/Argentina/Buenos_Aires,AT Europe/Vienna,BE Europe/Brussels,BG Europe/Sofia,BY Europe/Minsk,
CH Europe/Zurich,CN Asia/Shanghai,CO America/Bogota,CR America/Costa_Rica,CY Asia/Nicosia,CZ Europe/Prague,
DE Europe/Berlin,DK Europe/Copenhagen,EE Europe/Tallinn,EG Africa/Cairo,ES Europe/Madrid,FI Europe/Helsinki,
FR Europe/Paris,GB Europe/London,GE Asia/Tbilisi,GH Africa/Accra,GR Europe/Athens,HK Asia/Hong_Kong,HR Europe/Zagreb,
HU Europe/Budapest,IE Europe/Dublin,IL Asia/Jerusalem,IN Asia/Kolkata,IS Atlantic/Reykjavik,IT Europe/Rome,
JP Asia/Tokyo,KE Africa/Nairobi,KR Asia/Seoul,LI Europe/Vaduz,LK Asia/Colombo,LT Europe/Vilnius,LU Europe/Luxembourg,
LV Europe/Riga,MA Africa/Casablanca,MT Europe/Malta,MY Asia/Kuala_Lumpur,NG Africa/Lagos,NL Europe/Amsterdam,
NO Europe/Oslo,NZ Pacific/Auckland,PE America/Lima,PH Asia/Manila,PK Asia/Karachi,PL Europe/Warsaw,PT Europe/Lisbon,
RO Europe/Bucharest,RS Europe/Belgrade,SA Asia/Riyadh,SE Europe/Stockholm,SG Asia/Singapore,SI Europe/Ljubljana,
SK Europe/Bratislava,TH Asia/Bangkok,TN Africa/Tunis,TR Europe/Istanbul,TW Asia/Taipei,UA Europe/Kyiv,
UY America/Montevideo,VN Asia/Ho_Chi_Minh,ZA Africa/Johannesburg`;

/** Names beside the ones that the runtime's own lists give in English and German. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  schottland: 'GB',
  wales: 'GB',
  grossbritannien: 'GB',
  usa: 'US',
  'united states of america': 'US',
  'vereinigte staaten von amerika': 'US',
  america: 'US',
  amerika: 'US',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  'tschechische republik': 'CZ',
  turkey: 'TR',
  'hong kong': 'HK',
  hongkong: 'HK',
  'korea, republic of': 'KR',
  korea: 'KR',
  'republic of ireland': 'IE',
  uae: 'AE',
  vietnam: 'VN',
};

const US_STATES = words(
  `al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa
  ri sc sd tn tx ut vt va wa wv wi wy dc`,
);
const CA_PROVINCES = words('ab bc mb nb nl ns on pe qc sk');

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

const cities = new Map<string, { zone: string; country: string }>();
for (const line of CITIES.trim().split('\n')) {
  const [zone = '', country = '', ...names] = line.split(' ');
  for (const name of names.join(' ').split('|')) cities.set(name, { zone, country });
}

const zoneByCountry = new Map<string, string>();
for (const entry of COUNTRIES.trim().split(/,\s*/)) {
  const [country = '', zone = ''] = entry.split(' ');
  zoneByCountry.set(country, zone);
}

/** Also knows the countries that do not decide, so that "London, Canada" is not taken for the other London. */
const countryByName = new Map<string, string>(Object.entries(OTHER_NAMES));
for (const language of ['en', 'de']) {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  const undecided = ['US', 'CA', 'MX', 'BR', 'CL', 'RU', 'AU', 'ID', 'KZ', 'MN', 'CD', 'EC', 'PG'];
  for (const code of [...zoneByCountry.keys(), ...undecided]) {
    countryByName.set(code.toLowerCase(), code);
    const name = names.of(code);
    if (name !== undefined) countryByName.set(plain(name), code);
  }
}

/** The countries a text may mean; after a city's comma, 'CA' is California as well as Canada. */
function countriesOf(text: string, afterCity: boolean): string[] {
  const name = plain(text);
  const found = new Set<string>();
  const country = countryByName.get(name);
  if (country !== undefined) found.add(country);
  if (afterCity && US_STATES.has(name)) found.add('US');
  if (afterCity && CA_PROVINCES.has(name)) found.add('CA');
  return [...found];
}

function cityOf(name: string): { zone: string; country: string } | undefined {
  const bare = plain(name)
    .replace(/^(?:greater|grossraum) /, '')
    .replace(/ (?:area|metropolitan area)$/, '');
  // 'Muenchen' and 'Koeln' are how a keyboard without umlauts writes them.
  return cities.get(plain(name)) ?? cities.get(bare) ?? cities.get(bare.replace(/([aou])e/g, '$1'));
}

/** What is known of where somebody is. */
export interface Whereabouts {
  zone?: string;
  city?: string;
  country?: string;
  /** E.164. */
  phone?: string;
  /** Of their address at work: where it ends in a country's letters, the company is there. */
  emailDomain?: string;
  ownerZone: string;
}

export type ZoneSource = 'contact' | 'city' | 'country' | 'phone' | 'company' | 'owner';

/**
 * The contact's zone with its source. A city counts only where nothing beside it points to another country
 * ("Paris, TX" is not Paris), a country only where it has one zone; after them the country of the phone number, then that
 * of the company's domain; else the owner's zone stands in.
 */
export function zoneOf(input: Whereabouts): { zone: string; source: ZoneSource } {
  const own = input.zone?.trim() ?? '';
  if (isZone(own)) return { zone: own, source: 'contact' };

  const parts = (input.city ?? '').split(/[,;]/).filter((part) => part.trim() !== '');
  const tail = parts.length > 1 ? countriesOf(parts.at(-1) ?? '', true) : null;
  const country = plain(input.country ?? '') === '' ? null : countriesOf(input.country ?? '', false);
  // A tail nobody knows ("Bavaria") says nothing against a country, but alone it may be Texas.
  const hints = [country, tail?.length === 0 && country !== null ? null : tail].filter(
    (hint) => hint !== null,
  );

  const city = cityOf(parts[0] ?? '');
  if (city && hints.every((codes) => codes.includes(city.country)))
    return { zone: city.zone, source: 'city' };
  const [beside = ''] = parts.slice(1);
  const said = hints.filter((codes) => codes.length > 0);
  const within =
    said.length === 0 ? null : said.reduce((one, other) => one.filter((code) => other.includes(code)));
  const town = zoneOfCity(parts[0] ?? '', { within, region: beside, regionOnly: hints.length > said.length });
  if (town !== null) return { zone: town, source: 'city' };

  const codes = country ?? tail ?? countriesOf(parts[0] ?? '', true);
  const zone = codes.length === 1 ? zoneByCountry.get(codes[0] ?? '') : undefined;
  if (zone !== undefined) return { zone, source: 'country' };
  // Who is somewhere in the United States is not at their German number.
  if (codes.length === 0) {
    const line = zoneByCountry.get(phoneCountry(input.phone));
    if (line !== undefined) return { zone: line, source: 'phone' };
    const company = zoneByCountry.get(domainCountry(input.emailDomain));
    if (company !== undefined) return { zone: company, source: 'company' };
  }
  return { zone: input.ownerZone, source: 'owner' };
}

function phoneCountry(phone: string | undefined): string {
  return phone === undefined ? '' : (parsePhoneNumberFromString(phone)?.country ?? '');
}

/** Letters of a country that are sold to everybody say nothing of where a company is. */
const SOLD = new Set(['CO', 'LI', 'GE', 'AE', 'SG', 'SI']);

function domainCountry(domain: string | undefined): string {
  const letters = /\.([a-z]{2})$/i.exec(domain ?? '')?.[1]?.toUpperCase() ?? '';
  if (letters === 'UK') return 'GB';
  return SOLD.has(letters) ? '' : letters;
}
