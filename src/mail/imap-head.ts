import PostalMime, { addressParser, type Address } from 'postal-mime';
import { cleanText } from '../core/text.js';
import { normaliseId } from '../core/thread.js';

/** What the header of a mail in a folder says, before its body is asked for. Addresses are bare and in lower case. */
export interface MailHead {
  /** With angle brackets, as all ids here. */
  messageId: string | null;
  inReplyTo: string[];
  references: string[];
  from: string | null;
  /** To, Cc and Bcc together, each once. */
  recipients: string[];
  subject: string;
  date: Date | null;
  /** A machine wrote it (RFC 3834). */
  automatic: boolean;
  /** The value of one of our own header fields that names a message of ours. */
  ours: string | null;
}

/** The fields a head is read from. */
export const HEAD_FIELDS = [
  'message-id',
  'in-reply-to',
  'references',
  'from',
  'to',
  'cc',
  'bcc',
  'subject',
  'date',
  'auto-submitted',
  'x-followthrough-id',
];

/** Reads header lines. Never throws: what cannot be read says nothing. */
export async function readHead(lines: Buffer): Promise<MailHead> {
  const mail = await PostalMime.parse(Buffer.concat([lines, Buffer.from('\r\n')])).catch(() => null);
  const values = (key: string): string[] =>
    (mail?.headers ?? []).filter((header) => header.key === key).map(({ value }) => cleanText(value));
  const all = (key: string): string[] => [
    ...new Set(values(key).flatMap((value) => (value.match(/<[^<>]+>/g) ?? value.split(/\s+/)).flatMap((id) => normaliseId(id) ?? []))),
  ]; // prettier-ignore
  const date = new Date(values('date')[0] ?? '');
  const auto = values('auto-submitted')[0]?.trim().toLowerCase() ?? 'no';
  return {
    messageId: all('message-id')[0] ?? null,
    inReplyTo: all('in-reply-to'),
    references: all('references'),
    from: bare(mail?.from ? [mail.from] : [])[0] ?? null,
    recipients: [
      ...new Set(['to', 'cc', 'bcc'].flatMap((key) => values(key).flatMap((value) => bare(addressParser(value))))),
    ], // prettier-ignore
    subject: cleanText(mail?.subject ?? '')
      .replace(/\s+/g, ' ')
      .trim(),
    date: Number.isNaN(date.getTime()) ? null : date,
    automatic: auto !== 'no' && auto !== '',
    ours: all('x-followthrough-id')[0] ?? null,
  };
}

function bare(list: Address[]): string[] {
  return list
    .flatMap((entry) => entry.group ?? [entry])
    .map(({ address }) => cleanText(address).trim().toLowerCase())
    .filter((address) => address.includes('@'));
}
