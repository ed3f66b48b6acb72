/** The text of a name, before its parts are told: what belongs to it and what does not. */
import { oneLine } from '../text.js';
import { remembered } from './memo.js';
import { foldName } from './name-compare.js';
import { COMPANY, FAMILY_FIRST, PLACEHOLDERS, PREFIXES } from './name-words.js';

export const bare = (token: string): string => foldName(token).replace(/[^\p{L}\p{N}]/gu, '');
export const isCaps = (text: string): boolean => text === text.toUpperCase() && text !== text.toLowerCase();

export function titleCase(text: string): string {
  return text
    .toLowerCase()
    .replace(/(^|[\s'’-])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/\b(Mc)(\p{Ll})/gu, (_all, mc: string, letter: string) => mc + letter.toUpperCase());
}

const ASCII = /^[\x20-\x7e]*$/;
const PICTURES = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{So}]|\u200d|\ufe0f|\u20e3/gu; // prettier-ignore
const ASIDES = /\([^)]*\)|\[[^\]]*\]|"[^"]*"|“[^”]*”|„[^“”]*[“”]/gu;
const PRONOUNS = /(?<![\p{L}\p{M}])(?:she|he|they|sie|er|elle|il|ella|zij|hij)\s*[/|]\s*(?:her|him|his|they|them|ihr|ihm|ihn|lui|lei|haar|hem|elle|il|ella)s?(?:\s*[/|]\s*\p{L}{2,6})?(?![\p{L}\p{M}])/giu; // prettier-ignore

/** Without pictures, pronouns, what stands in brackets, nicknames in quotes. */
export function plainName(full: string): string {
  let text = full.length > 300 ? full.slice(0, 300) : full;
  // Letters of another alphabet's look, as networks let people dress their names in: "𝐉𝐚𝐧𝐞".
  if (/[\u{1d400}-\u{1d7ff}\uff21-\uff5a]/u.test(text)) text = text.normalize('NFKC');
  if (!ASCII.test(text)) text = text.replace(PICTURES, ' ');
  if (/[([“„"]/.test(text)) text = text.replace(ASIDES, ' ');
  if (/[/|]/.test(text)) text = text.replace(PRONOUNS, ' ');
  return personPart(oneLine(text));
}

/**
 * "Jane Doe | Acme", "Jane Doe - Acme GmbH": the person's part, where two or three plain words stand before the sign.
 * Else the text as it is.
 */
export function personPart(name: string): string {
  const [, head] = /^([^|•·–—-]+?)\s*(?:\||•|·|\s[-–—]\s)\s*\S/u.exec(name) ?? [];
  if (head === undefined) return name;
  const tokens = head.split(' ');
  const areNames = tokens.every((token) => /^\p{Lu}[\p{L}\p{M}'’.-]*$/u.test(token) && !isCompanyWord(token) && !PLACEHOLDERS.has(bare(token))); // prettier-ignore
  return tokens.length >= 2 && tokens.length <= 3 && areNames ? head : name;
}

const isCompanyWord = remembered(20_000, (token: string) => COMPANY.test(token));

/** "Jane Doe": two plain words, neither of which says that it is something else than a name. */
const PLAIN = /^([A-Z][a-z]+) ([A-Z][a-z]+)$/;

export function plainParts(full: string): { given: string; family: string } | null {
  const [, given, family] = PLAIN.exec(full) ?? [];
  if (given === undefined || family === undefined) return null;
  const first = given.toLowerCase();
  const isOther =
    PREFIXES.has(first) || FAMILY_FIRST.has(first) || /^(?:and|und)$/.test(first) || isCompanyWord(given) || isCompanyWord(family) || /^(?:And|Und)$/.test(family); // prettier-ignore
  return isOther ? null : { given, family };
}

/** Whether a name is none of a person: an address, a handle with digits, a company, a placeholder, two people at once. */
export function isNoPerson(name: string): boolean {
  return (
    /[@\d/\\|_<>{}=*#]|&|\b(?:and|und)\b|https?:|www\./iu.test(name) ||
    COMPANY.test(name) ||
    PLACEHOLDERS.has(bare(name))
  );
}
