/**
 * What matching costs as people grow: 10,000, 50,000 and 200,000 invented people, every tenth of them twice with slips.
 * Prints the time for each person and its ratio; asserts nothing. Needs the build: npm run build && node bench/match.mjs
 */
import { matchPeople } from '../dist/core/matching/match-people.js';

let state = 7;
const below = (n) => (state = (state * 48_271) % 2_147_483_647) % n;
/** Few are common, most are rare, as names are. */
const zipf = (n) => Math.floor(n ** ((below(1e6) + 1) / 1e6)) - 1;
const SYLLABLES = 'ba be bo da de do fa fe fi ga go ha he ka ke ko la le li lo ma me mi na ne ni no pa pe ra re ri ro sa se ta te ti to va ve wa za an en or is el um'.split(' '); // prettier-ignore
const word = (n, least = 2) => {
  let text = '';
  for (let i = 0, x = n * 7919 + 13; i < least + (n % 2); i += 1, x = Math.floor(x / 7) + n)
    text += SYLLABLES[x % SYLLABLES.length];
  return text;
};

function person(id) {
  const day = below(28) + 1;
  const month = below(12) + 1;
  const company = zipf(20_000);
  return {
    id,
    given: word(zipf(3_000)),
    family: word(zipf(40_000), 3),
    company: `${word(company, 3)} gmbh`,
    title: `${word(zipf(300))} ${word(zipf(40))}`,
    city: word(zipf(2_000), 3),
    birthday:
      below(3) === 0
        ? `${1940 + below(65)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
        : undefined,
    emails: below(2) === 0 ? [`${word(below(1e6), 3)}${below(1000)}@${word(company, 3)}.example.com`] : [],
  };
}

function slip(text) {
  const at = below(text.length);
  return text.slice(0, at) + SYLLABLES[below(SYLLABLES.length)][0] + text.slice(at + below(2));
}

function withSlips(original, id) {
  const copy = { ...original, id };
  const field = ['given', 'family', 'company', 'city'][below(4)];
  copy[field] = slip(copy[field]);
  if (below(3) === 0) copy.title = undefined;
  if (below(2) === 0) copy.emails = [];
  return copy;
}

const costs = [];
for (const size of [10_000, 50_000, 200_000]) {
  state = size;
  const people = [];
  while (people.length < size) {
    const one = person(`p${people.length}`);
    people.push(one);
    if (below(10) === 0) people.push(withSlips(one, `${one.id}-again`));
  }
  const begun = performance.now();
  const { pairs, looked } = matchPeople(people);
  const took = performance.now() - begun;
  const right = pairs.filter(({ a, b }) => a.split('-')[0] === b.split('-')[0]);
  const merged = pairs.filter(({ verdict }) => verdict === 'merge');
  const wrong = merged.filter((pair) => !right.includes(pair)).length;
  const all = people.filter(({ id }) => id.endsWith('again')).length;
  costs.push(took / people.length);
  console.log(
    `${people.length.toLocaleString('en')} people: ${(took / 1000).toFixed(1)} s, ` +
      `${(looked / people.length).toFixed(0)} pairs looked at for each, ${pairs.length} told (${merged.length} to merge, ` +
      `${wrong} of them wrong), F1 ${((2 * right.length) / (pairs.length + all)).toFixed(3)}, ` +
      `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`,
  );
}
console.log(`time for each person, 200,000 against 10,000: ${(costs[2] / costs[0]).toFixed(2)}`);
