/**
 * Imports at work at once in one process. Each holds one connection to write and another, from time to time, to read: many
 * at once would wait for each other's second one, and each holds rows in memory.
 */
const MOST = 3;

let free = MOST;
const waiting: (() => void)[] = [];

/** Runs it when there is a slot free. */
export async function inSlot<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}
