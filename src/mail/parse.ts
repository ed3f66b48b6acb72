import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import type { ParsedMail } from '../core/inbound.js';
import { cleanText } from '../core/text.js';
import { htmlToText } from './html-text.js';
import { withoutEndlessParts } from './parse-lines.js';
import { asWindows1252, isPoorText, unflow, withoutC1, withoutFlow } from './text-part.js';

/** Bytes; what most providers take at most. */
export const MAIL_LIMIT = 25 * 1024 * 1024;
const HEADER_LIMIT = 256 * 1024;
// A forwarded mail stays a part: its words are not the sender's.
const OPTIONS = { forceRfc822Attachments: true, maxNestingDepth: 50 };
/** A mail without one of these was never sent by anybody. */
const TELLING = /^(?:from|to|date|subject|message-id|received|return-path|mime-version|content-type):/im;

/**
 * One raw message (RFC 5322), or in a sentence why it is none. Never throws for what the bytes hold. Ids keep their
 * angle brackets; the text comes from the HTML when there is no plain one worth reading; all of it is cleaned. `parts`
 * is whatever else hangs on the mail, with content only where it is text of some kind.
 */
export async function parseMail(
  given: Buffer,
): Promise<{ kind: 'mail'; mail: ParsedMail } | { kind: 'refused'; reason: string }> {
  const raw = withLineFeeds(given);
  const reason = objection(raw);
  if (reason !== null) return { kind: 'refused', reason };
  try {
    const readable = withoutEndlessParts(raw);
    const flow = withoutFlow(readable);
    const bytes = withoutMboxLine(flow?.raw ?? readable);
    let mail = await PostalMime.parse(bytes, OPTIONS);
    if (mail.text?.includes('\ufffd') || mail.html?.includes('\ufffd')) {
      mail = await PostalMime.parse(asWindows1252(bytes), OPTIONS);
    }
    if (flow && mail.text) mail.text = unflow(mail.text, flow.deleteSpace);
    const shaped = shape(mail);
    const lost = shaped.text === '' && shaped.parts.length === 0 && !mail.html;
    return { kind: 'mail', mail: lost ? { ...shaped, text: bodyOf(raw) } : shaped };
  } catch (error) {
    return {
      kind: 'refused',
      reason: `the mail cannot be read: ${error instanceof Error ? error.message : ''}`,
    };
  }
}

function objection(raw: Buffer): string | null {
  if (raw.length > MAIL_LIMIT) return `larger than 25 MB (${raw.length} bytes)`;
  const start = raw.subarray(0, HEADER_LIMIT + 1).toString('latin1');
  if (raw.length === 0 || (raw.length <= HEADER_LIMIT && start.trim() === '')) return 'the mail is empty';
  const end = /\r?\n\r?\n/.exec(start);
  const header = end ? start.slice(0, end.index) : start;
  if (header.length > HEADER_LIMIT) return 'the header is larger than 256 KB';
  // eslint-disable-next-line no-control-regex -- counting them is the point; a stray one is cleaned later
  const controls = header.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  if (controls > header.length / 20) return 'binary data, not a mail';
  const first = header.replace(/^From [^\n]*\n/, '').slice(0, 1_000);
  if (!/^[!-9;-~]+[ \t]*:/.test(first) || !TELLING.test(header)) {
    return 'not a mail: it does not begin with mail headers';
  }
  return null;
}

/** Files of an old Mac have carriage returns alone; sources copied from a web page begin with blank lines. */
function withLineFeeds(raw: Buffer): Buffer {
  if (raw.length > MAIL_LIMIT) return raw;
  const blank = /^(?:[ \t]*\r?\n)+/.exec(raw.subarray(0, 2_000).toString('latin1'))?.[0].length ?? 0;
  const rest = blank < 2_000 ? raw.subarray(blank) : raw;
  if (rest.includes(0x0a) || !rest.includes(0x0d)) return rest;
  return Buffer.from(rest.toString('latin1').replaceAll('\r', '\n'), 'latin1');
}

/** Some mailers announce a boundary they then do not use: better all of the body as it stands than nothing. */
function bodyOf(raw: Buffer): string {
  const text = raw.subarray(0, 1_000_000).toString('utf8').replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  return end === -1 ? '' : cleanText(text.slice(end + 2)).slice(0, 100_000);
}

/** The separator line of mailbox files, which is no header. */
function withoutMboxLine(raw: Buffer): Buffer {
  return raw.subarray(0, 5).toString('latin1') === 'From ' ? raw.subarray(raw.indexOf(0x0a) + 1) : raw;
}

function shape(mail: Email): ParsedMail {
  const [from] = mailboxes(mail.from ? [mail.from] : []);
  const text = isPoorText(mail.text ?? '')
    ? htmlToText(withoutC1(mail.html ?? '')) || (mail.text ?? '')
    : (mail.text ?? '');
  return {
    headers: mail.headers.map(({ key, value }) => ({ key: cleanText(key), value: cleanText(value) })),
    from: from ?? null,
    to: mailboxes(mail.to ?? []).map(({ address }) => address),
    subject: cleanText(withoutC1(mail.subject ?? ''))
      .replace(/\s+/g, ' ')
      .trim(),
    text: cleanText(withoutC1(text)),
    date: instant(mail.date),
    messageId: ids(mail.messageId)[0] ?? null,
    inReplyTo: ids(mail.inReplyTo)[0] ?? null,
    references: ids(mail.references),
    parts: mail.attachments.map(part),
  };
}

function mailboxes(list: Address[]): { address: string; name: string }[] {
  return list
    .flatMap((entry) => entry.group ?? [entry])
    .map(({ address, name }) => ({
      address: cleanText(address).trim(),
      name: cleanText(withoutC1(name)).trim(),
    }))
    .filter(({ address }) => address !== '');
}

/** Every `<...>` in order; a bare id of an untidy mailer counts too and gets its brackets. */
function ids(value: string | undefined): string[] {
  const given = cleanText(value ?? '');
  const bracketed = given.match(/<[^<>\s]+>/g);
  if (bracketed) return [...bracketed];
  return given.split(/[\s,]+/).flatMap((word) => (/^[^<>\s]+@[^<>\s]+$/.test(word) ? [`<${word}>`] : []));
}

function instant(value: string | undefined): Date | null {
  const date = new Date(value ?? '');
  const year = date.getUTCFullYear();
  // A year outside these is a broken clock, and some of them no database column can hold.
  return year >= 1970 && year <= 9999 ? date : null;
}

function part({ mimeType, content }: Attachment): { contentType: string; content: string } {
  const readable = /^(?:text|message)\/|^application\/(?:ics|json|xml)$/.test(mimeType);
  const words =
    typeof content === 'string'
      ? content
      : readable
        ? Buffer.from(ArrayBuffer.isView(content) ? content : new Uint8Array(content)).toString('utf8')
        : '';
  return { contentType: mimeType, content: cleanText(words) };
}
