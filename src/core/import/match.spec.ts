import { matchByIdentity, type KnownContact } from './match.js';
import { splitName } from './names.js';
import type { Candidate } from './records.js';

const named = (full: string) => ({ full, ...splitName(full) });
const candidate = (full: string, rest: Partial<Candidate> = {}): Candidate => ({
  name: named(full),
  emails: [],
  phones: [],
  ...rest,
});
const known = (contactId: string, full: string, ...identities: [KnownContact['identities'][0]['kind'], string, boolean?][]): KnownContact => ({
  contactId,
  name: named(full),
  identities: identities.map(([kind, canonical, shared = false]) => ({ kind, canonical, shared })),
}); // prettier-ignore

const jane = known('jane', 'Jane Doe', ['email', 'jane@example.com'], ['linkedin', 'jane-doe']);

describe('a row and the people already known', () => {
  it('the same address, however written, or the same profile is the same person', () => {
    expect(matchByIdentity(candidate('Doe, Jane', { emails: ['JANE@Example.com'] }), [jane])).toEqual({
      kind: 'merge',
      contactId: 'jane',
      by: 'email',
      also: [],
      apart: [],
    });
    expect(matchByIdentity(candidate('Jane Berg', { linkedin: 'jane-doe' }), [jane])).toEqual({
      kind: 'merge',
      contactId: 'jane',
      by: 'linkedin',
      also: [],
      apart: [],
    });
    expect(matchByIdentity(candidate('', { emails: ['jane@example.com'] }), [jane]).kind).toBe('merge');
    expect(matchByIdentity(candidate('Jane Doe'), [jane])).toEqual({ kind: 'create', apart: [] });
  });

  it("a guest under the buyer's address is someone else", () => {
    expect(matchByIdentity(candidate('Tom Berg', { emails: ['jane@example.com'] }), [jane])).toEqual({
      kind: 'create',
      apart: [
        {
          contactId: 'jane',
          kind: 'email',
          canonical: 'jane@example.com',
          differ: true,
          why: 'the address jane@example.com is known of Jane Doe, but the names clearly differ',
        },
      ],
    });
  });

  it("a profile pasted into another person's row merges nobody", () => {
    expect(matchByIdentity(candidate('Tom Berg', { linkedin: 'jane-doe' }), [jane])).toMatchObject({
      kind: 'create',
      apart: [
        {
          kind: 'linkedin',
          why: 'the LinkedIn profile jane-doe is known of Jane Doe, but the names clearly differ',
        },
      ],
    });
  });

  it("a desk's or shared address proves nothing, except for the same full name", () => {
    const desk = known('desk', 'Jane Doe', ['email', 'info@example.com', true]);
    const merged = { kind: 'merge', contactId: 'desk', by: 'email', also: [], apart: [] };
    expect(matchByIdentity(candidate('J. Doe', { emails: ['info@example.com'] }), [desk])).toMatchObject({
      kind: 'create',
      apart: [{ differ: false, why: expect.stringContaining('desk') as string }],
    });
    expect(matchByIdentity(candidate('', { emails: ['info@example.com'] }), [desk]).kind).toBe('create');
    expect(matchByIdentity(candidate('DOE, Jane', { emails: ['info@example.com'] }), [desk])).toEqual(merged);
    // The buyer comes again, after a guest has made the address a shared one.
    const shared = [
      known('tom', 'Tom Berg', ['email', 'jane@example.com', true]),
      known('jane', 'Jane Doe', ['email', 'jane@example.com', true]),
    ];
    expect(matchByIdentity(candidate('Jane Doe', { emails: ['jane@example.com'] }), shared)).toMatchObject({
      kind: 'merge',
      contactId: 'jane',
    });
  });

  it('a row that holds what two are known by proves them one; the one by profile stays, else the first', () => {
    const other = known('other', 'J. Doe', ['email', 'jd@example.org']);
    const row = candidate('Jane Doe', {
      emails: ['jd@example.org', 'jane@example.com'],
      linkedin: 'jane-doe',
    });
    expect(matchByIdentity(row, [other, jane])).toEqual({
      kind: 'merge',
      contactId: 'jane',
      by: 'linkedin',
      also: ['other'],
      apart: [],
    });
    expect(matchByIdentity({ ...row, linkedin: undefined }, [other, jane])).toEqual({
      kind: 'merge',
      contactId: 'other',
      by: 'email',
      also: ['jane'],
      apart: [],
    });
  });

  it('it proves nothing of two whose own names clearly differ, nor through a shared address', () => {
    const berg = known('berg', 'Tom Berg', ['email', 'jd@example.org']);
    const named = candidate('Doe', { emails: ['jd@example.org'], linkedin: 'jane-doe' });
    expect(matchByIdentity({ ...named, name: { full: '' } }, [berg, jane])).toMatchObject({
      contactId: 'jane',
      also: [],
      apart: [{ contactId: 'berg', differ: true }],
    });
    const desk = known('desk', 'J. Doe', ['email', 'info@example.com', true]);
    const row = candidate('Jane Doe', { emails: ['info@example.com'], linkedin: 'jane-doe' });
    expect(matchByIdentity(row, [desk, jane])).toMatchObject({ contactId: 'jane', also: [] });
  });

  it('a couple at one address are two', () => {
    expect(matchByIdentity(candidate('John Doe', { emails: ['jane@example.com'] }), [jane]).kind).toBe(
      'create',
    );
  });

  it('a phone merges where both names are told and plainly fit', () => {
    const phone = known('p', 'Jane Doe', ['phone', '+49301234567']);
    const row = (full: string) => matchByIdentity(candidate(full, { phones: ['+49301234567'] }), [phone]);
    expect(row('Jane Doe')).toEqual({ kind: 'merge', contactId: 'p', by: 'phone', also: [], apart: [] });
    expect(row('DOE, Jane')).toMatchObject({ kind: 'merge', by: 'phone' });
    // Nothing is said, too little, or another family name: the owner is asked.
    for (const name of ['', 'Jane', 'Jane Berg']) {
      expect(row(name)).toMatchObject({ kind: 'create', apart: [{ kind: 'phone', differ: false }] });
    }
    expect(row('Tom Berg')).toEqual({ kind: 'create', apart: [] });
    const bare = known('b', '', ['phone', '+49301234567']);
    expect(matchByIdentity(candidate('Jane Doe', { phones: ['+49301234567'] }), [bare]).kind).toBe('create');
  });

  it('a switchboard merges nobody', () => {
    const desk = known('p', 'Jane Doe', ['phone', '+49301234567', true]);
    expect(matchByIdentity(candidate('Jane Doe', { phones: ['+49301234567'] }), [desk])).toEqual({
      kind: 'create',
      apart: [],
    });
  });

  it('what a merged row holds of somebody else is told', () => {
    const tom = known('tom', 'Tom Berg', ['email', 'tb@example.org']);
    const row = candidate('Jane Doe', { emails: ['jane@example.com', 'tb@example.org'] });
    expect(matchByIdentity(row, [jane, tom])).toMatchObject({
      contactId: 'jane',
      apart: [{ contactId: 'tom', canonical: 'tb@example.org', differ: true }],
    });
  });
});
