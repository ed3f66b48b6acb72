import type { Line } from './written-lines.js';
import { isContactLine, isName, isSignatureWords } from './signature.js';
import { isApology, isBanner, isDeviceMark, isLegal, isListFooter } from './signature-marks.js';
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
    // "Unsubscribe" and nothing above it is the answer itself.
    const answer = /^\p{L}+$/u.test(bare(at)) && before(lines, from, at) < from;
    if (startsParagraph && !answer && (isListFooter(bare(at)) || isLegal(paragraph(lines, at, until)))) {
      mark(at, until);
      end = at;
      break;
    }
  }
  end = trimmed(lines, from, end, signed, mark);
  const block = contactBlock(lines, from, end);
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
  if (!/^(?:--|—|–|__+|[-_=*~–—―]{3,}|[*_]{1,2}-- ?[*_]{1,2})$/.test(bare)) return false;
  const rest = lines.slice(at + 1, Math.min(until, at + 80)).filter((line) => line.bare !== '');
  if (bare === '--' && lines[at]?.raw.length === 2) {
    return rest.length <= AFTER_BARE_DELIMITER && !speaks(rest[0]?.bare ?? '');
  }
  if (rest.length === 0 || until - at > 80) return rest.length === 0;
  if (rest.length > AFTER_RULE && !rest.slice(0, 6).some(footing)) return false;
  const lawful = isListFooter(rest[0]?.bare ?? '') || isLegal((rest[0]?.bare ?? '').padEnd(110, ' '));
  if (lawful) return true;
  if (rest.some((line) => speaks(line.bare))) return false;
  if (bare.startsWith('___') && rest.length <= 6) return true;
  return rest.slice(0, 8).some(footing) || (bare.length <= 2 && isName(rest[0]?.bare ?? ''));
}

function footing(line: Line | undefined): boolean {
  const bare = line?.bare ?? '';
  return isListFooter(bare) || isLegal(bare.padEnd(110, ' ')) || isContactLine(bare) || isDeviceMark(bare);
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
  /^(?:(?:with )?(?:best|kind|kindest|warm|warmest|many|all the best|cheers|regards|sincerely|thanks|thank you|thx|yours|take care|cordially|respectfully|greetings|ciao|bye|sent)|(?:mit )?(?:freundlich\p{L}*|herzlich\p{L}*|lieb\p{L}*|best\p{L}*|viele\p{L}*|schön\p{L}*|gru(?:ß|ss)|mfg|lg|vg|bg)|(?:bien )?(?:cordialement|amicalement|à bientôt|merci|sincères|salutations|bonne journée)|(?:un )?(?:saludos?|atentamente|abrazo|gracias|cordiales)|(?:cordiali |distinti |un )?(?:saluti|saluto|grazie)|(?:met )?(?:vriendelijke|groet\p{L}*|hartelijke|mvg)|(?:med )?(?:vänlig\p{L}*|hälsning\p{L}*|vennlig\p{L}*|venlig\p{L}*|hilsen|mvh)|(?:com os )?(?:melhores|cumprimentos|atenciosamente|obrigad[oa]|abraços?)|pozdrawiam|z poważaniem|s pozdravem|ystävällisin|terveisin|üdvözlettel|с уважением|з повагою|saygılarımla|με εκτίμηση|よろしく|敬具|此致|祝好)[^.?!:]{0,60}[,.!]?$/iu;

/**
 * A signature without a delimiter: the last lines, led by a name or a closing, each no more than a name, title,
 * company, address, or a way to reach them, two of them of the last kind (one under a closing). Where it begins, or
 * `until`. The closing and the name below it stay with the text: people write those.
 */
function contactBlock(lines: Line[], from: number, until: number): number {
  let at = until;
  let contact = 0;
  while (at > from && until - at < 16) {
    const line = lines[at - 1];
    if (!line || line.code) break;
    if (line.bare !== '') {
      const words = undecorated(line.bare);
      const way = isContactLine(words);
      if (!way && !(isSignatureWords(words) && !speaks(words)) && !isRule(line.bare)) break;
      if (SIGN_OFF.test(line.bare) || /^[-*•]\s|^\d+[.)]\s/.test(line.bare)) break;
      if (way) contact++;
    }
    at--;
  }
  while (at < until && lines[at]?.bare === '') at++;
  if (at >= until || contact === 0) return until;
  // "Ada", and below it the card of Ada Lovelace.
  let card = at + 1;
  while (card < until && lines[card]?.bare === '') card++;
  const signedAbove = card > at + 1 && named(lines[at]?.bare ?? '', lines[card]?.bare ?? '');
  if (signedAbove) at = card;
  const above = before(lines, from, at);
  const closed = above >= from && SIGN_OFF.test(lines[above]?.bare ?? '');
  const led =
    isName(undecorated(lines[at]?.bare ?? '').replace(/\s*[,|•·].*$/u, '')) &&
    !isContactLine(lines[at]?.bare ?? '');
  if (!led || (!closed && !signedAbove && contact < 2)) return until;
  // "Her new address is:" and the block is the answer itself; nothing above: it is all they wrote.
  if (above < from || /\p{L}\s?[:：]$/u.test(lines[above]?.bare ?? '')) return until;
  if (!closed && at - above < 2) return until;
  if (
    !closed &&
    !signedAbove &&
    [above, above - 1].some((n) => n >= from && REFERS.test(lines[n]?.bare ?? ''))
  )
    return until;
  return closed ? at + 1 : at;
}

/** The sentence above passes on somebody else's card: it is an answer. */
const REFERS =
  /(?<!\p{L})(?:contact|reach|colleague|assistant|successor|replacement|address|number|details|write to|speak to|talk to|ask|call|kolleg|assisten|nachfolg|kontakt|erreich|wende|adresse|nummer|melde|collègue|contacte|joindre|coordonnées|numéro|colega|contact|número|dirección|collega|contatt|indirizzo|numero|bereik|adres|nummer)/iu;

function named(above: string, card: string): boolean {
  const name = above.replace(/^[-–—/~\s]+|[,.!\s]+$/g, '');
  return (
    name.length >= 2 &&
    name.length <= 30 &&
    isName(name) &&
    card !== above &&
    card.split(/[\s,]+/).includes(name.split(' ')[0] ?? '')
  );
}

function before(lines: Line[], from: number, at: number): number {
  let above = at - 1;
  while (above >= from && lines[above]?.bare === '') above--;
  return above;
}
