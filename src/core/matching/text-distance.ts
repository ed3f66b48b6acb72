/** How far two short texts are apart. All of it expects folded text: lower case, without accents. */

// By themselves: looked up anew each time, they cost more than the work in some surroundings.
const { abs, imul, max, min } = Math;

/**
 * Which letters and digits a text has, as bits; a slip changes at most two of them. By it most pairs of different
 * words are told apart without a look at the letters.
 */
export function letterMask(text: string): number {
  let mask = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 97 && code <= 122) mask |= 1 << (code - 97);
    else if (code >= 48 && code <= 57) mask |= 1 << ((code - 48) * 3 + 1);
    else if (code > 127) mask |= 1 << (code & 31);
  }
  return mask;
}

function bits(mask: number): number {
  let n = mask - ((mask >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The fewest slips by which two texts with these masks can differ. */
export function slipsAtLeast(maskA: number, maskB: number): number {
  return max(bits(maskA & ~maskB), bits(maskB & ~maskA));
}

let above2 = new Int32Array(64);
let above = new Int32Array(64);
let row = new Int32Array(64);

/**
 * Slips between two texts: a letter wrong, missing, too many, or two neighbours swapped (optimal string alignment, a
 * restricted Damerau-Levenshtein distance). More than `most` is told as `most + 1`.
 */
export function slips(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (abs(a.length - b.length) > most) return most + 1;
  let from = 0;
  let endA = a.length;
  let endB = b.length;
  while (from < endA && from < endB && a.charCodeAt(from) === b.charCodeAt(from)) from += 1;
  while (endA > from && endB > from && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA -= 1;
    endB -= 1;
  }
  const width = endB - from;
  const height = endA - from;
  if (width === 0 || height === 0) return min(most + 1, max(width, height));
  if (row.length <= width) {
    above2 = new Int32Array(width * 2);
    above = new Int32Array(width * 2);
    row = new Int32Array(width * 2);
  }
  for (let j = 0; j <= width; j += 1) above[j] = j;
  for (let i = 1; i <= height; i += 1) {
    row[0] = i;
    let least = i;
    const letter = a.charCodeAt(from + i - 1);
    const before = i > 1 ? a.charCodeAt(from + i - 2) : -1;
    for (let j = 1; j <= width; j += 1) {
      const other = b.charCodeAt(from + j - 1);
      let cost = (above[j - 1] ?? 0) + (letter === other ? 0 : 1);
      cost = min(cost, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (j > 1 && before === other && letter === b.charCodeAt(from + j - 2)) {
        cost = min(cost, (above2[j - 2] ?? 0) + 1);
      }
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [above2, above, row] = [above, row, above2];
  }
  return min(most + 1, above[width] ?? 0);
}

/** Jaro-Winkler similarity, 0 to 1 (Winkler 1990: up to four letters of common beginning, each worth a tenth). */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  if (a === '' || b === '') return 0;
  const reach = max(0, (max(a.length, b.length) >> 1) - 1);
  const takenB = new Uint8Array(b.length);
  const found: number[] = [];
  for (let i = 0; i < a.length; i += 1) {
    const end = min(b.length, i + reach + 1);
    for (let j = max(0, i - reach); j < end; j += 1) {
      if (takenB[j] === 1 || a.charCodeAt(i) !== b.charCodeAt(j)) continue;
      takenB[j] = 1;
      found.push(a.charCodeAt(i));
      break;
    }
  }
  if (found.length === 0) return 0;
  let moved = 0;
  let at = 0;
  for (let j = 0; j < b.length; j += 1) {
    if (takenB[j] !== 1) continue;
    if (found[at] !== b.charCodeAt(j)) moved += 1;
    at += 1;
  }
  const jaro = (found.length / a.length + found.length / b.length + 1 - moved / 2 / found.length) / 3;
  let begun = 0;
  while (begun < 4 && begun < a.length && a[begun] === b[begun]) begun += 1;
  return jaro + begun * 0.1 * (1 - jaro);
}

const SOUNDS: Record<string, string> = {
  b: 'b', p: 'b', f: 'f', v: 'f', w: 'f', c: 'k', k: 'k', q: 'k', g: 'k', x: 'k', d: 't', t: 't', s: 's', z: 's',
  l: 'l', r: 'r', m: 'n', n: 'n',
}; // prettier-ignore

/**
 * A coarse key of how a word sounds in the languages of Europe: its first sound and up to three consonants after it.
 * For finding candidates only, never as proof.
 */
export function soundKey(word: string): string {
  const text = word
    .replace(/ph/g, 'f')
    .replace(/sch|sh|ch/g, 's')
    .replace(/th/g, 't')
    .replace(/^[kgp]n/, 'n');
  let key = '';
  let last = '';
  for (const letter of text) {
    const sound = SOUNDS[letter];
    if (sound === undefined) {
      if (key === '') key = /[a-z]/.test(letter) ? (/[jyi]/.test(letter) ? 'i' : 'a') : letter;
      last = letter === 'h' ? last : '';
    } else if (sound !== last) {
      key += sound;
      last = sound;
    }
    if (key.length === 4) break;
  }
  return key;
}
