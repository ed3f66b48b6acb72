import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes of garbage that may lie about. */
const ENOUGH = 32_000_000;

let collect: (() => void) | null = null;
let after = 0;

/**
 * Cleans up once enough garbage has come together. Left to itself, V8 lets its heap grow to several times of what is in
 * use on a machine with much memory: 450 MB for an import that holds 30. It costs some 100 ms for each 10,000 rows.
 */
export function collectGarbage(): void {
  const { heapUsed } = process.memoryUsage();
  if (after === 0 || heapUsed < after) after = heapUsed;
  if (heapUsed - after < ENOUGH) return;
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  after = process.memoryUsage().heapUsed;
}
