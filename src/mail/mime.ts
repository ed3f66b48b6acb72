import addressparser from 'nodemailer/lib/addressparser';
import { Temporal } from 'temporal-polyfill';
import { headerProblem } from '../core/address.js';
import { EnvelopeRefused, envelopeAddress } from './envelope.js';
import { mimeBytes } from './mime-bytes.js';

/** A header value that must not be written; `field` names the input field (`references[2]`, `headers.X-Kind`). */
export class HeaderRefused extends Error {
  constructor(
    readonly field: string,
    reason: string,
  ) {
    super(`${field}: ${reason}`);
    this.name = 'HeaderRefused';
  }
}

export interface Person {
  name: string;
  address: string;
}

export interface MimeInput {
  from: Person;
  to: Person;
  subject: string;
  text: string;
  html?: string;
  /** With or without angle brackets, as `inReplyTo` and `references`. */
  messageId: string;
  date: Date;
  /** IANA zone of the owner, for the Date header's offset; UTC when left out. */
  zone?: string;
  inReplyTo?: string;
  references?: string[];
  headers?: Record<string, string>;
}

/** Ours to write, once each; a caller's extra header may not stand beside them. */
const OURS =
  /^(from|sender|to|cc|bcc|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-.*|resent-.*|return-path|x-mailer)$/i;
/** RFC 5322 2.1.1, without the line end. */
const LONGEST_LINE = 998;
const LINE_FEED = 0x0a;

/**
 * One message to one person (RFC 5322, 2045), all lines 7-bit and below 998 bytes, read back before it is given out.
 * @throws HeaderRefused
 */
export function composeMime(input: MimeInput): Promise<Buffer> {
  return Promise.resolve().then(() => compose(input));
}

function compose(input: MimeInput): Buffer {
  for (const [field, value] of values(input)) {
    const problem = headerProblem(nameOf(field), value);
    if (problem !== null) throw new HeaderRefused(field, problem);
  }
  const from = { name: input.from.name, address: mailbox('from', input.from.address) };
  const to = { name: input.to.name, address: mailbox('to', input.to.address) };
  const mime = mimeBytes({
    from,
    to,
    subject: input.subject,
    text: crlf(input.text),
    html: input.html === undefined ? undefined : crlf(input.html),
    messageId: bracketed('messageId', input.messageId),
    date: dateHeader(input.date, input.zone ?? 'UTC'),
    inReplyTo: input.inReplyTo === undefined ? undefined : bracketed('inReplyTo', input.inReplyTo),
    references: input.references?.map((id, index) => bracketed(`references[${index}]`, id)),
    headers: input.headers,
  });
  readBack(mime, from.address, to.address);
  return mime;
}

/** RFC 5322 2.3: lines end in CRLF only. A bare LF would also count as no line end when lines are measured. */
function crlf(text: string): string {
  return text.replace(/\r\n?|\n/g, '\r\n');
}

function values(input: MimeInput): [field: string, value: string][] {
  const extra = Object.entries(input.headers ?? {});
  for (const [name, value] of extra) {
    // RFC 5322 3.6.8: a field name is printable ASCII without the colon.
    if (!/^[!-9;-~]{1,76}$/.test(name)) throw new HeaderRefused(`headers.${name}`, 'not a header name');
    if (OURS.test(name))
      throw new HeaderRefused(`headers.${name}`, 'this header is written from its own field');
    // These hold addresses and tokens, in which nothing may be encoded (RFC 2047, 5).
    if (/[^\t -~]/.test(value)) throw new HeaderRefused(`headers.${name}`, 'only ASCII may stand here');
  }
  return [
    ['from.name', input.from.name],
    ['from.address', input.from.address],
    ['to.name', input.to.name],
    ['to.address', input.to.address],
    ['subject', input.subject],
    ['messageId', input.messageId],
    ['inReplyTo', input.inReplyTo ?? ''],
    ...(input.references ?? []).map((id, index): [string, string] => [`references[${index}]`, id]),
    ...extra.map(([name, value]): [string, string] => [`headers.${name}`, value]),
  ];
}

/** How the owner reads the field: `Subject`, `X-Kind`. */
function nameOf(field: string): string {
  const name = field.replace(/^headers\./, '').replace(/[^A-Za-z-].*$/, '');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function mailbox(field: 'from' | 'to', address: string): string {
  try {
    return envelopeAddress(field, address);
  } catch (error) {
    if (error instanceof EnvelopeRefused) throw new HeaderRefused(`${field}.address`, error.message);
    throw error;
  }
}

function bracketed(field: string, id: string): string {
  const bare = id.replace(/^<(.*)>$/, '$1');
  if (!/^[!-;=?-~]+$/.test(bare) || bare.length > 900) throw new HeaderRefused(field, 'not a message id');
  return `<${bare}>`;
}

/** RFC 5322 3.3, with the offset that holds in the zone at that instant: `Tue, 17 Nov 2026 09:05:00 +0100`. */
function dateHeader(date: Date, zone: string): string {
  if (Number.isNaN(date.getTime())) throw new HeaderRefused('date', 'not a date');
  const minute = Math.floor(date.getTime() / 60_000);
  if (lastMinute.zone !== zone || lastMinute.minute !== minute) {
    lastMinute = { zone, minute, ...minuteAt(minute * 60_000, zone) };
  }
  return `${lastMinute.before}:${two(date.getUTCSeconds())} ${lastMinute.offset}`;
}

/** Many mails leave in one minute, mostly of one owner. */
let lastMinute = { zone: '', minute: NaN, before: '', offset: '' };

function minuteAt(epochMs: number, zone: string): { before: string; offset: string } {
  let local: Temporal.ZonedDateTime;
  try {
    local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone);
  } catch {
    throw new HeaderRefused('zone', `no such time zone: ${zone}`);
  }
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][local.dayOfWeek - 1] ?? '';
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const time = `${two(local.hour)}:${two(local.minute)}`;
  return {
    before: `${day}, ${local.day} ${months[local.month - 1] ?? ''} ${local.year} ${time}`,
    offset: local.offset.slice(0, 6).replace(':', ''),
  };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** What was built is believed only after reading: one To with exactly that mailbox, no copies, nothing twice. */
function readBack(mime: Buffer, from: string, to: string): void {
  const end = mime.indexOf('\r\n\r\n');
  const block = mime.toString('utf8', 0, end);
  const fields = new Map<string, string[]>();
  for (const line of block.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    fields.set(name, [...(fields.get(name) ?? []), line.slice(name.length + 1).trim()]);
  }
  const only = (name: string): string => {
    const [value, ...more] = fields.get(name) ?? [];
    if (value === undefined || more.length > 0)
      throw new HeaderRefused(name, 'not exactly once in the header');
    return value;
  };
  for (const [name, address] of [
    ['from', from],
    ['to', to],
  ] as const) {
    const [found, ...more] = addressparser(only(name));
    if (!found || found.address !== address || more.length > 0) {
      throw new HeaderRefused(name, `the header would name another mailbox than ${address}`);
    }
  }
  ['subject', 'date', 'message-id'].forEach(only);
  for (const name of ['cc', 'bcc', 'sender']) {
    if (fields.has(name)) throw new HeaderRefused(name, 'does not belong in a mail to one person');
  }
  for (let from = 0; from < mime.length;) {
    const found = mime.indexOf(LINE_FEED, from);
    const end = found < 0 ? mime.length : found;
    if (end - from > LONGEST_LINE + 1) {
      const above = mime.toString('latin1', 0, found).match(/^[!-9;-~]+(?=:)/gm);
      throw new HeaderRefused(above?.at(-1) ?? 'text', `a line over ${LONGEST_LINE} bytes`);
    }
    from = end + 1;
  }
}
