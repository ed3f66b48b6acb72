import { randomBytes } from 'node:crypto';

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
  const bytes = randomBytes(16);
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | count, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
