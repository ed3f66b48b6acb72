import fc from 'fast-check';
import { greetingName, nameOfParts, namesClearlyDiffer, splitName } from './names.js';

const named = (full: string) => ({ full, ...splitName(full) });

describe('the parts of a name', () => {
  it.each([
    ['Jane Doe', { given: 'Jane', family: 'Doe' }],
    ['Dr. Jane Q. Doe, PhD', { given: 'Jane', family: 'Doe', prefix: 'Dr.', suffix: 'PhD' }],
    ['Doe, Jane', { given: 'Jane', family: 'Doe' }],
    ['DOE, JANE', { given: 'Jane', family: 'Doe' }],
    ["JANE O'NEIL-MCKAY", { given: 'Jane', family: "O'Neil-McKay" }],
    ['jane doe', { given: 'Jane', family: 'Doe' }],
    ['Ludwig van Beethoven', { given: 'Ludwig', family: 'van Beethoven' }],
    ['Prof. Dr. Uta von der Heide', { given: 'Uta', family: 'von der Heide', prefix: 'Prof. Dr.' }],
    ['DUPONT Jeanne', { given: 'Jeanne', family: 'Dupont' }],
    ['Jeanne DUPONT', { given: 'Jeanne', family: 'Dupont' }],
    ['Yo-Yo Ma', { given: 'Yo-Yo', family: 'Ma' }],
    ['Jane Doe (she/her) 🚀', { given: 'Jane', family: 'Doe' }],
    ['Herr Schmidt', { family: 'Schmidt', prefix: 'Herr' }],
    ['BO LI', { given: 'Bo', family: 'Li' }],
    ['WANG Fang', { given: 'Fang', family: 'Wang' }],
    ['Wang Fang', {}],
    ['Jane', {}],
    ['Lumen Systems GmbH', {}],
    ['Jane Doe | Lumen', { given: 'Jane', family: 'Doe' }],
    ['Jane Doe - Lumen GmbH', { given: 'Jane', family: 'Doe' }],
    ['Berlin Office - Lumen GmbH', {}],
    ['Jane Doe (Lumen)', { given: 'Jane', family: 'Doe' }],
    ['Jane Doe she/her', { given: 'Jane', family: 'Doe' }],
    ['Jane Doe, PMP, SHRM-SCP', { given: 'Jane', family: 'Doe', suffix: 'PMP, SHRM-SCP' }],
    ['Doe, Jane Jr.', { given: 'Jane', family: 'Doe', suffix: 'Jr.' }],
    ['Dr. rer. nat. Uta Klein', { given: 'Uta', family: 'Klein', prefix: 'Dr. rer. nat.' }],
    ['Sig Berg', { given: 'Sig', family: 'Berg' }],
    ['Sig. Berg', { family: 'Berg', prefix: 'Sig.' }],
    ['Berg, J. van den', { given: 'J.', family: 'van den Berg' }],
    ['Berg, van den, Jan', { given: 'Jan', family: 'van den Berg' }],
    ["Jan in 't Veld", { given: 'Jan', family: "in 't Veld" }],
    ['José García López', { given: 'José', family: 'García López' }],
    ['José Ortega y Gasset', { given: 'José', family: 'Ortega y Gasset' }],
    ['Omar bin al Khatib', { given: 'Omar', family: 'bin al Khatib' }],
    ['VAN DAM Jan', { given: 'Jan', family: 'Van Dam' }],
    ['Jeanne DUPONT MARTIN', { given: 'Jeanne', family: 'Dupont Martin' }],
    ['𝐉𝐚𝐧𝐞 𝐃𝐨𝐞', { given: 'Jane', family: 'Doe' }],
    ['Jane Bank', {}],
    ['Dr Doe', { family: 'Doe', prefix: 'Dr' }],
    ['Jo & Ann Berg', {}],
    ['jane@example.com', {}],
    ['李 小明', {}],
    ['', {}],
  ])('%s', (full, parts) => expect(splitName(full)).toEqual(parts));

  it('come from columns as the file has them, with degrees in their place', () => {
    expect(nameOfParts({ given: 'Dr. Jane', family: 'Doe, PhD, MBA' })).toEqual({
      full: 'Dr. Jane Doe, PhD, MBA', given: 'Jane', family: 'Doe', prefix: 'Dr.', suffix: 'PhD, MBA',
    }); // prettier-ignore
    expect(nameOfParts({ given: '花子', family: '田中' }).full).toBe('田中 花子');
    expect(nameOfParts({ given: '小明', family: '王' }).full).toBe('王小明');
    expect(nameOfParts({ given: 'MARY ANN', family: 'LEE' })).toEqual({
      full: 'MARY ANN LEE',
      given: 'Mary Ann',
      family: 'Lee',
    });
  });
});

describe('after "Hi "', () => {
  it.each([
    [{ full: 'Jane Doe', given: 'Jane' }, 'Jane'],
    [{ full: 'JANE DOE' }, 'Jane'],
    [{ full: 'Jane Doe - Lumen GmbH' }, 'Jane'],
    [{ full: 'x', given: 'jean-luc' }, 'Jean-Luc'],
    [{ full: 'x', given: 'Jane Q.' }, 'Jane'],
    [{ full: 'x', given: 'Mary Ann' }, 'Mary Ann'],
    [{ full: 'x', given: 'Dr. Jane' }, 'Jane'],
    [{ full: 'x', given: 'Zoë' }, 'Zoë'],
  ])('%j', (name, greeting) => expect(greetingName(name)).toBe(greeting));

  it.each(['J.', 'J', 'J. R.', 'J.R.', 'JD', 'jane42', 'jane@example.com', 'Lumen GmbH', 'Info', 'Team', '', 'LinkedIn', 'Dr.', '{{first_name}}', 'J. Robert', '-'])(
    'nothing for %j', (given) => expect(greetingName({ full: given, given })).toBeNull(),
  ); // prettier-ignore

  it("nothing for a single word, and nothing in a company's name", () => {
    expect(greetingName({ full: 'Acme' })).toBeNull();
    expect(greetingName({ full: 'Lumen Group Ltd', given: 'Lumen' })).toBeNull();
  });

  it('is letters only, whatever the name', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('', '.', '-', '’', '1', ' ', '<', '{{'),
    );
    const word = fc
      .tuple(
        fc.constantFrom('Ada', 'Zoë', 'Mary', 'Ng', '', 'Łukasz', '李'),
        odd,
        fc.constantFrom('', 'Lou', 'B'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(word, word, word, (full, given, family) => {
        for (const name of [{ full }, { full, given }, { full: `${given} ${family}` }]) {
          const greeting = greetingName(name);
          if (greeting !== null) expect(greeting).toMatch(/^\p{L}[\p{L}\p{M}'’ -]{1,39}$/u);
        }
      }),
    );
  });
});

describe('names that clearly differ', () => {
  it.each([
    ['Jane Doe', 'Tom Berg'],
    ['Jane', 'Tom Berg'],
    ['Jane', 'Tom'],
    ['Doe, Jane', 'Dr. Tom Berg, PhD'],
    ['Maria van Dam', 'Peter van Gogh'],
    ['Jane Doe', 'John Doe'],
    ['Pál Kovács', 'Réka Kovács-Tóth'],
  ])('%s and %s', (a, b) => {
    expect(namesClearlyDiffer(named(a), named(b))).toBe(true);
    expect(namesClearlyDiffer(named(b), named(a))).toBe(true);
  });

  it.each([
    ['Jane Doe', 'JANE DOE'],
    ['Jane Doe', 'Doe, Jane'],
    ['Jane Doe', 'Doe Jane'],
    ['Jane Doe', 'J. Doe'],
    ['Jane Doe', 'Jane Berg'],
    ['Jane Doe', 'Jane'],
    ['Jane Doe', 'Doe'],
    ['Jane Doe', ''],
    ['Jane Doe', 'jane@example.com'],
    ['Jane Doe', 'Lumen GmbH'],
    ['Bill Gray', 'William Grey-Stone'],
    ['Gabi Meyer', 'Gabriele Meyer'],
    ['Jörg Müller', 'Joerg Mueller'],
    ['José García', 'Jose Garcia Lopez'],
    ['Prof. Dr. Uta Klein', 'Uta Gross'],
    ['Robert James Fox', 'James Wolf'],
    ['Мария Иванова', 'Maria Ivanova'],
    ['Jonathan Smiht', 'Jonathn Smith'],
  ])('not %s and %s', (a, b) => {
    expect(namesClearlyDiffer(named(a), named(b))).toBe(false);
    expect(namesClearlyDiffer(named(b), named(a))).toBe(false);
  });

  it('are never one and the same, and the order of asking does not matter', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('Jane Doe', 'Doe, Jane', 'Tom Berg', 'T. Berg', 'VAN Dam Bo'),
    );
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(namesClearlyDiffer(named(a), named(a))).toBe(false);
        expect(namesClearlyDiffer(named(a), named(b))).toBe(namesClearlyDiffer(named(b), named(a)));
      }),
    );
  });
});
