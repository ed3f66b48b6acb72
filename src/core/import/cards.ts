/** A file of vCards -> its cards, piece by piece as the file streams in. */

export interface Card {
  /** Line of the file, from 1, on which the card begins. */
  line: number;
  /** Without its photos, logos, sounds and keys. */
  text: string;
  /** Set where the card is not to be read, with the reason; `text` is then its beginning. */
  refused?: string;
}

/** Characters of one card without its pictures. */
const DEFAULT_LIMIT = 5_000_000;
const HEAVY = /^(?:[A-Za-z0-9-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]/i;
const HEAVY_START = 64;
const BEGIN = /^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*$/i;
/** Also with rubbish behind it. */
const END = /^[ \t]*END[ \t]*:[ \t]*VCARD\b/i;
const GLUED = /^([ \t]*END:VCARD)[ \t]*(BEGIN:VCARD[ \t]*)$/i;
/** vCard 2.1 has a whole card within a card (the person's agent); its BEGIN stands behind the colon or below. */
const AGENT = /^(?:[A-Za-z0-9-]+\.)?AGENT[;:]/i;
const AGENT_BEGIN = /^(?:[A-Za-z0-9-]+\.)?AGENT[^:]*:[ \t]*BEGIN:VCARD[ \t]*$/i;
const PACKED = /^[A-Za-z0-9+/=]+$/;

/**
 * Cuts a stream of text into cards. Line ends may be CRLF, LF, CR, or CR CRLF. Memory stays below the limit of one card, however
 * large its photo or its only line. A card that has no end goes to the next BEGIN or the end of the file; only where a
 * line end follows its last line does its text end in one.
 */
export class CardSplitter {
  private readonly limit: number;
  private rest = '';
  private restCut = false;
  private held = '';
  private lineNumber = 1;
  private card: { line: number; lines: string[]; size: number; tooLarge: boolean; indent: string } | null =
    null;
  private skipping = false;
  private nested = 0;
  private lastLine = '';

  constructor(limit = DEFAULT_LIMIT) {
    this.limit = limit;
  }

  push(chunk: string): Card[] {
    const text = this.held + chunk;
    // What follows a CR at the end tells what it is.
    this.held = /\r{0,2}$/.exec(text)?.[0] ?? '';
    return this.read(text.slice(0, text.length - this.held.length));
  }

  end(): Card[] {
    const cards = this.read(this.held);
    this.held = '';
    const isCut = this.rest !== '';
    if (isCut) this.takeLine(cards);
    this.close(cards, isCut ? '' : '\n');
    return cards;
  }

  private read(text: string): Card[] {
    const cards: Card[] = [];
    const ends = /\r\r?\n|\r|\n/g;
    let from = 0;
    for (let match = ends.exec(text); match; match = ends.exec(text)) {
      this.keep(text.slice(from, match.index));
      from = match.index + match[0].length;
      this.takeLine(cards);
    }
    this.keep(text.slice(from));
    return cards;
  }

  /** Adds to the line at hand; of a picture or an endless line only the beginning. */
  private keep(piece: string): void {
    if (this.restCut) return;
    this.rest += piece;
    if (this.rest.length > HEAVY_START && HEAVY.test(this.rest)) {
      this.rest = this.rest.slice(0, HEAVY_START);
      this.restCut = true;
    } else if (this.rest.length > this.limit) {
      this.rest = this.rest.slice(0, 1_000);
      this.restCut = true;
      if (this.card) this.card.tooLarge = true;
    }
  }

  private takeLine(cards: Card[]): void {
    const line = this.rest.startsWith('\ufeff') ? this.rest.slice(1) : this.rest;
    const number = this.lineNumber;
    this.rest = '';
    this.restCut = false;
    this.lineNumber += 1;
    const [, end, begin] = (line.length < 80 ? GLUED.exec(line) : null) ?? [];
    if (end === undefined || begin === undefined) this.take(line, number, cards);
    else {
      this.take(end, number, cards);
      this.take(begin, number, cards);
    }
    if (line.trim() !== '') this.lastLine = line.slice(0, 40);
  }

  private take(line: string, number: number, cards: Card[]): void {
    const isShort = line.length < 80;
    if (this.card && isShort && AGENT_BEGIN.test(line)) {
      this.nested += 1;
    } else if (isShort && BEGIN.test(line)) {
      if (this.card && AGENT.test(this.lastLine)) this.nested += 1;
      else {
        this.close(cards, '\n');
        const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
        this.card = { line: number, lines: ['BEGIN:VCARD'], size: 0, tooLarge: false, indent };
      }
    } else if (this.nested > 0) {
      if (END.test(line)) this.nested -= 1;
    } else if (this.card && END.test(line)) {
      this.card.lines.push('END:VCARD');
      this.close(cards, '');
    } else if (this.card) this.add(this.card, line);
  }

  private add(card: NonNullable<typeof this.card>, written: string): void {
    // A card pasted with an indentation is no folded line.
    if (card.lines.length === 1 && written !== '' && !written.startsWith(card.indent)) card.indent = '';
    const line = written.startsWith(card.indent) ? written.slice(card.indent.length) : written;
    if (this.skipping && line.trim() === '') return;
    // vCard 2.1 ends a picture with an empty line, and need not indent it.
    const goesOn = /^[ \t]/.test(line) || (this.skipping && PACKED.test(line));
    if (!goesOn) this.skipping = HEAVY.test(line);
    if (this.skipping) return;
    card.size += line.length + 1;
    if (card.size > this.limit) card.tooLarge = true;
    else card.lines.push(line);
  }

  private close(cards: Card[], ending: string): void {
    if (!this.card) return;
    const { line, lines, tooLarge } = this.card;
    const text = lines.join('\n') + ending;
    const reason = `the card is larger than ${this.limit} characters`;
    cards.push(tooLarge ? { line, text: text.slice(0, 1_000), refused: reason } : { line, text });
    this.card = null;
    this.skipping = false;
    this.nested = 0;
  }
}

/** All cards of a text at once. */
export function splitCards(text: string): Card[] {
  const splitter = new CardSplitter();
  return [...splitter.push(text), ...splitter.end()];
}
