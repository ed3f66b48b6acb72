import { Groups, united, whyAsk, type Side } from './match-job-guard.js';
import type { FoundPair } from './match-job-pairs.js';

const side = (over: Partial<Side> = {}): Side => ({
  ...{ id: 'a', version: 1, linkedins: [], birthdays: [], written: false },
  ...over,
});
const said = (field: string, level = 'exact', weight = 5) => ({ field, level, weight, a: 'x', b: 'x' });
const pair = (a: string, b: string, verdict: FoundPair['verdict'] = 'merge'): FoundPair => ({
  ...{ a, b, verdict, score: 1, evidence: [], aVersion: 1, bVersion: 1 },
});

describe('whyAsk', () => {
  const proved = [said('family'), said('given'), said('phone')];

  it('lets nobody be merged by a name, or by what half the world has in common', () => {
    const common = ['family', 'given', 'city', 'country', 'title', 'event'].map((field) => said(field));
    expect(whyAsk(common, side(), side())).toBe('nothing but the name agrees');
    expect(whyAsk([...common, said('phone', 'differs', -4)], side(), side())).toBe(
      'nothing but the name agrees',
    );
    expect(whyAsk([...common, said('phone', 'exact', -1)], side(), side())).toBe(
      'nothing but the name agrees',
    );
    expect(whyAsk(proved, side(), side())).toBeNull();
  });

  it('asks where both were written to, or each has a profile or a birthday of their own', () => {
    expect(whyAsk(proved, side({ written: true }), side())).toBeNull();
    expect(whyAsk(proved, side({ written: true }), side({ written: true }))).toBe('you have written to both');
    expect(whyAsk(proved, side({ linkedins: ['x'] }), side({ linkedins: ['y'] }))).toContain('LinkedIn');
    expect(whyAsk(proved, side({ linkedins: ['x', 'y'] }), side({ linkedins: ['y'] }))).toBeNull();
    expect(whyAsk(proved, side({ birthdays: ['1990-03-15'] }), side({ birthdays: ['--03-15'] }))).toBeNull();
    expect(whyAsk(proved, side({ birthdays: ['1990-03-15'] }), side({ birthdays: ['1990-03-16'] }))).toBe(
      'the birthdays differ',
    );
  });

  it('remembers of who was united what each of them had', () => {
    const both = united(side({ linkedins: ['x'], written: true }), side({ id: 'b', linkedins: ['y'] }));
    expect(both).toEqual(side({ linkedins: ['x', 'y'], written: true }));
  });
});

describe('Groups', () => {
  it('draws nobody in through a third with whom they would not be merged', () => {
    const groups = new Groups([pair('a', 'b'), pair('b', 'c'), pair('a', 'c', 'propose')]);
    expect(groups.mayJoin('b', 'a')).toBe(true);
    groups.join('b', 'a');
    expect(groups.root('b')).toBe('a');
    expect(groups.mayJoin('a', 'c')).toBe(false);
    expect(groups.mayJoin('b', 'c')).toBe(false);
  });

  it('joins whole groups, and keeps a doubt', () => {
    const all = ['a', 'b', 'c', 'd'].flatMap((one, at, them) =>
      them.slice(at + 1).map((other) => pair(one, other)),
    );
    const groups = new Groups(all);
    groups.join('b', 'a');
    groups.join('d', 'c');
    expect(groups.mayJoin('a', 'c')).toBe(true);
    groups.doubt('d', 'b');
    expect(groups.mayJoin('a', 'c')).toBe(false);
    groups.join('c', 'a');
    expect(['a', 'b', 'c', 'd'].map((id) => groups.root(id))).toEqual(['a', 'a', 'a', 'a']);
  });
});
