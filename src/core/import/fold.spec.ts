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
    consent: fc.boolean(),
    origin: fc.constantFrom('Badge scan', 'Referral', ''),
    event: fc.constantFrom('DevConf', 'OpsDays'),
    priority: fc.constantFrom('hot' as const, 'warm' as const, 'cold' as const),
    form: fc.constantFrom('formal' as const, 'informal' as const),
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

  it('a single record is folded as among others', () => {
    fc.assert(
      fc.property(records, ([one]) => one && expect(foldContact([one])).toEqual(foldContact([one, one]))),
    );
  });

  it('a clear no outweighs every yes of other files, and only the owner can say otherwise', () => {
    const no = record('a', 1, { consent: false });
    const yes = record('b', 9, { consent: true });
    expect(foldContact([yes]).fields.consent).toBe(true);
    expect(foldContact([no, yes])).toMatchObject({ fields: { consent: false }, sources: { consent: 'a' } });
    expect(foldContact([no, yes, record('o', 2, { consent: true }, 'owner')]).fields.consent).toBe(true);
    expect(foldContact([yes, record('o', 2, { consent: false }, 'owner')]).fields.consent).toBe(false);
    expect(foldContact([record('c', 1, { company: 'Lumen' })]).fields.consent).toBeUndefined();
  });

  it('of the newest file the hottest, the newest word of how to address and where from', () => {
    const fold = foldContact([
      record('a', 1, { priority: 'hot', form: 'formal', origin: 'Referral' }),
      record('b', 5, { priority: 'cold', form: 'informal' }),
      record('c', 5, { priority: 'warm', event: 'DevConf' }),
    ]);
    expect(fold.fields).toMatchObject({ priority: 'warm', form: 'informal', origin: 'Referral' });
    expect(fold.sources).toMatchObject({ priority: 'c', form: 'b', origin: 'a' });
    expect(foldContact([record('c', 5, { event: 'DevConf' })]).fields.origin).toBe('DevConf');
    expect(foldContact([record('a', 9, { priority: 'hot' }), record('o', 1, { priority: 'cold' }, 'owner')]).fields.priority).toBe('cold'); // prettier-ignore
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
