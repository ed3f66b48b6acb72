const BREAKS = /^(?:br|p|div|tr|li|h[1-6]|ul|ol|table|blockquote|hr|pre)$/;
const SILENT = /^(?:style|script|head|title)$/;
const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  euro: '€',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
};

/**
 * The words of an HTML mail, for those that bring no plain text. Quotes keep their mark: lines inside a blockquote
 * begin with `> `, so that what the person wrote can still be told from what they answered to. One pass, linear.
 */
export function htmlToText(html: string): string {
  const lines: string[] = [''];
  let depth = 0;
  let silent = '';
  let at = 0;
  const write = (words: string): void => {
    const line = lines.length - 1;
    lines[line] = (lines[line] || '> '.repeat(depth)) + words;
  };
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const text = html.slice(at, open < 0 ? html.length : open);
    const words = decode(text).replace(/\s+/g, ' ');
    if (!silent && words && (words !== ' ' || lines.at(-1))) write(words);
    if (open < 0) break;
    const comment = html.startsWith('<!--', open);
    const close = comment ? html.indexOf('-->', open) : html.indexOf('>', open);
    if (close < 0) break;
    at = close + (comment ? 3 : 1);
    const [, slash, name] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(html.slice(open, open + 20)) ?? [];
    const tag = (name ?? '').toLowerCase();
    if (SILENT.test(tag)) silent = slash ? '' : silent || tag;
    if (tag === 'blockquote') depth = Math.min(20, Math.max(0, depth + (slash ? -1 : 1)));
    if (BREAKS.test(tag) && (lines.at(-1) || tag === 'br')) lines.push('');
    if (tag === 'p' && slash) lines.push('');
  }
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return ENTITIES[name] ?? whole;
    const point = typeof decimal === 'string' ? Number(decimal) : parseInt(String(hex), 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
  });
}
