/** Names of people: their parts, what may stand after "Hi ", and whether two of them can be one person. */
import { oneLine } from '../text.js';
import { foldName, fits } from './name-compare.js';
import { remembered } from './memo.js';
import { bare, isCaps, isNoPerson, personPart, plainName, plainParts, titleCase } from './name-text.js';
import { COMPANY, DOTTED_PREFIXES, DOUBLED, FAMILY_FIRST, INITIAL, LINKS, PARTICLES, PREFIXES, SMALL_PARTICLES, SUFFIXES } from './name-words.js'; // prettier-ignore
import type { PersonName } from './records.js';

function takePrefix(tokens: string[]): string[] {
  const taken: string[] = [];
  for (;;) {
    const token = tokens[0] ?? '';
    const word = bare(token);
    // "Dr. rer. nat."
    const isFaculty = taken.length > 0 && /^[a-zäöü]{1,7}\.$/.test(token);
    const isTitle = PREFIXES.has(word) || (token.endsWith('.') && DOTTED_PREFIXES.has(word)) || isFaculty;
    if (tokens.length === 0 || !isTitle) return taken;
    taken.push(tokens.shift() ?? '');
  }
}

/** "MA", "MS" and "V" are suffixes only as people write them: after a comma, or behind two other names in capitals. */
function takeSuffix(tokens: string[], names = 2): string[] {
  const taken: string[] = [];
  while (
    tokens.length > names &&
    SUFFIXES.has(bare(tokens[tokens.length - 1] ?? '')) &&
    !isName(tokens[tokens.length - 1] ?? '')
  ) {
    taken.unshift(tokens.pop() ?? '');
  }
  return taken;
}

/** "Ma", "Pe" and "Ba" are family names; "MA" and "PhD" are degrees. */
function isName(token: string): boolean {
  return /^\p{Lu}\p{Ll}+$/u.test(token) && !/^(?:Jr|Sr|Esq)$/.test(token);
}

const isParticle = (token: string): boolean =>
  PARTICLES.has(bare(token)) || (token === token.toLowerCase() && SMALL_PARTICLES.has(bare(token)));

const isCapsName = (token: string): boolean => token.length > 1 && isCaps(token) && !INITIAL.test(token);

/** Where the family begins among the words after the first. */
function familyStart(first: string, others: readonly string[]): number {
  const last = others.length - 1;
  const particle = others.findIndex((token, index) => index < last && isParticle(token));
  if (particle >= 0) return particle;
  const link = others.findIndex((token, index) => index > 0 && index < last && token === token.toLowerCase() && LINKS.has(token)); // prettier-ignore
  if (link > 0) return link - 1;
  // "Jeanne DUPONT MARTIN"
  const caps = isCaps(first) ? -1 : others.findIndex(isCapsName);
  if (caps >= 0 && caps < last && others.slice(caps).every(isCapsName)) return caps;
  const isDoubled = last > 0 && DOUBLED.has(bare(others[last - 1] ?? '')) && DOUBLED.has(bare(others[last] ?? '')); // prettier-ignore
  return isDoubled ? last - 1 : last;
}

function divide(tokens: string[]): { given?: string; family?: string } {
  const [first, ...others] = tokens;
  if (first === undefined || others.length === 0) return {};
  // Without spaces between the letters' words the order of the parts cannot be told.
  if (/[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(tokens.join(''))) return {};
  if (first === first.toLowerCase() && isParticle(first)) return { family: tokens.join(' ') };
  // "DUPONT Jean", "VAN DAM Jan", "WANG Xiaoming": the capitals mark the family.
  const given = tokens.findIndex((token) => !isCaps(token));
  if (first.length > 2 && given > 0 && tokens.slice(0, given).every(isCapsName) && !isParticle(tokens[given] ?? '') && tokens.slice(given).every((token) => !isCaps(token)))
    return { given: tokens[given], family: tokens.slice(0, given).join(' ') }; // prettier-ignore
  // "Wang Fang": in such names the family often stands first, and nothing tells whether it does here.
  if (FAMILY_FIRST.has(bare(first))) return {};
  return { given: first, family: others.slice(familyStart(first, others)).join(' ') };
}

/**
 * The parts of a full name: "Dr. Jane Q. Doe, PhD", "Doe, Jane", "JANE DOE". A part that cannot be told is left
 * out; a single word is neither given nor family name.
 */
export function splitName(full: string): Omit<PersonName, 'full'> {
  return plainParts(full) ?? splitAny(full);
}

/** "PMP", "SHRM-SCP": capitals behind the comma of a name that is not itself in capitals. */
function isCredential(part: string, head: string): boolean {
  const tokens = part.split(' ');
  if (tokens.every((token) => SUFFIXES.has(bare(token)))) return true;
  const isMixed =
    head.includes(' ') && head !== head.toUpperCase() && !isParticle(head.split(' ', 1)[0] ?? '');
  return isMixed && tokens.every((token) => /^[A-Z][A-Z0-9.+-]{1,7}$/.test(token));
}

/** "Berg, J. van den", "Berg, van den, J.": where Dutch lists put the particles of the family. */
function takeParticles(tokens: string[]): string[] {
  const taken: string[] = [];
  while (tokens.length > 1 && isSmallParticle(tokens[tokens.length - 1] ?? ''))
    taken.unshift(tokens.pop() ?? '');
  return taken;
}

const isSmallParticle = (token: string): boolean => token === token.toLowerCase() && isParticle(token);

function splitAny(full: string): Omit<PersonName, 'full'> {
  const name = plainName(full);
  if (name === '' || isNoPerson(name)) return {};
  const [head = '', ...tail] = name.split(/\s*[,،]\s*/).filter((part) => part !== '');
  const degrees: string[] = [];
  const rest: string[] = [];
  for (const part of tail) (isCredential(part, head) ? degrees : rest).push(part);
  const particles = rest.length === 2 && (rest[0] ?? '').split(' ').every(isSmallParticle) ? (rest.shift() ?? '') : ''; // prettier-ignore
  if (rest.length > 1) return {};
  const [given] = rest;
  const tokens = (given === undefined ? head : given).split(' ').filter((token) => token !== '');
  const prefix = takePrefix(tokens);
  const suffix = [...takeSuffix(tokens, given === undefined ? 2 : 1), ...degrees];
  let parts: { given?: string; family?: string };
  if (given !== undefined) {
    // "Doe, Jane Q.": what follows the comma is given; "Dr. Doe, Jane" has its title before the family.
    const families = head.split(' ');
    prefix.unshift(...takePrefix(families));
    const before = [...(particles === '' ? [] : [particles]), ...takeParticles(tokens)];
    parts = { given: tokens[0], family: [...before, ...families].join(' ') };
  } else if (tokens.length === 1 && prefix.some((title) => !/^(?:sir|dame|lord|lady)$/.test(bare(title)))) {
    parts = { family: tokens[0] };
  } else {
    parts = divide(tokens);
  }
  const isLower = name === name.toLowerCase();
  const oneCase = isLower || isCaps(name.replace(/\b(?:PhD|Jr|Sr|Dr|Prof)\b\.?/g, ''));
  const result: Omit<PersonName, 'full'> = {};
  const { given: first, family: last } = parts;
  if (first) result.given = oneCase || (isCaps(first) && first.length > 3) ? titleCase(first) : first;
  if (last) {
    // "van dam" keeps its small particle, "VAN DAM" cannot tell.
    const isParticled = isLower && last.includes(' ');
    result.family = (oneCase && !isParticled) || (isCaps(last) && last.length > 2) ? titleCase(last) : last;
  }
  if (prefix.length > 0) result.prefix = prefix.join(' ');
  if (suffix.length > 0) result.suffix = suffix.join(', ');
  return result;
}

/** A name from its one text; "Doe, Jane" is shown as people are spoken of. */
export function nameOfWhole(whole: string): PersonName {
  const split = splitName(whole);
  const { prefix, given, family } = split;
  if (given === undefined || family === undefined) return { full: whole, ...split };
  if (/[,،]/.test(whole)) {
    const at = (part: string): number => whole.toLowerCase().indexOf(part.toLowerCase());
    const last = family.split(' ').pop() ?? '';
    if (at(last) < at(given))
      return { full: [prefix, given, family].filter((part) => part !== undefined).join(' '), ...split };
  }
  // Of "Jane Doe | Acme" the name alone.
  return { full: /[|•·–—-]\s/u.test(whole) ? personPart(whole) : whole, ...split };
}

const EASTERN = /^[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}ー々]+$/u;

/** Whether both parts are in letters of China, Japan or Korea, where the family stands first. */
function isEastern({ given = '', family = '' }: { given?: string; family?: string }): boolean {
  return EASTERN.test(given) && EASTERN.test(family);
}

/**
 * A name out of a table's own columns. The columns' word is taken for what is given and what family; titles before
 * and degrees behind are moved to their places.
 */
export function nameOfParts(parts: {
  given?: string;
  middle?: string;
  family?: string;
  prefix?: string;
  suffix?: string;
}): PersonName {
  const inOrder = isEastern(parts) ? [parts.family, parts.given] : [parts.given, parts.middle, parts.family];
  // 王小明, and 田中 花子 where the family has more letters than one.
  const between = isEastern(parts) && parts.family?.length === 1 ? '' : ' ';
  const full = inOrder.filter((part) => part !== undefined && part !== '').join(between);
  const given = plainName(parts.given ?? '')
    .split(' ')
    .filter((token) => token !== '');
  const [familyText = '', ...degrees] = plainName(parts.family ?? '').split(/\s*,\s*/);
  const family = familyText.split(' ').filter((token) => token !== '');
  const prefix = given.length > 1 ? takePrefix(given) : [];
  const suffix = takeSuffix(family);
  const oneCase = isCaps(full) || full === full.toLowerCase();
  const show = (text: string): string =>
    oneCase || (isCaps(text) && text.length > 3) ? titleCase(text) : text;
  const name: PersonName = { full };
  if (given.length > 0) name.given = show(given.join(' '));
  if (family.length > 0) name.family = family.length > 1 ? family.join(' ') : show(family.join(' '));
  const before = parts.prefix || prefix.join(' ');
  const after = parts.suffix || [...suffix, ...degrees].filter((part) => part !== '').join(', ');
  if (before !== '') name.prefix = before;
  if (after !== '') name.suffix = after;
  return name;
}

/** A given name as it may be said; '' where it is not sure. */
const sayable = remembered(20_000, (given: string): string => {
  if (isNoPerson(given)) return '';
  const tokens = plainName(given)
    .split(' ')
    .filter((token) => token !== '');
  if (tokens.length > 1) takePrefix(tokens);
  while (tokens.length > 1 && INITIAL.test(tokens[tokens.length - 1] ?? '')) tokens.pop();
  const text = tokens.join(' ');
  if (tokens.length === 0 || tokens.length > 2 || tokens.some((token) => INITIAL.test(token))) return '';
  if (!/^[\p{L}\p{M}'’ -]{2,40}$/u.test(text) || !/^\p{L}/u.test(text) || PREFIXES.has(bare(text))) return '';
  // "JD", "BK": initials without their dots.
  if (/^[BCDFGHJKLMNPQRSTVWXZ]{2,3}$/.test(text)) return '';
  return text === text.toLowerCase() || (isCaps(text) && text.length > 2) ? titleCase(text) : text;
});

/** What may stand after "Hi "; null where it is not sure: initials, addresses, digits, companies, a single word. */
export function greetingName(name: PersonName): string | null {
  const plain = plainParts(name.full);
  const given = name.given ?? plain?.given ?? splitName(name.full).given;
  if (given === undefined) return null;
  // Of "Jane Doe - Acme GmbH" the company is not the name.
  if (!plain && COMPANY.test(name.full) && COMPANY.test(personPart(oneLine(name.full.slice(0, 300)))))
    return null;
  const said = sayable(given);
  return said === '' ? null : said;
}

interface Compared {
  given: string[];
  family: string;
  all: string[];
}

function compared(name: PersonName): Compared {
  const plain = plainName(name.full);
  if (isNoPerson(plain)) return { given: [], family: '', all: [] };
  const split = splitName(name.full);
  const tokensOf = (text: string): string[] =>
    foldName(text)
      .split(/[^\p{L}\p{M}]+/u)
      .filter((token) => token !== '');
  const all = tokensOf(plain).filter(
    (token, _i, list) => !(list.length > 1 && (PREFIXES.has(token) || PARTICLES.has(token))),
  );
  const family = name.family ?? split.family;
  const given = name.given ?? split.given;
  const core = (text: string): string => {
    const tokens = tokensOf(text).filter((token, _i, list) => !(list.length > 1 && PARTICLES.has(token)));
    return tokens.join('');
  };
  if (given === undefined || family === undefined)
    return {
      given: given === undefined ? [] : tokensOf(given),
      family: family === undefined ? '' : core(family),
      all,
    };
  // Middle names may be what the other source calls the given name.
  const familyTokens = new Set(tokensOf(family));
  const suffixTokens = new Set(tokensOf(name.suffix ?? split.suffix ?? ''));
  const middles = all.filter((token) => !familyTokens.has(token) && !suffixTokens.has(token));
  return { given: [...new Set([...tokensOf(given), ...middles])], family: core(family), all };
}

const LATIN = /\p{sc=Latin}/u;

/**
 * True only where two names cannot be one person's: the given names do not fit, in this order or the other, with
 * accents, initials, common nicknames, titles and single slips allowed for. Another family name alone is no difference
 * (people marry); the same family name with other given names is one (a couple at one address), unless the given names
 * begin alike. A name that is missing, a company's, in another script, or of one word that fits anything of the other,
 * is never clearly different.
 */
export function namesClearlyDiffer(a: PersonName, b: PersonName): boolean {
  const one = compared(a);
  const two = compared(b);
  if (one.all.length === 0 || two.all.length === 0) return false;
  if (LATIN.test(one.all.join('')) !== LATIN.test(two.all.join(''))) return false;
  const anyFits = (left: string[], right: string[]): boolean =>
    left.some((x) => right.some((y) => fits(x, y)));
  if (one.given.length === 0 || two.given.length === 0 || one.family === '' || two.family === '') {
    return !anyFits(one.all, two.all);
  }
  if (anyFits(one.given, two.given)) return false;
  if (familiesFit(one.family, two.family)) return !beginAlike(one.given, two.given);
  return !(anyFits(one.given, [two.family]) && anyFits(two.given, [one.family]));
}

/** Gabi and Gabriele: short forms that no list of nicknames knows. */
function beginAlike(left: string[], right: string[]): boolean {
  return left.some((x) => x.length >= 3 && right.some((y) => y.startsWith(x.slice(0, 3))));
}

function familiesFit(a: string, b: string): boolean {
  return fits(a, b) || (Math.min(a.length, b.length) >= 4 && (a.includes(b) || b.includes(a)));
}

/** Whether two names are plainly the same full name: given and family both told, and equal but for case and accents. */
export function sameFullName(a: PersonName, b: PersonName): boolean {
  const one = compared(a);
  const two = compared(b);
  if (one.given.length === 0 || two.given.length === 0 || one.family === '' || two.family === '')
    return false;
  return one.given[0] === two.given[0] && one.family === two.family;
}
