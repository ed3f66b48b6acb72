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

/**
 * Cuts a stream of text into cards. Line ends may be CRLF, LF or CR. Memory stays below the limit of one card, however
 * large its photo or its only line. A card that has no end is given out as it is; reading it says so.
 */
export class CardSplitter {
  private readonly limit: number;
  private rest = '';
  private restCut = false;
  private afterCr = false;
  private lineNumber = 1;
  private card: { line: number; lines: string[]; size: number; tooLarge: boolean } | null = null;
  private skipping = false;
  private nested = 0;
  private lastLine = '';

  constructor(limit = DEFAULT_LIMIT) {
    this.limit = limit;
  }

  push(chunk: string): Card[] {
    const cards: Card[] = [];
    let text = chunk;
    // The second half of a CRLF that was cut between two chunks.
    if (this.afterCr && text.startsWith('\n')) text = text.slice(1);
    if (chunk !== '') this.afterCr = chunk.endsWith('\r');
    const ends = /\r\n|\r|\n/g;
    let from = 0;
    for (let match = ends.exec(text); match; match = ends.exec(text)) {
      this.keep(text.slice(from, match.index));
      from = match.index + match[0].length;
      this.takeLine(cards);
    }
    this.keep(text.slice(from));
    return cards;
  }

  end(): Card[] {
    const cards: Card[] = [];
    if (this.rest !== '') this.takeLine(cards);
    this.close(cards);
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
    const line = this.rest;
    const number = this.lineNumber;
    this.rest = '';
    this.restCut = false;
    this.lineNumber += 1;
    const mark = line.length < 40 ? line.replace(/^\ufeff/, '').trim().toUpperCase() : ''; // prettier-ignore
    if (mark === 'BEGIN:VCARD') {
      if (this.card && /^AGENT[;:]/i.test(this.lastLine)) this.nested += 1;
      else {
        this.close(cards);
        this.card = { line: number, lines: ['BEGIN:VCARD'], size: 0, tooLarge: false };
      }
    } else if (mark === 'END:VCARD' && this.nested > 0) {
      this.nested -= 1;
    } else if (this.card && this.nested === 0) {
      this.add(line);
      if (mark === 'END:VCARD') this.close(cards);
    }
    if (line.trim() !== '') this.lastLine = line.slice(0, 20);
  }

  private add(line: string): void {
    if (!this.card) return;
    if (!/^[ \t]/.test(line)) this.skipping = HEAVY.test(line);
    if (this.skipping) return;
    this.card.size += line.length + 1;
    if (this.card.size > this.limit) this.card.tooLarge = true;
    else this.card.lines.push(line);
  }

  private close(cards: Card[]): void {
    if (!this.card) return;
    const { line, lines, tooLarge } = this.card;
    const text = lines.join('\n');
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
