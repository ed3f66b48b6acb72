import fc from 'fast-check';
import { foldContact, type FoldRecord } from './fold.js';

const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
const record = (id: string, day: number, candidate: FoldRecord['candidate'], kind: FoldRecord['kind'] = 'import'): FoldRecord => ({ id, kind, at: at(day), candidate }); // prettier-ignore

const word = fc.constantFrom('', 'Lumen', 'lumen', 'Northwind', 'Oslo');
const name = fc.constantFrom(
  { full: 'Jane Doe', given: 'Jane', family: 'Doe' },
  { full: 'J. Doe', given: 'J.', family: 'Doe' },
  { full: 'jane' },
  { full: '' },
);
const said = fc.record(
  {
    name,
    company: word,
    title: word,
    city: word,
    notes: fc.constantFrom('bees', 'queues', ''),
    birthday: fc.constantFrom('--03-15', '1990-03-15', '1991-04-01'),
    linkedin: fc.constantFrom('jane-doe', 'jd'),
    emails: fc.array(fc.constantFrom('jane@example.com', 'JANE@example.com', 'info@example.com'), {
      maxLength: 2,
    }),
    phones: fc.array(fc.constantFrom('+49301234567', '030'), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const records = fc.uniqueArray(
  fc.record({ id: fc.uuid(), kind: fc.constantFrom('import' as const, 'import' as const, 'owner' as const), at: fc.integer({ min: 1, max: 4 }).map(at), candidate: said }),
  { selector: ({ id }) => id, maxLength: 8 },
); // prettier-ignore

describe('a contact is the fold of its source records', () => {
  it('the newest sure value is taken, and what it replaced stays visible', () => {
    const fold = foldContact([
      record('a', 1, {
        name: { full: 'Jane Doe', given: 'Jane', family: 'Doe' },
        emails: ['info@example.com', 'Jane@example.com'],
        company: 'Lumen',
        notes: 'bees',
      }),
      record('b', 2, {
        name: { full: 'J. Doe', given: 'J.', family: 'Doe' },
        emails: ['jane@example.com'],
        company: 'Northwind',
        birthday: '--03-15',
        notes: 'queues',
      }),
      record('c', 1, { birthday: '1990-03-15', company: 'lumen' }),
    ]);
    expect(fold.fields).toEqual({
      name: { full: 'Jane Doe', given: 'Jane', family: 'Doe' },
      emails: ['jane@example.com', 'info@example.com'],
      phones: [],
      company: 'Northwind',
      birthday: '1990-03-15',
      notes: 'bees\nqueues',
    });
    expect(fold.conflicts).toEqual([
      { field: 'name', values: [{ value: 'Jane Doe', sourceId: 'a' }, { value: 'J. Doe', sourceId: 'b' }] },
      { field: 'company', values: [{ value: 'Northwind', sourceId: 'b' }, { value: 'lumen', sourceId: 'c' }] },
    ]); // prettier-ignore
    expect(fold.sources).toMatchObject({ name: 'a', company: 'b', birthday: 'c' });
    expect(fold.identities).toContainEqual({
      kind: 'email',
      value: 'info@example.com',
      canonical: 'info@example.com',
      shared: true,
    });
  });

  it("the owner's empty text clears a field, an import's does not", () => {
    const imported = record('a', 3, { company: 'Lumen', title: 'CTO' });
    const fold = foldContact([
      imported,
      record('b', 4, { company: '' }),
      record('o', 1, { title: '' }, 'owner'),
    ]);
    expect(fold.fields).toMatchObject({ company: 'Lumen' });
    expect(fold.fields.title).toBeUndefined();
  });

  it('nobody knows nothing', () => {
    expect(foldContact([])).toEqual({
      fields: { name: { full: '' }, emails: [], phones: [] },
      identities: [],
      conflicts: [],
      sources: {},
    });
  });

  it('does not depend on the order, nor on a record given twice', () => {
    fc.assert(
      fc.property(
        records.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }))),
        ([list, shuffled]) => expect(foldContact(shuffled)).toEqual(foldContact(list)),
      ),
    ); // prettier-ignore
  });

  it("the owner's last word always wins", () => {
    fc.assert(
      fc.property(records, said, (list, edit) => {
        const { fields } = foldContact([...list, record('owner', 20, edit, 'owner')]);
        for (const field of ['company', 'title', 'city', 'birthday', 'linkedin', 'notes'] as const) {
          if (edit[field] !== undefined) expect(fields[field] ?? '').toBe(edit[field]);
        }
        if (edit.name) expect(fields.name).toEqual(edit.name);
      }),
    );
  });
});
