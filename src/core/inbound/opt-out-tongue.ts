/**
 * How people of a language ask to be left alone: by words that meet in one part of a sentence, whatever stands between
 * them and in whatever order ("contact", "not" and "any more"; "remove", "me" and "your list").
 *
 * The sources are matched against folded text (see `folded`): lower case, no accents, no apostrophes, one space before and
 * behind each word. Japanese and Chinese are matched as they are written.
 */
export interface Tongue {
  /** One line a thought: it is there where every source of it is found in the same part of a sentence. */
  thoughts: readonly (readonly string[])[];
  /** As thoughts, but over a whole sentence: what will follow upon the next mail, a permission never given. */
  throughout: readonly (readonly string[])[];
  /** Words that often go with the wish and may mean something else. */
  hints: readonly string[];
  /** What makes the same words another wish: a day, a meeting, another channel, "why", "don't stop". */
  spared: string;
}

/** A tongue with its patterns made, once. */
export interface Ear {
  thoughts: RegExp[][];
  throughout: RegExp[][];
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

/** In folded text a pattern ends where a word ends. Sources hold no accents; two Cyrillic letters lose theirs here. */
function wordsOf(source: string): RegExp {
  const plain = source.replace(/\\w/g, '[\\p{L}\\p{N}]').replace(/й/gu, 'и').replace(/ё/gu, 'е');
  return new RegExp(`(?:${plain})(?:(?<= )|(?![\\p{L}\\p{N}]))`, 'u');
}

function signsOf(source: string): RegExp {
  return new RegExp(source, 'u');
}

/** @param written `words` for alphabets, `signs` for languages without spaces between words */
export function earFor(tongue: Tongue, written: 'words' | 'signs'): Ear {
  const made = written === 'words' ? wordsOf : signsOf;
  return {
    thoughts: tongue.thoughts.map((sources) => sources.map(made)),
    throughout: tongue.throughout.map((sources) => sources.map(made)),
    hints: tongue.hints.map(made),
    spared: made(tongue.spared),
  };
}

export function meets(patterns: readonly RegExp[], text: string): boolean {
  return patterns.every((pattern) => pattern.test(text));
}
