import type { Line } from './written-lines.js';
import { isContactLine, isName, isSignatureWords } from './signature.js';
import {
  isApology,
  isBanner,
  isDeviceMark,
  isFooter,
  isLegal,
  isListFooter,
  isPersonal,
} from './signature-marks.js';
import { isRule } from './written-header.js';

/** A delimiter that lost its space or was typed by hand ends the text only when little follows. Lines. */
const AFTER_BARE_DELIMITER = 25;
const AFTER_RULE = 15;

/**
 * Marks in `signed` which lines of `from .. until` (the end not included; none of them quoted) are no words of the
 * person but their signature, their device's, their company's or a list's. When unsure, none.
 */
export function markSignature(lines: Line[], from: number, until: number, signed: boolean[]): void {
  const bare = (at: number): string => lines[at]?.bare ?? '';
  const mark = (start: number, end: number): void => {
    for (let at = start; at < end; at++) signed[at] = true;
  };
  banner(lines, from, until, mark);
  let end = until;
  let above = before(lines, 0, from) >= 0;
  let said = false;
  for (let at = from; at < until; at++) {
    if (lines[at]?.code) continue;
    if (isDelimiter(lines, at, until)) {
      mark(at, until);
      end = at;
      break;
    }
    if (isDeviceMark(bare(at))) {
      mark(at, at + 1);
      if (isApology(bare(at + 1))) mark(at + 1, at + 2);
    }
    const startsParagraph = at === from || bare(at - 1) === '' || isRule(bare(at - 1));
    // "Unsubscribe" and no sentence above it, "To unsubscribe, please" and nothing above it: that is the answer itself.
    const answer =
      !said && (above ? /^\p{L}+$/u : /^[^@:<]*$/).test(bare(at)) && !/\bgr[ou]+p|\blist/i.test(bare(at));
    if (
      startsParagraph &&
      !answer &&
      (isListFooter(bare(at)) || (above && isFooter(paragraph(lines, at, until))))
    ) {
      mark(at, until);
      end = at;
      break;
    }
    above ||= bare(at) !== '';
    said ||= /[.?!。？！]$/.test(bare(at));
  }
  end = trimmed(lines, from, end, signed, mark);
  const block = cardAt(lines, from, end);
  if (block < end) {
    mark(block, end);
    trimmed(lines, from, block, signed, mark);
  }
}

/** "*Ada Lovelace*" without the stars a converter made of bold letters. */
function undecorated(bare: string): string {
  return bare.replace(/(?<![\p{L}\p{N}])[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}(?![\p{L}\p{N}])/gu, '');
}

function paragraph(lines: Line[], at: number, until: number): string {
  let joined = '';
  for (let n = at; n < until && joined.length < 420 && lines[n]?.bare !== ''; n++)
    joined += ` ${lines[n]?.bare ?? ''}`;
  return joined.trim();
}

type Mark = (start: number, end: number) => void;

/** What a gateway wrote above everything. */
function banner(lines: Line[], from: number, until: number, mark: Mark): void {
  let at = from;
  while (at < until && (lines[at]?.bare === '' || isRule(lines[at]?.bare ?? ''))) at++;
  const words = paragraph(lines, at, until);
  if (!isBanner(words)) return;
  let end = at;
  while (end < until && lines[end]?.bare !== '') end++;
  mark(from, end);
}

/** `-- ` (RFC 3676), `--`, a lone long dash, a line of underscores above a list's or company's footer. */
function isDelimiter(lines: Line[], at: number, until: number): boolean {
  const bare = lines[at]?.bare ?? '';
  const drawn = bare.length > 2 && isRule(bare);
  if (!drawn && !/^(?:--|—|–|__+|[*_]{1,2}-- ?[*_]{1,2})$/.test(bare)) return false;
  // "Agenda", underlined.
  if (drawn && !/^[-_—–*]/.test(bare) && at > 0 && lines[at - 1]?.bare !== '') return false;
  const rest = lines.slice(at + 1, Math.min(until, at + 80)).filter((line) => line.bare !== '');
  if (bare === '--' && lines[at]?.raw.length === 2) {
    return (
      rest.length <= AFTER_BARE_DELIMITER &&
      (footing(rest[0]) || !(speaks(rest[0]?.bare ?? '') || rest.slice(0, 4).some(asks)))
    );
  }
  if (rest.length === 0 || until - at > 80) return rest.length === 0;
  // A rule of their own, and the delimiter further down.
  if (rest.some((line) => line.bare === '--')) return false;
  if (rest.length > AFTER_RULE && !rest.slice(0, 6).some(footing)) return false;
  const lawful = isListFooter(rest[0]?.bare ?? '') || isLegal((rest[0]?.bare ?? '').padEnd(110, ' '));
  if (lawful) return true;
  if (rest.some((line) => speaks(line.bare))) return false;
  if (bare.startsWith('________') && rest.length <= 6) return true;
  return rest.slice(0, 8).some(footing) || (bare.length <= 2 && isName(rest[0]?.bare ?? ''));
}

function footing(line: Line | undefined): boolean {
  const bare = line?.bare ?? '';
  return isListFooter(bare) || isLegal(bare.padEnd(110, ' ')) || isContactLine(bare) || isDeviceMark(bare);
}

function asks({ bare }: Line): boolean {
  return /[?？]$/.test(bare);
}

/** A sentence, in prose or a question: never thrown away with a signature that was only guessed. */
function speaks(bare: string): boolean {
  const words = bare.split(/\s+/).length;
  return (
    /^(?:p\.?\s?p?\.?s\b|nb\b|btw\b(?!\s+[a-z]{2}\w{6}))/i.test(bare) ||
    /[?？]$/.test(bare) ||
    (words >= 8 && /[.!。]$/.test(bare)) ||
    words >= 14
  );
}

/** Empty lines and rules at the end belong to nobody. Returns the new end. */
function trimmed(lines: Line[], from: number, end: number, signed: boolean[], mark: Mark): number {
  let at = end;
  while (at > from && (signed[at - 1] || lines[at - 1]?.bare === '' || isRule(lines[at - 1]?.bare ?? '')))
    at--;
  for (let n = at; n < end; n++) if (isRule(lines[n]?.bare ?? '') && !lines[n]?.code) mark(n, n + 1);
  return at;
}

const SIGN_OFF =
  /^(?:(?:with )?(?:best|kind|kindest|warm|warmest|many|all the best|cheers|rgds|br|regards|sincerely|thanks|thank you|thx|yours|take care|cordially|respectfully|greetings|ciao|bye|sent)|(?:mit )?(?:freundlich\p{L}*|herzlich\p{L}*|lieb\p{L}*|best\p{L}*|viele\p{L}*|schön\p{L}*|gr[uü](?:ß|ss)\p{L}*|hochachtungsvoll|mfg|lg|vg|bg)|(?:bien )?(?:cordialement|amicalement|à bientôt|merci|sincères|salutations|b(?:onn|ell)e journée|cdlt|bises)|(?:un )?(?:fuerte )?(?:saludos?|atentamente|abrazo|besos|gracias|cordiales)|(?:cordiali |distinti |un |caro |cari |tanti )*(?:saluti|saluto|grazie)|(?:met )?(?:vriendelijke|groet\p{L}*|hartelijke|mvg)|(?:med )?(?:vänlig\p{L}*|hälsning\p{L}*|vennlig\p{L}*|venlig\p{L}*|hilsen|mvh|tack)|(?:com os )?(?:melhores|cumprimentos|atenciosamente|obrigad[oa]|abraços?|beijos)|pozdrawiam|z poważaniem|s pozdravem|ystävällisin|terveisin|üdvözlettel|с уважением|з повагою|saygılarımla|με εκτίμηση|よろしく|敬具|此致|顺祝|祝好)(?!\p{Ll})[^.?!:]{0,60}[,.!]?$/iu;

/** "Bien à toi," or "Take care of yourself," in whatever language: a few words and a comma, directly above a name. */
const ANY_CLOSING = /^[^.?!:;,]{2,40},$/u;

/**
 * A card without a delimiter: to the end no sentence, but titles, places and ways to reach somebody. It begins below a
 * closing and a name, which stay because people write those; at the full name of whoever signed "Ada" above it; and,
 * where it has two ways to reach somebody, at or below the first line that could be a name. `until` where there is none.
 */
function cardAt(lines: Line[], from: number, until: number): number {
  let ways = 0;
  let waysHere = 0;
  let found = until;
  let at = until - 1;
  for (; at >= from && until - at < 40; at--) {
    const line = lines[at];
    if (!line || line.code) break;
    if (line.bare === '') waysHere = 0;
    if (line.bare === '' || isRule(line.bare)) continue;
    const words = undecorated(line.bare);
    const above = before(lines, from, at);
    if (ways > 0 && above >= from && leads(words)) {
      if (isClosing(lines, from, above)) return at + 1;
      const apart = at - above > 1;
      if (apart && named(lines[above]?.bare ?? '', line.bare)) return at;
      // "Gladly", "Kein Interesse": a paragraph of one line that could be a name is theirs, the card is below it.
      if (apart && ways > 1 && lines[at + 1]?.bare === '') found = at + 1;
      else if (apart && ways > 1 && waysHere > 0) found = at;
    }
    if (isContactLine(words)) waysHere = ++ways;
    else if (speaks(words) || isPersonal(words) || LISTED.test(words)) break;
    else if (!isSignatureWords(words) && !/\d{4}|[|•·]|<http/.test(words)) {
      // Of what is neither title nor place by its words, only lines that stand above the way to reach them, in a block.
      const alone = above < at - 1 && lines[at + 1]?.bare === '';
      if (ways === 0 || alone || !UNKNOWN.test(words)) break;
    }
  }
  return lines.slice(Math.max(from, at - 1), found).some(({ bare }) => REFERS.test(bare)) ? until : found;
}

const UNKNOWN = /^(?=[\p{Lu}\p{Lo}\d(])(?:\S+\s){0,7}\S{1,40}(?<![!。！:：,]|(?<!\.\p{L}{1,2})\.)$/u;
const LISTED = /^[-*•]\s|^\d+[.)]\s/;

function isClosing(lines: Line[], from: number, at: number): boolean {
  const words = lines[at]?.bare ?? '';
  if (SIGN_OFF.test(words)) return true;
  return ANY_CLOSING.test(words) && !REFERS.test(words) && before(lines, from, at) >= from;
}

/** A name, perhaps with a title behind it; "Yes, Ada knows" has one word before the comma. */
function leads(words: string): boolean {
  const name = words.replace(
    /\s*(?:[,|•·].*|\([^()]{2,20}\))$|^(?:i\.\s?[av]\.|ppa\.|p\.\s?p\.|gez\.)\s*/giu,
    '',
  );
  return isName(name) && (!words.includes(',') || /\s/.test(name)) && !isContactLine(words);
}

/** The sentence above passes on somebody else's card ("Her new address is:"): it is an answer. */
const REFERS =
  /(?<!\p{L})(?:contact|reach|colleague|assistant|successor|replacement|address|number|details|write to|speak to|talk to|(?:ask|call)(?!\p{L})|kolleg|assisten|nachfolg|kontakt|erreich|wende|adresse|nummer|melde|collègue|contacte|joindre|coordonnées|numéro|colega|contact|número|dirección|collega|contatt|indirizzo|numero|bereik|adres|nummer)|\p{L}\s?[:：]$/iu;

function named(above: string, card: string): boolean {
  const name = above.replace(/^[-–—/~\s]+|[,.!\s]+$/g, '');
  return (
    name.length >= 2 &&
    name.length <= 30 &&
    isName(name) &&
    card.split(/[\s,]+/).includes(name.split(' ')[0] ?? '')
  );
}

function before(lines: Line[], from: number, at: number): number {
  let above = at - 1;
  while (above >= from && lines[above]?.bare === '') above--;
  return above;
}
