import { randomFillSync } from 'node:crypto';

/** Random bytes are asked for by the thousand: one call for each id would cost more than all else about it. */
const POOL = 4_096;
const pool = Buffer.alloc(POOL);
let used = POOL;

const HEX = Buffer.from('0123456789abcdef');
const DASH = 0x2d;
/** Where an id is written: an import makes millions, and pieces put together would be a dozen strings for each. */
const text = Buffer.alloc(36);

let lastMs = 0;
let count = 0;

/**
 * A UUIDv7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, a 12-bit count within the millisecond (6.2, method 1), then
 * random bits. Ids of one process ascend in the order they were made, so rows of one time lie together in the index and
 * a cursor over ids is a cursor over time. The time in it is wall-clock time and carries no meaning in the domain.
 */
export function newId(): string {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    count = 0;
  } else if (count < 0xfff) count += 1;
  else {
    // More than 4,096 in one millisecond: the next one is borrowed from.
    lastMs += 1;
    count = 0;
  }
  if (used === POOL) {
    randomFillSync(pool);
    used = 0;
  }
  pool.writeUIntBE(lastMs, used, 6);
  pool.writeUInt16BE(0x7000 | count, used + 6);
  pool.writeUInt8((pool.readUInt8(used + 8) & 0x3f) | 0x80, used + 8);
  let at = 0;
  for (let index = 0; index < 16; index += 1) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text[at++] = DASH;
    const byte = pool[used + index] ?? 0;
    text[at++] = HEX[byte >> 4] ?? 0;
    text[at++] = HEX[byte & 15] ?? 0;
  }
  used += 16;
  return text.toString('latin1');
}
