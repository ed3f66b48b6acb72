import cityTimezones, { type CityData } from 'city-timezones';
import { isZone } from './zone.js';

/** A place of that name is meant where it has this many times the people of any other. */
const CLEARLY_LARGER = 5;
/** And is a large town: of a village's name nobody knows all the bearers. */
const LARGE = 300_000;

let byName: Map<string, CityData[]> | undefined;

/** Built once, of seven thousand towns. */
function cities(): Map<string, CityData[]> {
  if (byName) return byName;
  byName = new Map();
  for (const city of cityTimezones.cityMapping) {
    for (const name of new Set([plain(city.city), plain(city.city_ascii)])) {
      const alike = byName.get(name);
      if (alike) alike.push(city);
      else byName.set(name, [city]);
    }
  }
  return byName;
}

/** Lower case, without accents and full stops, single spaces. */
export function plain(text: string): string {
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return bare.replace(/ß/g, 'ss').replace(/ø/g, 'o').replace(/\./g, '').replace(/\s+/g, ' ').trim();
}

/**
 * The IANA zone of a town; null where towns of that name lie in several zones and none is clearly meant. `within`: countries,
 * ISO 3166-1 alpha-2, in one of which it lies, or null; `region`: the state or province beside it, in words, which counts
 * only where we know it; `regionOnly`: nothing else tells where it lies, so it must be known.
 */
export function zoneOfCity(
  name: string,
  { within, region, regionOnly }: { within: readonly string[] | null; region: string; regionOnly: boolean },
): string | null {
  const alike = (cities().get(plain(name)) ?? []).filter(({ timezone }) => isZone(timezone));
  const inCountry = within === null ? alike : alike.filter(({ iso2 }) => within.includes(iso2));
  const inRegion = inCountry.filter(
    ({ province }) => region !== '' && plain(province ?? '') === plain(region),
  );
  if (inRegion.length === 0 && regionOnly) return null;
  const meant = inRegion.length > 0 ? inRegion : inCountry;
  const [largest] = [...meant].sort((a, b) => b.pop - a.pop);
  if (!largest) return null;
  // A name that one small town bears in our list may be borne by others that it leaves out.
  const placed = within !== null || inRegion.length > 0;
  if (!placed && largest.pop < LARGE) return null;
  const others = meant.filter(({ timezone }) => timezone !== largest.timezone);
  const clear = others.every(({ pop }) => largest.pop >= LARGE && largest.pop >= pop * CLEARLY_LARGER);
  return clear ? largest.timezone : null;
}
