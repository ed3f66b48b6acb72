import fc from 'fast-check';
import { comparePeople, matchPeople, type MatchOptions, type MatchPair } from './match-people.js';
import type { MatchPerson } from './person.js';

/** A small generator of numbers, the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}

const GIVEN =
  'Aldo Berit Cosima Darius Elmar Fenja Gesine Hauke Imke Jorun Kasimir Lunja Merle Norwin Odila Piet Quirin Runa Silke Tjark Ulfert Vroni Wiebke Xenja Yorick Zita Anna Maria Michael Jan Peter'.split(' '); // prettier-ignore
const FAMILY =
  'Abendroth Birkwald Claasen Dornfeld Eschbach Finkenau Grabow Hollmann Immendorf Jessen Kranich Lindqvist Morgenthau Nebelung Osterkamp Pohlmann Quast Rosengarten Seewald Thormann Uhlig Vossberg Wiesengrund Zander Ahrendt Brammer Carstens Dittrich Ebeling Friedrichs Gerlach Hinrichs Jacobsen Kettler Lorentz Mangold Niehaus Otten Petersen Rademacher Schomburg Tietjen Volkmer Wendland Ziegler Muller Schmidt'.split(' '); // prettier-ignore
const CITY = 'Altona Brakel Celle Dahme Emden Fulda Goslar Husum Itzehoe Jena Kiel Leer Minden Norden'.split(
  ' ',
);
const COMPANY =
  'Nordwind Optik;Blaukraut Systeme;Quellwerk;Sternfeld Robotik;Hafenlicht;Morgenrot Energie;Wiesel Logistik;Turmfalke Labs'.split(';'); // prettier-ignore
const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;

/** People as a contact list has them, all different. */
function invented(count: number, seed = 11): MatchPerson[] {
  const next = numbers(seed);
  return Array.from({ length: count }, (_each, index) => {
    const given = pick(GIVEN, next(1000));
    const family = pick(FAMILY, next(1000));
    const company = pick(COMPANY, next(1000));
    return {
      id: `p${index}`,
      given,
      family,
      company,
      title: pick(['Engineer', 'Head of Sales', 'Founder', 'Product Manager', 'Designer'], next(1000)),
      city: pick(CITY, next(1000)),
      street: `${pick(['Amselweg', 'Buchenallee', 'Dorfstrasse', 'Eichenweg', 'Feldgasse', 'Gartenstrasse'], next(1000))} ${next(90) + 1}`,
      birthday: `${1950 + next(50)}-${String(next(12) + 1).padStart(2, '0')}-${String(next(28) + 1).padStart(2, '0')}`,
      emails: [`${given}.${family}${index}@mail${next(40)}.example.com`.toLowerCase()],
    };
  });
}

function slip(text: string, next: (below: number) => number): string {
  const at = 1 + next(text.length - 2);
  const kind = next(4);
  if (kind === 0) return text.slice(0, at) + text.slice(at + 1);
  if (kind === 1) return text.slice(0, at) + 'e' + text.slice(at);
  if (kind === 2) return text.slice(0, at) + 'x' + text.slice(at + 1);
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
}

/** The same people once more, each with slips, swaps and gaps. */
function again(people: readonly MatchPerson[], seed: number): MatchPerson[] {
  const next = numbers(seed);
  return people.map((person) => {
    const copy: MatchPerson = { ...person, id: `${person.id}-again` };
    for (const field of ['given', 'family', 'city', 'company', 'street'] as const) {
      const text = copy[field];
      if (text !== undefined && next(4) === 0) copy[field] = slip(text, next);
    }
    if (next(8) === 0) [copy.given, copy.family] = [copy.family, copy.given];
    if (next(3) === 0) delete copy.emails;
    if (next(3) === 0) delete copy.birthday;
    if (next(4) === 0) delete copy.title;
    return copy;
  });
}

function verdictOf(a: Omit<MatchPerson, 'id'>, b: Omit<MatchPerson, 'id'>, among: number): string {
  const people = [...invented(among), { ...a, id: 'x1' }, { ...b, id: 'x2' }];
  const { pairs } = matchPeople(people);
  return pairs.find((pair) => pair.a === 'x1' && pair.b === 'x2')?.verdict ?? 'apart';
}

const home = { street: 'Amselweg 12', city: 'Husum', postcode: '25813' };
const born = { birthday: '1984-02-17' };
const work = { company: 'Quellwerk GmbH', city: 'Leer' };
type Case = [string, Omit<MatchPerson, 'id'>, Omit<MatchPerson, 'id'>];

/** Two people, or perhaps two: never one without asking. */
const TWO: Case[] = [
  ['twins', { given: 'Jonas', family: 'Doe', ...home, ...born }, { given: 'Lena', family: 'Doe', ...home, ...born }],
  ['twins a letter apart', { given: 'Marie', family: 'Doe', ...home, ...born }, { given: 'Maria', family: 'Doe', ...home, ...born }],
  ['twins of one beginning', { given: 'Jan', family: 'Doe', ...home, ...born }, { given: 'Jana', family: 'Doe', ...home, ...born }],
  ['twins with rare names', { given: 'Tarelin', family: 'Doe', ...home, ...born }, { given: 'Tarelan', family: 'Doe', ...home, ...born }],
  ['twins and one telephone', { given: 'Paul', family: 'Doe', ...home, ...born, phones: ['+494411234567'] }, { given: 'Paula', family: 'Doe', ...home, ...born, phones: ['+494411234567'] }],
  ['a couple', { given: 'Jane', family: 'Doe', ...home, phones: ['+494411234567'] }, { given: 'John', family: 'Doe', ...home, phones: ['+494411234567'] }],
  ['a couple of like names', { given: 'Alexander', family: 'Doe', ...home }, { given: 'Alexandra', family: 'Doe', ...home }],
  ['a couple with one address', { given: 'Jane', family: 'Doe', emails: ['doe@example.org'] }, { given: 'John', family: 'Doe', emails: ['doe@example.org'] }],
  ['father and son', { given: 'Karl', family: 'Doe', ...home, birthday: '1951-04-03' }, { given: 'Karl', family: 'Doe', ...home, birthday: '1983-11-20' }],
  ['father and son born on one day', { given: 'Karl', family: 'Doe', ...home, birthday: '1951-04-03' }, { given: 'Karl', family: 'Doe', ...home, birthday: '1981-04-03' }],
  ['a father, and one of whom the birthday is not said', { given: 'Karl', family: 'Doe', ...home, birthday: '1951-04-03' }, { given: 'Karl', family: 'Doe', ...home }],
  ['elder and younger', { given: 'Karl', family: 'Doe', suffix: 'Jr.', ...home }, { given: 'Karl', family: 'Doe', suffix: 'Sr.', ...home }],
  ['an elder, and one of whom it is not said', { full: 'Karl Doe Jr.', ...home }, { full: 'Karl Doe', ...home }],
  ['colleagues of one given name', { given: 'Anna', family: 'Doe', ...work }, { given: 'Anna', family: 'Roe', ...work }],
  ['colleagues of one common name', { given: 'Michael', family: 'Müller', ...work, title: 'Designer' }, { given: 'Michael', family: 'Müller', ...work, title: 'Founder' }],
  ['colleagues of one name and two addresses', { given: 'Tarelin', family: 'Doe', ...work, title: 'Designer', emails: ['t.doe@quellwerk.example.com'] }, { given: 'Tarelin', family: 'Doe', ...work, title: 'Designer', emails: ['doe17@quellwerk.example.com'] }],
  ['sisters with a name in common', { given: 'Anna Maria', family: 'Doe', ...home, ...born }, { given: 'Anna-Lena', family: 'Doe', ...home, ...born }],
  ['colleagues of like family names', { given: 'Anna', family: 'Meyer', ...work, title: 'Designer' }, { given: 'Anna', family: 'Meier', ...work, title: 'Designer' }],
  ['a common name in one city', { given: 'Maria', family: 'Garcia', city: 'Kiel' }, { given: 'Maria', family: 'Garcia', city: 'Kiel' }],
  ['a first name alone', { given: 'Tarelin' }, { given: 'Tarelin' }],
  ['a first name at one company', { given: 'Tarelin', ...work }, { given: 'Tarelin', ...work }],
  ['a full name alone', { given: 'Tarelin', family: 'Dovenbruck' }, { full: 'Tarelin Dovenbruck' }],
  ['a full name and a country', { given: 'Tarelin', family: 'Dovenbruck', country: 'DE' }, { full: 'Tarelin Dovenbruck', country: 'DE' }],
  ['an initial at one house', { given: 'J.', family: 'Doe', ...home }, { given: 'Jane', family: 'Doe', ...home }],
  ['an initial and one birthday', { given: 'J.', family: 'Doe', ...home, ...born }, { given: 'Jane', family: 'Doe', ...home, ...born }],
  ['a guest on the buyer’s address', { full: 'Jane Doe', emails: ['jane@example.org'] }, { full: 'Peter Roe', emails: ['jane@example.org'] }],
  ['an address handed on at work', { full: 'Jane Doe', emails: ['jane@quellwerk.example.com'] }, { full: 'Jane Roe', emails: ['jane@quellwerk.example.com'] }],
  ['a desk', { full: 'Jane Doe', emails: ['info@quellwerk.example.com'] }, { full: 'John Doe', emails: ['info@quellwerk.example.com'] }],
  ['nobody’s address', { ...home, ...born }, { ...home, ...born }],
  ['one family name and birthday at one house', { family: 'Doe', ...home, ...born }, { given: 'Jane', family: 'Doe', ...home, ...born }],
  ['two numbers', { given: 'Tarelin', family: 'Doe', ...home, ...born, ids: ['ssn:7384655'] }, { given: 'Tarelin', family: 'Doe', ...home, ...born, ids: ['ssn:1930272'] }],
  ['colleagues of one common name and title', { given: 'Michael', family: 'Müller', ...work, title: 'Engineer' }, { given: 'Michael', family: 'Müller', ...work, title: 'Engineer' }],
  ['one name at one house, and two ages', { given: 'Karl', family: 'Dovenbruck', ...home, age: '51' }, { given: 'Karl', family: 'Dovenbruck', ...home, age: '31' }],
  ['one name at one house, and two telephones', { given: 'Karl', family: 'Dovenbruck', ...home, phones: ['+494411234567'] }, { given: 'Karl', family: 'Dovenbruck', ...home, phones: ['+4917187654321'] }],
  ['a father, one of whom it is not said, and the telephone of their house', { given: 'Karl', family: 'Doe', ...home, phones: ['+494411234567'], birthday: '1951-04-03' }, { given: 'Karl', family: 'Doe', ...home, phones: ['+494411234567'] }],
  ['two profiles', { full: 'Tarelin Doe', ...work, linkedin: 'tarelin-doe' }, { full: 'Tarelin Doe', ...work, linkedin: 'tarelin-doe-2' }],
]; // prettier-ignore

/** One person, and sure enough not to ask. */
const ONE: Case[] = [
  ['equal throughout', { given: 'Tarelin', family: 'Doe', ...home, ...born }, { given: 'Tarelin', family: 'Doe', ...home, ...born }],
  ['a slip in the family name', { given: 'Tarelin', family: 'Dovenbruck', ...home, ...born }, { given: 'Tarelin', family: 'Dovenbrcuk', ...home, ...born }],
  ['names in each other’s place', { given: 'Tarelin', family: 'Dovenbruck', ...home, ...born }, { given: 'Dovenbruck', family: 'Tarelin', ...home, ...born }],
  ['the family name first', { full: 'Dovenbruck, Tarelin', ...home, ...born }, { full: 'Dr. Tarelin Dovenbruck, PhD', ...home, ...born }],
  ['accents and umlauts', { full: 'Jörg Größler', ...home, ...born }, { full: 'JOERG GROESSLER', ...home, ...born }],
  ['a nickname', { given: 'Bill', family: 'Dovenbruck', ...home, ...born }, { given: 'William', family: 'Dovenbruck', ...home, ...born }],
  ['a doubled name', { given: 'Tarelin', family: 'Dovenbruck-Roe', ...home, ...born }, { given: 'Tarelin', family: 'Dovenbruck', ...home, ...born }],
  ['day and month swapped', { given: 'Tarelin', family: 'Dovenbruck', ...home, birthday: '1984-02-11' }, { given: 'Tarelin', family: 'Dovenbruck', ...home, birthday: '1984-11-02' }],
  ['a birthday with a letter in it', { given: 'Tarelin', family: 'Dovenbruck', ...home, ...born }, { given: 'Tarelin', family: 'Dovenbruck', ...home, birthday: '1984o217' }],
  ['an age told a year later', { given: 'Tarelin', family: 'Dovenbruck', ...home, age: '51' }, { given: 'Tarelin', family: 'Dovenbruck', ...home, age: '52' }],
  ['a birthday without its year', { given: 'Tarelin', family: 'Dovenbruck', ...home, ...born }, { given: 'Tarelin', family: 'Dovenbruck', ...home, birthday: '--02-17' }],
  ['one number, another family name', { given: 'Tarelin', family: 'Dovenbruck', ...born, ids: ['ssn:7384655'] }, { given: 'Tarelin', family: 'Roe', ...born, ids: ['ssn:7384655'] }],
  ['one address, and an initial', { full: 'Tarelin Dovenbruck', emails: ['td@example.org'] }, { full: 'T. Dovenbruck', emails: ['TD@example.org'] }],
  ['a rare name at one company, spelt otherwise', { full: 'Tarelin Dovenbruck', company: 'Quellwerk GmbH', city: 'Leer', title: 'Head of Sales' }, { full: 'Tarelin Dovenbruck', company: 'QuellWerk', city: 'Leer', title: 'Head of sales' }],
]; // prettier-ignore

describe('who is one person', () => {
  describe.each([12, 220])('among %d others', (among) => {
    it.each(TWO)('%s: never merged', (_name, a, b) => {
      expect(verdictOf(a, b, among)).not.toBe('merge');
    });
    it.each(ONE)('%s: merged, or at least asked about', (_name, a, b) => {
      expect(among === 220 ? ['merge'] : ['merge', 'propose']).toContain(verdictOf(a, b, among));
    });
  });

  it('what may be one person is asked about, and not passed over', () => {
    const asked = [
      'an initial at one house',
      'a full name alone',
      'two numbers',
      'a guest on the buyer’s address',
    ];
    const verdicts = TWO.filter(([name]) => asked.includes(name)).map(([, a, b]) => verdictOf(a, b, 220));
    expect(verdicts).toEqual(asked.map(() => 'propose'));
  });

  it('of a house whose people differ in all that is their own, nobody is asked about', () => {
    const one = { given: 'Jonas', family: 'Doe', ...home, birthday: '1984-02-17' };
    const two = { given: 'Lena', family: 'Doe', ...home, birthday: '1981-09-30' };
    expect(verdictOf(one, two, 220)).toBe('apart');
  });

  it('the elder and the younger, each said to be so, are not even asked about', () => {
    const karl = { given: 'Karl', family: 'Dovenbruck', ...home };
    expect(verdictOf({ ...karl, suffix: 'Jr.' }, { ...karl, suffix: 'Sr.' }, 220)).toBe('apart');
    expect(verdictOf({ ...karl, suffix: 'Jr.' }, karl, 220)).toBe('propose');
  });

  it('people who share a company, a city and a first name are not even asked about', () => {
    expect(
      verdictOf(
        { given: 'Anna', family: 'Doe', ...work },
        { given: 'Anna', family: 'Kessler', ...work },
        220,
      ),
    ).toBe('apart');
  });
});

describe('where many are alike', () => {
  it('names that only a number tells apart are not asked about', () => {
    const people = Array.from({ length: 300 }, (_each, index) => ({
      id: `p${index}`,
      full: `Guest${index} Visitor${index}`,
      company: pick(COMPANY, index),
      city: 'Kiel',
      emails: [`guest${index}@mail.example.com`],
    }));
    expect(matchPeople(people).pairs).toEqual([]);
  });

  it('addresses that only say again how alike two names are prove nothing', () => {
    const people = invented(220);
    const named = (id: string, given: string): MatchPerson => ({
      ...{
        id,
        given,
        family: 'Dovenbruck',
        company: 'Quellwerk',
        emails: [`${given}.dovenbruck@example.org`],
      },
    });
    const { pairs } = matchPeople([...people, named('x1', 'Tarelin'), named('x2', 'Tarelon')]);
    const [pair] = pairs.filter(({ a }) => a === 'x1');
    const email = pair?.evidence.find(({ field }) => field === 'email');
    expect([pair?.verdict ?? 'apart', email?.level ?? 'differs']).toEqual(['propose', 'differs']);
  });

  it('of households known by name and address alone, nobody is asked about, and who is there twice is found', () => {
    const bare = ({ id, given, family, city, street }: MatchPerson): MatchPerson => ({
      ...{ id, given, family, city, street },
    });
    const next = numbers(21);
    const people = invented(500, 13).map(bare);
    const spouses = people.slice(0, 200).map((person) => {
      const other = GIVEN.filter((name) => name !== person.given);
      return { ...person, id: `${person.id}-spouse`, given: pick(other, next(1000)) };
    });
    const twice = again(people.slice(300, 400), 17).map(bare);
    const { pairs } = matchPeople([...people, ...spouses, ...twice]);
    expect(F1(pairs, twice.length)).toBeGreaterThan(0.9);
    expect(pairs.filter(({ a, b }) => `${a}-spouse` === b).length).toBeLessThan(15);
  });
});

const F1 = (pairs: readonly MatchPair[], expected: number): number => {
  const right = pairs.filter(({ a, b }) => `${a}-again` === b || `${b}-again` === a).length;
  return (2 * right) / (pairs.length + expected);
};

describe('a list with every fifth person twice', () => {
  const people = invented(700, 5);
  const twice = again(people.slice(0, 140), 9);
  const { pairs, model } = matchPeople([...people, ...twice]);

  it('finds them, and merges none wrongly', () => {
    expect(F1(pairs, twice.length)).toBeGreaterThan(0.97);
    const merged = pairs.filter(({ verdict }) => verdict === 'merge');
    expect(merged.length).toBeGreaterThan(60);
    expect(merged.filter(({ a, b }) => `${a}-again` !== b)).toEqual([]);
  });

  it('by names and city alone too, without merging', () => {
    const bare = ({ id, given, family, city }: MatchPerson): MatchPerson => ({ id, given, family, city });
    const found = matchPeople([...people, ...twice].map(bare)).pairs;
    expect(found.filter(({ verdict }) => verdict === 'merge')).toEqual([]);
  });

  it('learns from them how often each field is wrong', () => {
    expect(model.matches).toBeGreaterThan(125);
    expect(model.matches).toBeLessThan(160);
    const [given, , company] = model.fields;
    // Written: a quarter of the given names and companies have a slip.
    for (const field of [given, company]) expect(field?.m[6]).toBeGreaterThan(0.6);
    for (const { m, u } of model.fields) {
      for (const shares of [m, u]) expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    }
  });

  it('an agreement in a rare value proves more than in a common one', () => {
    const weight = (family: string): number => {
      const one: MatchPerson = { id: 'a', given: 'Aldo', family };
      return (
        comparePeople(one, { ...one, id: 'b' }, model).evidence.find(({ field }) => field === 'family')
          ?.weight ?? 0
      );
    };
    expect(weight('Dovenbruck')).toBeGreaterThan(weight('Uhlig') + 2);
    expect(weight('Uhlig')).toBeGreaterThan(0);
  });

  it('only new people against all: the same pairs of theirs', () => {
    const only = new Set(twice.slice(0, 50).map(({ id }) => id));
    const some = matchPeople([...people, ...twice], { only });
    expect(some.pairs.every(({ a, b }) => only.has(a) || only.has(b))).toBe(true);
    expect(F1(some.pairs, only.size)).toBeGreaterThan(0.95);
    expect(some.looked).toBeLessThan(matchPeople([...people, ...twice]).looked / 2);
  });

  it('in any order, and told alike', () => {
    const next = numbers(3);
    const shuffled = [...people, ...twice]
      .map((person) => ({ person, at: next(1_000_000) }))
      .sort((x, y) => x.at - y.at)
      .map(({ person }) => person);
    expect(matchPeople(shuffled).pairs).toEqual(pairs);
  });
});

describe('one pair', () => {
  const { model } = matchPeople(invented(300));
  const text = fc.option(
    fc.constantFrom('Jane', 'J.', 'jane', 'Jan', 'Doe', 'Dö', 'van Doe', '', ' ', '12', 'Doe, Jane'),
    { nil: undefined },
  );
  const person: fc.Arbitrary<MatchPerson> = fc.record({
    id: fc.constant(''),
    given: text,
    family: text,
    full: text,
    company: text,
    city: text,
    street: text,
    postcode: text,
    birthday: fc.option(fc.constantFrom('1990-03-15', '--03-15', '1990-15-03', 'soon'), { nil: undefined }),
    emails: fc.subarray(['jane@example.org', 'j.doe@example.com', 'info@example.com']),
    ids: fc.subarray(['ssn:12345', 'ssn:12354', '777777']),
  });

  it('is the same from both sides', () => {
    fc.assert(
      fc.property(person, person, (a, b) => {
        const [there, back] = [
          { ...a, id: 'a' },
          { ...b, id: 'b' },
        ];
        const [turned, round] = [
          { ...a, id: 'b' },
          { ...b, id: 'a' },
        ];
        const one = comparePeople(there, back, model);
        const two = comparePeople(turned, round, model);
        expect(two.score).toBeCloseTo(one.score, 9);
        expect(two.verdict).toBe(one.verdict);
        expect(comparePeople(back, there, model)).toEqual(one);
      }),
    );
  });

  it('what one does not say is neither for nor against', () => {
    fc.assert(
      fc.property(person, fc.constantFrom('title', 'country', 'state', 'linkedin'), (a, field) => {
        const bare = { ...a, id: 'a' };
        const one = comparePeople(bare, { ...a, id: 'b' }, model).score;
        expect(comparePeople(bare, { ...a, id: 'b', [field]: 'said' }, model).score).toBe(one);
      }),
    );
  });

  it('whatever is said, the score is a probability and a first name alone does not merge', () => {
    fc.assert(
      fc.property(fc.string(), (given) => {
        const { score, verdict } = comparePeople({ id: 'a', given }, { id: 'b', given }, model);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(verdict).not.toBe('merge');
      }),
    );
  });
});

describe('groups', () => {
  const same = { given: 'Tarelin', family: 'Dovenbruck', ...home };
  const [father, son] = [{ birthday: '1951-04-03' }, { birthday: '1983-11-20' }];
  // The second has both their addresses; the other two are born apart.
  const three: MatchPerson[] = [
    { id: 'x1', ...same, ...father, emails: ['karl@example.org'] },
    { id: 'x2', ...same, emails: ['karl@example.org', 'karl@example.net'] },
    { id: 'x3', ...same, ...son, emails: ['karl@example.net'] },
  ];

  it('two people are not merged by way of a third record', () => {
    const { pairs } = matchPeople([...invented(220), ...three]);
    const merged = pairs.filter(({ verdict }) => verdict === 'merge');
    expect(merged).toHaveLength(1);
    expect(
      pairs.filter(({ a, b }) => a.startsWith('x') && b === 'x3').some(({ verdict }) => verdict === 'merge'),
    ).toBe(merged[0]?.b === 'x3');
  });

  it('what follows from two merges is told as merged', () => {
    const { pairs } = matchPeople([
      ...invented(220),
      ...three.slice(0, 2),
      { id: 'x4', ...same, phones: ['+494411234567'], emails: ['karl@example.net'] },
    ]);
    const merged = pairs.filter(({ verdict }) => verdict === 'merge').map(({ a, b }) => `${a} ${b}`);
    expect(merged.sort()).toEqual(['x1 x2', 'x1 x4', 'x2 x4']);
  });

  it('ids must tell people apart', () => {
    expect(() => matchPeople([{ id: 'a' }, { id: 'a' }])).toThrow(RangeError);
  });
});

describe('the work', () => {
  const looked = (count: number, options: MatchOptions = {}): number => {
    const people = Array.from({ length: count }, (_each, index) => ({
      id: `p${index}`,
      given: 'Jan',
      family: 'Doe',
      city: 'Kiel',
      postcode: `25${100 + (index % 90)}`,
    }));
    return matchPeople(people, options).looked / count;
  };

  it('does not grow with the square, not even where all have one name in one city', () => {
    expect(looked(3000)).toBeLessThan(120);
    expect(looked(3000, { block: 10 })).toBeLessThan(looked(3000, { block: 40 }) - 10);
  });

  it('no people, one person, people of whom nothing is known', () => {
    for (const people of [[], [{ id: 'a' }], [{ id: 'a' }, { id: 'b' }]]) {
      expect(matchPeople(people).pairs).toEqual([]);
    }
  });
});
