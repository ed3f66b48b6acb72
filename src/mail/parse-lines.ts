/** Lines of one part that are read: more than anybody writes, and 1.5 MB of base64. */
const MOST_OF_A_PART = 20_000;
/** Lines of a whole mail that are read. */
const MOST = 200_000;
const BOUNDARY = /boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/gi;
const MOST_BOUNDARIES = 1_000;

/**
 * The raw mail without the lines of a part that nobody reads any more: each costs the parser an object, and a mail of
 * nothing but line ends would hold a worker for minutes. What a mail says stands long before. The same buffer where
 * nothing is too long.
 */
export function withoutEndlessParts(raw: Buffer): Buffer {
  if (raw.length <= MOST_OF_A_PART) return raw;
  const boundaries = boundariesOf(raw);
  const kept: Buffer[] = [];
  let from = 0;
  let at = 0;
  let inPart = 0;
  for (let lines = 0; at < raw.length && lines < MOST;) {
    if (raw[at] === 0x2d && raw[at + 1] === 0x2d && boundaries.has(delimiterAt(raw, at))) {
      if (inPart > MOST_OF_A_PART) from = at;
      inPart = 0;
    }
    inPart += 1;
    if (inPart <= MOST_OF_A_PART) lines += 1;
    else if (inPart === MOST_OF_A_PART + 1) kept.push(raw.subarray(from, at));
    const end = raw.indexOf(0x0a, at);
    at = end < 0 ? raw.length : end + 1;
  }
  if (inPart <= MOST_OF_A_PART) kept.push(raw.subarray(from, at));
  return kept.length === 1 && kept[0]?.length === raw.length ? raw : Buffer.concat(kept);
}

function boundariesOf(raw: Buffer): Set<string> {
  const found = new Set<string>();
  for (const [, quoted, bare] of raw.toString('latin1').matchAll(BOUNDARY)) {
    found.add(quoted ?? bare ?? '');
    if (found.size >= MOST_BOUNDARIES) break;
  }
  return found;
}

/** What stands behind the two hyphens of a line, without those that close the last part (RFC 2046, 5.1.1). */
function delimiterAt(raw: Buffer, at: number): string {
  const line = /^--([^\r\n]*)/.exec(raw.subarray(at, at + 250).toString('latin1'))?.[1] ?? '';
  return line.trimEnd().replace(/--$/, '');
}
