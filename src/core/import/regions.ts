/** Countries and languages as people write them -> their codes. */
import { getTimezone } from 'countries-and-timezones';
import { getCountries, isSupportedCountry, type CountryCode } from 'libphonenumber-js';
import { remembered } from './memo.js';

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/** Names beside the ones that the runtime's lists give. */
const SPOKEN = `
GB uk greatbritain england scotland wales northernireland grossbritannien grandebretagne granbretana granbretagna ukgb
US usa us unitedstatesofamerica america vereinigtestaatenvonamerika etatsunisdamerique estadosunidosdeamerica statiunitidamerica eeuu eua etatsunis
DE deutschland brd bundesrepublikdeutschland federalrepublicofgermany
NL holland thenetherlands niederlande paysbas
CZ czechrepublic tschechischerepublik czechia republiquetcheque ceskarepublika
KR korea southkorea republicofkorea korearepublicof repofkorea
RU russia russianfederation
TR turkey turkiye
AE uae
HK hongkong
MK macedonia
IE republicofireland eire
CN prc prchina peoplesrepublicofchina mainlandchina
TW taiwanroc taiwanrepublicofchina
VN vietnam
CI ivorycoast
BA bosnia
VA vatican holysee
MD moldova republicofmoldova
IR iran islamicrepublicofiran
SY syria
LA laos
VE venezuela
BO bolivia
TZ tanzania
BN brunei
CV capeverde
SZ swaziland
CD drcongo
ZA rsa
CH confoederatiohelvetica swissconfederation`;

/** ISO 3166-1 alpha-3 of the countries whose first two letters do not tell it, and of some that do. */
const THREE_LETTERS = `
AE ARE,AR ARG,AT AUT,AU AUS,BD BGD,BE BEL,BG BGR,BR BRA,CA CAN,CH CHE,CL CHL,CN CHN,CO COL,CZ CZE,DE DEU,DK DNK,EE EST,
EG EGY,ES ESP,FI FIN,FR FRA,GB GBR,GR GRC,HK HKG,HR HRV,HU HUN,ID IDN,IE IRL,IL ISR,IN IND,IS ISL,IT ITA,JP JPN,KE KEN,
KR KOR,LT LTU,LU LUX,LV LVA,MX MEX,MY MYS,NG NGA,NL NLD,NO NOR,NZ NZL,PE PER,PH PHL,PK PAK,PL POL,PT PRT,RO ROU,RS SRB,
RU RUS,SA SAU,SE SWE,SG SGP,SI SVN,SK SVK,TH THA,TR TUR,TW TWN,UA UKR,US USA,VN VNM,ZA ZAF`;

const IN_LANGUAGES = 'en de fr es it pt nl da sv nb fi pl cs sk hu ro bg el tr ru uk ar he hi zh zh-Hant ja ko hr sl sr et lv lt ca id vi th fa'; // prettier-ignore

let names: Map<string, CountryCode> | undefined;

/** Built once: the regions' names in many languages. Where two languages call two countries alike, the first has it. */
function countryNames(): Map<string, CountryCode> {
  if (names) return names;
  names = new Map();
  const add = (name: string, code: string): void => {
    if (isSupportedCountry(code) && !names?.has(name)) names?.set(name, code);
  };
  for (const line of SPOKEN.trim().split('\n')) {
    const [code = '', ...spoken] = line.split(' ');
    for (const name of spoken) add(name, code);
  }
  for (const pair of THREE_LETTERS.trim().split(/,\s*/)) add(pair.slice(3).toLowerCase(), pair.slice(0, 2));
  for (const language of IN_LANGUAGES.split(' ')) {
    const display = new Intl.DisplayNames(language, { type: 'region' });
    for (const code of getCountries()) add(fold(display.of(code) ?? code), code);
  }
  return names;
}

const regionOfName = remembered(2_000, (country: string): CountryCode | null => {
  const upper = country.trim().toUpperCase();
  if (isSupportedCountry(upper)) return upper;
  const whole = countryNames().get(fold(country));
  // "Germany (DE)"
  return whole ?? countryNames().get(fold(country.replace(/\([^)]*\)/g, ''))) ?? null;
});

/** ISO 3166 code of a country given by code or name; undefined where it is neither. */
export function regionOf(country: string | undefined): CountryCode | undefined {
  if (country === undefined || country === '' || country.length > 60) return undefined;
  return regionOfName(country) ?? undefined;
}

/**
 * ISO 3166 code of the country in which a zone's city lies: 'Europe/Berlin' -> 'DE', though neighbours keep the same
 * time; undefined for zones of no city, and where two countries claim it.
 */
export function regionOfZone(zone: string): string | undefined {
  if (!/^[A-Z][A-Za-z]+\//.test(zone) || /^Etc\/|Simferopol$/.test(zone)) return undefined;
  // The time zone database names the city's own country first.
  return getTimezone(zone)?.countries[0];
}

let languages: Map<string, string> | undefined;

function languageNames(): Map<string, string> {
  if (languages) return languages;
  languages = new Map();
  const codes = 'en de fr es it pt nl da sv nb fi pl cs sk hu ro bg el tr ru uk ar he hi zh ja ko'.split(' ');
  for (const spokenIn of ['en', ...codes]) {
    const display = new Intl.DisplayNames(spokenIn, { type: 'language' });
    for (const code of codes) {
      const name = fold(display.of(code) ?? code);
      if (!languages.has(name)) languages.set(name, code);
    }
  }
  return languages;
}

const codeNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** BCP 47 tag of a language given by tag or name; undefined for anything else. */
export function languageTag(text: string): string | undefined {
  const written = text.trim().replaceAll('_', '-');
  if (written === '' || written.length > 35) return undefined;
  try {
    const [tag] = Intl.getCanonicalLocales(written);
    if (tag !== undefined && codeNames.of(tag.split('-', 1)[0] ?? '') !== undefined) return tag;
  } catch {
    // Not a tag: perhaps a name.
  }
  return languageNames().get(fold(written));
}

const zones = new Map<string, boolean>();

/** The IANA zone as written, where it is one; undefined for offsets, abbreviations and anything else. */
export function zoneName(text: string): string | undefined {
  const zone = text.trim();
  if (zone.length > 64 || !/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(zone)) return undefined;
  let known = zones.get(zone);
  if (known === undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      known = true;
    } catch {
      known = false;
    }
    if (zones.size < 1_000) zones.set(zone, known);
  }
  return known ? zone : undefined;
}
