import fc from 'fast-check';
import { FRESH_DAYS, positionChange, sameCompany, sameTitle, type PositionRecord } from './positions.js';

const NOW = new Date('2026-11-23T09:00:00Z');
const record = (
  id: string,
  candidate: PositionRecord['candidate'],
  more: Partial<PositionRecord> = {},
): PositionRecord => ({ id, kind: 'import', at: new Date('2026-01-10T12:00:00Z'), candidate, ...more });
const scan = (at: string) => ({ sign: { kind: 'scan' as const, at } });

describe('a position that differs from what was said before', () => {
  const before = [record('a', { company: 'Lumen Works', title: 'Engineer' })];

  it('with dated evidence of at most 60 days it is a candidate, else a question', () => {
    const said = (at?: string) =>
      positionChange(before, record('b', { company: 'Northwind', title: 'CTO', ...(at && scan(at)) }), NOW);
    expect(said('2026-11-19')).toEqual({
      companyBefore: 'Lumen Works',
      titleBefore: 'Engineer',
      company: 'Northwind',
      title: 'CTO',
      seenOn: '2026-11-19',
      state: 'candidate',
    });
    expect(said('2026-11-19T08:00:00Z')).toMatchObject({ seenOn: '2026-11-19', state: 'candidate' });
    expect(said('2026-09-24')?.state).toBe('candidate');
    expect(said('2026-09-23')?.state).toBe('question');
    expect(said()).toMatchObject({ seenOn: null, state: 'question' });
  });

  it('the date of a LinkedIn connection dates no position', () => {
    const linked = record('b', { company: 'Northwind', sign: { kind: 'connection', at: '2026-11-19' } });
    expect(positionChange(before, linked, NOW)).toMatchObject({ seenOn: null, state: 'question' });
  });

  it('older evidence changes nothing, nor does what was said before and is dated by nothing', () => {
    const dated = [...before, record('c', { company: 'Northwind', ...scan('2026-11-19') })];
    expect(
      positionChange(dated, record('d', { company: 'Tideline', ...scan('2026-11-18') }), NOW),
    ).toBeNull();
    expect(positionChange(dated, record('d', { company: 'Lumen Works' }), NOW)).toBeNull();
    // Back again, and seen so.
    expect(
      positionChange(dated, record('d', { company: 'Lumen Works', ...scan('2026-11-20') }), NOW),
    ).toMatchObject({ companyBefore: 'Northwind', titleBefore: 'Engineer', state: 'candidate' });
  });

  it('what was not told before is no change, and the owner is not asked about their own word', () => {
    expect(
      positionChange([record('a', { city: 'Oslo' })], record('b', { company: 'Lumen' }), NOW),
    ).toBeNull();
    expect(
      positionChange([record('a', { company: 'Lumen' })], record('b', { title: 'CTO' }), NOW),
    ).toBeNull();
    expect(positionChange(before, record('b', { company: 'Northwind' }, { kind: 'owner' }), NOW)).toBeNull();
    expect(positionChange([], record('b', { company: 'Northwind' }), NOW)).toBeNull();
  });

  it('a day that is none, or lies ahead, is no evidence', () => {
    expect(positionChange(before, record('b', { company: 'N', ...scan('2026-13-40') }), NOW)?.state).toBe('question'); // prettier-ignore
    expect(positionChange(before, record('b', { company: 'N', ...scan('2027-01-01') }), NOW)?.state).toBe('question'); // prettier-ignore
  });

  it('a candidate always has a day within the limit, whatever the records', () => {
    const word = fc.constantFrom('Lumen', 'Northwind', 'Tideline', 'Harbour Light');
    const sign = fc.record({
      kind: fc.constantFrom('scan' as const, 'listed' as const, 'connection' as const),
      at: fc.constantFrom('2026-11-01', '2026-11-20', '2024-05-05', '2026-09-30T10:00:00Z'),
    });
    const any = fc
      .tuple(fc.uuid(), fc.record({ company: word, title: word, sign }, { requiredKeys: [] }))
      .map(([id, candidate]) => record(id, candidate));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), any, (earlier, said) => {
        const change = positionChange(earlier, said, NOW);
        if (change?.state !== 'candidate') return;
        const age = (NOW.getTime() - Date.parse(change.seenOn ?? '')) / 86_400_000;
        expect(age).toBeGreaterThanOrEqual(-1);
        expect(age).toBeLessThan(FRESH_DAYS + 1);
        expect(said.candidate.sign?.kind).not.toBe('connection');
      }),
    );
  });
});

describe('two spellings of one position', () => {
  it.each([
    ['Acme GmbH', 'ACME', true],
    ['Acme, Inc.', 'Acme Ltd', true],
    ['Müller & Söhne KG', 'Muller Sohne', true],
    ['Acme', 'Acme Robotics', true],
    ['Northwind', 'Nortwhind', true],
    ['Acme', 'Apex', false],
    ['SAP', 'Sapient', false],
    ['Acme Robotics', 'Acme Foods', false],
  ])('company %s / %s: %s', (a, b, same) => {
    expect([sameCompany(a, b), sameCompany(b, a)]).toEqual([same, same]);
  });

  it.each([
    ['Sr. Engineer', 'Senior engineer', true],
    ['CTO', 'Chief Technology Officer', true],
    ['VP of Sales', 'Vice President, Sales', true],
    ['Engineer', 'Enginer', true],
    ['Engineer', 'Engineering Manager', false],
    ['CTO', 'CEO', false],
    ['Senior Engineer', 'Engineer', false],
  ])('title %s / %s: %s', (a, b, same) => {
    expect([sameTitle(a, b), sameTitle(b, a)]).toEqual([same, same]);
  });
});
