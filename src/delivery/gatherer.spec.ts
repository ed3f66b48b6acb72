import { Gatherer } from './gatherer.js';

const LIMITS = { most: 10, atOnce: 1, everyMs: 0 };

describe('a gatherer', () => {
  it('takes together whoever comes while a group is at work, and answers each', async () => {
    const groups: number[][] = [];
    const gatherer = new Gatherer<number, number>(
      {
        group: (items) => {
          groups.push([...items]);
          return Promise.resolve(items.map((item) => item * 2));
        },
        one: (item) => {
          groups.push([item]);
          return Promise.resolve(item * 2);
        },
      },
      LIMITS,
    );
    const numbers = Array.from({ length: 23 }, (_, n) => n);
    expect(await Promise.all(numbers.map((n) => gatherer.add(n)))).toEqual(numbers.map((n) => n * 2));
    expect(groups.map((group) => group.length)).toEqual([10, 10, 3]);
    expect(await gatherer.add(1)).toBe(2);
  });

  it('tries each alone when their group fails: only the poison is refused', async () => {
    const refuse = (items: readonly number[]) => {
      if (items.includes(3)) throw new Error('poison');
      return items;
    };
    const gatherer = new Gatherer<number, number>(
      {
        group: (items) => Promise.resolve().then(() => refuse(items)),
        one: (item) => Promise.resolve().then(() => refuse([item])[0] ?? 0),
      },
      LIMITS,
    );
    const ends = await Promise.allSettled([1, 2, 3, 4].map((n) => gatherer.add(n)));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('is idle only when nothing waits and nothing is at work', async () => {
    const done: number[] = [];
    const work = async (items: readonly number[]): Promise<readonly number[]> => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push(...items);
      return items;
    };
    const gatherer = new Gatherer<number, number>(
      { group: work, one: async (item) => (await work([item]))[0] ?? 0 },
      { ...LIMITS, most: 2 },
    );
    await gatherer.idle();
    for (const n of [1, 2, 3, 4, 5]) void gatherer.add(n);
    await gatherer.idle();
    expect(done).toEqual([1, 2, 3, 4, 5]);
  });
});
