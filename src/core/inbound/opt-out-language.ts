import { folded } from './opt-out-tongue.js';

/** Words of grammar by which a language is known, folded. The shortest, which several share, are left out. */
const GRAMMAR = {
  english: 'the and to of is it that you for in with not have this are be my your we will if from please',
  german:
    'der die das und ist nicht ich sie es mit zu ein eine auf fur bitte mich mir wir den auch dass haben ihre',
  french: 'le les des et est je vous ne pas que pour une me plus avec votre nous sur ce mes qui bien',
  spanish: 'el los las que en no un una por para con me su es lo mas se mi muy pero gracias usted',
  italian: 'il di che non per un una con mi sono le del piu vi ti si da della grazie questo anche',
  portuguese: 'os as que nao um uma para com me por do da em mais se meu voce muito obrigado sua',
  dutch: 'het een en van ik niet je dat is op te met voor mij geen maar aan u ook bedankt wil',
  nordic: 'jag det att och inte pa mig du ar for som med jeg ikke til meg vi av har tack takk',
  polish: 'nie na do sie to jest prosze mnie ze za juz jak dziekuje pan moj od moich',
} as const;

export type Language = keyof typeof GRAMMAR;

const WORDS = (Object.entries(GRAMMAR) as [Language, string][]).map(
  ([language, words]) => [language, new Set(words.split(' '))] as const,
);

/** From so many words of grammar on a text is of the languages that have them, and of no other. */
const ENOUGH = 3;

/** The languages a text may be in: of a few words all, else those that have at least half as many words of grammar as the best. */
export function languagesOf(text: string): ReadonlySet<Language> {
  const words = folded(text.slice(0, 5000)).trim().split(' ');
  const counted = WORDS.map(([language, known]) => ({
    language,
    count: words.filter((word) => known.has(word)).length,
  }));
  const best = Math.max(...counted.map(({ count }) => count));
  const likely = best < ENOUGH ? counted : counted.filter(({ count }) => count * 2 >= best);
  return new Set(likely.map(({ language }) => language));
}
