/**
 * Law 3: a mail that cites only what is said to more than half of its batch is generic, however warm it sounds. A batch
 * is what one step writes to the people of one event.
 */

/** Fewer than this cannot be told from chance. */
export const SMALLEST_BATCH = 4;

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

/** The messages of one batch that cite only reasons shared by more than half of it. */
export function genericOnes(batch: readonly Cited[]): Set<string> {
  const cited = batch
    .map(({ id, words }) => ({ id, words: [...new Set(words.map(normaliseWords))] }))
    .filter(({ words }) => words.length > 0);
  if (cited.length < SMALLEST_BATCH) return new Set();
  const heard = new Map<string, number>();
  for (const { words } of cited) for (const word of words) heard.set(word, (heard.get(word) ?? 0) + 1);
  const shared = (words: string): boolean => (heard.get(words) ?? 0) * 2 > cited.length;
  return new Set(cited.filter(({ words }) => words.every(shared)).map(({ id }) => id));
}
