/** Characters of a text part that only says the mail is in HTML. */
const EXCUSE_LIMIT = 400;
const EXCUSE =
  /\b(?:does not support|doesn['’]t support|cannot display|unable to (?:display|view)|to view this|view (?:this|it) (?:in|as)|please (?:use|view)|kann (?:keine|nicht)|unterstützt (?:kein|nicht)|ne (?:supporte|peut))\b.{0,120}\bhtml\b|\bhtml[- ](?:e-?mail|format|version|message|nachricht|capable)\b/iu;
const CONTENT_TYPE = /^content-type[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*){0,20}/gim;
const ATTACHED = /^content-type[ \t]*:\s*message\/rfc822/im;

/** Windows-1252 from 0x80 on; a letter where it defines none is dropped with the other controls later. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * C1 controls as the Windows characters meant: Node 20 decodes windows-1252 (and what is declared as iso-8859-1) as
 * Latin-1, which loses quotation marks, dashes and the euro sign.
 */
export function withoutC1(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => WINDOWS.charAt(control.charCodeAt(0) - 0x80));
}

/** Has this text part nothing to say, so that the HTML is read instead? */
export function isPoorText(text: string): boolean {
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) return true;
  return text.length <= EXCUSE_LIMIT && EXCUSE.test(text);
}

/**
 * Flowed text (RFC 3676) with its paragraphs in one line each. A flowed line goes on only at the same depth of quote:
 * what stands unmarked below a quote is an answer to it. Stuffed spaces go; `-- ` stays a line of its own.
 */
export function unflow(text: string, deleteSpace: boolean): string {
  const lines: string[] = [];
  let words: string[] = [];
  let depth = 0;
  const end = (): void => {
    if (words.length > 0) lines.push(`${'>'.repeat(depth)}${depth > 0 ? ' ' : ''}${words.join('')}`);
    words = [];
  };
  for (const line of text.split(/\r?\n/)) {
    const level = /^>*/.exec(line)?.[0].length ?? 0;
    const given = line.slice(line.charAt(level) === ' ' ? level + 1 : level);
    const flows = given.endsWith(' ') && given !== '-- ';
    if (level !== depth || given === '-- ') end();
    depth = level;
    words.push(flows && deleteSpace ? given.slice(0, -1) : given);
    if (!flows) end();
  }
  end();
  return lines.join('\n');
}

/**
 * The raw mail with `format=flowed` made unknown to the parser, which would join a quote with the answer below it, and
 * what it said. Null where the mail itself (an attached one is not asked) does not flow.
 */
export function withoutFlow(raw: Buffer): { raw: Buffer; deleteSpace: boolean } | null {
  if (!raw.includes('lowed') && !raw.includes('LOWED')) return null;
  const words = raw.toString('latin1');
  const attached = words.search(ATTACHED);
  const own = attached < 0 ? words : words.slice(0, attached);
  let found = false;
  let deleteSpace = false;
  const changed = own.replace(CONTENT_TYPE, (header) => {
    if (!/text\/plain/i.test(header) || !/format\s*=\s*"?flowed/i.test(header)) return header;
    found = true;
    deleteSpace ||= /delsp\s*=\s*"?yes/i.test(header);
    return header.replace(/format(\s*=\s*"?)flowed/i, 'format$1fixed');
  });
  if (!found) return null;
  return { raw: Buffer.from(changed + words.slice(own.length), 'latin1'), deleteSpace };
}

/** The raw mail with its text parts that name no charset declared as Windows-1252, which is what old programs send. */
export function asWindows1252(raw: Buffer): Buffer {
  const words = raw.toString('latin1');
  const end = /\r?\n\r?\n/.exec(words)?.index ?? words.length;
  let top = false;
  const changed = words.replace(CONTENT_TYPE, (header, at: number) => {
    top ||= at < end;
    if (!/^content-type[ \t]*:\s*text\//i.test(header) || /charset/i.test(header)) return header;
    return `${header.replace(/[\s;]+$/, '')}; charset=windows-1252`;
  });
  return Buffer.from(
    top ? changed : `Content-Type: text/plain; charset=windows-1252\r\n${changed}`,
    'latin1',
  );
}
