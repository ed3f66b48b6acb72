/** What single cells of a table say. */
import { cleanText, oneLine } from '../text.js';
import { canonicalEmail, canonicalPhone, regionOfPhone } from './identity.js';
import type { AddressForm, Priority } from './records.js';
import { regionOf } from './regions.js';

const NOTHING =
  /^(?:-+|–|—|n\/?a|none|null|nil|undefined|unknown|not provided|no e-?mail|k\.?\s?a\.?|keine|unbekannt|inconnue?|desconocid[oa]|desconhecid[oa]|sconosciut[oa]|onbekend|no informado|não informado|sin datos|x{2,}|\.|\?+|#n\/a|nan|info(?:rmation)? requested|\(?blank\)?|not available)$/i;

/** The text, or nothing where it is a way to write "nothing". */
export const said = (text: string): string => (text.length < 24 && NOTHING.test(text) ? '' : text);

/** Marks of writing direction that stand unseen around numbers and addresses. */
const DIRECTION = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Spreadsheets are kept from computing a text by an apostrophe before it; one goes, what follows is text and stays so. */
const GUARDED = /^'+[=+\-@]/;

const unguarded = (text: string): string =>
  text.charCodeAt(0) === 0x27 && GUARDED.test(text) ? text.slice(1) : text;

/** A cell on one line. */
export function cellText(written: string): string {
  const text = oneLine(written);
  return unguarded(text.replace(DIRECTION, '').trim());
}

/** A cell whose lines stay. */
export function cellNotes(written: string): string {
  return unguarded(cleanText(written).replace(DIRECTION, '').trim());
}

/** The first of several values, where a column means one: Google joins them by " ::: ". */
export function firstOf(text: string): string {
  return text.includes(':::') ? (text.split(/\s*:::\s*/).find((piece) => piece !== '') ?? '') : text;
}

export type Addresses = { kind: 'addresses'; emails: string[] } | { kind: 'invalid'; value: string };

/** Addresses as nearly all are written; whatever else they may be is left to `canonicalEmail`. */
const PLAIN_ADDRESS =
  /^[a-z0-9_+-]{1,64}(?:\.[a-z0-9_+-]{1,30}){0,5}@(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,4}[a-z]{2,20}$/i;
/** Exchange's own address of a colleague. */
const X500 = /^\/o=/i;

/**
 * The addresses of one cell: several, with `mailto:`, with a name before <...>. A piece with an @ that is no address, or
 * a cell without any, is invalid; words beside a good address are commentary.
 */
export function readEmails(cell: string): Addresses {
  if (cell.length < 64 && PLAIN_ADDRESS.test(cell)) return { kind: 'addresses', emails: [cell] };
  // "hanako＠example.com": what a Japanese keyboard writes for the same signs.
  const text = said(/[\uff01-\uff5e]/.test(cell) ? cellText(cell).normalize('NFKC') : cellText(cell));
  if (text === '' || X500.test(text)) return { kind: 'addresses', emails: [] };
  const angled = [...text.matchAll(/<([^<>]*)>/g)].map((match) => match[1] ?? '');
  const pieces = (angled.length > 0 ? angled : text.split(/[;,|\s]+|:::/)).map((piece) => {
    const address = piece.trim().replace(/^mailto:/i, '').replace(/\?.*$/s, '').replace(/^['"([]+|['").\]]+$/g, ''); // prettier-ignore
    return address;
  });
  const emails = new Map<string, string>();
  for (const piece of pieces) {
    const canonical = canonicalEmail(piece);
    if (canonical !== null && !emails.has(canonical)) emails.set(canonical, piece);
    if (canonical === null && piece.includes('@')) return { kind: 'invalid', value: text };
  }
  return emails.size === 0
    ? { kind: 'invalid', value: text }
    : { kind: 'addresses', emails: [...emails.values()] };
}

/**
 * The numbers of one cell: E.164 where that can be told, else as written; text without digits is none.
 * @param country of the row, as written; `region` is taken where that is none
 */
export function readPhones(cell: string, country: string | undefined, region?: string): string[] {
  const pieces = cellText(cell).split(/\s*(?::::|[;|])\s*|\s+\/\s+|,\s+/);
  const known = regionOf(country) ?? region;
  return pieces
    .map((piece) => piece.replace(/^'/, '').trim())
    .filter((piece) => piece.length <= 60 && (piece.match(/\d/g)?.length ?? 0) >= 4)
    .map((piece) => canonicalPhone(piece, known) ?? withoutPlus(piece) ?? piece.replace(/^tel:/i, ''));
}

/**
 * "5511987654321", as messengers write numbers: with the country and without its sign. Shorter ones may be national
 * numbers of another country.
 */
function withoutPlus(piece: string): string | null {
  if (!/^[1-9]\d{11,14}$/.test(piece)) return null;
  const number = `+${piece}`;
  const region = regionOfPhone(number);
  return region !== undefined && canonicalPhone(piece, region) === number ? number : null;
}

const words = (text: string): Set<string> => new Set(text.split(' '));
const YES = words(
  'yes y true 1 x ✓ ✔ ☑ ja j oui o sí si s sim jawohl agreed agree accepted accept given granted consented consent subscribed allowed ok okay erteilt zugestimmt eingewilligt ' +
    'accepté accordé aceptado aceito accettato akkoord kyllä tak ano igen da evet да так ναι はい 是 예 네 ya optin',
);
const NO = words(
  'no n false 0 ✗ ✘ nein non não nao nee nej nei ei nie ne nem nu hayır hayir нет ні όχι いいえ 否 不 아니오 아니요 tidak refused refuse denied declined withdrawn revoked rejected ' +
    'disagree unsubscribed optout abgelehnt verweigert widerrufen refusé refusée rechazado recusado rifiutato negato geweigerd',
);

/** Yes or no in many languages; undefined where it is neither for certain. */
export function yesOrNo(text: string): boolean | undefined {
  const [first = '', second = ''] = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}✓✔☑✗✘]+/u)
    .filter((word) => word !== '');
  // "Opt in", "opted out", "not given".
  if (/^opt(?:ed)?$/.test(first)) return second === 'in' ? true : second === 'out' ? false : undefined;
  if (/^(?:not|nicht|pas|do|did|has|have)$/.test(first))
    return /\bnot\b|n't|\bnicht\b|^pas\b/i.test(text) ? false : undefined;
  if (/^\d/.test(first) && second !== '') return undefined;
  if (YES.has(first)) return true;
  return NO.has(first) ? false : undefined;
}

const HOT =
  /^(?:hot|heiss|heiß|chaud|chaude|caliente|caldo|quente|heet|het|high|hoch|haute?|élevée?|alta|alto|hoog|hög|høy|høj|wysoki|very interested|🔥|горячий|высокий|热|高|뜨거움|높음|ホット)/u;
const WARM =
  /^(?:warm|lauwarm|tiède|tiede|tibio|tiepido|morno|ljummen|lunken|medium|mittel|moyenne?|media|medio|média|médio|middel|gemiddeld|średni|interested|теплый|тёплый|средний|温|中|보통|ウォーム)/u;
const COLD =
  /^(?:cold|kalt|froide?|frío|frio|freddo|koud|kall|kold|kald|low|niedrig|gering|basse?|faible|baja|bajo|baixa|baixo|bassa|basso|laag|låg|lav|niski|not interested|холодный|низкий|冷|低|낮음|コールド)/u;

/**
 * Hot, warm or cold: in words of many languages, as letters A to C, as one to five stars. A bare number counts where the
 * column (`header`) speaks of stars or a rating; other numbers may begin at either end.
 */
export function readPriority(text: string, header: string): Priority | undefined {
  const value = text
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}★⭐🔥]+/u, '')
    .trim();
  if (value === '') return undefined;
  const letter = /^(?:lead )?([abc])(?:[+-]?|[- ]?(?:lead|kunde|prospect))$/.exec(value)?.[1];
  if (letter !== undefined) return letter === 'a' ? 'hot' : letter === 'b' ? 'warm' : 'cold';
  const drawn = value.match(/★|⭐/gu)?.length ?? 0;
  const rated =
    /^(\d(?:[.,]\d)?)(?:\s*(?:\/|of|von|out of|sur|de)\s*(\d))?\s*(stars?|sterne?|étoiles?|estrellas?|stelle|sterren)?$/u.exec(
      value,
    );
  const hasScale = rated !== null && (rated[2] === '5' || rated[3] !== undefined || /rating|star|stern|bewertung|étoile|note|valutazione|beoordeling|betyg|评|評価/iu.test(header)); // prettier-ignore
  const stars =
    drawn > 0
      ? drawn
      : hasScale && (rated[2] ?? '5') === '5'
        ? Number((rated[1] ?? '').replace(',', '.'))
        : null;
  if (stars !== null)
    return stars < 1 || stars > 5 ? undefined : stars >= 4 ? 'hot' : stars >= 3 ? 'warm' : 'cold';
  if (/^not? /.test(value) && !value.startsWith('not interested')) return undefined;
  return HOT.test(value) ? 'hot' : WARM.test(value) ? 'warm' : COLD.test(value) ? 'cold' : undefined;
}

const INFORMAL = words(
  'du duzen perdu duform informal informell tu tutoyer tutoiement tú tuteo tuo jij je jou tutoyeren ты informel informelle informale',
);
const FORMAL = words(
  'sie siezen persie sieform formal förmlich formell vous vouvoyer vousvoiement vouvoiement usted ustedes lei u vy вы formel formelle formale',
);

/** du or Sie, tu or vous, as the cell says it; undefined for anything else, such as "Herr". */
export function readForm(text: string): AddressForm | undefined {
  const word = text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}]/gu, '');
  return INFORMAL.has(word) ? 'informal' : FORMAL.has(word) ? 'formal' : undefined;
}

const ABSENT =
  /^(?:no.?show|absent|not checked in|did not attend|didn't attend|not attended|missed|abwesend|nicht erschienen)$/i;

/** Whether a check-in cell says that the person was not there. */
export function wasAbsent(text: string): boolean {
  return ABSENT.test(text) || (text.length < 12 && yesOrNo(text) === false);
}
