import fc from 'fast-check';
import { foldContact, type FoldRecord } from '../core/import/fold.js';
import type { PersonName, Sign } from '../core/import/records.js';
import { saysNothingNew } from './nothing-new.js';

const name = fc.constantFrom<PersonName>(
  { full: 'Jane Doe', given: 'Jane', family: 'Doe' },
  { full: 'J. Doe' },
);
const said = fc.record(
  {
    name,
    company: fc.constantFrom('Lumen', 'Northwind'),
    notes: fc.constantFrom('bees', 'queues'),
    consent: fc.boolean(),
    emails: fc.constantFrom<string[]>(
      [],
      ['jane@example.com'],
      ['JANE@example.com'],
      ['info@example.com', 'jane@example.com'],
    ),
    phones: fc.constantFrom<string[]>([], ['+49301234567']),
    sign: fc.constantFrom<Sign>({ kind: 'scan', at: '2026-11-18' }, { kind: 'listed' }),
  },
  { requiredKeys: ['name', 'emails', 'phones'] },
);
const records = fc.array(said, { minLength: 2, maxLength: 4 }).map((all): FoldRecord[] =>
  all.map((candidate, index) => ({
    id: String(index),
    kind: 'import',
    at: new Date(Date.UTC(2026, 0, 1 + index)),
    candidate,
  })),
);

describe('a row that says nothing new', () => {
  it('changes nothing of the contact', () => {
    let quiet = 0;
    fc.assert(
      fc.property(fc.oneof(records, records.map((all) => all.map((one) => ({ ...one, candidate: all[0]!.candidate })))), (all) => {
        if (!saysNothingNew(all)) return;
        quiet += 1;
        const before = foldContact(all.slice(0, -1));
        const after = foldContact(all);
        expect({ ...after, sources: null }).toEqual({ ...before, sources: null });
      }),
    ); // prettier-ignore
    expect(quiet).toBeGreaterThan(10);
  });

  it('is none where the owner has spoken', () => {
    const [one] = fc.sample(records, 1);
    const same = one!.map((each) => ({ ...each, candidate: one![0]!.candidate }));
    expect(saysNothingNew(same)).toBe(true);
    expect(saysNothingNew([{ ...same[0]!, kind: 'owner' }, ...same.slice(1)])).toBe(false);
  });
});
