import { decodeEntities } from './html-entities.js';

/** Elements that begin a line of their own. */
const BREAKS =
  /^(?:br|p|div|tr|li|h[1-6]|ul|ol|dl|dt|dd|table|blockquote|hr|pre|section|article|header|footer|center|address|form|fieldset|title)$/;
const SILENT = /^(?:style|script|head|title|template|noscript|svg|select|textarea|object|xml)$/;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;
/** Containers in which mail programs put what is answered to, with the line that introduces it. */
const QUOTED =
  /(?:class|id|name|data-marker)\s?=\s?["']?[^"'>]{0,200}?(?:gmail_attr|yahoo_quoted|yahoo-quoted|moz-cite-prefix|moz-forward-container|moz-email-headers-table|protonmail_quote|zmail_extra|tutanota_quote|OLK_SRC_BODY_SECTION|messageReplySection|isReplyContent|isForwardContent|reply-intro|front-blockquote|gmx_quote|mcntgmxquote|hm_forward|ymail_android_signature_quote|mail_android_quote|ms-outlook-mobile-reference-message|mail-editor-reference-message-container)(?![\w-])|name\s?=\s?["']?quote["'\s>]/i;
/** From here on nothing is the sender's: Outlook puts no end to it. */
const QUOTED_ON =
  /(?:class|id)\s?=\s?["']?(?:[\w-]+\s){0,5}(?:divRplyFwdMsg|OutlookMessageHeader|__QUOTED_TEXT__)(?![\w-])|data-marker\s?=\s?["']?__QUOTED_TEXT__/i;
const SIGNED =
  /(?:class|id)\s?=\s?["'](?:[\w-]+\s){0,5}(?:gmail_signature|moz-signature|ms-outlook-mobile-signature|protonmail_signature_block(?:-user)?|tutanota-signature)(?![\w-])/i;
/** Gmail's way to indent: no quote. */
const INDENTED = /style\s?=\s?["'][^"'>]{0,300}border(?:-left)?:\s?(?:none|0)/i;
const HIDDEN = /style\s?=\s?["'][^"'>]{0,500}(?:display:\s?none|mso-hide:\s?all|visibility:\s?hidden)/i;

/** Levels of quotes and containers that are told apart; deeper ones count as the last. */
const MOST_OPEN = 50;
const MOST_MARKS = 20;
/** Tags and what stands between them; years of a correspondence have fewer, and each more is time nobody else gets. */
const MOST_PIECES = 200_000;
/** Characters of a tag that are looked at. */
const TAG_LIMIT = 2_000;

/** An open element that changes how text reads, with the elements opened and not yet closed within it, by name. */
interface Open {
  name: string;
  kind: 'quoted' | 'pre' | 'hidden';
  within: Map<string, number>;
}

/**
 * The words of an HTML mail, for those that bring no plain text. Lines that were quoted (a blockquote, or a container
 * or header of a known mail program) begin with `> `, a signature that is marked as one follows `-- `, so that what
 * the person wrote can still be told apart. One pass, linear, up to a bound; never throws.
 */
export function htmlToText(html: string): string {
  const page = new Page();
  const lastEnd = html.lastIndexOf('>');
  let silent = '';
  let at = 0;
  for (let pieces = 0; pieces < MOST_PIECES && at < html.length; pieces++) {
    const open = html.indexOf('<', at);
    if (!silent) page.write(decodeEntities(html.slice(at, open < 0 ? html.length : open)));
    if (open < 0) break;
    const comment = html.startsWith('<!--', open);
    if (!comment && !/[a-z/!?]/i.test(html.charAt(open + 1))) {
      // "a < b" is text.
      if (!silent && open < lastEnd) page.write('<');
      at = open + 1;
      continue;
    }
    const close = comment ? html.indexOf('-->', open) : html.indexOf('>', open);
    if (close < 0) break;
    at = close + (comment ? 3 : 1);
    if (comment) continue;
    const tag = html.slice(open, Math.min(close + 1, open + TAG_LIMIT));
    const [, slash, given] = /^<(\/?)([a-z][a-z0-9:]{0,30})/i.exec(tag) ?? [];
    const name = (given ?? '').toLowerCase();
    if (name === '') continue;
    if (SILENT.test(name) && !tag.endsWith('/>'))
      silent = slash ? (silent === name ? '' : silent) : silent || name;
    if (silent) continue;
    if (slash) page.close(name);
    else page.open(name, tag);
  }
  return page.text();
}

/** The text as it grows, and what is open around it. */
class Page {
  private readonly lines: string[] = [];
  /** The line being written, in pieces: joined once, so that a long line costs no more than its length. */
  private pieces: string[] = [];
  private readonly stack: Open[] = [];
  private quotedOn = false;

  write(words: string): void {
    if (this.stack.some(({ kind }) => kind === 'hidden')) return;
    if (!this.stack.some(({ kind }) => kind === 'pre')) {
      const plain = words.replace(/[ \t\r\n\f\u00a0]+/g, ' ');
      // A no-break space keeps an empty line open.
      if (plain === ' ' && words.includes('\u00a0') && this.pieces.length === 0)
        this.pieces.push(this.marks());
      const last = this.pieces.at(-1) ?? ' ';
      this.add(last.endsWith(' ') ? plain.trimStart() : plain);
      return;
    }
    for (const [n, line] of words.split(/\r?\n/).entries()) {
      if (n > 0) this.end();
      this.add(line.replaceAll('\u00a0', ' '));
    }
  }

  open(name: string, tag: string): void {
    if (name === 'hr') this.break('hr');
    else if (BREAKS.test(name)) this.break(name);
    if (name === 'td' || name === 'th') this.write(' ');
    if (VOID.test(name) || tag.endsWith('/>')) return;
    if (QUOTED_ON.test(tag)) {
      this.break('div');
      this.quotedOn = true;
    }
    const kind = kindOf(name, tag);
    if (kind !== null && this.stack.length < MOST_OPEN) {
      if (kind === 'quoted') this.break('div');
      this.stack.push({ name, kind, within: new Map() });
    } else {
      const within = this.stack.at(-1)?.within;
      within?.set(name, (within.get(name) ?? 0) + 1);
    }
    if (SIGNED.test(tag) && this.marks() === '') {
      this.break('div');
      this.add('-- ');
      this.end();
    }
    if (name === 'li') this.add('- ');
  }

  close(name: string): void {
    for (let n = this.stack.length - 1; n >= 0; n--) {
      const entry = this.stack[n];
      const inner = entry?.within.get(name) ?? 0;
      if (inner === 0 && entry?.name !== name) continue;
      if (inner > 0) entry?.within.set(name, inner - 1);
      const closed = this.stack.splice(inner > 0 ? n + 1 : n);
      if (closed.some(({ kind }) => kind === 'quoted')) this.break('div');
      break;
    }
    if (BREAKS.test(name) && name !== 'br') this.break(name);
    if (name === 'p') this.end();
  }

  text(): string {
    this.end();
    return this.lines
      .map((line) => line.trimEnd().replace(/^-- ?$/, '-- '))
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  }

  private break(name: string): void {
    if (this.pieces.length > 0 || name === 'br') this.end();
  }

  private marks(): string {
    const depth = this.stack.filter(({ kind }) => kind === 'quoted').length + (this.quotedOn ? 1 : 0);
    return '> '.repeat(Math.min(MOST_MARKS, depth));
  }

  private add(words: string): void {
    if (words === '') return;
    if (this.pieces.length === 0) this.pieces.push(this.marks());
    this.pieces.push(words);
  }

  private end(): void {
    this.lines.push(this.pieces.join(''));
    this.pieces = [];
  }
}

function kindOf(name: string, tag: string): Open['kind'] | null {
  if (name === 'blockquote')
    return INDENTED.test(tag) && !/type\s?=\s?["']?cite|gmail_quote/i.test(tag) ? null : 'quoted';
  if (QUOTED.test(tag)) return 'quoted';
  if (HIDDEN.test(tag)) return 'hidden';
  return name === 'pre' ? 'pre' : null;
}
