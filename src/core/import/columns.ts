/** What a header cell means, by the names people and products give their columns. */
import { cleanText } from '../text.js';
import {
  ADDRESS_WORDS,
  AMBIGUOUS as AMBIGUOUS_WORDS,
  NAMES,
  NEVER,
  PLACES,
  WEAK,
  WHOSE,
} from './column-words.js';
import type { Field } from './records.js';

/** Letters that Unicode does not take apart. */
const LETTERS: Record<string, string> = { ß: 'ss', ł: 'l', Ł: 'l', ø: 'o', Ø: 'o', đ: 'd', Đ: 'd', ı: 'i', æ: 'ae', Æ: 'ae', œ: 'oe', Œ: 'oe' }; // prettier-ignore

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[ßłŁøØđĐıæÆœŒ]/g, (letter) => LETTERS[letter] ?? letter)
    // "#First Name" is a comment's mark, "Order #" a number.
    .replace(/^\s*#\s*(?=\p{L})/u, '')
    .replace(/#/g, ' number ');

/** A header cell as it is compared: letters and digits only, lower case, without accents; "firstName" = "First name*". */
export function headerKey(cell: string): string {
  return fold(cleanText(cell.slice(0, 200)))
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** Its words, without digits: "contact.email", "attendeeFirstName" and "E-mail 1 - Value" taken apart. */
function headerWords(cell: string): string[] {
  return fold(cleanText(cell.slice(0, 200)).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\be-?\s?mail/g, 'email')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}

const wordSet = (text: string): Set<string> => new Set(text.split(/\s+/).map(headerKey));

const BY_NAME = new Map<string, Field>();
for (const [field, names] of Object.entries(NAMES)) {
  for (const name of names.split(/\s+/)) BY_NAME.set(headerKey(name), field as Field);
}
const NEVER_KEYS = wordSet(NEVER);
const WHOSE_WORDS = wordSet(WHOSE);
const WEAK_KEYS = wordSet(WEAK);
const PLACE_WORDS = new Map<string, Place>();
for (const [place, words] of Object.entries(PLACES)) {
  for (const word of wordSet(words)) PLACE_WORDS.set(word, place as Place);
}
const ADDRESS = wordSet(ADDRESS_WORDS);
/** Keys that carry a meaning only where nothing better is in the header. */
export const AMBIGUOUS = {
  title: wordSet(AMBIGUOUS_WORDS.title),
  name: wordSet(AMBIGUOUS_WORDS.name),
  scanAt: wordSet(AMBIGUOUS_WORDS.scanAt),
  whole: wordSet(AMBIGUOUS_WORDS.whole),
  birthday: wordSet(AMBIGUOUS_WORDS.birthday),
};

const EMAIL =
  /^(?:attendee|registrant|delegate|contact|lead|guest|participant|work|business|private|primary|personal|corporate|professional|your|geschaftliche|private|dienstliche|whatisyour|addresse|adresse|indirizzo|correo)?(?:e?mail|courriel|correo|correoelectronico|postaelettronica|электроннаяпочта|邮箱|メールアドレス)(?:s|address|addresses|adresse|adres|adress|id|professionnel|profesional|aziendale)?\d?(?:value|address|adresse)?$/u;
const PHONE =
  /^(?:attendee|registrant|delegate|contact|lead|guest|home|business|work|mobile|cell|office|direct|primary|other|private|your|numerode|numerodi|numero)?(?:phone|mobile|mobilephone|cell|cellphone|telephone|tel|telefon|telefono|telefone|handy|mobil|mobiltelefon|rufnummer|telefoon|gsm|portable|celular|cellulare|movil|电话|電話番号|телефон)(?:number|nummer|nr|no)?\d?(?:value)?$/u;
const NOTES = /^(?:whatdidwe|whatwe|whatyou|whatdidyou).*(?:about|discuss|spoke|talk)/u;

export type Place = 'work' | 'home' | 'other';

export interface Meaning {
  /** By itself; null where it has none for us, or only beside other columns. */
  field: Field | null;
  /** What is left when the words are gone that say whose it is: "Lead Title" -> "title". */
  rest: string;
  /** Which of several addresses, numbers or places it is. */
  place: Place | null;
  /** Whether another column of the field is to be preferred. */
  weak: boolean;
}

function byKey(key: string): Field | null {
  if (key === '' || NEVER_KEYS.has(key)) return null;
  const field = BY_NAME.get(key) ?? BY_NAME.get(key.replace(/\d$/, ''));
  if (field !== undefined) return field;
  if (EMAIL.test(key)) return 'email';
  if (PHONE.test(key)) return 'phone';
  return NOTES.test(key) ? 'notes' : null;
}

/** Fields of which a person has one at work and one at home. */
const PLACED = new Set<Field>(['email', 'phone', 'city', 'country', 'url', 'company', 'title']);
const POSTED = /^(?:billing|shipping|mailing|invoice|delivery)$/;

/** The meaning of a header cell by itself. */
export function meaningOf(cell: string): Meaning {
  const key = headerKey(cell);
  const words = headerWords(cell);
  const places = words.filter((word) => PLACE_WORDS.has(word));
  const place = places.map((word) => PLACE_WORDS.get(word)).find((each) => each !== undefined) ?? null;
  const weak = WEAK_KEYS.has(key) || places.some((word) => POSTED.test(word));
  const exact = byKey(key);
  if (exact !== null || key === '' || NEVER_KEYS.has(key)) return { field: exact, rest: key, place, weak };

  const mine = words.filter((word) => !WHOSE_WORDS.has(word));
  const rest = mine.join('');
  const own = byKey(rest);
  // Google's "Event 1 - Value" is an anniversary.
  if (own === 'event') return { field: null, rest: key, place, weak };
  if (own !== null) return { field: own, rest, place, weak: weak || WEAK_KEYS.has(rest) };
  const placed = byKey(mine.filter((word) => !PLACE_WORDS.has(word)).join(''));
  if (
    placed !== null &&
    places.length > 0 &&
    (PLACED.has(placed) || places.every((word) => POSTED.test(word)))
  ) {
    return { field: placed, rest, place, weak };
  }
  const bare = mine.filter((word) => !PLACE_WORDS.has(word) && !ADDRESS.has(word)).join('');
  const inAddress = byKey(bare);
  if (inAddress === 'city' || inAddress === 'country') {
    return { field: inAddress, rest, place, weak: weak || WEAK_KEYS.has(bare) };
  }
  return { field: null, rest, place, weak };
}

/** Whether a column is of another person or of an account, whatever it holds. */
export const isNobodys = (key: string): boolean => NEVER_KEYS.has(key) || FOREIGN.test(key);

/** The meaning of a header cell given by its key alone. */
export const fieldOf = byKey;

/** Words in a header that make it another person's or thing's column, whatever it holds. */
const FOREIGN =
  /owner|buyer|purchas|assist|manager|spouse|emergency|parent|father|mother|guardian|child|referr|invite|host\b|organi[sz]er|sender|rep\b|created|updated|modified|scanner|captured|scannedby|support|vorgesetzt|einkaufer|account/;

/** Columns of names in which the family stands first, by custom or by their own word. */
export const FAMILY_FIRST_COLUMNS = wordSet(
  'фио піб фамилияимя nachnamevorname nomprenom nometprenom cognomeenome cognomenome nazwiskoiimie apellidosynombres apellidosynombre ' +
    'lastnamefirstname surnamename numesiprenume nev teljesnev',
);

/** Signs of a scanner in the exhibitor's hand. */
export const SCAN_SIGNS =
  /^(?:scan|scanned|scanner|badge|leadcapture|leadrating|leadqualification|interactiontype|capturemethod|capturedby|gescannt|assignedrep)/;
/** Signs of an organiser's list. */
export const LIST_SIGNS =
  /^(?:ticket|rsvp(?!ed(?:yes|no|maybe))|checkedin|checkin|attendeestatus|attendeenumber|approvalstatus|registrationstatus|registrationdate|registeredat|ordernumber|orderdate|ordertype|attendance|guests$|eingecheckt|anmeldestatus|qrcodeurl)/;
