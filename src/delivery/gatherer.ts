interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/** The work: many at once, answered in their order; or one alone, when the many failed together. */
export interface Work<T, R> {
  group(items: readonly T[]): Promise<readonly R[]>;
  one(item: T): Promise<R>;
}

/** Alone, after their group failed: so many at once. */
const SINGLES = 4;

/**
 * Many callers, few transactions. Whoever comes while groups are at work goes with the next one, so groups grow by
 * themselves under load, and nobody waits where it is quiet. When a group fails, each of its members is tried alone: one
 * poison row does not hold its neighbours.
 */
export class Gatherer<T, R> {
  #waiting: Waiting<T, R>[] = [];
  #busy = 0;
  #begun = 0;
  #timer: NodeJS.Timeout | null = null;
  #idle: (() => void)[] = [];

  /**
   * @param limits.most in one group
   * @param limits.atOnce groups at work
   * @param limits.everyMs from the beginning of one group to that of the next, at least
   */
  constructor(
    private readonly work: Work<T, R>,
    private readonly limits: { most: number; atOnce: number; everyMs: number },
  ) {}

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#schedule();
    });
  }

  /** Resolves when nothing waits and nothing is at work. */
  async idle(): Promise<void> {
    if (this.#waiting.length + this.#busy > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #schedule(): void {
    if (this.#timer !== null || this.#waiting.length === 0 || this.#busy >= this.limits.atOnce) return;
    const wait = Math.max(0, this.#begun + this.limits.everyMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#begun = performance.now();
      void this.#run(this.#waiting.splice(0, this.limits.most));
      this.#schedule();
    }, wait);
  }

  async #run(group: Waiting<T, R>[]): Promise<void> {
    this.#busy += 1;
    try {
      if (group.length === 1) await this.#alone(group);
      else await this.#together(group);
    } finally {
      this.#busy -= 1;
      if (this.#waiting.length + this.#busy === 0) this.#idle.splice(0).forEach((resolve) => resolve());
      this.#schedule();
    }
  }

  async #together(group: Waiting<T, R>[]): Promise<void> {
    let results: readonly R[];
    try {
      results = await this.work.group(group.map(({ item }) => item));
      if (results.length !== group.length) throw new Error('an answer for each was expected');
    } catch {
      const left = [...group];
      await Promise.all(Array.from({ length: SINGLES }, () => this.#alone(left)));
      return;
    }
    for (const [index, result] of results.entries()) group[index]?.resolve(result);
  }

  async #alone(left: Waiting<T, R>[]): Promise<void> {
    for (let next = left.shift(); next; next = left.shift()) {
      await this.work.one(next.item).then(next.resolve, next.reject);
    }
  }
}
