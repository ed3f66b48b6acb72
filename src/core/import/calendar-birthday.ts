/** Whether an event of a calendar is somebody's birthday, and whose. */
import { oneLine } from '../text.js';

export interface BirthdayWords {
  name: string;
  /** The year of birth, where the words tell it. */
  year?: number;
  /** "36th birthday": how old the person becomes on the day of the event. */
  age?: number;
}

const NAME = '(?<name>.+?)';
const AGE = '(?:\\d{1,3}(?:st|nd|rd|th|\\.|º|°|e|ème|:e)?\\s+)?';
const END = '\\s*[!.]*$';
const APOSTROPHE = "['’ʼ`´]";

/** en, de, fr, es, it, nl, pt, sv, pl: as address books, phones and networks word a birthday. */
const WORDINGS = [
  `^${NAME}(?:${APOSTROPHE}s|(?<=[sxzß])${APOSTROPHE})\\s+${AGE}(?:birthday|bday|b-day|geburtstag|verjaardag|f[öo]delsedag)${END}`,
  `^(?:happy\\s+)?(?:birthday|bday)(?:\\s+of|\\s*[:–-]|\\s+to)?\\s+${NAME}${END}`,
  `^${AGE}geburtstag(?:\\s+von|\\s*[:–-])?\\s+${NAME}${END}`,
  `^${NAME}\\s+hat\\s+(?:heute\\s+)?${AGE}geburtstag${END}`,
  `^(?:l${APOSTROPHE})?${AGE}anniversaire(?:\\s+de\\s+|\\s+d${APOSTROPHE}|\\s*[:–-]\\s*)${NAME}${END}`,
  `^${AGE}(?:cumplea[ñn]os|cumple)(?:\\s+de|\\s*[:–-])?\\s+${NAME}${END}`,
  `^${AGE}compleanno(?:\\s+di\\s+|\\s+d${APOSTROPHE}|\\s*[:–-]\\s*|\\s+)${NAME}${END}`,
  `^${AGE}verjaardag(?:\\s+van|\\s*[:–-])?\\s+${NAME}${END}`,
  `^${NAME}\\s+is\\s+jarig${END}`,
  `^${AGE}anivers[áa]rio(?:\\s+d[eoa]|\\s*[:–-])?\\s+${NAME}${END}`,
  `^${NAME}\\s+fyller\\s+(?:\\d{1,3}\\s+)?[åa]r${END}`,
  `^${NAME}s\\s+${AGE}f[öo]delsedag${END}`,
  `^${AGE}urodziny(?:\\s*[:–-])?\\s+${NAME}${END}`,
  `^${NAME}\\s*(?:[:–-]\\s*|\\s)${AGE}(?:birthday|bday|geburtstag|anniversaire|cumplea[ñn]os|compleanno|verjaardag|anivers[áa]rio|f[öo]delsedag|urodziny)${END}`,
].map((source) => new RegExp(source, 'iu'));

const CAKE = /[🎂🎁🥳🎉🍰🧁]/gu;
const WORD =
  /birth-?day|\bb-?day|geburtstag|anniversaire|cumple|compleanno|verjaardag|jarig|anivers[áa]rio|f[öo]delsedag|\bfyller\b|urodzin/iu;
const OTHER_DAY =
  /party|present\b|\bgift\b|dinner|lunch|brunch|drinks|cake|celebrat|feier|geschenk|essen\b|fest\b|cadeau|regalo|fiesta|festa\b|etentje|presente?\b|kalas|prezent|wedding|hochzeit|mariage|boda|matrimonio|trouw|casamento|bröllop|[śs]lub|jahrestag|work anniversary|years? at\b|death|todestag|namenstag|name ?day|💍|✝|†/iu;

/** A year of birth in brackets or behind a star: "(1990)", "*1990", "born 1990", "geb. 1990". */
const YEAR =
  /[([]\s*(?:\*|b\.|born|geb\.?|n[ée]e?)?\s*((?:18|19|20)\d\d)\s*[)\]]|(?:\*|\bborn(?: in| on)?|\bgeb(?:oren)?\.?(?: am| in)?|\bnée? en|\bnacid[oa] en|\bnat[oa] nel|\bnascid[oa] em|\bfödd|\bur\.)\s*(?:\d{1,2}[./]\d{1,2}[./])?((?:18|19|20)\d\d)\b/iu;

function yearIn(text: string): number | undefined {
  const [, bracketed, told] = YEAR.exec(text) ?? [];
  const year = bracketed ?? told;
  return year === undefined ? undefined : Number(year);
}

/**
 * The person of a birthday's title. `isKnown`: something else than the title already says that it is a birthday, so
 * that the title may be the name alone. Null where it is none, or nobody is named.
 */
export function birthdayWords(title: string, description: string, isKnown: boolean): BirthdayWords | null {
  const written = oneLine(title.slice(0, 300));
  const hasCake = new RegExp(CAKE.source, 'u').test(written);
  if (OTHER_DAY.test(written) || !(isKnown || hasCake || WORD.test(written))) return null;
  const age = /(?<!\d)(\d{1,3})(?:st|nd|rd|th|\.|º|°|e|ème|:e)?\s+(?:birthday|geburtstag|anniversaire|cumple|compleanno|verjaardag|anivers|f[öo]delsedag|urodziny|[åa]r\b)/iu.exec(written)?.[1]; // prettier-ignore
  const plain = oneLine(
    written
      .replace(CAKE, ' ')
      .replace(/[\ufe0f\u200d]/gu, '') // prettier-ignore
      .replace(/[([][^)\]]*[)\]]/gu, ' ')
      .replace(/\*\s*\d{4}\b/gu, ' '),
  );
  const matched = WORDINGS.map((wording) => wording.exec(plain)?.groups?.['name']).find(
    (name) => name !== undefined,
  );
  const name = matched ?? (WORD.test(plain) ? '' : plain);
  const clean = name.replace(/^[\s:,–-]+|[\s:,–-]+$/gu, '');
  if (!/\p{L}{2}/u.test(clean) || /^(?:my|mein|mon|mi|mio|mijn|meu|min|moje)$/iu.test(clean)) return null;
  const year = yearIn(written) ?? yearIn(description.slice(0, 2_000));
  return {
    name: clean,
    ...(year === undefined ? {} : { year }),
    ...(age === undefined ? {} : { age: Number(age) }),
  };
}
