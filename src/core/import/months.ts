/** Names of months in the languages our headers are read in. */

const fold = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();

const LANGUAGES = 'en de fr es pt it nl sv da nb fi pl cs sk ro hu tr ru uk el bg id ms tl he ar hi th'.split(
  ' ',
);

/** Beginnings, for what nobody's list has ("Sept", "Mrz"); folded, lower case. */
const BEGINNINGS: string[] = [
  'jan gen ene janv',
  'feb fev fevr',
  'mar mrz marz maerz mars marzo maart mrt',
  'apr abr avr avril',
  'may mai mayo mag mei maio',
  'jun juin giu',
  'jul juil lug',
  'aug aou aout ago',
  'sep sept set',
  'oct okt ott out',
  'nov',
  'dec dez dic',
];

let names: Map<string, number> | undefined;

/** Built once. A word that is two months in two languages is none here. */
function monthNames(): Map<string, number> {
  if (names) return names;
  names = new Map();
  const forms: Intl.DateTimeFormatOptions[] = [
    { month: 'long' },
    { month: 'short' },
    { month: 'long', day: 'numeric' },
    { month: 'short', day: 'numeric', year: 'numeric' },
  ];
  for (const language of LANGUAGES) {
    for (const form of forms) {
      const format = new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month++) {
        const parts = format.formatToParts(Date.UTC(2026, month - 1, 15));
        const name = fold(parts.find(({ type }) => type === 'month')?.value ?? '');
        if (name.length < 3) continue;
        names.set(name, (names.get(name) ?? month) === month ? month : 0);
      }
    }
  }
  return names;
}

function byBeginning(word: string): number | null {
  let best: { month: number; length: number } | undefined;
  for (const [index, beginnings] of BEGINNINGS.entries()) {
    for (const name of beginnings.split(' ')) {
      if (word.startsWith(name) && name.length > (best?.length ?? 0))
        best = { month: index + 1, length: name.length };
    }
  }
  return best?.month ?? null;
}

const known = new Map<string, number | null>();

/** 1 to 12; null for a word that names no month, or not the same one everywhere. */
export function monthByName(word: string): number | null {
  let month = known.get(word);
  if (month !== undefined) return month;
  const folded = fold(word);
  const named = monthNames().get(folded);
  month = folded.length < 3 || named === 0 ? null : (named ?? byBeginning(folded));
  if (known.size < 1_000) known.set(word, month);
  return month;
}
