/**
 * How people of a language ask to be left alone: by words that meet in one part of a sentence, whatever stands between
 * them and in whatever order ("contact", "not" and "any more"; "remove", "me" and "your list").
 *
 * The sources are matched against folded text (see `folded`): lower case, no accents, no apostrophes, one space before and
 * behind each word.
 */
export interface Tongue {
  /** One line a thought: it is there where every source of it is found in the same part of a sentence. */
  thoughts: readonly (readonly string[])[];
  /** Words that often go with the wish and may mean something else. */
  hints: readonly string[];
  /** What makes the same words another wish: a day, a meeting, another channel, "why", "don't stop". */
  spared: string;
}

/** A tongue with its patterns made, once. */
export interface Ear {
  thoughts: RegExp[][];
  hints: RegExp[];
  spared: RegExp;
}

const LATIN_MARKS = /(?<=[\p{Script=Latin}\p{Script=Cyrillic}])\p{M}+/gu;

/** Letters without their marks, in lower case; the same for texts and for the words we look for. */
export function plainLetters(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(LATIN_MARKS, '')
    .normalize('NFC')
    .replace(/ß/gu, 'ss')
    .replace(/ø/gu, 'o')
    .replace(/ł/gu, 'l')
    .replace(/æ/gu, 'ae')
    .replace(/ı/gu, 'i');
}

/** ` words with one space around each `. "don't" is one word, "m'écrire" two, "e-mail" one, "écrivez-moi" two. */
export function folded(text: string): string {
  const plain = plainLetters(text)
    .replace(/n['’]t(?!\p{L})/gu, 'nt')
    .replace(/(?<!\p{L})e-(?=mail|post)/gu, 'e')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return ` ${plain} `;
}

/** Sources hold no accents, as folded text; two Cyrillic letters lose theirs here. */
export function plainSource(source: string): string {
  return source.replace(/\\w/g, '[\\p{L}\\p{N}]').replace(/й/gu, 'и').replace(/ё/gu, 'е');
}

/** In folded text a pattern ends where a word ends. */
function wordsOf(source: string): RegExp {
  return new RegExp(`(?:${plainSource(source)})(?:(?<= )|(?![\\p{L}\\p{N}]))`, 'u');
}

export function earFor(tongue: Tongue): Ear {
  return {
    thoughts: tongue.thoughts.map((sources) => sources.map(wordsOf)),
    hints: tongue.hints.map(wordsOf),
    spared: wordsOf(tongue.spared),
  };
}

export function meets(patterns: readonly RegExp[], text: string): boolean {
  return patterns.every((pattern) => pattern.test(text));
}
