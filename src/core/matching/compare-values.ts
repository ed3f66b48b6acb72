/** The comparison of two values of one field, by what the field is. */
import { levels, type Level } from './levels.js';
import { areNicknames } from './nicknames.js';
import { jaroWinkler, slips, slipsAtLeast } from './text-distance.js';
import type { Value } from './values.js';

const { abs, max, min } = Math;

const { differs, somewhat, initial, close, variant, exact } = levels;

/** Slips that one word may have: one from four letters on, two from eight. Of three letters, one makes another name. */
const slipsAllowed = (length: number): number => (length >= 8 ? 2 : length >= 4 ? 1 : 0);

function compareSpelling(a: Value, b: Value): Level {
  const length = max(a.core.length, b.core.length);
  const most = slipsAllowed(length);
  const wider = length >= 9 ? 3 : length >= 5 ? 2 : length >= 3 ? 1 : 0;
  const least = slipsAtLeast(a.mask, b.mask);
  if (least <= wider) {
    const found = slips(a.core, b.core, wider);
    if (found <= most) return close;
    if (found <= wider) return somewhat;
  }
  if (least > 2 || length < 5) return differs;
  return jaroWinkler(a.core, b.core) >= 0.9 ? somewhat : differs;
}

function shareWord(a: Value, b: Value): boolean {
  return a.words.some((word) => word.length >= 3 && b.words.includes(word));
}

/** "Room 12" and "Room 13", "Guest1" and "Guest2": the number is what tells them apart, however alike the rest. */
function numbersDiffer(a: Value, b: Value): boolean {
  const [one, two] = [a, b].map(({ core }) => core.replace(/\D+/g, ' ').trim());
  return one !== '' && two !== '' && one !== two;
}

function compareNames(a: Value, b: Value, isGiven: boolean): Level {
  if (a === b || a.text === b.text) return exact;
  if (numbersDiffer(a, b)) return differs;
  if (a.plain === b.plain) return variant;
  const [firstA = '', firstB = ''] = [a.words[0], b.words[0]];
  if (firstA.length === 1 || firstB.length === 1) {
    if (a.core.length <= 3 || b.core.length <= 3 || a.words.length === 1 || b.words.length === 1)
      return firstA[0] === firstB[0] ? initial : shareWord(a, b) ? variant : differs;
  }
  const several = a.words.length > 1 || b.words.length > 1;
  if (isGiven) {
    if (several && firstA === firstB) return middlesFit(a.words, b.words) ? variant : somewhat;
    if (areNicknames(firstA, firstB)) return variant;
    const [short, long] = firstA.length < firstB.length ? [firstA, firstB] : [firstB, firstA];
    if (short.length >= 3 && long.length - short.length >= 2 && long.startsWith(short)) return close;
  }
  if (several && shareWord(a, b)) return isGiven ? close : variant;
  const level = compareSpelling(a, b);
  if (level === differs && !several && a.core.length >= 4 && a.sound === b.sound) {
    return jaroWinkler(a.core, b.core) >= 0.8 ? somewhat : differs;
  }
  return level;
}

/** Anna and Anna Maria, "Anna M." and "Anna Maria"; but Anna Maria and Anna Lena are sisters. */
function middlesFit(a: readonly string[], b: readonly string[]): boolean {
  const [few, many] = a.length <= b.length ? [a.slice(1), b.slice(1)] : [b.slice(1), a.slice(1)];
  return few.every((word) =>
    many.some((other) => wordsFit(word, other) || word[0] === other || other[0] === word),
  );
}

export const compareGiven = (a: Value, b: Value): Level => compareNames(a, b, true);
export const compareFamily = (a: Value, b: Value): Level => compareNames(a, b, false);

const wordsFit = (a: string, b: string): boolean =>
  a === b || slips(a, b, 1) <= slipsAllowed(min(a.length, b.length));

/** Words that the shorter of two texts shares with the longer, slips allowed, as a share of the shorter's. */
function wordsShared(a: readonly string[], b: readonly string[]): number {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  const left = [...many];
  let shared = 0;
  for (const word of few) {
    const at = left.findIndex((other) => wordsFit(word, other));
    if (at < 0) continue;
    shared += 1;
    left.splice(at, 1);
  }
  return few.length === 0 ? 0 : shared / few.length;
}

/** Cities, titles, streets and any other text of words. */
export function compareText(a: Value, b: Value): Level {
  if (a === b || a.text === b.text) return exact;
  if (a.plain === b.plain) return variant;
  const level = compareSpelling(a, b);
  if (level === close) return close;
  if (a.words.length > 1 || b.words.length > 1) {
    const shared = (a.mask & b.mask) === 0 ? 0 : wordsShared(a.words, b.words);
    if (shared >= 0.6) return shared === 1 && a.words.length === b.words.length ? close : somewhat;
  }
  return level;
}

/** Companies: legal forms are left out already; a domain's label is the name without its spaces, or its first letters. */
export function compareCompany(a: Value, b: Value): Level {
  const level = compareText(a, b);
  if (level >= close) return level;
  const [short, long] = a.core.length <= b.core.length ? [a, b] : [b, a];
  if (short.core.length >= 4 && long.core.startsWith(short.core)) return close;
  if (short.core.length >= 3 && short.words.length === 1 && long.words.length >= 3) {
    if (long.words.map((word) => word[0]).join('') === short.core) return somewhat;
  }
  return level;
}

/** States and countries: short codes, in which one letter is everything. */
export function compareWord(a: Value, b: Value): Level {
  if (a === b || a.text === b.text) return exact;
  if (a.core.length <= 3 || b.core.length <= 3) {
    return a.core.length === b.core.length && a.mask === b.mask ? close : differs;
  }
  return compareSpelling(a, b);
}

/** Postcodes, whose beginning is a region. */
export function compareCode(a: Value, b: Value): Level {
  if (a === b || a.text === b.text) return exact;
  if (slips(a.core, b.core, 1) <= 1) return close;
  if (a.core.length >= 4 && (a.core.slice(0, 3) === b.core.slice(0, 3) || slips(a.core, b.core, 2) <= 2))
    return somewhat;
  return differs;
}

/** House numbers: "12a" and "12", 23 and 32, 12 and 112. */
export function compareNumber(a: Value, b: Value): Level {
  if (a === b || a.text === b.text) return exact;
  const digits = (value: Value): string => value.core.replace(/\D+$/, '');
  if (digits(a) === digits(b) && digits(a) !== '') return variant;
  if (max(a.core.length, b.core.length) >= 2 && slips(a.core, b.core, 1) <= 1) return close;
  return differs;
}

/** Numbers given to one person. */
export function compareId(a: Value, b: Value): Level {
  if (a === b || a.text === b.text) return exact;
  const length = min(a.core.length, b.core.length);
  const found = length < 5 ? 3 : slips(a.core, b.core, 2);
  return found <= 1 ? close : found === 2 && length >= 7 ? somewhat : differs;
}

const DATE = /^(\d{4}|-)-?(\d\d)-(\d\d)$/;
/** A father is rarely younger than that when a child is born: years further apart are no slip of the pen. */
const GENERATION = 14;

/** Birthdays, '1990-03-15' or '--03-15': one digit off, neighbours or day and month swapped. */
export function compareBirthday(a: Value, b: Value): Level {
  if (a === b || a.text === b.text) return exact;
  const [, yearA = '', monthA = '', dayA = ''] = DATE.exec(a.core) ?? [];
  const [, yearB = '', monthB = '', dayB = ''] = DATE.exec(b.core) ?? [];
  if (monthA === '' || monthB === '') {
    // A slip has made no date of it: the digits are compared as they stand, however they were set apart.
    const found = slips(a.core.replace(/\W/g, ''), b.core.replace(/\W/g, ''), 2);
    return found <= 1 ? close : found === 2 ? somewhat : differs;
  }
  const sameDay = monthA === monthB && dayA === dayB;
  if (yearA === '-' || yearB === '-') return sameDay ? variant : differs;
  const apart = abs(Number(yearA) - Number(yearB));
  const isSlip =
    (yearA === yearB && monthA === dayB && dayA === monthB) ||
    slips(yearA + monthA + dayA, yearB + monthB + dayB, 1) <= 1;
  if (isSlip) return apart < GENERATION ? close : somewhat;
  const same = Number(yearA === yearB) + Number(monthA === monthB) + Number(dayA === dayB);
  if (same === 2) return somewhat;
  return same === 1 && slips(yearA + monthA + dayA, yearB + monthB + dayB, 2) <= 2 ? somewhat : differs;
}

/** Ages, told within a year or two of each other; one digit off or two swapped may be a slip, or father and son. */
export function compareAge(a: Value, b: Value): Level {
  if (a === b || a.text === b.text) return exact;
  if (abs(Number(a.core) - Number(b.core)) <= 2) return close;
  return slips(a.core, b.core, 1) <= 1 ? somewhat : differs;
}

/** Telephone numbers with and without the country. */
export function comparePhone(a: Value, b: Value): Level {
  if (a === b || a.text === b.text) return exact;
  const length = min(a.core.length, b.core.length);
  if (length >= 7 && a.core.slice(-min(length, 9)).replace(/^0/, '') === b.core.slice(-min(length, 9)).replace(/^0/, '')) return variant; // prettier-ignore
  return length >= 6 && slips(a.core, b.core, 1) <= 1 ? close : differs;
}

const letters = (text: string): string[] => text.split(/[^a-z]+/).filter((part) => part !== '');

/** "j.doe" and "jane.doe", "jdoe" and "jane.doe": one person's ways to write their address. */
function localsFit(a: string, b: string): boolean {
  const [one, two] = [letters(a), letters(b)];
  const [few, many] = one.length <= two.length ? [one, two] : [two, one];
  const lastFew = few[few.length - 1] ?? '';
  const [firstMany = '', lastMany = ''] = [many[0], many[many.length - 1]];
  if (many.length < 2 || lastMany.length < 3) return false;
  if (few.length === 1)
    return lastFew === firstMany.slice(0, 1) + lastMany || lastFew === firstMany + lastMany;
  const firstFew = few[0] ?? '';
  return (
    lastFew === lastMany && (firstFew.length === 1 || firstMany.length === 1) && firstFew[0] === firstMany[0]
  );
}

/** Addresses: the same; the same before the @, or plainly a slip; a form of the same name at the same house. */
export function compareEmail(a: Value, b: Value): Level {
  if (a === b || a.text === b.text) return exact;
  const [localA = '', domainA = ''] = a.core.split('@');
  const [localB = '', domainB = ''] = b.core.split('@');
  if (localA === localB && localA.length >= 6) return close;
  if (domainA === domainB && localA.length >= 6 && slips(localA, localB, 1) <= 1) return close;
  if (localsFit(localA, localB)) return domainA === domainB ? close : somewhat;
  return differs;
}

/** LinkedIn profiles, events: the same or not. */
export function compareKey(a: Value, b: Value): Level {
  return a === b || a.text === b.text ? exact : differs;
}
