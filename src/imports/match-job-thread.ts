import { parentPort } from 'node:worker_threads';
import { compareHere, type FoundPair } from './match-job-pairs.js';
import type { ComparedPerson } from './match-job-people.js';

/** What is told to the thread: people, as many times as there are pages, then whom to decide about (null: all). */
export type ToThread = { people: ComparedPerson[] } | { only: readonly string[] | null };

/** What it tells: pairs, in pieces, then that it is done. */
export type FromThread = { pairs: FoundPair[] } | { done: true };

/** Pairs told at once. */
const PIECE = 2_000;

const people: ComparedPerson[] = [];

parentPort?.on('message', (told: ToThread) => {
  if ('people' in told) {
    for (const person of told.people) people.push(person);
    return;
  }
  const pairs = compareHere(people, told.only === null ? null : new Set(told.only));
  for (let from = 0; from < pairs.length; from += PIECE) {
    parentPort?.postMessage({ pairs: pairs.slice(from, from + PIECE) } satisfies FromThread);
  }
  parentPort?.postMessage({ done: true } satisfies FromThread);
});
