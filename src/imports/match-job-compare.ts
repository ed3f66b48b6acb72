import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { compareHere, type FoundPair } from './match-job-pairs.js';
import type { ComparedPerson } from './match-job-people.js';
import type { FromThread, ToThread } from './match-job-thread.js';

/** Up to so many people are compared at once in less time than a thread takes to start. */
const FEW = 500;

/** Of the thread's own heap, in MB: what goes beyond ends the comparison, not the service. */
const HEAP_MB = 3_000;

const THREAD = new URL('./match-job-thread.js', import.meta.url);

/** The process ends: what was begun is done again by the next. */
export class Stopped extends Error {}

/**
 * Compares people, many of them in a thread of their own, so that this one goes on listening and renewing its locks.
 * Holds a page of them at a time here.
 * @param only whom to decide about; null: everybody
 * @throws Stopped when the signal comes
 */
export async function comparePeople(
  pages: AsyncIterable<ComparedPerson[]>,
  only: ReadonlySet<string> | null,
  signal: AbortSignal,
): Promise<{ people: number; pairs: FoundPair[] }> {
  const first: ComparedPerson[] = [];
  const reader = pages[Symbol.asyncIterator]();
  let next = await reader.next();
  // Run from its TypeScript there is no file for a thread; then, too, we compare here.
  const hasThread = existsSync(fileURLToPath(THREAD));
  while (!next.done && (first.length <= FEW || !hasThread)) {
    first.push(...next.value);
    next = await reader.next();
  }
  if (next.done && (first.length <= FEW || !hasThread)) {
    if (signal.aborted) throw new Stopped();
    return { people: first.length, pairs: compareHere(first, only) };
  }
  const thread = new CompareThread(signal);
  try {
    let people = first.length;
    thread.tell({ people: first });
    for (; !next.done; next = await reader.next()) {
      if (signal.aborted) throw new Stopped();
      people += next.value.length;
      thread.tell({ people: next.value });
    }
    thread.tell({ only: only === null ? null : [...only] });
    return { people, pairs: await thread.pairs };
  } finally {
    await thread.end();
  }
}

class CompareThread {
  readonly pairs: Promise<FoundPair[]>;
  private readonly worker = new Worker(THREAD, { resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });

  constructor(signal: AbortSignal) {
    this.pairs = new Promise((resolve, reject) => {
      const found: FoundPair[] = [];
      this.worker.on('message', (told: FromThread) => {
        if ('pairs' in told) for (const pair of told.pairs) found.push(pair);
        else resolve(found);
      });
      this.worker.on('error', reject);
      this.worker.on('exit', () => reject(new Stopped()));
      signal.addEventListener('abort', () => reject(new Stopped()), { once: true });
    });
    // Whoever waits for the pairs hears of it; nobody may while pages are read.
    this.pairs.catch(() => undefined);
  }

  tell(told: ToThread): void {
    this.worker.postMessage(told);
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
