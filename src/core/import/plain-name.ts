/** The name of a row, out of all its columns. */
import { PARTICLES, SMALL_PARTICLES } from './name-words.js';
import { nameOfParts, nameOfWhole } from './names.js';
import type { PersonName } from './records.js';

const WORD = /^[A-Z][a-z]+$/;
interface Parts {
  given: string;
  middle: string;
  family: string;
  prefix: string;
  suffix: string;
}

/** `nameOfParts`, without the long way round where both parts are one plain word. */
export function partsName(parts: Parts): PersonName {
  const { given, middle, family, prefix, suffix } = parts;
  if (middle === '' && prefix === '' && suffix === '' && WORD.test(given) && WORD.test(family)) {
    return { full: `${given} ${family}`, given, family };
  }
  return nameOfParts(parts);
}

/**
 * The name of a row that may have it whole, in parts or both. A whole name is shown where it holds the parts; one turned
 * round ("Doe, Jane"), or an address in its place, is not.
 */
export function rowName(written: string, columns: Parts, isFamilyFirst = false): PersonName {
  const whole = uncounted(written);
  const parts = withParticles(columns);
  if (parts.given === '' && parts.family === '') {
    const name = (isFamilyFirst ? familyFirst(whole) : null) ?? nameOfWhole(whole);
    return parts.prefix === '' ? name : { ...name, prefix: parts.prefix };
  }
  const name = partsName(parts);
  if (whole === '' || whole === name.full || whole.includes('@')) return name;
  const folded = whole.toLowerCase();
  const given = folded.indexOf(parts.given.toLowerCase());
  const family = folded.indexOf(parts.family.toLowerCase());
  const isTurned = /[,،]/.test(whole) && family < given;
  return given < 0 || family < 0 || isTurned ? name : { ...name, full: whole };
}

/** "3. Jane Doe", "'Jane Doe'": the number of the row and the quotes of a program are no part of the name. */
function uncounted(name: string): string {
  if (!/^['"\d]/.test(name)) return name;
  return name
    .replace(/^\d{1,12}[.)]\s+(?=\p{L})/u, '')
    .replace(/^'([^']+)'$/, '$1')
    .replace(/^"((?:[^"]*"[^"]*")*[^"]*)"$/, '$1');
}

/** Dutch lists have a column between the names, of "van der" and its like: it belongs to the family. */
function withParticles(parts: Parts): Parts {
  const { middle, family } = parts;
  const given = uncounted(parts.given);
  const isParticle = (word: string): boolean => {
    const bare = word.replace(/[^\p{L}]/gu, '');
    return word === word.toLowerCase() && (PARTICLES.has(bare) || SMALL_PARTICLES.has(bare));
  };
  if (middle === '' || family === '' || !middle.split(' ').every(isParticle)) return { ...parts, given };
  return { ...parts, given, middle: '', family: `${middle} ${family}` };
}

/** "Иванов Иван Иванович", "Nagy Éva": as the column says; null where more or other words are in it. */
function familyFirst(whole: string): PersonName | null {
  const [family, given, patronymic, ...more] = whole.split(' ');
  if (family === undefined || given === undefined || more.length > 0 || !/^[\p{L}\p{M}'’ -]+$/u.test(whole))
    return null;
  if (patronymic !== undefined && !/(?:вич|вна|ична|ілівна|ович|івна)$/u.test(patronymic)) return null;
  return { ...nameOfParts({ given, family }), full: whole };
}
