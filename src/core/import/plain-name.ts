/** The name of a row, out of all its columns. */
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
export function rowName(whole: string, parts: Parts, isFamilyFirst = false): PersonName {
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

/** "Иванов Иван Иванович", "Nagy Éva": as the column says; null where more or other words are in it. */
function familyFirst(whole: string): PersonName | null {
  const [family, given, patronymic, ...more] = whole.split(' ');
  if (family === undefined || given === undefined || more.length > 0 || !/^[\p{L}\p{M}'’ -]+$/u.test(whole))
    return null;
  if (patronymic !== undefined && !/(?:вич|вна|ична|ілівна|ович|івна)$/u.test(patronymic)) return null;
  return { ...nameOfParts({ given, family }), full: whole };
}
