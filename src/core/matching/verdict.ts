/** What a pair may be merged by. The score says how likely it is; this says what must be there, and what must not. */
import { levels } from './levels.js';
import type { Look } from './look.js';
import { shareOf, type MatchModel } from './model.js';
import { isKnownGiven } from './nicknames.js';
import { SLOT, type Prepared } from './person.js';
import { slips } from './text-distance.js';
import type { Value } from './values.js';

const { missing, differs, somewhat, initial, close, variant, exact } = levels;

/**
 * Bits of surprise in a full name, from which colleagues of that name are not expected: one in 100,000 people in one
 * city, and one in 8,000 where they also do the same work.
 */
const RARE_NAME = { city: 17, title: 13 } as const;

/** Persons who bear a name, from which another name a letter away is no slip of the pen but a name. */
const BORNE = 3;

/** Whether there is nothing to ask about: each says of themselves which of two of one name they are. */
export function plainlyTwo(a: Prepared, b: Prepared): boolean {
  return a.generation !== null && b.generation !== null && a.generation !== b.generation;
}

/** Why two records are plainly two people's, or may well be; null where nothing says so. */
export function contradiction(look: Look, a: Prepared, b: Prepared): string | null {
  const at = (slot: number): number => look.levels[slot] ?? missing;
  const [given, birthday, ids] = [at(SLOT.given), at(SLOT.birthday), at(SLOT.ids)];
  if (given === differs || given === somewhat) return 'the given names differ';
  if (at(SLOT.family) === differs && at(SLOT.ids) !== exact && at(SLOT.linkedin) !== exact)
    return 'the family names differ';
  if (birthday === differs || birthday === somewhat) return 'the birthdays differ';
  if (ids === differs || ids === somewhat) return 'the numbers differ';
  if (at(SLOT.age) === differs || at(SLOT.age) === somewhat) return 'the ages differ';
  if (at(SLOT.linkedin) === differs) return 'the profiles differ';
  if (a.generation !== b.generation) return 'one is the elder or the younger';
  if (at(SLOT.email) === differs && sameEmployersMail(a, b)) return 'the addresses at one company differ';
  return null;
}

/** Two addresses at one house of its own: there two addresses are two people, unless they are one name written two ways. */
function sameEmployersMail(a: Prepared, b: Prepared): boolean {
  return a.domain !== null && a.domain === b.domain;
}

/** Whether the pair may be merged, given that its score is high enough: who it is must be proved by more than a name. */
export function mayMerge(model: MatchModel, look: Look, a: Prepared, b: Prepared): boolean {
  if (contradiction(look, a, b) !== null) return false;
  const at = (slot: number): number => look.levels[slot] ?? missing;
  const [given, family, birthday] = [at(SLOT.given), at(SLOT.family), at(SLOT.birthday)];
  // What people of one house have in common.
  const place = at(SLOT.city) >= close || at(SLOT.postcode) >= close;
  const sameHouse =
    Math.max(at(SLOT.street), at(SLOT.street2)) >= close &&
    at(SLOT.number) !== differs &&
    at(SLOT.street) !== differs &&
    (place || at(SLOT.number) >= variant);
  // A birthday or an age that only one of them tells leaves open whether it is the father or the son.
  const isTold = (slot: number): boolean =>
    at(slot) !== missing || (a.slots[slot] === null && b.slots[slot] === null);
  const oneLife = birthday !== missing || (isTold(SLOT.birthday) && isTold(SLOT.age));
  const born = birthday === exact || birthday === close;
  // So do two telephones; and one telephone is the house's.
  const house = sameHouse && oneLife && (born || at(SLOT.phone) !== differs);
  const phone = at(SLOT.phone) >= variant && (oneLife || !sameHouse);
  const work =
    at(SLOT.company) >= variant &&
    family >= variant &&
    (at(SLOT.title) >= close
      ? isRareName(model, look, RARE_NAME.title)
      : at(SLOT.title) !== differs && at(SLOT.city) >= close && isRareName(model, look, RARE_NAME.city));
  const shared = Number(house) + Number(phone) + Number(born) + Number(work);
  if (given === missing && family === missing) return false;
  // What belongs to one person alone. An address may be handed on at work, a number is not.
  if (at(SLOT.ids) === exact || at(SLOT.linkedin) === exact) return given !== initial || family >= close;
  if (at(SLOT.email) === exact) return family >= close || (family === missing && given !== initial);
  if (given === missing) return false;
  if (family === missing) return given === exact && born && house;
  if (family < close || given === initial) return false;
  if (given === exact) return shared > 0;
  const [left, right] = [look.left[SLOT.given], look.right[SLOT.given]];
  if (!left || !right) return false;
  if (given === variant) return isOneName(left, right) && (born ? shared > 0 : phone || work || shared > 1);
  return shared > 1 && isSlip(model, left, right);
}

/** Bill and William, Jörg and Joerg; but Maria and Marie, Jan and Jana may be brother and sister. */
function isOneName(a: Value, b: Value): boolean {
  return a.plain === b.plain || a.words[0] === b.words[0] || slips(a.core, b.core, 2) > 2;
}

function isRareName(model: MatchModel, look: Look, least: number): boolean {
  const bits = [SLOT.given, SLOT.family].reduce((sum, slot) => {
    const [left, right] = [look.left[slot], look.right[slot]];
    if (!left || !right) return sum;
    return sum - Math.log2(Math.max(shareOf(model, slot, left), shareOf(model, slot, right)));
  }, 0);
  return bits >= least;
}

/**
 * Whether one of two given names is the other with a slip, and not a name of its own: twins are called Marie and
 * Maria, Jan and Jana. A slip inside a longer word, which makes a word that nobody is called.
 */
function isSlip(model: MatchModel, a: Value, b: Value): boolean {
  const isName = (value: Value): boolean => isKnownGiven(value.words[0] ?? '') || value.count >= BORNE;
  if (isName(a) === isName(b)) return false;
  const [one, two] = [a.core, b.core];
  if (Math.min(one.length, two.length) < 5 || one[0] !== two[0]) return false;
  return one.slice(-2) === two.slice(-2) && model.persons >= 200;
}
