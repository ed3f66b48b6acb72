/** Countries and languages as people write them -> their codes. */
import { getCountries, isSupportedCountry, type CountryCode } from 'libphonenumber-js';

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

const SPOKEN: Record<string, CountryCode> = {
  uk: 'GB',
  greatbritain: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  northernireland: 'GB',
  usa: 'US',
  america: 'US',
  unitedstatesofamerica: 'US',
  deutschland: 'DE',
  holland: 'NL',
  thenetherlands: 'NL',
  czechrepublic: 'CZ',
  korea: 'KR',
  southkorea: 'KR',
  russia: 'RU',
  turkey: 'TR',
  uae: 'AE',
  hongkong: 'HK',
  macedonia: 'MK',
};

let names: Map<string, CountryCode> | undefined;

/** Built once: the regions' names in the languages our headers are read in. */
function countryNames(): Map<string, CountryCode> {
  if (names) return names;
  names = new Map(Object.entries(SPOKEN));
  for (const language of ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl']) {
    const display = new Intl.DisplayNames(language, { type: 'region' });
    for (const code of getCountries()) {
      const name = fold(display.of(code) ?? code);
      if (!names.has(name)) names.set(name, code);
    }
  }
  return names;
}

/** ISO 3166 code of a country given by code or name; undefined where it is neither. */
export function regionOf(country: string | undefined): CountryCode | undefined {
  if (country === undefined || country.length > 60) return undefined;
  const upper = country.trim().toUpperCase();
  return isSupportedCountry(upper) ? upper : countryNames().get(fold(country));
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
