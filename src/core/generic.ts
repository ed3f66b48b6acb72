/**
 * Law 3: a mail that cites only what is said to more than half of its batch is generic, however warm it sounds. A batch
 * is what one step writes to the people of one event.
 */

/** Fewer than this cannot be told from chance. */
const SMALLEST_BATCH = 4;

export interface Cited {
  /** The message. */
  id: string;
  /** The words of each reason it cites. */
  words: readonly string[];
}

/** The same words in other dress are the same words: case, marks and spaces do not make a mail personal. */
export function normaliseWords(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What more than half of the batch says, normalised; nothing where it is too small to tell. */
export function sharedWords(batch: readonly Cited[]): Set<string> {
  const citing = batch.filter(({ words }) => words.length > 0);
  if (citing.length < SMALLEST_BATCH) return new Set();
  const heard = new Map<string, number>();
  for (const { words } of citing) {
    for (const word of new Set(words.map(normaliseWords))) heard.set(word, (heard.get(word) ?? 0) + 1);
  }
  return new Set([...heard].filter(([, count]) => count * 2 > citing.length).map(([word]) => word));
}
